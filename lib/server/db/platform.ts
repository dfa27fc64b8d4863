import "server-only";
import type { Tx } from "@/lib/server/db/engine";
import { inTransaction } from "@/lib/server/db/transaction";

/**
 * One transaction over the tables that belong to no organisation: people, sessions, organisations, memberships,
 * sign-in attempts, settings. The tenant tables cannot be read in it.
 */
export function withPlatform<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction("watchfloor_platform", "", work);
}
