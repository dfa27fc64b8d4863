import "server-only";
import type { Tx } from "@/lib/server/db/engine";
import { inTransaction, takeRole } from "@/lib/server/db/transaction";

/** The two ways into one transaction that writes platform and tenant tables together. */
export interface Roles {
  platform<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  organisation<T>(organisationId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * One transaction across both kinds of tables, for the few acts that must not be half done: a first organisation with its connection,
 * a session with its audit row. Each step sees exactly what `withPlatform` or `withOrganisation` would show it. One step after the other.
 */
export function acrossRoles<T>(work: (roles: Roles) => Promise<T>): Promise<T> {
  return inTransaction("watchfloor_platform", "", (tx) => {
    const as =
      (role: Parameters<typeof takeRole>[1]) =>
      async <R>(organisationId: string, step: (tx: Tx) => Promise<R>): Promise<R> => {
        await takeRole(tx, role, organisationId);
        return step(tx);
      };
    return work({
      platform: (step) => as("watchfloor_platform")("", step),
      organisation: as("watchfloor_app"),
    });
  });
}
