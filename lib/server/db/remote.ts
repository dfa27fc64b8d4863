import "server-only";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Db, OpenDatabase } from "@/lib/server/db/engine";
import { tables } from "@/lib/server/db/schema/tables";
import { unavailableCode } from "@/lib/server/db/store-error";
import type { Secret } from "@/lib/server/secret";
import { StartupError } from "@/lib/server/startup-error";

/** Longest time that one statement may take before the server ends it. Migrations have no limit. */
const statementLimitMs = 30_000;

export interface RemoteOptions {
  /** Connections in the pool. */
  readonly max?: number;
  readonly limitStatements?: boolean;
}

/** Opens a pool to a PostgreSQL server. Connects at the first statement. */
export function openRemote(url: Secret, options: RemoteOptions = {}): OpenDatabase {
  const client = postgres(url.reveal(), {
    max: options.max ?? 10,
    connect_timeout: 10,
    // Notices are the server's remarks on "if not exists"; they are no event of ours.
    onnotice: () => undefined,
    connection: {
      application_name: "watchfloor",
      ...(options.limitStatements === false ? {} : { statement_timeout: statementLimitMs }),
    },
  });
  // See `embedded.ts`: the two drivers differ in the result type of `execute` only.
  const db = drizzle(client, { schema: tables }) as unknown as Db;
  const listen: OpenDatabase["listen"] = async (channel, onMessage) => {
    // On a connection of its own, which is made anew when it breaks.
    const { unlisten } = await client.listen(channel, onMessage);
    return () => unlisten();
  };
  return { engine: "postgres", db, listen, close: () => client.end({ timeout: 5 }) };
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ("code" in error && typeof error.code === "string") return error.code;
  return codeOf(error.cause);
}

/** What is wrong with a PostgreSQL server that could not be prepared, in one sentence; an unknown fault comes back as it is. */
export function describeRemoteFault(error: unknown): unknown {
  if (error instanceof StartupError) return error;
  const unreachable = unavailableCode(error);
  if (unreachable !== null)
    return new StartupError(`The PostgreSQL server in DATABASE_URL does not answer (${unreachable}).`);
  const code = codeOf(error);
  if (code?.startsWith("28"))
    return new StartupError(`The PostgreSQL server in DATABASE_URL refused its user or password (${code}).`);
  if (code === "3D000")
    return new StartupError("The database named in DATABASE_URL does not exist; create it first.");
  if (code === "42501")
    return new StartupError(
      "The user in DATABASE_URL may not create what Watchfloor needs (42501): it must own the database and may create roles, or an administrator creates watchfloor_app and watchfloor_platform (NOLOGIN) once and grants both to it.",
    );
  return error;
}
