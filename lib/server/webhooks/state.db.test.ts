import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { callOperation, dataOf } from "@/emulator/testing/caller";
import type { Principal, Role } from "@/lib/domain/access";
import type { WebhookNotesView } from "@/lib/domain/webhook-notes";
import { recordAudit } from "@/lib/server/audit/record";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations, people } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { webhookNotes as notesTable } from "@/lib/server/db/schema/webhooks";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { handleUpstreamCall } from "@/lib/server/proxy/handle";
import { origin, ownHeaders, proxyHarness } from "@/lib/server/proxy/testing/harness";
import { Secret } from "@/lib/server/secret";
import { closePools } from "@/lib/server/upstream/pools";
import type { DeskDependencies } from "./context";
import { webhookNotes, webhookStateChange } from "./handle";

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ scenario: "quiet-night", seed: 7 });
});
afterAll(async () => {
  await closePools();
  await emulator.stop();
});

forEachEngine("pause, resume and enable with a reason", (open) => {
  let store: OpenDatabase;
  let organisationId = "";
  let foreignId = "";
  let personId = "";
  let deps: DeskDependencies;
  let hooks: { id: string; status: string }[];

  beforeAll(async () => {
    store = await open();
  });
  beforeEach(async () => {
    emulator.control.reset();
    await emptyStore(store);
    await withPlatform(async (tx) => {
      const made = await tx
        .insert(organisations)
        .values(["main", "other"].map((slug) => ({ slug, name: slug })))
        .returning({ id: organisations.id });
      [organisationId, foreignId] = [made[0]!.id, made[1]!.id];
      const [row] = await tx
        .insert(people)
        .values({ email: "ada@demo.test", name: "Ada" })
        .returning({ id: people.id });
      personId = row!.id;
    });
    const { clientId, secret } = demoCredentials.main;
    const connection = {
      organisationId,
      baseUrl: emulator.baseUrl,
      credentialId: randomUUID(),
      clientId,
      clientSecret: new Secret(secret),
    };
    deps = {
      ...proxyHarness(connection, [secret]).deps,
      connectionFor: () => Promise.resolve(connection),
      recordAudit: (entry) => withOrganisation(entry.organisationId, (tx) => recordAudit(tx, entry)),
    };
    as("admin");
    hooks = dataOf(await callOperation(emulator, "webhooks.list"));
  });

  function as(role: Role, organisation = organisationId) {
    const principal: Principal = {
      personId,
      sessionId: "s",
      email: "ada@demo.test",
      name: "Ada",
      memberships: [
        {
          organisationId: organisation,
          organisationSlug: "main",
          organisationName: "Main",
          role,
          scope: { kind: "all" },
        },
      ],
    };
    deps = { ...deps, authenticate: () => Promise.resolve(principal) };
  }
  const paused = () => hooks.find(({ status }) => status === "Paused")!.id;
  const at = (id: string) => ({ params: Promise.resolve({ org: "main", id }) });
  const change = (id: string, body: unknown, headers: Record<string, string> = ownHeaders) =>
    webhookStateChange(deps)(
      new Request(`${origin}/api/main/webhooks/${id}/state`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      }),
      at(id),
    );
  const notes = async (id: string) => {
    const answer = await webhookNotes(deps)(new Request(`${origin}/api/main/webhooks/${id}/notes`), at(id));
    const json = (await answer.json()) as { data: WebhookNotesView; code?: string };
    return answer.status === 200 ? json.data.notes : json.code;
  };
  const statusOf = async (id: string) =>
    dataOf<{ status: string }>(await callOperation(emulator, "webhooks.get", { params: { id } })).status;
  const rows = () => withOrganisation(organisationId, (tx) => tx.select().from(audit).orderBy(audit.seq));

  test("done: the webhook moves, the reason stands with person, time and outcome", async () => {
    const answer = await change(paused(), { act: "resume", reason: "  Chat is back, CHG-1042  " });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { data: { status: string } }).data.status).toBe("Active");
    expect(await statusOf(paused())).toBe("Active");
    expect(await notes(paused())).toEqual([
      {
        id: "1",
        at: expect.stringMatching(/^\d{4}-/) as string,
        person: { id: personId, name: "Ada", email: "ada@demo.test" },
        action: "webhooks.resume",
        reason: "Chat is back, CHG-1042",
        outcome: "done",
        upstreamRequestId: expect.any(String) as string,
        requestId: answer.headers.get("x-request-id"),
      },
    ]);
    expect((await rows()).map(({ action, outcome }) => [action, outcome])).toEqual([
      ["webhooks.resume", "unknown"],
      ["webhooks.resume", "done"],
    ]);
  });

  test("outcome unknown: the reason is kept and says unknown", async () => {
    emulator.control.faults([{ kind: "reset", after: "done", operation: "webhooks.resume" }]);
    const answer = await change(paused(), { act: "resume", reason: "Night shift asked" });
    expect(((await answer.json()) as { code: string }).code).toBe("OUTCOME_UNKNOWN");
    expect(await statusOf(paused())).toBe("Active");
    expect(await notes(paused())).toMatchObject([{ reason: "Night shift asked", outcome: "unknown" }]);
  });

  test("refused upstream: the reason is kept and says refused", async () => {
    const gone = "00000000-0000-4000-8000-000000000000";
    expect((await change(gone, { act: "pause", reason: "Wrong one" })).status).toBe(404);
    expect(await notes(gone)).toMatchObject([{ reason: "Wrong one", outcome: "refused" }]);
  });

  test("without a place for the reason nothing is sent", async () => {
    await store.db.execute("alter table webhook_notes rename to hidden_notes");
    emulator.control.clearStats();
    const answer = await change(paused(), { act: "resume", reason: "Will not be written" });
    await store.db.execute("alter table hidden_notes rename to webhook_notes");
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      503,
      "STORE_UNAVAILABLE",
    ]);
    expect(emulator.control.stats().total).toBe(0);
    expect(await rows()).toEqual([]);
  });

  test.each([
    ["none", ""],
    ["blanks", "    "],
    ["two characters", "ab"],
    ["more than 500", "x".repeat(501)],
  ])("a reason is needed: %s is refused at its field, and nothing is sent", async (_what, reason) => {
    emulator.control.clearStats();
    const answer = await change(paused(), { act: "resume", reason });
    const { errors } = (await answer.json()) as { errors: object };
    expect([answer.status, Object.keys(errors)]).toEqual([400, ["reason"]]);
    expect(emulator.control.stats().total).toBe(0);
    expect(await withOrganisation(organisationId, (tx) => tx.select().from(notesTable))).toEqual([]);
  });

  test("managers read the reasons and change nothing; others read nothing; a foreign organisation's are not there", async () => {
    await change(paused(), { act: "resume", reason: "Chat is back" });
    as("manager");
    expect(await notes(paused())).toHaveLength(1);
    const refused = await change(paused(), { act: "pause", reason: "May I?" });
    expect([refused.status, await statusOf(paused())]).toEqual([403, "Active"]);
    as("analyst");
    expect(await notes(paused())).toBe("FORBIDDEN");
    as("admin", foreignId);
    expect(await notes(paused())).toEqual([]);
    expect(await notes("not-an-id")).toBe("NOT_FOUND");
    as("admin");
    expect(
      (
        await change(
          paused(),
          { act: "pause", reason: "From outside" },
          { ...ownHeaders, "sec-fetch-site": "cross-site" },
        )
      ).status,
    ).toBe(403);
  });

  test("changes that are asked for no reason stand in the history too, newest first", async () => {
    const id = paused();
    await change(id, { act: "resume", reason: "Chat is back" });
    const update = await handleUpstreamCall(
      new Request(`${origin}/api/main/v2/webhooks/${id}`, {
        method: "PUT",
        headers: ownHeaders,
        body: JSON.stringify({ name: "Chat bridge 2" }),
      }),
      deps,
    );
    expect(update.status).toBe(200);
    await change(id, { act: "pause", reason: "Not yet" });
    expect(await notes(id)).toMatchObject([
      { action: "webhooks.pause", reason: "Not yet", outcome: "done" },
      { action: "webhooks.update", reason: null, outcome: "done" },
      { action: "webhooks.resume", reason: "Chat is back", outcome: "done" },
    ]);
  });
});
