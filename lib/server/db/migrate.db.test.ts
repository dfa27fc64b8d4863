import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { StartupError } from "@/lib/server/startup-error";
import { type OpenDatabase, rowsOf } from "./engine";
import { guardStore } from "./guard";
import { migrate } from "./migrate";
import { forEachEngine } from "./testing";

forEachEngine("migrations", (open) => {
  let store: OpenDatabase;

  beforeEach(async () => {
    store = await open();
  });

  async function empty(): Promise<void> {
    for (const statement of [
      "drop schema public cascade",
      "create schema public",
      "drop schema drizzle cascade",
    ])
      await store.db.execute(sql.raw(statement));
  }

  async function applied(): Promise<number> {
    const [row] = rowsOf<{ n: number }>(
      await store.db.execute(sql`select count(*)::int as n from drizzle.__drizzle_migrations`),
    );
    return row?.n ?? -1;
  }

  test("a database at this version is left alone", async () => {
    expect(await migrate(store.db)).toBe(0);
    await guardStore(store.db);
  });

  test("HA-10: of three starters at once one migrates, and the others find it done", async () => {
    await empty();
    const counts = await Promise.all([migrate(store.db), migrate(store.db), migrate(store.db)]);
    expect(counts.filter((count) => count > 0)).toHaveLength(1);
    expect(await applied()).toBe(counts.reduce((sum, count) => sum + count, 0));
    await guardStore(store.db);
  });

  test("a failing migration leaves the schema as it was", async () => {
    await empty();
    // The second migration will find a table of this name with another shape.
    await store.db.execute(sql`create table connections (id int)`);
    await expect(migrate(store.db)).rejects.toThrow();
    const tables = rowsOf<{ relname: string }>(
      await store.db.execute(
        sql`select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
      ),
    );
    expect(tables).toEqual([{ relname: "connections" }]);
  });

  test("a database of a newer version is refused and not touched", async () => {
    await store.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('future', 9999999999999)`,
    );
    const before = await applied();
    await expect(migrate(store.db)).rejects.toBeInstanceOf(StartupError);
    expect(await applied()).toBe(before);
  });

  test("HA-08: a start is refused when a tenant table no longer forces row-level security", async () => {
    for (const statement of [
      "alter table workspaces no force row level security",
      "alter table workspaces force row level security",
      "alter table walks disable row level security",
    ])
      await store.db.execute(sql.raw(statement));
    await expect(guardStore(store.db)).rejects.toThrow(/walks does not force row-level security/);
    await store.db.execute(sql`alter table walks enable row level security`);
    await guardStore(store.db);
    await store.db.execute(sql`alter table workspaces no force row level security`);
    await expect(guardStore(store.db)).rejects.toThrow(/workspaces does not force/);
  });

  test("HA-08: a start is refused when a role owns a table", async () => {
    await store.db.execute(sql`alter table walks owner to watchfloor_app`);
    await expect(guardStore(store.db)).rejects.toThrow(/watchfloor_app must exist without/);
  });
});
