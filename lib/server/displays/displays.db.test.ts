import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { eq } from "drizzle-orm";
import type { Principal, Role, WorkspaceScope } from "@/lib/domain/access";
import { findCaller, requireCaller } from "@/lib/server/auth/caller";
import { displayCookie } from "@/lib/server/auth/cookies";
import { tokenHash } from "@/lib/server/auth/token";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { displays, organisations, people } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { forEachEngine } from "@/lib/server/db/testing";
import { displayOf } from "./identify";
import { createDisplay, revokeDisplay } from "./manage";

const inA = "aaaaaaaa-0000-4000-8000-000000000001";
const inB = "bbbbbbbb-0000-4000-8000-000000000002";
const list = (...ids: string[]): WorkspaceScope => ({ kind: "list", ids: new Set(ids) });

forEachEngine("displays", (open) => {
  let one = "";
  let two = "";
  let ada = "";
  let now = Date.now();

  beforeAll(async () => {
    await open();
    await withPlatform(async (tx) => {
      const made = await tx
        .insert(organisations)
        .values(["one", "two"].map((slug) => ({ slug, name: slug })))
        .returning({ id: organisations.id });
      [one, two] = [made[0]!.id, made[1]!.id];
      const [person] = await tx.insert(people).values({ email: "ada@demo.test", name: "Ada" }).returning();
      ada = person!.id;
    });
  });
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: (now += 3_600_000) });
  });

  function by(role: Role = "manager", scope: WorkspaceScope = { kind: "all" }, organisationId = one) {
    const membership = { organisationId, organisationSlug: "one", organisationName: "One", role, scope };
    const principal: Principal = {
      personId: ada,
      sessionId: "s",
      email: "ada@demo.test",
      name: "Ada",
      memberships: [membership],
    };
    return { principal, membership, requestId: "request-1" };
  }
  const headersOf = (token: string) => new Headers({ cookie: `x=1; ${displayCookie().name}=${token}` });
  const auditRows = (organisationId: string) =>
    withOrganisation(organisationId, (tx) => tx.select().from(audit).orderBy(audit.seq));

  test("a paired screen is known by its cookie, with its organisation and its workspaces, and is no person", async () => {
    const { id, token } = await createDisplay(by(), { name: "North wall", scope: list(inA.toUpperCase()) });
    expect(await findCaller(headersOf(token))).toEqual({
      personId: null,
      displayId: id,
      name: "North wall",
      memberships: [
        {
          organisationId: one,
          organisationSlug: "one",
          organisationName: "one",
          role: "display",
          scope: list(inA),
        },
      ],
    });
  });

  test("the database holds the token as a hash only, and the audit not at all", async () => {
    const { id, token } = await createDisplay(by(), { name: "Hashed", scope: { kind: "all" } });
    const [row] = await withPlatform((tx) => tx.select().from(displays).where(eq(displays.id, id)));
    expect(row?.tokenHash).toBe(tokenHash(token));
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(JSON.stringify([row, await auditRows(one)])).not.toContain(token);
    expect(await displayOf(headersOf(tokenHash(token))), "the database's form opens nothing").toBeNull();
  });

  test("SEC-07: a revoked display is refused at once here, and within two seconds where it is still remembered", async () => {
    const { id, token } = await createDisplay(by(), { name: "South", scope: { kind: "all" } });
    expect(await displayOf(headersOf(token))).not.toBeNull();
    await revokeDisplay(by(), id);
    await expect(requireCaller(headersOf(token))).rejects.toMatchObject({ code: "NOT_SIGNED_IN" });

    const other = await createDisplay(by(), { name: "East", scope: { kind: "all" } });
    expect(await displayOf(headersOf(other.token))).not.toBeNull();
    // As another instance does it: this one's memory is not told.
    await withPlatform((tx) =>
      tx
        .update(displays)
        .set({ revokedAt: new Date(now) })
        .where(eq(displays.id, other.id)),
    );
    vi.setSystemTime(now + 2_001);
    expect(await displayOf(headersOf(other.token))).toBeNull();
    await expect(revokeDisplay(by(), other.id), "a second time").rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test.each([
    ["no cookie", () => new Headers()],
    ["an empty one", () => headersOf("")],
    ["an unknown one", () => headersOf("x".repeat(43))],
    ["one under another name", () => new Headers({ cookie: "display=x" })],
  ])("%s is nobody", async (_name, headers) => {
    expect(await findCaller(headers())).toBeNull();
  });

  test("making and revoking are written down in the same transaction, by name", async () => {
    const { id } = await createDisplay(by(), { name: "West", scope: list(inB, inA) });
    await revokeDisplay(by(), id);
    const rows = (await auditRows(one)).slice(-2);
    expect(
      rows.map(({ action, personId, permission, detail }) => [action, personId, permission, detail]),
    ).toEqual([
      [
        "display.add",
        ada,
        "displays:manage",
        { display: { id, name: "West" }, scope: "list", workspaceIds: [inA, inB] },
      ],
      ["display.revoke", ada, "displays:manage", { display: { id, name: "West" } }],
    ]);
  });

  test("nobody makes a screen that shows more than they see, nor ends one", async () => {
    const limited = by("manager", list(inA));
    for (const scope of [{ kind: "all" } as const, list(inB), list(inA, inB)])
      await expect(createDisplay(limited, { name: "Too wide", scope })).rejects.toMatchObject({
        code: "INVALID_INPUT",
      });
    const own = await createDisplay(limited, { name: "Own", scope: list(inA) });
    const wide = await createDisplay(by(), { name: "Wide", scope: list(inA, inB) });
    await expect(revokeDisplay(limited, wide.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await revokeDisplay(limited, own.id);
    expect(await displayOf(headersOf(wide.token))).not.toBeNull();
  });

  test("another organisation's display does not exist, and roles below manager have no say", async () => {
    const { id, token } = await createDisplay(by(), { name: "Mine", scope: { kind: "all" } });
    await expect(revokeDisplay(by("admin", { kind: "all" }, two), id)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    for (const role of ["viewer", "analyst"] as const)
      await expect(revokeDisplay(by(role), id)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await displayOf(headersOf(token))).not.toBeNull();
    expect(await auditRows(two)).toEqual([]);
  });
});
