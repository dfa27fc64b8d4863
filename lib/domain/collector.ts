import type { FailureCode } from "@/lib/errors";
import { formatDuration } from "./duration";

/** How far the collector of an organisation has come. Instants ISO, UTC. */
export interface CollectorState {
  /** Between two readings as the answering server is set; 0: it reads nothing ahead. */
  readonly everySeconds: number;
  /** Null while no server holds the right to collect. */
  readonly leaderSince: string | null;
  /** Counts leaders; null before the first. */
  readonly fence: number | null;
  /** Since when the reading under way runs; null between two. */
  readonly readingSince: string | null;
  readonly lastSweep: {
    readonly startedAt: string;
    readonly endedAt: string;
    readonly outcome: "complete" | "failed" | "stopped";
    readonly failureCode: FailureCode | null;
  } | null;
  /** The end of the newest complete reading. */
  readonly lastCompleteAt: string | null;
  readonly nextDueAt: string | null;
  /** Null while nothing was begun. */
  readonly backfill: {
    readonly from: string;
    readonly doneTo: string;
    readonly days: { readonly done: number; readonly total: number };
    /** Null while nothing was measured. */
    readonly estimateSeconds: number | null;
    readonly failureCode: FailureCode | null;
  } | null;
  readonly dataSources: { readonly readAt: string | null; readonly failureCode: FailureCode | null };
  readonly prunedAt: string | null;
}

/**
 * off      this server does not collect
 * unled    no server holds the right to
 * never    nothing was read to its end yet, and nothing is being read
 * reading  the first reading is under way
 * failed   the newest reading that ended failed
 * behind   the next reading should have begun long ago
 * current  the newest reading was complete
 */
export type CollectorStanding = "off" | "unled" | "never" | "reading" | "failed" | "behind" | "current";

/** So many beats after it was due a reading that has not begun is late. */
const lateBeats = 3;

export function collectorStanding(state: CollectorState, nowMs: number): CollectorStanding {
  const { everySeconds, leaderSince, lastSweep, lastCompleteAt, readingSince, nextDueAt } = state;
  if (everySeconds === 0) return "off";
  if (leaderSince === null) return "unled";
  if (lastSweep?.outcome === "failed") return "failed";
  if (lastCompleteAt === null) return readingSince === null ? "never" : "reading";
  // A reading that itself takes that long is late as well.
  const dueMs = Date.parse(readingSince ?? nextDueAt ?? lastCompleteAt);
  return nowMs - dueMs > lateBeats * everySeconds * 1_000 ? "behind" : "current";
}

/** Such as "12 of 30 days, about 4 min left"; the days alone while nothing was measured. */
export function describeBackfill({ days, estimateSeconds }: NonNullable<CollectorState["backfill"]>): string {
  const head = `${days.done} of ${days.total} days`;
  if (days.done >= days.total) return `${head}, done`;
  if (estimateSeconds === null) return `${head}; the time left is not known yet`;
  if (estimateSeconds < 60) return `${head}, less than a minute left`;
  const coarse =
    estimateSeconds < 3_600
      ? `${Math.ceil(estimateSeconds / 60)} min`
      : formatDuration(estimateSeconds * 1_000);
  return `${head}, about ${coarse} left`;
}
