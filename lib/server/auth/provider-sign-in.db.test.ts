import { asc, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { parseGroupRules } from "@/lib/domain/group-rules";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import {
  memberships,
  organisations,
  people,
  sessions,
  workspaceGroups,
} from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { forEachEngine } from "@/lib/server/db/testing";
import { admitCallback } from "./callback-limit";
import { type ProviderIdentity, signInThroughProvider } from "./provider-sign-in";
import { principalOfSession } from "./session";
import { sessionIdOf } from "./session-store";

const rules = parseGroupRules(
  "soc=one:analyst; north=one:manager:North; lost=one:viewer:No such group; x=two:viewer",
);

forEachEngine("signing in through a provider", (open) => {
  let org = "";
  let group = "";

  beforeAll(async () => {
    await open();
    await withPlatform(async (tx) => {
      const [one] = await tx
        .insert(organisations)
        .values([
          { slug: "one", name: "One" },
          { slug: "two", name: "Two" },
        ])
        .returning({ id: organisations.id });
      org = one!.id;
      const [north] = await tx
        .insert(workspaceGroups)
        .values({ organisationId: org, name: "North" })
        .returning({ id: workspaceGroups.id });
      group = north!.id;
      const made = await tx
        .insert(people)
        .values([
          { email: "local@example.test", name: "Local", passwordHash: "kept" },
          { email: "gone@example.test", name: "Gone", disabledAt: new Date() },
        ])
        .returning({ id: people.id });
      for (const { id } of made)
        await tx
          .insert(memberships)
          .values({ personId: id, organisationId: org, role: "admin", scope: "all" });
    });
  });

  const come = async (given: Partial<ProviderIdentity> & { subject: string }, ruled = true) =>
    signInThroughProvider({
      attemptId: await admitCallback("10.0.0.1", "r-1"),
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
      identity: {
        issuer: "https://login.example.test",
        email: `${given.subject}@example.test`,
        isEmailVerified: true,
        name: "Somebody",
        groups: [],
        ...given,
      },
      rules: ruled ? rules : null,
      address: "10.0.0.1",
      requestId: "r-1",
    });
  const principal = async (token: string | null) =>
    token === null ? null : principalOfSession(sessionIdOf(token));
  const peopleNow = async () => (await withPlatform((tx) => tx.select().from(people))).length;
  const sessionsNow = async () => (await withPlatform((tx) => tx.select().from(sessions))).length;

  test("groups make a person with exactly the role and scope of the rules, and audit rows for both", async () => {
    const found = await principal(await come({ subject: "new", groups: ["soc"] }));
    expect(found?.memberships).toMatchObject([
      { organisationSlug: "one", role: "analyst", scope: { kind: "all" } },
    ]);
    const rows = await withOrganisation(org, (tx) => tx.select().from(audit).orderBy(asc(audit.seq)));
    expect(rows.slice(-2)).toMatchObject([
      { action: "member.from-groups", personId: found?.personId, detail: { role: "analyst" } },
      { action: "session.sign-in", outcome: "done", personId: found?.personId },
    ]);
  });

  test("groups that change at the provider change the membership; none left takes it and the way in away", async () => {
    await come({ subject: "moves", groups: ["soc"] });
    const token = await come({ subject: "moves", groups: ["soc", "north"] });
    const moved = await principal(token);
    expect(moved?.memberships).toMatchObject([{ role: "manager", scope: { kind: "list" } }]);
    const before = await sessionsNow();
    expect(await come({ subject: "moves", groups: [] })).toBeNull();
    expect(await sessionsNow()).toBe(before);
    const left = await withPlatform((tx) =>
      tx.select().from(memberships).where(eq(memberships.personId, moved!.personId)),
    );
    expect(left).toEqual([]);
    expect(group).not.toBe("");
  });

  test("a workspace group that does not exist gives no workspace", async () => {
    const found = await principal(await come({ subject: "lost", groups: ["lost"] }));
    expect(found?.memberships).toMatchObject([{ role: "viewer", scope: { kind: "list", ids: new Set() } }]);
  });

  test("nobody comes in with an unconfirmed address, without a group, or where rules are not set", async () => {
    const before = [await peopleNow(), await sessionsNow()];
    expect(await come({ subject: "u1", groups: ["soc"], isEmailVerified: false })).toBeNull();
    expect(await come({ subject: "u2", groups: ["SOC"] })).toBeNull();
    expect(await come({ subject: "u3", groups: ["soc"] }, false)).toBeNull();
    expect(await come({ subject: "u4", email: "local@example.test", isEmailVerified: false })).toBeNull();
    expect([await peopleNow(), await sessionsNow()]).toEqual(before);
  });

  test("a disabled person stays out, whatever the groups say", async () => {
    expect(await come({ subject: "gone", groups: ["soc"] })).toBeNull();
  });

  test("a local account keeps the rights it has here, and belongs to the first subject alone", async () => {
    const found = await principal(await come({ subject: "local", groups: ["soc"] }));
    expect(found).toMatchObject({ name: "Local", memberships: [{ role: "admin", scope: { kind: "all" } }] });
    // The address changed hands at the provider: another subject does not inherit the account.
    expect(await come({ subject: "other", email: "local@example.test", groups: ["soc"] })).toBeNull();
    expect(await come({ subject: "local", email: "new-name@example.test", groups: [] })).not.toBeNull();
  });

  test("the same subject of another issuer is somebody else", async () => {
    expect(await come({ subject: "local", issuer: "https://evil.example.test" })).toBeNull();
  });
});
