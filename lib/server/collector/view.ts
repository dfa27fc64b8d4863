import "server-only";
import { sql } from "drizzle-orm";
import type { CollectorState } from "@/lib/domain/collector";
import { type FailureCode, failures } from "@/lib/errors";
import type { Tx } from "@/lib/server/db/database";
import { collectorLeases } from "@/lib/server/db/schema/collector";
import { backfillDays, estimateSeconds } from "./pace";
import { progressOf, readState, type StateRow } from "./state";

const codeOf = (code: string | null): FailureCode | null => {
  const isCode = (text: string): text is FailureCode => Object.hasOwn(failures, text);
  return code !== null && isCode(code) ? code : null;
};

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;

/**
 * How far the organisation's collector has come. Runs inside `withOrganisation`. It names no workspace.
 * @param everySeconds as this server is set; 0: off
 */
export async function collectorState(tx: Tx, everySeconds: number): Promise<CollectorState> {
  const [lease] = await tx
    .select({
      fence: collectorLeases.fence,
      leaderSince: collectorLeases.leaderSince,
      isHeld: sql<boolean>`${collectorLeases.owner} is not null and ${collectorLeases.lapsesAt} > clock_timestamp()`,
    })
    .from(collectorLeases);
  const state = await readState(tx);
  return {
    everySeconds,
    leaderSince: lease?.isHeld ? lease.leaderSince.toISOString() : null,
    fence: lease?.fence ?? null,
    // What a leader that died has left open is not being read.
    readingSince: lease?.isHeld ? iso(state?.sweepBegunAt) : null,
    lastSweep: lastSweepOf(state),
    lastCompleteAt: iso(state?.sweepCompletedAt),
    nextDueAt: iso(state?.nextDueAt),
    backfill: backfillOf(state),
    dataSources: {
      readAt: iso(state?.sourcesReadAt),
      failureCode: codeOf(state?.sourcesFailure ?? null),
    },
    prunedAt: iso(state?.prunedAt),
  };
}

function lastSweepOf(state: StateRow | null): CollectorState["lastSweep"] {
  const startedAt = iso(state?.sweepStartedAt);
  const endedAt = iso(state?.sweepEndedAt);
  const outcome = state?.sweepOutcome;
  if (!startedAt || !endedAt || !outcome) return null;
  return { startedAt, endedAt, outcome, failureCode: codeOf(state.sweepFailure) };
}

function backfillOf(state: StateRow | null): CollectorState["backfill"] {
  if (!state) return null;
  const progress = progressOf(state);
  return {
    from: state.backfillFrom.toISOString(),
    doneTo: state.backfillDoneTo.toISOString(),
    days: backfillDays(progress),
    estimateSeconds: estimateSeconds(progress),
    failureCode: codeOf(state.backfillFailure),
  };
}
