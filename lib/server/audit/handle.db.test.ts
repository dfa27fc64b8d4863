import { beforeAll, expect, test } from "vitest";
import type { Membership, Principal, Role } from "@/lib/domain/access";
import type { AuditPage } from "@/lib/domain/audit";
import { Failure } from "@/lib/errors";
import { recordAudit } from "./record";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations, people } from "@/lib/server/db/schema/platform";
import { forEachEngine } from "@/lib/server/db/testing";
import { auditExport, auditView } from "./handle";
import { pageRows } from "./read";

const workspace = "aaaaaaaa-0000-4000-8000-000000000001";

forEachEngine("the audit, as it is read", (open) => {
  let one = "";
  let two = "";
  let ada = "";

  beforeAll(async () => {
    await open();
    await withPlatform(async (tx) => {
      const made = await tx
        .insert(organisations)
        .values([
          { slug: "one", name: "One" },
          { slug: "two", name: "Two" },
        ])
        .returning({ id: organisations.id });
      [one, two] = [made[0]!.id, made[1]!.id];
      const [person] = await tx
        .insert(people)
        .values({ email: "ada@demo.test", name: "=Ada" })
        .returning({ id: people.id });
      ada = person!.id;
    });
    for (let n = 1; n <= pageRows + 20; n += 1)
      await record(one, n % 2 ? ada : null, n % 4 ? "tickets.link" : "webhooks.pause", n % 10 === 0);
    await record(two, null, "canary-of-two", false);
  });

  const record = (organisationId: string, personId: string | null, action: string, isRefused: boolean) =>
    withOrganisation(organisationId, (tx) =>
      recordAudit(tx, {
        organisationId,
        personId,
        action,
        permission: null,
        workspaceId: isRefused ? workspace : null,
        outcome: isRefused ? "refused" : "done",
        upstreamRequestId: null,
        requestId: "r",
        detail: { note: "+1" },
      }),
    );

  function deps(role: Role = "admin") {
    const membership: Membership = {
      organisationId: one,
      organisationSlug: "one",
      organisationName: "One",
      role,
      scope: { kind: "all" },
    };
    const principal: Principal = {
      personId: ada,
      sessionId: "s",
      email: "ada@demo.test",
      name: "Ada",
      memberships: [membership],
    };
    return { requirePrincipal: () => Promise.resolve(principal), exportBatchRows: 20 };
  }
  const route = (org: string) => ({ params: Promise.resolve({ org }) });
  const ask = (query = "", org = "one", role: Role = "admin") =>
    auditView(deps(role))(new Request(`http://x/api/${org}/audit${query}`), route(org));
  const read = async (query = "") => {
    const answer = await ask(query);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { data: AuditPage }).data;
  };

  test("pages come newest first, without a gap or a row twice, and only the own organisation's", async () => {
    const first = await read();
    const second = await read(`?before=${first.before}`);
    expect(second.before).toBeNull();
    const seqs = [...first.rows, ...second.rows].map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: pageRows + 20 }, (_, n) => pageRows + 20 - n));
    expect(JSON.stringify([first, second])).not.toContain("canary-of-two");
    expect(first.choices).toEqual({
      people: [{ id: ada, name: "=Ada", email: "ada@demo.test" }],
      actions: ["tickets.link", "webhooks.pause"],
    });
    expect(second.choices).toBeNull();
  });

  test("each filter gives exactly its rows, alone and together", async () => {
    const all = [...(await read()).rows, ...(await read("?before=21")).rows];
    for (const [query, test] of [
      ["?outcome=refused", (n: number) => n % 10 === 0],
      [`?person=${ada}`, (n: number) => n % 2 === 1],
      ["?action=webhooks.pause", (n: number) => n % 4 === 0],
      [`?workspace=${workspace.toUpperCase()}`, (n: number) => n % 10 === 0],
      ["?action=webhooks.pause&outcome=refused", (n: number) => n % 20 === 0],
      ["?to=2020-01-01T00:00:00Z", () => false],
    ] as const)
      expect((await read(query)).rows.map(({ seq }) => seq)).toEqual(
        all
          .map(({ seq }) => seq)
          .filter(test)
          .slice(0, pageRows),
      );
    const from = all[4]!.at;
    expect((await read(`?from=${from}`)).rows.every(({ at }) => at >= from)).toBe(true);
  });

  test("what cannot be used is named, and what is not allowed is refused", async () => {
    for (const [query, field] of [
      ["?outcome=good", "outcome"],
      ["?person=ada", "person"],
      ["?before=0", "before"],
      ["?from=yesterday", "from"],
      ["?hash=1", "hash"],
      ["?before=5&before=6", "before"],
    ] as const) {
      const answer = await ask(query);
      expect(answer.status).toBe(400);
      expect(Object.keys(((await answer.json()) as { errors: object }).errors)).toEqual([field]);
    }
    for (const role of ["viewer", "analyst", "manager"] as const)
      expect((await ask("", "one", role)).status).toBe(403);
    const foreign = await ask("", "two");
    const unknown = await ask("", "no-such");
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
  });

  test("an export holds every row of its filter, neutralises formulas, and is itself written down first", async () => {
    const take = async (format: string) => {
      const address = `http://x/api/one/audit/export?format=${format}&action=tickets.link`;
      const answer = await auditExport(deps())(new Request(address), route("one"));
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="audit-one-/);
      return answer.text();
    };
    const lines = (await take("jsonl")).trim().split("\n");
    expect(lines).toHaveLength((pageRows + 20) * 0.75);
    expect(new Set(lines.map((line) => (JSON.parse(line) as { action: string }).action))).toEqual(
      new Set(["tickets.link"]),
    );
    const csv = await take("csv");
    expect(csv.split("\r\n")).toHaveLength(lines.length + 2);
    expect(csv).toContain(`"'=Ada"`);
    const written = await read("?action=audit.export");
    expect(written.rows.map(({ person, outcome }) => [person?.id, outcome])).toEqual([
      [ada, "done"],
      [ada, "done"],
    ]);
    const refused = await auditExport(deps())(
      new Request("http://x/api/one/audit/export?format=csv", {
        headers: { "sec-fetch-site": "cross-site" },
      }),
      route("one"),
    );
    expect(refused.status).toBe(403);
  });

  test("SEC-07: rights taken away end an export that is under way: not one row more is read", async () => {
    const isGone = new Failure("NOT_SIGNED_IN");
    for (const take of [
      (asked: number) => (asked > 2 ? Promise.reject(isGone) : deps().requirePrincipal()),
      (asked: number) => deps(asked > 2 ? "viewer" : "admin").requirePrincipal(),
    ]) {
      let asked = 0;
      const during = {
        ...deps(),
        requirePrincipal: () => {
          asked += 1;
          return take(asked);
        },
      };
      const address = "http://x/api/one/audit/export?format=jsonl&action=tickets.link";
      const answer = await auditExport(during)(new Request(address), route("one"));
      const reader = answer.body!.getReader();
      const first = await reader.read();
      expect(new TextDecoder().decode(first.value).trim().split("\n")).toHaveLength(20);
      // The next piece was asked for when the person had lost the right: it breaks off, and does not end as if it were whole.
      await expect(reader.read()).rejects.toBeInstanceOf(Failure);
    }
  });
});
