import "server-only";
import { sql } from "drizzle-orm";
import { rowsOf, type Db } from "@/lib/server/db/engine";
import { StartupError } from "@/lib/server/startup-error";

interface Role extends Record<string, unknown> {
  readonly rolname: string;
  readonly powerful: boolean;
  readonly owns: boolean;
}

interface Table extends Record<string, unknown> {
  readonly relname: string;
}

/** `nulls not distinct` came with it. */
const oldestServer = 15;
const roles = ["watchfloor_app", "watchfloor_platform"] as const;

/**
 * Proves at start that the walls between organisations stand (RELIABILITY HA-08): both roles exist, are plain, own nothing and
 * can be taken, and every tenant table forces row-level security. Throws `StartupError` otherwise.
 */
export async function guardStore(db: Db): Promise<void> {
  await refuseOldServer(db);
  const found = rowsOf<Role>(
    await db.execute(sql`
      select rolname, (rolsuper or rolbypassrls) as powerful,
        exists (select from pg_class where relowner = pg_roles.oid) as owns
      from pg_roles where rolname in ('watchfloor_app', 'watchfloor_platform')`),
  );
  for (const name of roles) {
    const role = found.find((candidate) => candidate.rolname === name);
    if (!role || role.powerful || role.owns)
      throw new StartupError(
        `The database role ${name} must exist without superuser, BYPASSRLS and tables of its own; otherwise organisations would not be apart.`,
      );
    await takeRole(db, name);
  }
  const open = rowsOf<Table>(
    await db.execute(sql`
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)
        and has_table_privilege('watchfloor_app', oid, 'select')`),
  );
  if (open.length > 0)
    throw new StartupError(
      `The database table ${open.map((table) => table.relname).join(", ")} does not force row-level security; run npm run db:migrate again.`,
    );
}

async function refuseOldServer(db: Db): Promise<void> {
  const [row] = rowsOf<{ version: string }>(
    await db.execute(sql`select current_setting('server_version_num') as version`),
  );
  if (row && Number(row.version) >= oldestServer * 10_000) return;
  throw new StartupError(`Watchfloor needs PostgreSQL ${oldestServer} or newer in DATABASE_URL.`);
}

async function takeRole(db: Db, name: string): Promise<void> {
  try {
    await db.transaction((tx) => tx.execute(sql`select set_config('role', ${name}, true)`));
  } catch (error) {
    throw new StartupError(
      `The database user may not take the role ${name}; grant it once: GRANT ${name} TO that user.`,
      {
        cause: error,
      },
    );
  }
}
