import "server-only";
import { AsyncResource } from "node:async_hooks";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { DirectoryLocked, lockDirectory, type DirectoryLock } from "@/lib/server/db/directory-lock";
import { keepStatistics } from "@/lib/server/db/embedded-statistics";
import { tables } from "@/lib/server/db/schema/tables";
import type { Db, OpenDatabase } from "@/lib/server/db/engine";
import { StartupError } from "@/lib/server/startup-error";

/** The major version of the PostgreSQL inside PGlite; a folder of another one cannot be read. */
const engineVersion = "18";

/** The system's code of a fault in brackets; nothing when it has none. */
function reason(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? ` (${error.code})`
    : "";
}

async function lock(folder: string): Promise<DirectoryLock> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return await lockDirectory(folder);
  } catch (error) {
    if (error instanceof DirectoryLocked)
      throw new StartupError(
        `The data folder ${folder} (DATA_DIR) is in use by another Watchfloor; stop that one first.`,
      );
    throw new StartupError(
      `The data folder ${folder} (DATA_DIR) cannot be read and written${reason(error)}; give this user the right to it or choose another.`,
    );
  }
}

/**
 * Refuses a folder that the engine would misread: one laid by another major version, or one with files but without the mark of a database,
 * which it would take for empty and lay anew over what is there.
 */
function refuseForeignFolder(folder: string): void {
  const mark = join(folder, "PG_VERSION");
  const version = existsSync(mark) ? readFileSync(mark, "utf8").trim().slice(0, 8) : "no";
  if (version === engineVersion) return;
  throw new StartupError(
    version === "no"
      ? `The folder ${folder} holds files but no database; restore it from a backup, or move it away to start with an empty one.`
      : `The folder ${folder} holds a database of PostgreSQL ${version}, and this Watchfloor reads version ${engineVersion}.`,
  );
}

/** Lays an empty database beside its place and moves it there when it is whole: a process killed half-way leaves nothing in the place. */
async function layEmpty(folder: string): Promise<void> {
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const client = await PGlite.create(draft);
  await client.close();
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
}

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

/** The engine in memory, for tests. `loadDataDir` is a dump of another one. */
export async function openInMemory(loadDataDir?: Blob): Promise<OpenDatabase & { readonly client: PGlite }> {
  const client = await PGlite.create(loadDataDir ? { loadDataDir } : {});
  return wrap(client, () => client.close());
}

function wrap(client: PGlite, close: () => Promise<void>) {
  // PGlite's and postgres.js's drizzle types differ in the result type of `execute` only; `Db` leaves that open.
  const db = drizzle(client, { schema: tables }) as unknown as Db;
  const listen: OpenDatabase["listen"] = async (channel, onMessage) => {
    // PGlite calls from within the transaction that rang; what follows is no part of it.
    const stop = await client.listen(channel, AsyncResource.bind(onMessage));
    return () => stop();
  };
  return { engine: "pglite" as const, db, client, listen, close };
}

/**
 * Opens the embedded store: one process, locked, in the given folder, which is made when it is missing.
 * Throws `StartupError` when the folder is in use, cannot be written, or cannot be read as a database.
 */
export async function openEmbedded(folder: string): Promise<OpenDatabase> {
  const held = await lock(dirname(folder));
  try {
    if (isEmpty(folder)) await layEmpty(folder);
    refuseForeignFolder(folder);
    const client = await PGlite.create(folder);
    const stopStatistics = keepStatistics(client);
    return wrap(client, async () => {
      stopStatistics();
      await client.close();
      await held.release();
    });
  } catch (error) {
    await held.release();
    if (error instanceof StartupError) throw error;
    throw new StartupError(
      `The database in ${folder} cannot be opened${reason(error)}; restore it from a backup, or move it away to start with an empty one.`,
      { cause: error },
    );
  }
}
