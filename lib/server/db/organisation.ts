import "server-only";
import { sql } from "drizzle-orm";
import { isGuid } from "@/lib/domain/guid";
import type { Tx } from "@/lib/server/db/engine";
import { inTransaction } from "@/lib/server/db/transaction";

/** The organisation of the transaction that `withOrganisation` opened, for columns that carry it; null in any other. */
export const ownOrganisation = sql`(select nullif(current_setting('watchfloor.organisation', true), '')::uuid)`;

/**
 * The only way to the tenant tables: one transaction in which nothing but the rows of this organisation exists
 * (row-level security), committed when `work` resolves and rolled back when it rejects.
 * `organisationId` is the uuid from the person's membership, never a value that the browser sent.
 */
export function withOrganisation<T>(organisationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!isGuid(organisationId))
    return Promise.reject(new Error("withOrganisation needs an organisation's uuid."));
  return inTransaction("watchfloor_app", organisationId, work);
}
