import { NextRequest } from "next/server";
import { asc, eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { parseGroupRules } from "@/lib/domain/group-rules";
import { addressHeader } from "@/lib/server/auth/address";
import type { OpenDatabase } from "@/lib/server/db/database";
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
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { admitCallback } from "./callback-limit";
import { handleAuth } from "./handle";
import { signInLimits } from "./limits";
import { signInThroughProvider } from "./provider-sign-in";

const origin = "http://127.0.0.1:3000";
const issuer = "https://login.example.test";

forEachEngine("SEC-14: a provider's answer counts against the sign-in limits", (open) => {
  let store: OpenDatabase;
  let org = "";
  let now = Date.UTC(2026, 10, 24, 12);

  beforeAll(async () => {
    store = await open();
    vi.stubEnv("WATCHFLOOR_URL", origin);
  });
  beforeEach(async () => {
    await emptyStore(store);
    vi.useFakeTimers({ toFake: ["Date"], now: (now += 10 * 60_000) });
    const [made] = await withPlatform((tx) =>
      tx.insert(organisations).values({ slug: "one", name: "One" }).returning({ id: organisations.id }),
    );
    org = made!.id;
  });

  /** What a browser brings back, with a code that nobody gave out. */
  async function bringBack(address: string): Promise<string | null> {
    const request = new NextRequest(`${origin}/api/auth/callback/oidc?code=x&state=y`, {
      headers: { host: "127.0.0.1:3000", [addressHeader]: address },
    });
    const answer = await handleAuth(request, { params: Promise.resolve({ nextauth: ["callback", "oidc"] }) });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    return new URL(answer.headers.get("location") ?? "", origin).searchParams.get("error");
  }

  const rules = parseGroupRules("soc=one:analyst");
  const come = async (subject: string, { address = "10.0.0.1", groups = ["soc"] } = {}) =>
    signInThroughProvider({
      attemptId: await admitCallback(address, "r-1"),
      identity: {
        issuer,
        subject,
        email: `${subject}@example.test`,
        isEmailVerified: true,
        name: subject,
        groups,
      },
      rules,
      address,
      userAgent: null,
      requestId: "r-1",
    });
  const limited = { code: "TOO_MANY_ATTEMPTS" };

  test("the 31st answer that came to nothing within a minute is not looked at; another address is", async () => {
    for (let n = 0; n < signInLimits.perAddress; n++)
      expect(await bringBack("10.0.0.9")).not.toBe("TOO_MANY_ATTEMPTS");
    for (let n = 0; n < 3; n++) expect(await bringBack("10.0.0.9")).toBe("TOO_MANY_ATTEMPTS");
    expect(await bringBack("10.0.0.10")).not.toBe("TOO_MANY_ATTEMPTS");
    const rows = await withPlatform((tx) => tx.select().from(platformAudit).orderBy(asc(platformAudit.seq)));
    const told = rows.filter(({ detail }) => (detail as { reason: string }).reason === "too many attempts");
    expect(told, "a flood leaves one row per minute").toMatchObject([
      { action: "session.sign-in", outcome: "refused", detail: { address: "10.0.0.9", through: "provider" } },
    ]);
    vi.setSystemTime(now + signInLimits.windowMs + 1);
    expect(await bringBack("10.0.0.9")).not.toBe("TOO_MANY_ATTEMPTS");
  });

  test("wrong passwords and provider's answers of one address are counted together", async () => {
    const wrong = Array.from({ length: signInLimits.perAddress }, (_, n) => ({
      account: `a${n}`,
      address: "10.0.0.9",
      outcome: "tried" as const,
      at: new Date(now),
    }));
    await withPlatform((tx) => tx.insert(signInAttempts).values(wrong));
    expect(await bringBack("10.0.0.9")).toBe("TOO_MANY_ATTEMPTS");
  });

  test("the sixth refused sign-in of one subject within a minute is turned away, from wherever it comes", async () => {
    for (let n = 0; n < signInLimits.perAccount; n++)
      expect(await come("nora", { address: `10.0.1.${n}`, groups: [] })).toBeNull();
    await expect(come("nora", { address: "10.0.1.99" })).rejects.toMatchObject(limited);
    expect(await come("pia"), "somebody else").not.toBeNull();
    vi.setSystemTime(now + signInLimits.windowMs + 1);
    expect(await come("nora")).not.toBeNull();
  });

  test("successes do not count: an office whose people all sign in at once is not locked out", async () => {
    for (let n = 0; n < signInLimits.perAddress + 5; n++) expect(await come(`p${n % 3}`)).not.toBeNull();
  });

  test("fails closed: when the attempt cannot be counted nothing is looked at and nobody comes in", async () => {
    await store.db.execute(sql`alter table sign_in_attempts rename to away`);
    try {
      expect(await bringBack("10.0.0.9")).toMatch(/STORE_UNAVAILABLE|INTERNAL/);
      await expect(come("pia")).rejects.toThrow();
    } finally {
      await store.db.execute(sql`alter table away rename to sign_in_attempts`);
    }
    await expect(
      signInThroughProvider({
        attemptId: null,
        identity: { issuer, subject: "pia", email: "", isEmailVerified: false, name: "", groups: ["soc"] },
        rules,
        address: "10.0.0.1",
        userAgent: null,
        requestId: "r-1",
      }),
      "an attempt that nobody counted",
    ).rejects.toMatchObject({ code: "INTERNAL" });
    expect(await withPlatform((tx) => tx.select().from(sessions))).toEqual([]);
  });

  test("a sign-in that would take the last administrator away leaves a refused row, and everything as it was", async () => {
    const boss = await come("boss");
    expect(boss).not.toBeNull();
    await withPlatform((tx) => tx.update(memberships).set({ role: "admin", scope: "all" }));
    const before = await withPlatform((tx) => tx.select().from(sessions));
    await expect(come("boss")).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(come("boss", { groups: [] })).rejects.toMatchObject({ code: "CONFLICT" });
    const [person] = await withPlatform((tx) =>
      tx.select().from(people).where(eq(people.email, "boss@example.test")),
    );
    const rows = await withOrganisation(org, (tx) => tx.select().from(audit).orderBy(asc(audit.seq)));
    const refused = {
      action: "session.sign-in",
      outcome: "refused",
      personId: person!.id,
      detail: { through: issuer, reason: expect.stringContaining("without an administrator") },
    };
    expect(rows.filter(({ outcome }) => outcome === "refused")).toMatchObject([refused, refused]);
    expect(await withPlatform((tx) => tx.select().from(memberships))).toMatchObject([{ role: "admin" }]);
    expect(await withPlatform((tx) => tx.select().from(sessions))).toEqual(before);
  });
});
