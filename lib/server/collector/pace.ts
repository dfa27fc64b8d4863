import "server-only";

/** When a collector does what. Pure; all times in milliseconds. */

const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

/** As far as a quiet organisation's readings move apart, in beats. */
const slowestPace = 5;
const longestBackoffMs = 10 * minuteMs;
/** Windows overlap by so much on either side: whether upstream counts their ends in is not known. */
export const overlapMs = 1_000;

/** How many beats the next reading is away: one while anything is open or moves, one more each time that nothing does. */
export function nextPace(pace: number, isBusy: boolean): number {
  return isBusy ? 1 : Math.min(slowestPace, pace + 1);
}

/**
 * When the next reading is due after one that went well: a beat after this one began. One that took about as long as a beat, or
 * longer, is followed by a rest of a quarter of it, so that upstream is never read without a pause.
 */
export function dueAfter(
  reading: { readonly startedMs: number; readonly endedMs: number },
  everyMs: number,
  pace: number,
): number {
  return Math.max(reading.startedMs + everyMs * pace, reading.endedMs + everyMs / 4);
}

/** How long upstream is left alone after so many failures in a row; never shorter than it asked for. */
export function backoffMs(
  everyMs: number,
  failuresInARow: number,
  retryAfterSeconds: number | undefined,
): number {
  const own = Math.min(Math.max(everyMs, longestBackoffMs), everyMs * 2 ** Math.max(0, failuresInARow - 1));
  return Math.max(own, (retryAfterSeconds ?? 0) * 1_000);
}

export interface BackfillProgress {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly doneToMs: number;
  /** Windows read to their end, and the time that they took. */
  readonly steps: number;
  readonly spentMs: number;
}

/** The next window of a back-fill, from new to old; null when it has reached its end. */
export function nextWindow({ doneToMs, untilMs }: Pick<BackfillProgress, "doneToMs" | "untilMs">): {
  readonly fromMs: number;
  readonly toMs: number;
} | null {
  if (doneToMs <= untilMs) return null;
  return { fromMs: Math.max(untilMs, doneToMs - dayMs), toMs: doneToMs };
}

/** Whole days of the past, and how many of them were read. */
export function backfillDays({ fromMs, untilMs, doneToMs }: BackfillProgress) {
  return { done: Math.floor((fromMs - doneToMs) / dayMs), total: Math.ceil((fromMs - untilMs) / dayMs) };
}

/** Seconds that the rest will take if it goes on as it went; null while nothing was measured, 0 at the end. */
export function estimateSeconds(progress: BackfillProgress): number | null {
  const { done, total } = backfillDays(progress);
  if (progress.doneToMs <= progress.untilMs) return 0;
  if (progress.steps === 0) return null;
  return Math.ceil(((total - done) * (progress.spentMs / progress.steps)) / 1_000);
}
