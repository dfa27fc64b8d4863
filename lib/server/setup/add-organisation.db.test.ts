import { asc } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { OpenDatabase } from "@/lib/server/db/database";
import { verifyAudit } from "@/lib/server/audit/verify";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { invitations, memberships, organisations } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { acceptInvitation, lookAtInvitation } from "@/lib/server/members/invitations";
import { addOrganisation } from "./add-organisation";
import { ensurePerson } from "./people";

const acme = { slug: "acme", name: "Acme", admin: " ADA@Example.test" };

forEachEngine("an operator adds an organisation", (open) => {
  let store: OpenDatabase;
  beforeAll(async () => {
    store = await open();
  });
  beforeEach(() => emptyStore(store));

  const all = () => withPlatform((tx) => tx.select().from(organisations));

  test("the link makes its holder the administrator of all workspaces, once; both acts are in its chain", async () => {
    const { token } = await addOrganisation(acme);
    expect(await lookAtInvitation(null, token)).toMatchObject({
      organisation: { slug: "acme", name: "Acme" },
      email: "ada@example.test",
      role: "admin",
      next: "account",
    });
    const account = { token, name: "Ada", password: "a-long-enough-password" };
    expect(await acceptInvitation(null, account, "r-1")).toEqual({ slug: "acme" });
    await expect(acceptInvitation(null, account, "r-2")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await withPlatform((tx) => tx.select().from(memberships))).toMatchObject([
      { role: "admin", scope: "all", disabledAt: null },
    ]);
    const [organisation] = await all();
    const id = organisation!.id;
    const rows = await withOrganisation(id, (tx) => tx.select().from(audit).orderBy(asc(audit.seq)));
    expect(rows).toMatchObject([
      { action: "organisation.add", personId: null, outcome: "done", detail: { slug: "acme" } },
      { action: "invitation.accept", outcome: "done" },
    ]);
    expect(await withOrganisation(id, (tx) => verifyAudit(tx, id))).toMatchObject({ rows: 2, fault: null });
    expect(JSON.stringify([rows, await withPlatform((tx) => tx.select().from(invitations))])).not.toContain(
      token,
    );
  });

  test("who has an account already joins with it, and the link does not make another", async () => {
    await withPlatform((tx) =>
      ensurePerson(tx, { email: "ada@example.test", name: "Ada", passwordHash: "x" }),
    );
    const { token } = await addOrganisation(acme);
    expect((await lookAtInvitation(null, token)).next).toBe("sign-in");
  });

  test("a taken address changes nothing, and leaves the first link alone", async () => {
    const { token } = await addOrganisation(acme);
    await expect(
      addOrganisation({ ...acme, name: "Other", admin: "eve@example.test" }),
    ).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect(await all()).toMatchObject([{ slug: "acme", name: "Acme" }]);
    expect(await withPlatform((tx) => tx.select().from(invitations))).toHaveLength(1);
    expect((await lookAtInvitation(null, token)).email).toBe("ada@example.test");
  });

  test("of two at once one is made", async () => {
    const both = await Promise.allSettled([addOrganisation(acme), addOrganisation(acme)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await all()).toHaveLength(1);
  });

  test.each([
    [{ ...acme, slug: "Acme" }, "slug"],
    [{ ...acme, slug: "api" }, "slug"],
    [{ ...acme, slug: "../x" }, "slug"],
    [{ ...acme, slug: undefined }, "slug"],
    [{ ...acme, name: " " }, "name"],
    [{ ...acme, admin: "nobody" }, "admin"],
    [{ ...acme, admin: undefined }, "admin"],
  ])("%j is refused, naming %s", async (given, field) => {
    await expect(addOrganisation(given)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      details: { errors: { [field]: [expect.any(String)] } },
    });
    expect(await all()).toEqual([]);
  });

  test("what cannot be written to the audit does not happen", async () => {
    await store.db.execute("alter table audit add constraint refuse check (seq < 0) not valid");
    try {
      await expect(addOrganisation(acme)).rejects.toThrow();
    } finally {
      await store.db.execute("alter table audit drop constraint refuse");
    }
    expect(await all()).toEqual([]);
  });
});
