import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "drizzle-orm";
import { database } from "@/lib/server/db/database";
import type { Tx } from "@/lib/server/db/engine";
import { asStoreError } from "@/lib/server/db/store-error";

/** The database role of a transaction: `watchfloor_app` sees one organisation's rows, `watchfloor_platform` the rest. */
export type StoreRole = "watchfloor_app" | "watchfloor_platform";

const running = new AsyncLocalStorage<StoreRole>();

/** Sets role and organisation for the rest of the transaction; both are gone when it ends. */
export async function takeRole(tx: Tx, role: StoreRole, organisationId: string): Promise<void> {
  await tx.execute(
    sql`select set_config('role', ${role}, true), set_config('watchfloor.organisation', ${organisationId}, true)`,
  );
}

/**
 * The only place that opens a transaction. Role and organisation are set locally: both are gone when it ends, so a
 * pooled connection carries nothing to its next user (RELIABILITY HA-08).
 *
 * Throws `Failure("STORE_UNAVAILABLE")` when the database does not answer, `StoreError` when it refuses a statement.
 * Nesting is refused: on the embedded store the inner transaction would wait for the outer one for ever.
 */
export async function inTransaction<T>(
  role: StoreRole,
  organisationId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (running.getStore() !== undefined)
    throw new Error("A transaction was opened inside another one; hand the outer `tx` on instead.");
  try {
    const db = await database();
    return await db.transaction(async (tx) => {
      await takeRole(tx, role, organisationId);
      return running.run(role, () => work(tx));
    });
  } catch (error) {
    throw asStoreError(error);
  }
}
