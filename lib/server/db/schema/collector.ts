// Without "server-only": drizzle-kit loads this file outside any bundler. It holds no secret and no connection.
import { bigint, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "../columns";
import { organisationId } from "./tenant";

/* Who reads an organisation's incidents for everybody, and how far that has come. Written by `lib/server/collector` only. */

/** The right to collect for an organisation. Its times are the database's, because servers' clocks differ. */
export const collectorLeases = pgTable("collector_leases", {
  organisationId: organisationId().primaryKey(),
  /** Grows with each new leader and never falls: what an earlier one still tries to write is refused by it. */
  fence: bigint("fence", { mode: "number" }).notNull(),
  /** Of the leader's process, new with each start; null when it was given back. */
  owner: uuid("owner"),
  leaderSince: instant("leader_since").notNull(),
  /** From then on another may take it, unless the leader has shown itself before. */
  lapsesAt: instant("lapses_at").notNull(),
});

/** What the collector needs to know to go on where it, or another server, stopped. */
export const collectorStates = pgTable("collector_states", {
  organisationId: organisationId().primaryKey(),
  /** A digest of the address and account that this was collected with: with another, everything begins anew. */
  connectionKey: text("connection_key").notNull(),
  /** Recent incidents: when the next reading is due, and how many beats apart they are (more when nothing happens). */
  nextDueAt: instant("next_due_at").notNull(),
  pace: integer("pace").notNull().default(1),
  failuresInARow: integer("failures_in_a_row").notNull().default(0),
  /** The reading under way; left over when its server died. */
  sweepId: uuid("sweep_id"),
  sweepBegunAt: instant("sweep_begun_at"),
  /** The looks at single incidents under way. */
  recheckId: uuid("recheck_id"),
  /** The last reading that ended, however. */
  sweepStartedAt: instant("sweep_started_at"),
  sweepEndedAt: instant("sweep_ended_at"),
  sweepOutcome: text("sweep_outcome", { enum: ["complete", "failed", "stopped"] }),
  /** A code of `lib/errors`. */
  sweepFailure: text("sweep_failure"),
  sweepCompletedAt: instant("sweep_completed_at"),
  /** The back-fill reaches from here back to `backfillUntil`; what is newer than `backfillDoneTo` has been read. */
  backfillFrom: instant("backfill_from").notNull(),
  backfillUntil: instant("backfill_until").notNull(),
  backfillDoneTo: instant("backfill_done_to").notNull(),
  backfillId: uuid("backfill_id"),
  /** A code of `lib/errors`; null while it goes well. */
  backfillFailure: text("backfill_failure"),
  /** What the estimate rests on: windows read to their end, and the time that they took. Milliseconds. */
  backfillSteps: integer("backfill_steps").notNull().default(0),
  backfillMs: bigint("backfill_ms", { mode: "number" }).notNull().default(0),
  /** Data sources and the like, which change slowly. */
  sourcesReadAt: instant("sources_read_at"),
  sourcesFailure: text("sources_failure"),
  prunedAt: instant("pruned_at"),
});
