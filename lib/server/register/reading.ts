import "server-only";
import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { ownOrganisation } from "@/lib/server/db/organisation";
import { registerReadings } from "@/lib/server/db/schema/register";

/** A reading by the collector as it begins. All times ISO, UTC. */
export interface ReadingStart {
  /** A uuid. */
  readonly id: string;
  readonly kind: "sweep" | "backfill" | "recheck";
  /** Empty: every source. */
  readonly sources: readonly string[];
  /** Created-time window of the incidents that are asked for. */
  readonly windowFrom: string;
  readonly windowTo: string;
  readonly startedAt: string;
}

/**
 * Writes to the register of one organisation come one after the other: what is compared with a held row must be the last
 * word on it. Waits here until the transaction ends. Returns the organisation's uuid.
 */
export async function takeRegisterTurn(tx: Tx): Promise<string> {
  const [row] = rowsOf<{ id: string }>(await tx.execute(sql`select ${ownOrganisation}::text as id`));
  if (!row?.id) throw new Error("The register is written within withOrganisation only.");
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`register:${row.id}`}, 0))`);
  return row.id;
}

/** Opens a reading. Rows and the end of it name it by its id. The same one again changes nothing. */
export async function beginReading(tx: Tx, reading: ReadingStart): Promise<void> {
  const organisationId = await takeRegisterTurn(tx);
  await tx
    .insert(registerReadings)
    .values({
      organisationId,
      id: reading.id,
      kind: reading.kind,
      sources: [...reading.sources],
      windowFrom: new Date(reading.windowFrom),
      windowTo: new Date(reading.windowTo),
      startedAt: new Date(reading.startedAt),
    })
    .onConflictDoNothing();
}
