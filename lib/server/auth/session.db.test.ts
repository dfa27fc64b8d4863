import { encode } from "next-auth/jwt";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { eq } from "drizzle-orm";
import { withPlatform } from "@/lib/server/db/platform";
import {
  memberships,
  membershipWorkspaces,
  organisations,
  people,
  sessions,
} from "@/lib/server/db/schema/platform";
import type { OpenDatabase } from "@/lib/server/db/database";
import { forEachEngine } from "@/lib/server/db/testing";
import { authSecret } from "@/lib/server/vault/keys";
import { sessionCookieName } from "./cookies";
import { auth, forgetSession, principalOfSession, requirePrincipal } from "./session";
import { createSession, revokeSession, sessionIdOf, sessionLimits } from "./session-store";

const hour = 3_600_000;

async function headersFor(sid: unknown, secret = authSecret().reveal()): Promise<Headers> {
  const cookie = await encode({ token: { sid }, secret, maxAge: 3_600 });
  return new Headers({ cookie: `other=1; ${sessionCookieName()}=${cookie}; last=2` });
}

forEachEngine("SEC-07: sessions", (open) => {
  let store: OpenDatabase;
  let person = "";
  let org = { one: "", two: "" };
  let now = Date.now();

  beforeAll(async () => {
    store = await open();
    await withPlatform(async (tx) => {
      const rows = await tx
        .insert(organisations)
        .values([
          { slug: "one", name: "One" },
          { slug: "two", name: "Two" },
        ])
        .returning({ id: organisations.id });
      org = { one: rows[0]!.id, two: rows[1]!.id };
      const [row] = await tx.insert(people).values({ email: "ana@example.test", name: "Ana" }).returning();
      person = row!.id;
      await tx.insert(memberships).values([
        { personId: person, organisationId: org.one, role: "manager", scope: "list" },
        { personId: person, organisationId: org.two, role: "viewer", scope: "all" },
      ]);
      await tx
        .insert(membershipWorkspaces)
        .values(
          ["w1", "w2"].map((workspaceId) => ({ personId: person, organisationId: org.one, workspaceId })),
        );
    });
  });
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: (now += hour) });
  });

  const begin = () => withPlatform((tx) => createSession(tx, person, new Date(now)));
  /** Asks as a request would after the two-second memory has passed. */
  const later = async (token: string, ms: number) => {
    vi.setSystemTime(now + ms);
    forgetSession(sessionIdOf(token));
    return auth(await headersFor(token));
  };

  test("the cookie's id names the person with all memberships, read from the database", async () => {
    const token = await begin();
    expect(await auth(await headersFor(token))).toEqual({
      personId: person,
      sessionId: sessionIdOf(token),
      email: "ana@example.test",
      name: "Ana",
      memberships: [
        {
          organisationId: org.one,
          organisationSlug: "one",
          organisationName: "One",
          role: "manager",
          scope: { kind: "list", ids: new Set(["w1", "w2"]) },
        },
        {
          organisationId: org.two,
          organisationSlug: "two",
          organisationName: "Two",
          role: "viewer",
          scope: { kind: "all" },
        },
      ],
    });
  });

  test("a list without workspaces means none, never all", async () => {
    const [other] = await withPlatform((tx) =>
      tx.insert(people).values({ email: "none@example.test", name: "None" }).returning(),
    );
    await withPlatform((tx) =>
      tx
        .insert(memberships)
        .values({ personId: other!.id, organisationId: org.one, role: "viewer", scope: "list" }),
    );
    const token = await withPlatform((tx) => createSession(tx, other!.id, new Date(now)));
    expect((await auth(await headersFor(token)))?.memberships).toMatchObject([
      { scope: { kind: "list", ids: new Set() } },
    ]);
  });

  test.each([
    ["no cookie", () => new Headers()],
    ["an empty cookie", () => new Headers({ cookie: `${sessionCookieName()}=` })],
    ["a cookie that is no token", () => new Headers({ cookie: `${sessionCookieName()}=x.y.z` })],
    ["a bearer token instead", () => new Headers({ authorization: "Bearer x" })],
  ])("%s is nobody", async (_name, headers) => {
    expect(await auth(headers())).toBeNull();
    await expect(requirePrincipal(headers())).rejects.toMatchObject({ code: "NOT_SIGNED_IN" });
  });

  test("a token sealed with another secret, an unknown id, an odd id and a token past its limit are nobody", async () => {
    const token = await begin();
    expect(await auth(await headersFor(token, "another secret of more than 32 characters"))).toBeNull();
    expect(await auth(await headersFor("an id that nobody was given"))).toBeNull();
    expect(await auth(await headersFor({ sid: token }))).toBeNull();
    expect(
      await auth(await headersFor(sessionIdOf(token))),
      "the database's form of the id opens nothing",
    ).toBeNull();
    const old = await encode({ token: { sid: token }, secret: authSecret().reveal(), maxAge: -60 });
    expect(await auth(new Headers({ cookie: `${sessionCookieName()}=${old}` }))).toBeNull();
  });

  test("ends twelve hours after its last use, and use keeps it alive", async () => {
    const token = await begin();
    expect(await later(token, 11 * hour)).not.toBeNull();
    expect(await later(token, 22 * hour)).not.toBeNull();
    expect(await later(token, 22 * hour + sessionLimits.idleMs - 1)).not.toBeNull();
    const idle = await begin();
    expect(await later(idle, sessionLimits.idleMs)).toBeNull();
  });

  test("ends seven days after the sign-in, however busy", async () => {
    const token = await begin();
    for (let at = 10 * hour; at < sessionLimits.absoluteMs; at += 10 * hour)
      expect(await later(token, at), `${at / hour} h`).not.toBeNull();
    expect(await later(token, sessionLimits.absoluteMs - 1)).not.toBeNull();
    expect(await later(token, sessionLimits.absoluteMs)).toBeNull();
  });

  test.each([
    [
      "signed out",
      (token: string) => withPlatform((tx) => revokeSession(tx, sessionIdOf(token), new Date(now))),
    ],
    [
      "the person is disabled",
      () =>
        withPlatform((tx) =>
          tx
            .update(people)
            .set({ disabledAt: new Date(now) })
            .where(eq(people.id, person)),
        ),
    ],
    ["the person is gone", () => withPlatform((tx) => tx.update(sessions).set({ revokedAt: new Date(now) }))],
  ])("acts within two seconds when %s", async (_name, change) => {
    await withPlatform((tx) => tx.update(people).set({ disabledAt: null }));
    const token = await begin();
    const headers = await headersFor(token);
    expect(await auth(headers)).not.toBeNull();
    await change(token);
    vi.setSystemTime(now + 2_001);
    expect(await auth(headers)).toBeNull();
    await withPlatform((tx) => tx.update(people).set({ disabledAt: null }));
  });

  test("a changed role and a removed workspace act within two seconds", async () => {
    const token = await begin();
    const headers = await headersFor(token);
    expect((await auth(headers))?.memberships[0]?.role).toBe("manager");
    await withPlatform(async (tx) => {
      await tx.update(memberships).set({ role: "viewer" }).where(eq(memberships.organisationId, org.one));
      await tx.delete(membershipWorkspaces).where(eq(membershipWorkspaces.workspaceId, "w2"));
    });
    vi.setSystemTime(now + 2_001);
    expect((await auth(headers))?.memberships[0]).toMatchObject({
      role: "viewer",
      scope: { kind: "list", ids: new Set(["w1"]) },
    });
  });

  test("requests at the same time ask the database once; a refusal is not kept", async () => {
    const token = await begin();
    const id = sessionIdOf(token);
    expect(principalOfSession(id)).toBe(principalOfSession(id));
    const unknown = sessionIdOf("nobody");
    const first = principalOfSession(unknown);
    expect(await first).toBeNull();
    expect(principalOfSession(unknown)).not.toBe(first);
  });

  test("the session row cannot be used as a cookie: only the digest of the id is stored", async () => {
    const token = await begin();
    const rows = await withPlatform((tx) => tx.select().from(sessions));
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test("a database that is gone is not 'signed out'", async () => {
    const token = await begin();
    await store.close();
    forgetSession(sessionIdOf(token));
    await expect(auth(await headersFor(token))).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  });
});
