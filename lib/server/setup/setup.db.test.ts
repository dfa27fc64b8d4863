import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { verifyPassword } from "@/lib/server/auth/password";
import { withOrganisation } from "@/lib/server/db/organisation";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withPlatform } from "@/lib/server/db/platform";
import { instanceSettings, memberships, organisations, people } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { renewSetupCode } from "./code";
import { handleSetup, handleSetupState } from "./handle";

vi.stubEnv("WATCHFLOOR_URL", "https://soc.example.com");

const input = { email: "First@Example.test", name: "First Admin", password: "a-long-enough-password" };

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request("https://soc.example.com/api/setup", {
    method: "POST",
    headers: { "content-type": "application/json", "x-watchfloor": "1", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return handleSetup(request, undefined);
}

async function problemOf(
  answer: Response,
): Promise<{ code: string; errors?: Record<string, string[]>; detail?: string }> {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return (await answer.json()) as { code: string };
}

forEachEngine("set-up with a one-time code", (open) => {
  let code = "";
  let store: OpenDatabase;
  beforeAll(async () => {
    store = await open();
  });
  beforeEach(async () => {
    await emptyStore(store);
    code = await withPlatform(renewSetupCode);
  });

  const everybody = () => withPlatform((tx) => tx.select().from(people));
  const isNeeded = async () =>
    (
      (await (
        await handleSetupState(new Request("https://soc.example.com/api/setup"), undefined)
      ).json()) as { needed: boolean }
    ).needed;

  test("the right code makes the first admin, once, and writes it down", async () => {
    expect(await isNeeded()).toBe(true);
    expect((await post({ code, ...input })).status).toBe(201);
    expect(await isNeeded()).toBe(false);
    const [person, ...others] = await everybody();
    expect(others).toEqual([]);
    expect(person).toMatchObject({ email: "first@example.test", name: "First Admin" });
    expect(person?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(person?.passwordHash ?? null, input.password)).toBe(true);
    const [membership] = await withPlatform((tx) =>
      tx
        .select()
        .from(memberships)
        .innerJoin(organisations, eq(organisations.id, memberships.organisationId)),
    );
    expect(membership).toMatchObject({
      memberships: { role: "admin", scope: "all" },
      organisations: { slug: "main" },
    });
    const rows = await withOrganisation(membership!.organisations.id, (tx) => tx.select().from(audit));
    expect(rows).toMatchObject([{ action: "person.first-admin", personId: person?.id, outcome: "done" }]);
    const again = await post({ code, ...input, email: "second@example.test" });
    expect([again.status, (await problemOf(again)).code]).toEqual([404, "NOT_FOUND"]);
    expect(await everybody()).toHaveLength(1);
  });

  test("is typed in any case and without the hyphens", async () => {
    expect((await post({ code: ` ${code.toLowerCase().replaceAll("-", "")} `, ...input })).status).toBe(201);
  });

  test("five wrong tries burn the code, and the right one is worth nothing then", async () => {
    for (let n = 0; n < 5; n++) {
      const answer = await post({ code: "AAAA-BBBB-CCCC-DDDD", ...input });
      expect([answer.status, (await problemOf(answer)).errors?.code?.length]).toEqual([400, 1]);
    }
    const answer = await post({ code, ...input });
    expect(answer.status).toBe(429);
    expect((await problemOf(answer)).detail).toMatch(/restart/);
    expect(await everybody()).toEqual([]);
    // The next start makes a new one.
    expect((await post({ code: await withPlatform(renewSetupCode), ...input })).status).toBe(201);
  });

  test("of many wrong tries at once no more than five are looked at", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => post({ code: "AAAA-BBBB-CCCC-DDDD", ...input })),
    );
    expect(answers.filter((answer) => answer.status === 400)).toHaveLength(5);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(7);
  });

  test("of two people with the right code at once exactly one becomes admin", async () => {
    const answers = await Promise.all(
      ["a@example.test", "b@example.test"].map((email) => post({ code, ...input, email })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 404]);
    expect(await everybody()).toHaveLength(1);
  });

  test("a renewed code replaces the earlier one, and neither is stored in clear", async () => {
    const next = await withPlatform(renewSetupCode);
    expect(next).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
    expect(next).not.toBe(code);
    const stored = JSON.stringify(await withPlatform((tx) => tx.select().from(instanceSettings)));
    expect(stored).not.toContain(next);
    expect(stored).not.toContain(next.replaceAll("-", ""));
    expect((await post({ code, ...input })).status).toBe(400);
  });

  test.each([
    ["email", { email: "nobody" }],
    ["email", { email: "first@exämple.test" }],
    ["name", { name: "  " }],
    ["name", { name: "x".repeat(101) }],
    ["password", { password: "eleven-char" }],
    ["password", { password: "x".repeat(1_025) }],
    ["code", { code: "" }],
    ["role", { role: "admin" }],
  ])("a fault in %s is named at the field, and costs no try (%#)", async (field, change) => {
    for (let n = 0; n < 6; n++) {
      const answer = await post({ code, ...input, ...change });
      expect(answer.status).toBe(400);
      expect(Object.keys((await problemOf(answer)).errors ?? {})).toEqual([field]);
    }
    expect((await post({ code, ...input })).status).toBe(201);
  });

  test.each([
    ["without our header", { "x-watchfloor": "" }, 403],
    ["from another site", { "sec-fetch-site": "cross-site" }, 403],
    ["from a sibling host", { "sec-fetch-site": "same-site" }, 403],
    ["from another origin", { origin: "https://evil.example.net" }, 403],
    ["as a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
  ])("SEC-06: a call %s is refused and costs no try", async (_name, headers, status) => {
    for (let n = 0; n < 6; n++) expect((await post({ code, ...input }, headers)).status).toBe(status);
    expect((await post({ code, ...input }, { "sec-fetch-site": "same-origin" })).status).toBe(201);
  });

  test("a body that is no JSON, or too large, is refused", async () => {
    expect((await post("{")).status).toBe(400);
    expect((await post(JSON.stringify({ code, ...input, name: "x".repeat(300_000) }))).status).toBe(413);
  });
});
