import { encode } from "next-auth/jwt";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { groupAdd, groupChange, groupRemove } from "@/lib/server/members/handle";
import type { Role } from "@/lib/domain/access";
import type { MemberScope } from "@/lib/domain/members";
import type { WorkspaceDetail, WorkspacesOverview } from "@/lib/domain/workspace-profile";
import type { Problem } from "@/lib/errors";
import { sessionCookieName } from "@/lib/server/auth/cookies";
import { createSession } from "@/lib/server/auth/session-store";
import type { OpenDatabase } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import {
  invitations,
  memberships,
  organisations,
  workspaceGroups,
  workspaceGroupWorkspaces,
} from "@/lib/server/db/schema/platform";
import { audit, workspaceSources, workspaces } from "@/lib/server/db/schema/tenant";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { writeScopeRows } from "@/lib/server/members/scope";
import { workspaceNames } from "@/lib/server/register/basis";
import { ensurePerson, putMembership } from "@/lib/server/setup/people";
import { authSecret } from "@/lib/server/vault/keys";
import { databaseRegistry, listWorkspaces } from "@/lib/server/workspaces";
import { overviewView, workspaceChange, workspacesChange, workspaceView } from "./handle";

type Handler = (
  request: Request,
  route: { params: Promise<{ org: string; id: string }> },
) => Promise<Response>;

// The rules of an identity provider: whoever is in its group `g` sees the workspaces of our group Ruled.
vi.stubEnv("OIDC_ISSUER", "https://login.example.com");
vi.stubEnv("OIDC_CLIENT_ID", "watchfloor");
vi.stubEnv("OIDC_CLIENT_SECRET", "a-secret-of-this-test-alone");
vi.stubEnv("OIDC_GROUPS", "g=main:viewer:Ruled");

const guid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

forEachEngine("what people make of workspaces", (open) => {
  let store: OpenDatabase;
  let org = { main: "", globex: "" };
  let now = Date.UTC(2026, 10, 24, 12);
  let ada: string;
  let mia: string;
  let mark: string;
  let vera: string;
  let stranger: string;

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => vi.useRealTimers());

  async function person(
    name: string,
    organisationId: string,
    role: Role,
    scope: "all" | string[] = "all",
  ): Promise<string> {
    const sid = await withPlatform(async (tx) => {
      const personId = await ensurePerson(tx, { email: `${name}@example.test`, name, passwordHash: "x" });
      await putMembership(tx, { personId, organisationId, role, workspaces: scope });
      return createSession(tx, personId, new Date());
    });
    const cookie = await encode({ token: { sid }, secret: authSecret().reveal(), maxAge: 30 * 24 * 3_600 });
    return `${sessionCookieName()}=${cookie}`;
  }

  beforeEach(async () => {
    await emptyStore(store);
    vi.useFakeTimers({ toFake: ["Date"], now: (now += 24 * 3_600_000) });
    org = await withPlatform(async (tx) => {
      const [main, globex] = await tx
        .insert(organisations)
        .values([
          { slug: "main", name: "Main" },
          { slug: "globex", name: "Globex" },
        ])
        .returning({ id: organisations.id });
      return { main: main!.id, globex: globex!.id };
    });
    for (const [organisationId, numbers] of [
      [org.main, [1, 2, 3]],
      [org.globex, [7]],
    ] as const)
      await withOrganisation(organisationId, (tx) =>
        tx.insert(workspaces).values(
          numbers.map((n) => ({
            organisationId,
            workspaceId: guid(n),
            name: `Customer ${n}`,
            learnedFrom: "rows",
          })),
        ),
      );
    ada = await person("ada", org.main, "admin");
    mia = await person("mia", org.main, "manager");
    mark = await person("mark", org.main, "manager", [guid(1), guid(2)]);
    vera = await person("vera", org.main, "viewer", [guid(1)]);
    stranger = await person("stranger", org.globex, "admin");
  });

  async function ask(
    handler: Handler,
    by: string,
    id: string,
    method: string,
    body: unknown = {},
    slug = "main",
  ) {
    const headers = new Headers({ "x-watchfloor": "1", "content-type": "application/json", cookie: by });
    const request = new Request("http://127.0.0.1:3000/api", {
      method,
      headers,
      body: method === "GET" ? undefined : JSON.stringify(body),
    });
    const response = await handler(request, { params: Promise.resolve({ org: slug, id }) });
    const { requestId: _id, ...json } = (await response.json()) as { data?: unknown } & Partial<Problem>;
    return { status: response.status, json };
  }

  const put = (by: string, id: string, body: object, slug = "main") =>
    ask(workspaceChange, by, id, "PUT", { revision: 0, ...body }, slug);
  const several = (by: string, body: object) => ask(workspacesChange, by, "", "POST", body);
  const overview = async (by: string, slug = "main") =>
    (await ask(overviewView, by, "", "GET", undefined, slug)).json.data as WorkspacesOverview;
  const one = async (by: string, id: string) =>
    (await overview(by)).workspaces.find((workspace) => workspace.id === id);
  const rows = () =>
    withOrganisation(org.main, (tx) =>
      tx
        .select({
          action: audit.action,
          permission: audit.permission,
          workspaceId: audit.workspaceId,
          outcome: audit.outcome,
          detail: audit.detail,
        })
        .from(audit)
        .orderBy(audit.seq),
    );

  /** A group with these workspaces; `limits`: somebody's sight rests on it. */
  async function group(name: string, ids: readonly string[], limits?: "member" | "invitation") {
    const organisationId = org.main;
    return withPlatform(async (tx) => {
      const [made] = await tx.insert(workspaceGroups).values({ organisationId, name }).returning();
      const groupId = made!.id;
      if (ids.length > 0)
        await tx
          .insert(workspaceGroupWorkspaces)
          .values(ids.map((workspaceId) => ({ organisationId, groupId, workspaceId })));
      const scope: MemberScope = { kind: "groups", groupIds: [groupId] };
      if (limits === "invitation")
        await tx.insert(invitations).values({
          organisationId,
          tokenHash: "h",
          email: "new@example.test",
          role: "viewer",
          scope,
          expiresAt: new Date(now + 1_000_000),
        });
      if (limits === "member") {
        const personId = await ensurePerson(tx, {
          email: "gus@example.test",
          name: "gus",
          passwordHash: "x",
        });
        await tx.insert(memberships).values({ personId, organisationId, role: "viewer", scope: "groups" });
        await writeScopeRows(tx, { personId, organisationId }, scope);
      }
      return groupId;
    });
  }

  test("a name of ours stands over upstream's, which goes on being learned; both are told", async () => {
    expect((await put(mark, guid(1), { ownName: "  Contoso \t  North " })).json.data).toEqual({
      revision: 1,
    });
    await databaseRegistry.record(
      org.main,
      { workspaces: [{ id: guid(1), name: "Renamed upstream", from: "rows" }], pairs: [], read: [] },
      now,
    );
    expect(await one(vera, guid(1))).toMatchObject({
      ownName: "Contoso North",
      upstreamName: "Renamed upstream",
      revision: 1,
      changedBy: "mark",
    });
    const [known] = await listWorkspaces(org.main).then((all) => all.filter(({ id }) => id === guid(1)));
    expect(known).toMatchObject({ name: "Renamed upstream", ownName: "Contoso North" });
    const names = await withOrganisation(org.main, (tx) => workspaceNames(tx, { kind: "all" }));
    expect(names.get(guid(1))).toBe("Contoso North");
    await put(mark, guid(1), { revision: 1, ownName: " " });
    expect(await one(vera, guid(1))).toMatchObject({ ownName: null, upstreamName: "Renamed upstream" });
  });

  test("tags have one spelling, and limits that are said at their field", async () => {
    await put(mark, guid(1), { tags: ["  Tier  1", "EU", "eu", "team:night"] });
    expect((await one(mark, guid(1)))?.tags).toEqual(["eu", "team:night", "tier 1"]);
    for (const [tags, field] of [
      [["x".repeat(25)], "tags"],
      [["a, b"], "tags"],
      [["\u0000"], "tags"],
      [Array.from({ length: 13 }, (_, n) => `t${n}`), "tags"],
    ] as const) {
      const { status, json } = await put(mark, guid(1), { revision: 1, tags });
      expect([status, Object.keys(json.errors ?? {})]).toEqual([400, [field]]);
    }
    const full = Array.from({ length: 12 }, (_, n) => `t${n}`);
    await put(mark, guid(2), { tags: full });
    const { status, json } = await several(mark, {
      workspaceIds: [guid(1), guid(2)],
      tags: { add: ["one-more"], remove: [] },
    });
    expect([status, json.errors?.tags?.[0]]).toEqual([400, expect.stringContaining("at most 12")]);
    // All or nothing: the other one has no tag of it.
    expect((await one(mark, guid(1)))?.tags).toEqual(["eu", "team:night", "tier 1"]);
  });

  test("hiding takes a reason, says who and when, and is taken back", async () => {
    expect((await put(mark, guid(1), { hidden: { reason: " " } })).json.errors).toEqual({
      "hidden.reason": [expect.stringContaining("Say why")],
    });
    await put(mark, guid(1), { hidden: { reason: "Contract ended" } });
    const hidden = { at: new Date(now).toISOString(), reason: "Contract ended", by: "mark" };
    expect((await one(vera, guid(1)))?.hidden).toEqual(hidden);
    // Another change keeps when and by whom.
    await put(ada, guid(1), { revision: 1, tags: ["x"] });
    expect((await one(vera, guid(1)))?.hidden).toEqual(hidden);
    await several(ada, { workspaceIds: [guid(1)], hidden: null });
    expect((await one(vera, guid(1)))?.hidden).toBeNull();
  });

  test("who did not see the last change is told of it by name, and changes nothing", async () => {
    await put(mark, guid(1), { ownName: "First" });
    const late = await put(ada, guid(1), { ownName: "Second", hidden: { reason: "x" } });
    expect([late.status, late.json.code, late.json.detail]).toEqual([
      409,
      "CONFLICT",
      expect.stringContaining("mark changed this workspace"),
    ]);
    expect(await one(ada, guid(1))).toMatchObject({ ownName: "First", hidden: null, revision: 1 });
    expect((await rows()).at(-1)).toMatchObject({ action: "workspace.change", outcome: "refused" });
    // The same again is no change: no row, no revision.
    const before = (await rows()).length;
    expect((await put(ada, guid(1), { revision: 1, ownName: "First" })).json.data).toEqual({ revision: 1 });
    expect((await rows()).length).toBe(before);
  });

  test("of two who save at once, one is told of a conflict", async () => {
    const both = await Promise.all([
      put(mark, guid(1), { ownName: "A" }),
      put(ada, guid(1), { ownName: "B" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("a foreign, an unknown and a forbidden workspace cannot be told apart", async () => {
    const foreign = guid(7);
    for (const by of [mark, vera]) {
      const forbidden = await ask(workspaceView, by, guid(3), "GET");
      expect(forbidden.status).toBe(404);
      for (const id of [foreign, guid(9), "no-id"])
        expect(await ask(workspaceView, by, id, "GET")).toEqual(forbidden);
    }
    const refused = await put(mark, guid(3), { ownName: "Mine" });
    expect(refused.status).toBe(404);
    for (const id of [foreign, guid(9), "no-id"])
      expect(await put(mark, id, { ownName: "Mine" })).toEqual(refused);
    for (const id of [guid(3), foreign, guid(9)]) {
      const answer = await several(mark, { workspaceIds: [guid(1), id], tags: { add: ["x"], remove: [] } });
      expect(answer).toEqual(refused);
    }
    expect((await one(mark, guid(1)))?.tags).toEqual([]);
    for (const id of [foreign, guid(9)]) expect((await put(ada, id, { ownName: "x" })).status).toBe(404);
    expect((await put(stranger, guid(1), { ownName: "x" }, "globex")).status).toBe(404);
    expect((await put(stranger, guid(1), { ownName: "x" })).status).toBe(404);
    expect((await overview(mark)).workspaces.map(({ id }) => id)).toEqual([guid(1), guid(2)]);
    const { basis } = await overview(vera);
    expect(new Set(basis.coverage.entries.map(({ workspaceId }) => workspaceId))).toEqual(new Set([guid(1)]));
  });

  test("viewers change nothing, and their tries are written down", async () => {
    expect((await put(vera, guid(1), { ownName: "x" })).status).toBe(403);
    expect((await several(vera, { workspaceIds: [guid(1)], hidden: null })).status).toBe(403);
    expect((await rows()).map(({ outcome }) => outcome)).toEqual(["refused", "refused"]);
  });

  test("each change has its audit row, and without one it does not happen", async () => {
    const night = await group("Night", [guid(2)]);
    await several(mia, {
      workspaceIds: [guid(1), guid(2)],
      tags: { add: ["EU"], remove: [] },
      groups: { add: [night], remove: [] },
    });
    expect(await rows()).toEqual([
      {
        action: "workspace.change",
        permission: "workspaces:manage",
        workspaceId: guid(1),
        outcome: "done",
        detail: { tags: { added: ["eu"], removed: [] }, groups: { added: ["Night"], removed: [] } },
      },
      {
        action: "workspace.change",
        permission: "workspaces:manage",
        workspaceId: guid(2),
        outcome: "done",
        detail: { tags: { added: ["eu"], removed: [] } },
      },
    ]);
    await store.db.execute(sql`alter table audit rename to audit_away`);
    try {
      expect((await put(mia, guid(3), { ownName: "x", groups: { add: [night], remove: [] } })).status).toBe(
        500,
      );
    } finally {
      await store.db.execute(sql`alter table audit_away rename to audit`);
    }
    expect(await one(mia, guid(3))).toMatchObject({ ownName: null, groupIds: [] });
  });

  test.each(["member", "invitation"] as const)(
    "a group that a %s's sight rests on is an administrator's to change, whole or in part",
    async (limits) => {
      const rights = await group("Rights", [guid(1)], limits);
      const plain = await group("Plain", [guid(1)]);
      for (const by of [mia, mark])
        for (const groups of [
          { add: [rights], remove: [] },
          { add: [], remove: [rights] },
          { add: [plain, rights], remove: [] },
        ])
          expect((await put(by, guid(2), { groups })).status).toBe(403);
      const body = { name: "Rights", workspaceIds: [guid(1), guid(2)] };
      expect((await ask(groupChange, mia, rights, "PUT", body)).status).toBe(403);
      expect((await ask(groupRemove, mia, rights, "DELETE")).status).toBe(403);
      expect((await one(mia, guid(2)))?.groupIds).toEqual([]);
      expect((await overview(mia)).groups).toEqual([
        { id: plain, name: "Plain", isForSight: false, mayChange: true },
        { id: rights, name: "Rights", isForSight: true, mayChange: false },
      ]);
      expect((await put(ada, guid(2), { groups: { add: [rights], remove: [] } })).status).toBe(200);
      expect((await rows()).at(-1)).toMatchObject({ permission: "members:manage", workspaceId: guid(2) });
    },
  );

  test("a group that the identity provider's rules name is one that sight rests on, also before there is one", async () => {
    const body = { name: "Ruled", workspaceIds: [guid(1)] };
    expect((await ask(groupAdd, mia, "", "POST", body)).status).toBe(403);
    const plain = await group("Plain", [guid(1)]);
    expect((await ask(groupChange, mia, plain, "PUT", body)).status).toBe(403);
    const ruled = (await ask(groupAdd, ada, "", "POST", body)).json.data as { id: string };
    expect((await ask(groupChange, mia, ruled.id, "PUT", { ...body, name: "Free" })).status).toBe(403);
    expect((await put(mia, guid(2), { groups: { add: [ruled.id], remove: [] } })).status).toBe(403);
    expect((await one(mia, guid(2)))?.groupIds).toEqual([]);
  });

  test("managers of all workspaces keep groups that nobody's sight rests on; limited ones fill those they know", async () => {
    const body = { name: "Night", workspaceIds: [guid(1), guid(3)] };
    expect((await ask(groupAdd, mark, "", "POST", body)).status).toBe(403);
    const made = (await ask(groupAdd, mia, "", "POST", body)).json.data as { id: string };
    expect((await rows()).at(-1)).toMatchObject({
      action: "workspace-group.add",
      permission: "workspaces:manage",
    });
    expect((await ask(groupChange, mia, made.id, "PUT", { ...body, name: "Late" })).status).toBe(200);
    const secret = await group("Fabrikam only", [guid(3)]);
    // Known by a workspace of theirs: filled, with theirs only. The other one is as if it were not there.
    expect((await overview(mark)).groups.map(({ name }) => name)).toEqual(["Late"]);
    expect((await put(mark, guid(2), { groups: { add: [made.id], remove: [] } })).status).toBe(200);
    const unknown = await put(mark, guid(1), { groups: { add: [guid(9)], remove: [] } });
    expect(unknown).toEqual(await put(mark, guid(1), { groups: { add: [secret], remove: [] } }));
    expect(unknown).toMatchObject({ status: 400, json: { errors: { groups: [expect.any(String)] } } });
    expect((await one(mia, guid(2)))?.groupIds).toEqual([made.id]);
    expect((await ask(groupRemove, mia, made.id, "DELETE")).status).toBe(200);
  });

  test("a workspace's own page has its sources with what was read of them", async () => {
    await withOrganisation(org.main, (tx) =>
      tx
        .insert(workspaceSources)
        .values({ organisationId: org.main, workspaceId: guid(1), source: "Sentinel" }),
    );
    const detail = (await ask(workspaceView, vera, guid(1).toUpperCase(), "GET")).json
      .data as WorkspaceDetail;
    expect(detail).toMatchObject({
      mayManage: false,
      workspace: { id: guid(1), open: {} },
      sources: [{ source: "Sentinel", state: "missing", reason: "not read yet", spans: [] }],
      basis: { asOf: null },
    });
  });
});
