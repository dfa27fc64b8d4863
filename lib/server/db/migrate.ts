import "server-only";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { rowsOf, type Db } from "@/lib/server/db/engine";
import { StartupError } from "@/lib/server/startup-error";

/** Any number, the same in every instance: whoever holds it may migrate. */
const migrationLock = 4_110_271_001;

/** The migrations lie beside the code and are read at run time; every command of ours runs in the project's folder. */
export const migrationsFolder = join(process.cwd(), "lib", "server", "db", "migrations");

/** The table that drizzle's own tools keep, so that they work on our databases as well. */
const applied = sql.raw(`drizzle."__drizzle_migrations"`);

interface AppliedRow extends Record<string, unknown> {
  readonly hash: string;
  readonly created_at: string | number;
}

/**
 * Brings the database to this version's schema. Everything happens in one transaction under a lock: of two starters one migrates and
 * the other finds it done, and a process killed half-way leaves the old schema.
 * Returns how many migrations were applied. Throws `StartupError` when the database was made by a newer version.
 */
export async function migrate(db: Db, folder: string = migrationsFolder): Promise<number> {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  const newest = migrations.at(-1)?.folderMillis ?? 0;
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${migrationLock})`);
    await tx.execute(sql`create schema if not exists drizzle`);
    await tx.execute(
      sql`create table if not exists ${applied} (id serial primary key, hash text not null, created_at bigint)`,
    );
    const rows = rowsOf<AppliedRow>(
      await tx.execute(sql`select hash, created_at from ${applied} order by created_at desc limit 1`),
    );
    const last = rows[0] === undefined ? 0 : Number(rows[0].created_at);
    if (last > newest)
      throw new StartupError(
        "The database was made by a newer version of Watchfloor; start that version, or restore a backup from before the upgrade.",
      );
    const pending = migrations.filter((migration) => migration.folderMillis > last);
    for (const migration of pending) {
      for (const statement of migration.sql) await tx.execute(sql.raw(statement));
      await tx.execute(
        sql`insert into ${applied} (hash, created_at) values (${migration.hash}, ${migration.folderMillis})`,
      );
    }
    return pending.length;
  });
}
