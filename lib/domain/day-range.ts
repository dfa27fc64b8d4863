/** How far back a list by days reaches; `all`: to the beginning. */
export const dayRanges = ["1d", "7d", "30d", "all"] as const;
export type DayRange = (typeof dayRanges)[number];

const dayMs = 24 * 3_600_000;
const days: Readonly<Record<DayRange, number | null>> = { "1d": 1, "7d": 7, "30d": 30, all: null };

/** Where a range begins, counted back from `nowMs`; null: at the beginning. */
export function rangeStart(range: DayRange, nowMs: number): number | null {
  const back = days[range];
  return back === null ? null : nowMs - back * dayMs;
}
