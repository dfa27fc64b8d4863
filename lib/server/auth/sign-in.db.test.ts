import { asc, eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { database } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import {
  memberships,
  organisations,
  people,
  platformAudit,
  sessions,
  signInAttempts,
} from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { forEachEngine } from "@/lib/server/db/testing";
import { signInLimits } from "./limits";
import { hashPassword } from "./password";
import { principalOfSession } from "./session";
import { sessionIdOf } from "./session-store";
import { signIn, signOut } from "./sign-in";

const password = "correct horse battery";

forEachEngine("signing in", (open) => {
  let org = "";
  let other = "";
  let ana = "";
  let address = 0;
  let now = Date.now();

  beforeAll(async () => {
    await open();
    const passwordHash = await hashPassword(password);
    await withPlatform(async (tx) => {
      const rows = await tx
        .insert(organisations)
        .values([
          { slug: "one", name: "One" },
          { slug: "two", name: "Two" },
        ])
        .returning({ id: organisations.id });
      [org, other] = [rows[0]!.id, rows[1]!.id];
      const made = await tx
        .insert(people)
        .values([
          { email: "ana@example.test", name: "Ana", passwordHash },
          { email: "gone@example.test", name: "Gone", passwordHash, disabledAt: new Date() },
          { email: "sso@example.test", name: "Without password" },
        ])
        .returning({ id: people.id });
      ana = made[0]!.id;
      for (const { id } of made)
        await tx
          .insert(memberships)
          .values({ personId: id, organisationId: org, role: "analyst", scope: "all" });
      await tx
        .insert(memberships)
        .values({ personId: ana, organisationId: other, role: "viewer", scope: "all" });
    });
  });
  beforeEach(() => {
    // Each test starts in a minute of its own, from an address of its own.
    vi.useFakeTimers({ toFake: ["Date"], now: (now += 10 * 60_000) });
    address += 1;
  });

  const attempt = (email: string, given = password, from = `10.0.0.${address}`) =>
    signIn({ email, password: given, address: from, userAgent: null, requestId: "r-1" });
  const rowsOf = (id: string) =>
    withOrganisation(id, (tx) => tx.select().from(audit).orderBy(asc(audit.seq)));
  const platformRows = () =>
    withPlatform((tx) => tx.select().from(platformAudit).orderBy(asc(platformAudit.seq)));
  const sessionCount = async () => (await withPlatform((tx) => tx.select().from(sessions))).length;

  test("the right password makes a new session each time, whatever the case of the address", async () => {
    const [first, second] = [await attempt("ana@example.test"), await attempt("  ANA@Example.test ")];
    expect(first?.personId).toBe(ana);
    expect(second?.token).toMatch(/^[\w-]{43}$/);
    expect(second?.token).not.toBe(first?.token);
    expect(await principalOfSession(sessionIdOf(first!.token))).toMatchObject({ email: "ana@example.test" });
  });

  test.each([
    ["a wrong password", "ana@example.test", "wrong password 123"],
    ["an unknown address", "nobody@example.test", password],
    ["a disabled person", "gone@example.test", password],
    ["a person without password", "sso@example.test", password],
    ["an empty password", "ana@example.test", ""],
    ["an empty address", "", password],
    ["text that is no address", "' or 1=1 --", password],
    ["an address in look-alike letters", "аna@example.test", password],
    ["a password beyond the limit", "ana@example.test", "x".repeat(5_000)],
    ["a NUL in the address", "ana@example.test\0", password],
  ])("%s is refused in the same way, and makes no session", async (_name, email, given) => {
    const before = await sessionCount();
    expect(await attempt(email, given)).toBeNull();
    expect(await sessionCount()).toBe(before);
  });

  test("success and refusal leave a row in each organisation of the person", async () => {
    const before = { org: (await rowsOf(org)).length, other: (await rowsOf(other)).length };
    await attempt("ana@example.test");
    await attempt("ana@example.test", "wrong password 123");
    for (const [id, count] of [
      [org, before.org],
      [other, before.other],
    ] as const) {
      const rows = (await rowsOf(id)).slice(count);
      expect(rows).toMatchObject([
        {
          action: "session.sign-in",
          outcome: "done",
          personId: ana,
          requestId: "r-1",
          detail: { address: `10.0.0.${address}` },
        },
        {
          action: "session.sign-in",
          outcome: "refused",
          personId: ana,
          detail: { reason: "wrong e-mail or password" },
        },
      ]);
    }
  });

  test("a refused stranger is noted for the platform, without what was typed", async () => {
    const before = (await platformRows()).length;
    await attempt("My Secret Passw0rd!", "x");
    const rows = (await platformRows()).slice(before);
    expect(rows).toMatchObject([{ action: "session.sign-in", outcome: "refused", personId: null }]);
    const everything = JSON.stringify([rows, await withPlatform((tx) => tx.select().from(signInAttempts))]);
    expect(everything.toLowerCase()).not.toContain("secret passw0rd");
  });

  test("SEC-14: the sixth wrong password of an account within a minute is turned away, the right one too", async () => {
    for (let n = 0; n < signInLimits.perAccount; n++)
      expect(await attempt("ana@example.test", "wrong password 123", `10.1.0.${n}`)).toBeNull();
    const limited = { code: "TOO_MANY_ATTEMPTS", details: { retryAfterSeconds: 60 } };
    await expect(attempt("ana@example.test", password, "10.1.0.99")).rejects.toMatchObject(limited);
    await expect(attempt("ANA@example.test ", password, "10.1.0.98")).rejects.toMatchObject(limited);
    vi.setSystemTime(now + signInLimits.windowMs - 1);
    await expect(attempt("ana@example.test")).rejects.toMatchObject(limited);
    vi.setSystemTime(now + signInLimits.windowMs + 1);
    expect(await attempt("ana@example.test")).not.toBeNull();
  });

  test("SEC-14: an unknown account is limited in the same way", async () => {
    for (let n = 0; n < signInLimits.perAccount; n++)
      expect(await attempt("nobody@example.test", "x", `10.1.1.${n}`)).toBeNull();
    await expect(attempt("nobody@example.test", "x")).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  });

  test("SEC-14: the 31st wrong attempt from one address within a minute is turned away, whatever the account", async () => {
    for (let n = 0; n < signInLimits.perAddress; n++)
      expect(await attempt(`someone-${n}@example.test`, "x")).toBeNull();
    await expect(attempt("ana@example.test")).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    expect(await attempt("ana@example.test", password, "10.9.9.9")).not.toBeNull();
  });

  test("SEC-14: of 20 guesses at once no more than the limit are looked at", async () => {
    const guesses = Array.from({ length: 20 }, () => attempt("ana@example.test", "wrong password 123"));
    const results = await Promise.allSettled(guesses);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(signInLimits.perAccount);
  });

  test("successes do not count, so that a busy person is never locked out", async () => {
    for (let n = 0; n < signInLimits.perAccount + 3; n++)
      expect(await attempt("ana@example.test")).not.toBeNull();
  });

  test("a flood beyond the limit leaves one audit row per minute, not one per request", async () => {
    const before = (await rowsOf(org)).length;
    for (let n = 0; n < signInLimits.perAccount; n++) await attempt("ana@example.test", "wrong password 123");
    const flood = Array.from({ length: 25 }, () => attempt("ana@example.test").catch(() => "limited"));
    expect(new Set(await Promise.all(flood))).toEqual(new Set(["limited"]));
    const rows = (await rowsOf(org)).slice(before).map((row) => (row.detail as { reason: string }).reason);
    expect(rows.filter((reason) => reason === "too many attempts")).toHaveLength(1);
  });

  test("signing out ends the session at once, is written down once, and needs no session to be alive", async () => {
    const { token } = (await attempt("ana@example.test"))!;
    expect(await principalOfSession(sessionIdOf(token))).not.toBeNull();
    const before = (await rowsOf(org)).length;
    await signOut(token, "r-2");
    expect(await principalOfSession(sessionIdOf(token))).toBeNull();
    await signOut(token, "r-3");
    await signOut("nobody's token", "r-4");
    expect((await rowsOf(org)).slice(before)).toMatchObject([
      { action: "session.sign-out", outcome: "done", personId: ana, requestId: "r-2" },
    ]);
  });

  test("fails closed: when attempts cannot be counted nobody comes in", async () => {
    const db = await database();
    const before = await sessionCount();
    await db.execute(sql`alter table sign_in_attempts rename to away`);
    await expect(attempt("ana@example.test")).rejects.toThrow();
    await db.execute(sql`alter table away rename to sign_in_attempts`);
    expect(await sessionCount()).toBe(before);
  });

  test("fails closed: when the audit cannot be written there is no session", async () => {
    const db = await database();
    const before = await sessionCount();
    await db.execute(sql`revoke insert on audit from watchfloor_app`);
    await expect(attempt("ana@example.test")).rejects.toThrow();
    await db.execute(sql`grant insert on audit to watchfloor_app`);
    expect(await sessionCount()).toBe(before);
    expect(await attempt("ana@example.test")).not.toBeNull();
  });

  test("a person who is disabled while the password is checked does not come in", async () => {
    const pending = attempt("ana@example.test");
    const disable = withPlatform((tx) =>
      tx.update(people).set({ disabledAt: new Date() }).where(eq(people.id, ana)),
    );
    const [result] = await Promise.all([pending, disable]);
    if (result) expect(await principalOfSession(sessionIdOf(result.token))).toBeNull();
    expect(await attempt("ana@example.test")).toBeNull();
    await withPlatform((tx) => tx.update(people).set({ disabledAt: null }).where(eq(people.id, ana)));
  });
});
