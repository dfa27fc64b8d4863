import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { is, sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { PgTable } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { afterAll, describe, vi } from "vitest";
import { adoptDatabase, prepareStore } from "@/lib/server/db/database";
import { openInMemory } from "@/lib/server/db/embedded";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { migrationsFolder } from "@/lib/server/db/migrate";
import { openRemote } from "@/lib/server/db/remote";
import { tables } from "@/lib/server/db/schema/tables";
import { testDatabaseUrl } from "@/lib/server/env";
import { Secret } from "@/lib/server/secret";

// Keys of the tests' own: without them the first seal would make a key file in the project's data folder.
vi.stubEnv("WATCHFLOOR_KEYS", `test:${randomBytes(32).toString("base64")}`);
vi.stubEnv("NEXTAUTH_SECRET", randomBytes(32).toString("base64url"));
vi.stubEnv("LOG_LEVEL", "silent");
// Upstreams of tests are on this machine.
vi.stubEnv("CONTRAFORCE_HOSTS", "*.example.com,127.0.0.1");

/** Gives a fresh, migrated, empty database and makes it the process's one. Closed by itself after the suite. */
export type OpenFresh = () => Promise<OpenDatabase>;

/** A migrated database as a file, made once per set of migrations: loading it takes a fraction of laying a new one. */
async function template(): Promise<Blob> {
  const hashes = readMigrationFiles({ migrationsFolder }).map((migration) => migration.hash);
  const digest = createHash("sha256").update(hashes.join()).digest("hex").slice(0, 16);
  const file = join(tmpdir(), `watchfloor-test-${digest}-${process.getuid?.() ?? 0}.tar`);
  if (!existsSync(file)) {
    const open = await openInMemory();
    await prepareStore(open);
    const dump = await open.client.dumpDataDir("none");
    await open.close();
    const own = `${file}.${process.pid}`;
    writeFileSync(own, Buffer.from(await dump.arrayBuffer()));
    renameSync(own, file);
  }
  return new Blob([readFileSync(file)]);
}

async function freshEmbedded(): Promise<OpenDatabase> {
  return openInMemory(await template());
}

async function freshRemote(url: string): Promise<OpenDatabase> {
  const name = `watchfloor_test_${randomBytes(6).toString("hex")}`;
  const server = postgres(url, { max: 1, onnotice: () => undefined });
  await server`create database ${server(name)}`;
  const own = new URL(url);
  own.pathname = `/${name}`;
  const open = await prepareStore(openRemote(new Secret(own.href)));
  return {
    ...open,
    async close() {
      await open.close();
      await server`drop database ${server(name)} with (force)`;
      await server.end();
    },
  };
}

/** Takes all rows out of an open database: many times quicker than a fresh one for each test. */
export async function emptyStore({ db }: OpenDatabase): Promise<void> {
  const names = Object.values(tables).flatMap((table) => (is(table, PgTable) ? [sql`${table}`] : []));
  await db.execute(sql`truncate ${sql.join(names, sql`, `)} restart identity cascade`);
}

type Engine = OpenDatabase["engine"];

function suite(title: string, fresh: () => Promise<OpenDatabase>, define: (open: OpenFresh) => void): void {
  describe(title, () => {
    const opened: OpenDatabase[] = [];
    define(async () => {
      const made = await fresh();
      let closing: Promise<void> | null = null;
      // A test may close it before we do.
      const open = { ...made, close: () => (closing ??= made.close()) };
      opened.push(open);
      adoptDatabase(open);
      return open;
    });
    afterAll(async () => {
      for (const open of opened) await open.close();
    });
  });
}

/** A suite about PostgreSQL servers only; `url` is a superuser's address. Not run, by name, where there is none. */
export function onPostgres(name: string, define: (url: string) => void): void {
  const url = testDatabaseUrl();
  if (url) describe(`${name} on PostgreSQL`, () => define(url));
  else
    describe.skip(`${name} on PostgreSQL: not run, because WATCHFLOOR_TEST_DATABASE_URL names no server`, () =>
      define(""));
}

/**
 * Runs a suite on both engines: PGlite in memory, and the PostgreSQL server of WATCHFLOOR_TEST_DATABASE_URL (a superuser's address; each
 * `open()` makes a database of its own there). Without that variable the second leg is reported as not run, by name.
 */
export function forEachEngine(name: string, define: (open: OpenFresh, engine: Engine) => void): void {
  suite(`${name} on PGlite`, freshEmbedded, (open) => define(open, "pglite"));
  const url = testDatabaseUrl();
  if (url)
    suite(
      `${name} on PostgreSQL`,
      () => freshRemote(url),
      (open) => define(open, "postgres"),
    );
  else
    describe.skip(`${name} on PostgreSQL: not run, because WATCHFLOOR_TEST_DATABASE_URL names no server`, () =>
      define(() => Promise.reject(new Error("no server")), "postgres"));
}
