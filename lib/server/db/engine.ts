import "server-only";
import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from "drizzle-orm/pg-core";
import type { tables } from "@/lib/server/db/schema/tables";

export type Schema = typeof tables;

/** The database, whichever engine it is. Only `lib/server/db` and the scripts hold one; all else gets a `Tx`. */
export type Db = PgDatabase<PgQueryResultHKT, Schema>;

/** A running transaction, the same type on both engines. */
export type Tx = PgTransaction<PgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;

export interface OpenDatabase {
  readonly engine: "pglite" | "postgres";
  readonly db: Db;
  /** Calls with the message of each `pg_notify` on the channel that is committed from now on, until the function that it gives is called. */
  listen(channel: string, onMessage: (message: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Rows of a hand-written statement: one engine answers with an array, the other with an object that holds it. */
export function rowsOf<Row extends Record<string, unknown>>(result: unknown): Row[] {
  const rows: unknown =
    typeof result === "object" && result !== null && "rows" in result ? result.rows : result;
  if (!Array.isArray(rows)) throw new Error("The database answered without rows.");
  // The statement's author names the columns; the engine cannot be asked for their types.
  return rows as Row[];
}
