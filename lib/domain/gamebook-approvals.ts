import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { ageMs, type AgeWeight, ageWeight } from "./ageing";
import { type Waiting, waitsFor } from "./gamebook-run";

export interface WaitingRun {
  readonly run: Gamebook;
  readonly waiting: Waiting;
  /** Since its creation; null when nobody knows when that was. */
  readonly ageMs: number | null;
}

/** Runs that wait, oldest first; one whose age nobody knows stands first, since it may be the oldest. */
export function waitingRuns(runs: readonly Gamebook[], nowMs: number): readonly WaitingRun[] {
  const known = (age: number | null) => age ?? Number.POSITIVE_INFINITY;
  return runs
    .flatMap((run): WaitingRun[] => {
      const waiting = waitsFor(run);
      return waiting === null ? [] : [{ run, waiting, ageMs: ageMs(run.creationDate, nowMs) }];
    })
    .sort((a, b) => (known(a.ageMs) === known(b.ageMs) ? 0 : known(b.ageMs) - known(a.ageMs)));
}

/** The bands of the backlog (`ageWeight`), youngest first. */
export const ageBands = [
  { weight: "fresh", label: "under 1 h" },
  { weight: "settled", label: "1 to 4 h" },
  { weight: "old", label: "4 to 24 h" },
  { weight: "stale", label: "over 24 h" },
] as const satisfies readonly { readonly weight: AgeWeight; readonly label: string }[];

/** How many wait in each band of age. Those of unknown age are in none. */
export function countBands(waiting: readonly WaitingRun[]): Readonly<Record<AgeWeight, number>> {
  const counts = { fresh: 0, settled: 0, old: 0, stale: 0 };
  for (const one of waiting) if (one.ageMs !== null) counts[ageWeight(one.ageMs)] += 1;
  return counts;
}
