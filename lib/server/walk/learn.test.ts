import { describe, expect, it } from "vitest";
import { Failure } from "@/lib/errors";
import { WorkspaceLearner } from "./learn";
import { FakeUpstream, upstreamDown } from "./testing/fake-upstream";
import { MemoryRegistry } from "./testing/memory-store";

const minuteMs = 60_000;

function learning() {
  const time = { nowMs: Date.UTC(2026, 10, 24, 12) };
  const registry = new MemoryRegistry();
  const failed: string[] = [];
  const upstream = new FakeUpstream([]);
  let rounds = 0;
  const users = upstream.userWorkspaces;
  upstream.userWorkspaces = () => {
    rounds += 1;
    return users();
  };
  const learner = new WorkspaceLearner(
    registry,
    () => time.nowMs,
    (from) => failed.push(from),
  );
  const learn = (over: { organisationId?: string; credentialId?: string } = {}) =>
    learner.learn({ organisationId: "o", credentialId: "c", upstream, ...over });
  return { time, registry, failed, upstream, learn, rounds: () => rounds };
}

describe("learning workspaces from what names them besides incidents", () => {
  it("keeps ids in lower case and the name from the best place", async () => {
    const { registry, upstream, learn } = learning();
    upstream.named.gamebooks.push(
      { workspaceId: "A", name: "In gamebooks" },
      { workspaceId: "b", name: null },
    );
    upstream.named.accounts.push({ workspaceId: "a", name: "In the directory" });
    await learn();
    expect([...registry.known.values()].map(({ id, name }) => [id, name])).toEqual([
      ["a", "In the directory"],
      ["b", null],
    ]);
  });

  it("is shared by all who wait, and good for ten minutes", async () => {
    const { time, learn, rounds } = learning();
    await Promise.all([learn(), learn(), learn()]);
    time.nowMs += 10 * minuteMs - 1;
    await learn();
    expect(rounds()).toBe(1);
    time.nowMs += 1;
    await learn();
    expect(rounds()).toBe(2);
  });

  it("is another matter for another organisation or credential", async () => {
    const { learn, rounds } = learning();
    await learn();
    await learn({ organisationId: "other" });
    await learn({ credentialId: "other" });
    expect(rounds()).toBe(3);
  });

  it("keeps what was learned when one place fails, and tries again after a minute", async () => {
    const { time, registry, failed, upstream, learn, rounds } = learning();
    upstream.named.users.push({ workspaceId: "a", name: "Contoso" });
    upstream.gamebookWorkspaces = () => Promise.reject(upstreamDown());
    await learn();
    expect(registry.known.get("a")?.name).toBe("Contoso");
    expect(failed).toEqual(["gamebooks"]);
    await learn();
    expect(rounds()).toBe(1);
    time.nowMs += minuteMs;
    await learn();
    expect(rounds()).toBe(2);
  });

  it("does not insist on scopes that the credential lacks", async () => {
    const { time, failed, upstream, learn, rounds } = learning();
    upstream.namedFailure = new Failure("UPSTREAM_FORBIDDEN");
    await learn();
    expect(failed).toHaveLength(3);
    time.nowMs += 5 * minuteMs;
    await learn();
    expect(rounds()).toBe(1);
  });

  it("reports a store that does not answer, and does not remember that as done", async () => {
    const { registry, upstream, learn } = learning();
    upstream.named.users.push({ workspaceId: "a", name: "Contoso" });
    const record = registry.record.bind(registry);
    registry.record = () => Promise.reject(new Failure("STORE_UNAVAILABLE"));
    await expect(learn()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    registry.record = record;
    await learn();
    expect(registry.known.has("a")).toBe(true);
  });
});
