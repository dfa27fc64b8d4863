import { randomUUID } from "node:crypto";
import { getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { beforeAll, expect, test } from "vitest";
import { database, rowsOf } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { acrossRoles } from "@/lib/server/db/roles";
import { tables as known } from "@/lib/server/db/schema/tables";
import { StoreError } from "@/lib/server/db/store-error";
import { forEachEngine } from "@/lib/server/db/testing";

const { organisations, people, walks, walkSteps, workspaces, workspaceSources } = known;

/** Tables that name an organisation and still belong to the platform: who may go where is decided before one is chosen. */
const platformTables = [
  "memberships",
  "membership_workspaces",
  "membership_groups",
  "workspace_groups",
  "workspace_group_workspaces",
  "invitations",
  "displays",
  "person_preferences",
];

function tables(): PgTable[] {
  return Object.values<unknown>(known).filter((value): value is PgTable => is(value, PgTable));
}

const tenantTables = tables().filter(
  (table) => "organisationId" in getTableColumns(table) && !platformTables.includes(getTableName(table)),
);

function workspaceOf(organisationId: string, n: number) {
  return { organisationId, workspaceId: `workspace ${n} of ${organisationId}`, learnedFrom: "test" };
}

forEachEngine("HA-08: isolation also holds in the database", (open) => {
  let ids: readonly [string, string, string];

  beforeAll(async () => {
    await open();
    const rows = await withPlatform((tx) =>
      tx
        .insert(organisations)
        .values(["one", "two", "three"].map((slug) => ({ slug, name: slug })))
        .returning({ id: organisations.id }),
    );
    ids = [rows[0]!.id, rows[1]!.id, rows[2]!.id];
    for (const [n, id] of ids.entries())
      await withOrganisation(id, (tx) =>
        tx.insert(workspaces).values(Array.from({ length: n + 2 }, (_, index) => workspaceOf(id, index))),
      );
  });

  test("1,000 queries without WHERE, organisations mixed and at once: no foreign row, none missing", async () => {
    const wrong: string[] = [];
    const ask = async (n: number) => {
      const index = n % ids.length;
      const id = ids[index]!;
      const rows = await withOrganisation(id, (tx) => tx.select().from(workspaces));
      if (rows.length !== index + 2 || rows.some((row) => row.organisationId !== id))
        wrong.push(`query ${n}`);
    };
    for (let start = 0; start < 1_000; start += 50)
      await Promise.all(Array.from({ length: 50 }, (_, n) => ask(start + n)));
    expect(wrong).toEqual([]);
  });

  test("after a transaction role and organisation are gone from the connection", async () => {
    const db = await database();
    const [before] = rowsOf<{ role: string }>(await db.execute(sql`select current_user::text as role`));
    await withOrganisation(ids[0], (tx) => tx.select().from(workspaces));
    await withOrganisation(ids[0], () => Promise.reject(new Error("rolled back"))).catch(() => undefined);
    // More statements than the pool has connections, so that each of them is asked.
    const after = await Promise.all(
      Array.from({ length: 30 }, async () =>
        rowsOf<{ role: string; organisation: string | null }>(
          await db.execute(
            sql`select current_user::text as role, current_setting('watchfloor.organisation', true) as organisation`,
          ),
        ),
      ),
    );
    for (const [row] of after) {
      expect(row?.role).toBe(before?.role);
      expect(row?.organisation || null).toBeNull();
    }
  });

  test("an empty or missing organisation means no rows", async () => {
    const db = await database();
    for (const organisation of ["", null]) {
      const rows = await db.transaction(async (tx) => {
        await tx.execute(sql`select set_config('role', 'watchfloor_app', true)`);
        if (organisation !== null)
          await tx.execute(sql`select set_config('watchfloor.organisation', '', true)`);
        return tx.select().from(workspaces);
      });
      expect(rows).toEqual([]);
    }
  });

  test("every statement that names another organisation's row changes nothing or is refused", async () => {
    const [own, foreign] = ids;
    const before = await withOrganisation(foreign, (tx) => tx.select().from(workspaces));
    await withOrganisation(own, async (tx) => {
      expect(
        await tx
          .update(workspaces)
          .set({ name: "stolen" })
          .where(sql`organisation_id = ${foreign}`)
          .returning(),
      ).toEqual([]);
      expect(await tx.delete(workspaces).where(sql`organisation_id = ${foreign}`).returning()).toEqual([]);
      expect(await tx.select().from(workspaces).where(sql`organisation_id = ${foreign}`)).toEqual([]);
    });
    await expect(
      withOrganisation(own, (tx) => tx.insert(workspaces).values(workspaceOf(foreign, 99))),
    ).rejects.toMatchObject({ sqlState: "42501" });
    await expect(
      withOrganisation(own, (tx) => tx.update(workspaces).set({ organisationId: foreign })),
    ).rejects.toMatchObject({ sqlState: "42501" });
    expect(await withOrganisation(foreign, (tx) => tx.select().from(workspaces))).toEqual(before);
  });

  test("a row cannot hang on another organisation's row, whose id it somehow knows", async () => {
    const [own, foreign] = ids;
    const walk = {
      id: randomUUID(),
      organisationId: foreign,
      personId: "p",
      sessionId: "s",
      credentialId: "c",
      filterHash: "h",
      filter: {},
      expiresAt: new Date(),
    };
    await withOrganisation(foreign, (tx) => tx.insert(walks).values(walk));
    const step = { walkId: walk.id, organisationId: own, step: 0, page: Buffer.from("x") };
    await expect(withOrganisation(own, (tx) => tx.insert(walkSteps).values(step))).rejects.toMatchObject({
      sqlState: "23503",
    });
  });

  test("each kind of transaction reaches its own tables only", async () => {
    await expect(withPlatform((tx) => tx.select().from(workspaces))).rejects.toMatchObject({
      sqlState: "42501",
    });
    await expect(withOrganisation(ids[0], (tx) => tx.select().from(people))).rejects.toMatchObject({
      sqlState: "42501",
    });
    await expect(withOrganisation(ids[0], (tx) => tx.select().from(organisations))).rejects.toMatchObject({
      sqlState: "42501",
    });
  });

  test("every table with an organisation forces row-level security and has the policy", async () => {
    const db = await database();
    const rows = rowsOf<{ name: string; forced: boolean; policies: number }>(
      await db.execute(sql`
        select relname as name, relrowsecurity and relforcerowsecurity as forced,
          (select count(*)::int from pg_policy where polrelid = pg_class.oid) as policies
        from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`),
    );
    const guarded = rows.filter((row) => row.forced && row.policies === 1).map((row) => row.name);
    expect(guarded).toEqual(tenantTables.map((table) => getTableName(table)).sort());
    expect(rows.map((row) => row.name)).toEqual(
      tables()
        .map((table) => getTableName(table))
        .sort(),
    );
  });

  test("every table can be read by exactly one of the two roles", async () => {
    for (const table of tables()) {
      const ask = sql`select count(*)::int as n from ${table}`;
      const results = await Promise.allSettled([
        withOrganisation(ids[0], (tx) => tx.execute(ask)),
        withPlatform((tx) => tx.execute(ask)),
      ]);
      const isTenant = tenantTables.includes(table);
      expect(
        results.map((result) => result.status),
        getTableName(table),
      ).toEqual(isTenant ? ["fulfilled", "rejected"] : ["rejected", "fulfilled"]);
    }
  });

  test("a failed transaction leaves nothing", async () => {
    const rows = () => withOrganisation(ids[0], (tx) => tx.select().from(workspaceSources));
    const before = await rows();
    await expect(
      withOrganisation(ids[0], async (tx) => {
        await tx.insert(workspaceSources).values({ organisationId: ids[0], workspaceId: "w", source: "s" });
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await rows()).toEqual(before);
  });

  test("one transaction may write both kinds of tables, and all of it or none", async () => {
    const email = "both@example.test";
    await expect(
      acrossRoles(async (roles) => {
        await roles.platform((tx) => tx.insert(people).values({ email, name: "Both" }));
        await roles.organisation(ids[1], (tx) => tx.insert(workspaces).values(workspaceOf(ids[1], 50)));
        // The organisation's step does not see what the platform's step sees, although the transaction is one.
        await roles.organisation(ids[1], (tx) => tx.select().from(people));
      }),
    ).rejects.toBeInstanceOf(StoreError);
    expect(await withPlatform((tx) => tx.select().from(people).where(sql`email = ${email}`))).toEqual([]);
    const left = await withOrganisation(ids[1], (tx) => tx.select().from(workspaces));
    expect(left.map((row) => row.workspaceId)).not.toContain(workspaceOf(ids[1], 50).workspaceId);
  });

  test("a transaction inside another is refused instead of waiting for ever", async () => {
    await expect(withPlatform(() => withOrganisation(ids[0], () => Promise.resolve(1)))).rejects.toThrow(
      /inside another/,
    );
    expect(await withPlatform(() => Promise.resolve("free again"))).toBe("free again");
  });

  test("an organisation that is no uuid is refused before anything is asked", async () => {
    for (const id of ["", "main", `${ids[0]}'`, "00000000-0000-0000-0000-00000000000g"])
      await expect(withOrganisation(id, () => Promise.resolve(1))).rejects.toThrow(/uuid/);
  });

  test("a refused statement's error holds neither the statement nor its parameters", async () => {
    const secret = "parameter-canary";
    const error: unknown = await withPlatform((tx) =>
      tx.execute(sql`select ${secret}::text from no_such_table`),
    ).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StoreError);
    const shown = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).stack);
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain("::text");
    expect((error as Error).cause).toBeUndefined();
  });
});
