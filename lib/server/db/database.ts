import "server-only";
import { openEmbedded } from "@/lib/server/db/embedded";
import type { Db, OpenDatabase } from "@/lib/server/db/engine";
import { guardStore } from "@/lib/server/db/guard";
import { migrate } from "@/lib/server/db/migrate";
import { describeRemoteFault, openRemote } from "@/lib/server/db/remote";
import { env, type Environment } from "@/lib/server/env";
import { processWide } from "@/lib/server/process-wide";

export { rowsOf, type Db, type OpenDatabase, type Tx } from "@/lib/server/db/engine";

/**
 * Opens a store, migrates it and checks that its guards (roles, row-level security) are in force.
 * Throws `StartupError`; nothing stays open then.
 */
export async function openDatabase(store: Environment["store"]): Promise<OpenDatabase> {
  if (store.kind === "embedded") return prepareStore(await openEmbedded(store.folder));
  // Migrations may take longer than any statement of a request, so they get a connection without that limit.
  const migrator = openRemote(store.url, { max: 1, limitStatements: false });
  try {
    await prepareStore(migrator);
  } catch (error) {
    throw describeRemoteFault(error);
  }
  await migrator.close();
  return openRemote(store.url);
}

/** Migrates and guards a store that is already open; closes it when that fails. */
export async function prepareStore(open: OpenDatabase): Promise<OpenDatabase> {
  try {
    await migrate(open.db);
    await guardStore(open.db);
    return open;
  } catch (error) {
    await open.close();
    throw error;
  }
}

const current = processWide("database", (): { opening: Promise<OpenDatabase> | null } => ({ opening: null }));

/** The process's database, opened from the environment at the first call. */
export async function database(): Promise<Db> {
  const opening = (current.opening ??= openDatabase(env().store));
  try {
    return (await opening).db;
  } catch (error) {
    if (current.opening === opening) current.opening = null;
    throw error;
  }
}

/** `OpenDatabase.listen` of the process's database. */
export async function listenTo(
  channel: string,
  onMessage: (message: string) => void,
): Promise<() => Promise<void>> {
  await database();
  const open = await current.opening;
  if (!open) throw new Error("The database was closed meanwhile.");
  return open.listen(channel, onMessage);
}

/** Makes an open database the process's one. For tests, which bring their own. */
export function adoptDatabase(open: OpenDatabase): void {
  current.opening = Promise.resolve(open);
}

/** Closes the process's database; the next `database()` opens it again. */
export async function closeDatabase(): Promise<void> {
  const { opening } = current;
  current.opening = null;
  await (await opening)?.close();
}
