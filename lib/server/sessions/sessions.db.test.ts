import { encode } from "next-auth/jwt";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { DELETE as ownEndOne } from "@/app/api/[org]/account/sessions/[session]/route";
import { DELETE as ownEndOthers, GET as ownList } from "@/app/api/[org]/account/sessions/route";
import { DELETE as memberEndOne } from "@/app/api/[org]/members/[id]/sessions/[session]/route";
import { DELETE as memberEndAll, GET as memberList } from "@/app/api/[org]/members/[id]/sessions/route";
import { GET as workspacesGet } from "@/app/api/[org]/workspaces/route";
import type { Role } from "@/lib/domain/access";
import type { SessionsEnded, SessionsView } from "@/lib/domain/sessions";
import type { Problem } from "@/lib/errors";
import { sessionCookieName } from "@/lib/server/auth/cookies";
import { auth } from "@/lib/server/auth/session";
import {
  createSession,
  type SessionOrigin,
  sessionIdOf,
  sessionLimits,
} from "@/lib/server/auth/session-store";
import type { OpenDatabase } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { memberships, organisations, sessions } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { ensurePerson, putMembership } from "@/lib/server/setup/people";
import { authSecret } from "@/lib/server/vault/keys";

type Handler = (
  request: Request,
  route: { params: Promise<{ org: string; id: string; session: string }> },
) => Promise<Response>;

const nobody = "00000000-0000-4000-8000-0000000000ff";
const firefox: SessionOrigin = {
  method: "password",
  address: "192.0.2.7",
  userAgent: "Mozilla/5.0 (Windows NT 10.0; rv:143.0) Gecko/20100101 Firefox/143.0",
};

forEachEngine("the list of sessions", (open) => {
  let store: OpenDatabase;
  let org = { main: "", globex: "" };
  let now = Date.UTC(2026, 10, 24, 12);
  let ids = { ada: "", grace: "", stranger: "" };

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => vi.useRealTimers());

  interface Session {
    readonly personId: string;
    readonly handle: string;
    readonly cookie: string;
  }

  async function session(personId: string, origin?: SessionOrigin): Promise<Session> {
    const sid = await withPlatform((tx) => createSession(tx, personId, new Date(), origin));
    const cookie = await encode({ token: { sid }, secret: authSecret().reveal(), maxAge: 30 * 24 * 3_600 });
    return { personId, handle: sessionIdOf(sid).slice(0, 16), cookie: `${sessionCookieName()}=${cookie}` };
  }

  const person = (name: string, organisationId: string, role: Role) =>
    withPlatform(async (tx) => {
      const personId = await ensurePerson(tx, { email: `${name}@example.test`, name, passwordHash: "x" });
      await putMembership(tx, { personId, organisationId, role, workspaces: "all" });
      return personId;
    });

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
    ids = {
      ada: await person("ada", org.main, "admin"),
      grace: await person("grace", org.main, "analyst"),
      stranger: await person("stranger", org.globex, "admin"),
    };
  });

  async function ask<Data>(
    handler: Handler,
    by: Session | null,
    method: "GET" | "DELETE",
    {
      id = nobody,
      handle = "0".repeat(16),
      slug = "main",
    }: { id?: string; handle?: string; slug?: string } = {},
  ) {
    const headers = new Headers({ "x-watchfloor": "1", "content-type": "application/json" });
    if (by) headers.set("cookie", by.cookie);
    const request = new Request("http://127.0.0.1:3000/api", {
      method,
      headers,
      body: method === "GET" ? undefined : "{}",
    });
    const response = await handler(request, { params: Promise.resolve({ org: slug, id, session: handle }) });
    const { data, ...problem } = (await response.json()) as { data?: Data } & Partial<Problem>;
    return { status: response.status, data, problem: { ...problem, requestId: "" } };
  }

  const list = async (by: Session) => (await ask<SessionsView>(ownList, by, "GET")).data!;
  const handles = async (by: Session) => (await list(by)).sessions.map(({ id }) => id).sort();
  const call = async (by: Session) => (await ask(workspacesGet, by, "GET")).status;
  /** What the organisation's layout asks before it draws a page. */
  const page = async (by: Session) => (await auth(new Headers({ cookie: by.cookie }))) !== null;
  const acts = async (organisationId: string) => {
    const rows = await withOrganisation(organisationId, (tx) => tx.select().from(audit).orderBy(audit.seq));
    return rows.map(({ action, outcome, personId, detail }) => ({ action, outcome, personId, detail }));
  };

  test("tells browser, address, way, times and which one asks, and neither the id nor the raw header", async () => {
    const mine = await session(ids.grace, firefox);
    await session(ids.grace);
    await session(ids.ada);
    const { sessions: rows, total } = await list(mine);
    expect(total).toBe(2);
    const at = new Date(now).toISOString();
    const idleEndsAt = new Date(now + sessionLimits.idleMs).toISOString();
    const times = { signedInAt: at, lastUsedAt: at, idleEndsAt, endsAt: expect.any(String) };
    expect(rows.find(({ isThis }) => isThis)).toEqual({
      id: mine.handle,
      isThis: true,
      browser: "Firefox on Windows",
      address: "192.0.2.7",
      method: "password",
      ...times,
      endsAt: new Date(now + sessionLimits.absoluteMs).toISOString(),
    });
    expect(rows.find(({ isThis }) => !isThis)).toMatchObject({ browser: null, address: null, method: null });
    expect(JSON.stringify(rows)).not.toMatch(/Gecko|[\da-f]{17}/);
  });

  test("keeps at most 300 characters of what a browser calls itself, none of them invisible", async () => {
    await session(ids.grace, { ...firefox, userAgent: `\u0007x\u0000${"😀".repeat(400)}` });
    await session(ids.grace, { ...firefox, userAgent: "\u0000 " });
    const rows = await withPlatform((tx) => tx.select().from(sessions).orderBy(sessions.userAgent));
    expect(rows.map(({ userAgent }) => userAgent)).toEqual([`x ${"😀".repeat(298)}`, null]);
  });

  test("lists what is open and nothing else: no ended, idle or old session, nobody else's", async () => {
    const old = await session(ids.grace);
    vi.setSystemTime(now + sessionLimits.idleMs);
    const ended = await session(ids.grace);
    const mine = await session(ids.grace);
    await ask(ownEndOne, mine, "DELETE", { handle: ended.handle });
    expect(await handles(mine)).toEqual([mine.handle]);
    expect(await handles(mine)).not.toContain(old.handle);
    await withPlatform((tx) =>
      tx.update(sessions).set({ createdAt: new Date(now + sessionLimits.idleMs - sessionLimits.absoluteMs) }),
    );
    vi.setSystemTime(now + sessionLimits.idleMs + 5_000);
    expect((await ask(ownList, mine, "GET")).status).toBe(401);
  });

  test("ending one of one's own acts on calls and pages at once, and leaves the others", async () => {
    const [mine, lost] = [await session(ids.grace), await session(ids.grace)];
    expect([await call(lost), await page(lost)]).toEqual([200, true]);
    const done = await ask<SessionsEnded>(ownEndOne, mine, "DELETE", { handle: lost.handle });
    expect(done.data).toEqual({ ended: 1 });
    expect([await call(lost), await page(lost)]).toEqual([401, false]);
    expect([await call(mine), await page(mine)]).toEqual([200, true]);
    expect(await acts(org.main)).toEqual([
      {
        action: "session.revoke",
        outcome: "done",
        personId: ids.grace,
        detail: { ended: 1, sessions: [lost.handle] },
      },
    ]);
    expect((await ask(ownEndOne, mine, "DELETE", { handle: lost.handle })).status).toBe(409);
  });

  test("all others go at once; the one that asks, and other people's, stay", async () => {
    const mine = await session(ids.grace);
    const others = [await session(ids.grace), await session(ids.grace), await session(ids.grace)];
    const ada = await session(ids.ada);
    expect((await ask<SessionsEnded>(ownEndOthers, mine, "DELETE")).data).toEqual({ ended: 3 });
    for (const other of others) expect(await call(other)).toBe(401);
    expect([await call(mine), await call(ada)]).toEqual([200, 200]);
    expect((await ask<SessionsEnded>(ownEndOthers, mine, "DELETE")).data).toEqual({ ended: 0 });
    expect(await acts(org.main), "nothing ended, nothing written").toHaveLength(1);
  });

  test("somebody else's session cannot be told from one that is not open, and stays", async () => {
    const [mine, ada] = [await session(ids.grace), await session(ids.ada)];
    const foreign = await ask(ownEndOne, mine, "DELETE", { handle: ada.handle });
    const unknown = await ask(ownEndOne, mine, "DELETE", { handle: "f".repeat(16) });
    expect(foreign).toEqual(unknown);
    expect(foreign.status).toBe(409);
    expect((await ask(ownEndOne, mine, "DELETE", { handle: "%" })).status).toBe(404);
    expect(await call(ada)).toBe(200);
  });

  test("an administrator sees and ends a member's sessions, which acts within five seconds everywhere", async () => {
    const ada = await session(ids.ada);
    const [first, second] = [await session(ids.grace, firefox), await session(ids.grace)];
    const seen = (await ask<SessionsView>(memberList, ada, "GET", { id: ids.grace })).data!;
    expect(seen.sessions.map(({ id }) => id).sort()).toEqual([first.handle, second.handle].sort());
    expect(seen.sessions.some(({ isThis }) => isThis)).toBe(false);
    expect(await page(first)).toBe(true);
    const one = await ask<SessionsEnded>(memberEndOne, ada, "DELETE", {
      id: ids.grace,
      handle: first.handle,
    });
    expect(one.data).toEqual({ ended: 1 });
    // As another instance sees it: what it keeps of a session lasts two seconds, whoever ended it.
    vi.setSystemTime(now + 5_000);
    expect([await call(first), await page(first), await call(second)]).toEqual([401, false, 200]);
    expect((await ask<SessionsEnded>(memberEndAll, ada, "DELETE", { id: ids.grace })).data).toEqual({
      ended: 1,
    });
    vi.setSystemTime(now + 10_000);
    expect([await call(second), await page(second)]).toEqual([401, false]);
    expect(await acts(org.main)).toMatchObject([
      { personId: ids.ada, outcome: "done", detail: { member: ids.grace, sessions: [first.handle] } },
      { personId: ids.ada, outcome: "done", detail: { member: ids.grace, sessions: [second.handle] } },
    ]);
  });

  test("an administrator who signs themselves out everywhere keeps the session that asks", async () => {
    const [mine, other] = [await session(ids.ada), await session(ids.ada)];
    await ask(memberEndAll, mine, "DELETE", { id: ids.ada });
    expect([await call(mine), await call(other)]).toEqual([200, 401]);
  });

  test("nobody reaches sessions of who is no member; a foreign person looks like none", async () => {
    const [ada, stranger] = [await session(ids.ada), await session(ids.stranger)];
    for (const [handler, method] of [
      [memberList, "GET"],
      [memberEndAll, "DELETE"],
      [memberEndOne, "DELETE"],
    ] as const) {
      const foreign = await ask(handler, ada, method, { id: ids.stranger, handle: stranger.handle });
      expect(foreign).toEqual(await ask(handler, ada, method, { id: nobody, handle: stranger.handle }));
      expect(foreign.status).toBe(404);
      // From outside, the organisation itself is not there.
      expect((await ask(handler, stranger, method, { id: ids.grace })).status).toBe(404);
    }
    expect(await call(ada)).toBe(200);
    expect(await page(stranger)).toBe(true);
  });

  test("a session named under the wrong member stays open", async () => {
    const [ada, grace] = [await session(ids.ada), await session(ids.grace)];
    const mixed = await ask(memberEndOne, ada, "DELETE", { id: ids.ada, handle: grace.handle });
    expect([mixed.status, await call(grace)]).toEqual([409, 200]);
  });

  test("who may not manage people sees and ends nobody's, and the attempt is written down", async () => {
    const [grace, ada] = [await session(ids.grace), await session(ids.ada)];
    expect((await ask(memberList, null, "GET", { id: ids.ada })).status).toBe(401);
    expect((await ask(memberList, grace, "GET", { id: ids.ada })).status).toBe(403);
    expect((await ask(memberEndAll, grace, "DELETE", { id: ids.ada })).status).toBe(403);
    expect((await ask(memberEndOne, grace, "DELETE", { id: ids.ada, handle: ada.handle })).status).toBe(403);
    expect(await call(ada)).toBe(200);
    expect(await acts(org.main)).toMatchObject([
      { action: "session.revoke", outcome: "refused", personId: ids.grace, detail: { member: ids.ada } },
      { action: "session.revoke", outcome: "refused", detail: { session: ada.handle, code: "FORBIDDEN" } },
    ]);
  });

  test("a person of two organisations: either administrator may, and only the acting one's audit tells", async () => {
    await withPlatform((tx) =>
      putMembership(tx, {
        personId: ids.grace,
        organisationId: org.globex,
        role: "viewer",
        workspaces: "all",
      }),
    );
    const [stranger, grace] = [await session(ids.stranger), await session(ids.grace)];
    await ask(memberEndAll, stranger, "DELETE", { id: ids.grace, slug: "globex" });
    expect(await call(grace)).toBe(401);
    expect([(await acts(org.globex)).length, (await acts(org.main)).length]).toEqual([1, 0]);
    // What a person does with their own is told to both.
    const [mine] = [await session(ids.grace), await session(ids.grace)];
    await ask(ownEndOthers, mine, "DELETE");
    expect([(await acts(org.globex)).length, (await acts(org.main)).length]).toEqual([2, 1]);
  });

  test("a disabled member's sessions can still be ended", async () => {
    const [ada, grace] = [await session(ids.ada), await session(ids.grace)];
    await withPlatform((tx) =>
      tx
        .update(memberships)
        .set({ disabledAt: new Date(now) })
        .where(eq(memberships.personId, ids.grace)),
    );
    expect((await ask<SessionsEnded>(memberEndAll, ada, "DELETE", { id: ids.grace })).data).toEqual({
      ended: 1,
    });
    expect(await page(grace)).toBe(false);
  });

  test("what cannot be written to the audit does not happen", async () => {
    const [ada, grace, other] = [await session(ids.ada), await session(ids.grace), await session(ids.grace)];
    await store.db.execute("alter table audit add constraint refuse check (seq < 0) not valid");
    try {
      expect((await ask(memberEndAll, ada, "DELETE", { id: ids.grace })).status).toBeGreaterThanOrEqual(500);
      expect((await ask(ownEndOthers, grace, "DELETE")).status).toBeGreaterThanOrEqual(500);
    } finally {
      await store.db.execute("alter table audit drop constraint refuse");
    }
    expect([await call(grace), await call(other)]).toEqual([200, 200]);
  });
});
