const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Milliseconds from `iso` to `nowMs`, never negative (clocks of two machines differ); null without a readable time. */
export function ageMs(iso: string | null, nowMs: number): number | null {
  if (iso === null) return null;
  const at = Date.parse(iso);
  return Number.isNaN(at) ? null : Math.max(0, nowMs - at);
}

/**
 * An age for a table cell: two units at most and always the same width class, such as "14 min", "3 h 05", "2 d 4 h".
 * Durations do not depend on the time zone. Null (no time known) reads as a dash.
 */
export function formatAge(ms: number | null): string {
  if (ms === null) return "–";
  if (ms < minuteMs) return "< 1 min";
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
  if (ms < dayMs) {
    const minutes = Math.floor((ms % hourMs) / minuteMs);
    return `${Math.floor(ms / hourMs)} h ${String(minutes).padStart(2, "0")}`;
  }
  const hours = Math.floor((ms % dayMs) / hourMs);
  return `${Math.floor(ms / dayMs)} d ${hours} h`;
}

/** How heavy an age is drawn. The bands are those of the backlog (FEATURES 4): < 1 h, < 4 h, < 24 h, older. */
export type AgeWeight = "fresh" | "settled" | "old" | "stale";

export function ageWeight(ms: number | null): AgeWeight {
  if (ms === null || ms < hourMs) return "fresh";
  if (ms < 4 * hourMs) return "settled";
  return ms < dayMs ? "old" : "stale";
}

/** From here on a page of figures calls itself late (FEATURES 3.2 and RELIABILITY RES-11: five minutes). */
export const lateAfterMs = 5 * minuteMs;

export interface DataAge {
  readonly ms: number;
  readonly late: boolean;
  /** "just now", "3 min ago", "2 h 05 ago". */
  readonly text: string;
}

/** Age of the data on a page; null while there is none. */
export function dataAge(asOf: string | null, nowMs: number): DataAge | null {
  const ms = ageMs(asOf, nowMs);
  if (ms === null) return null;
  return { ms, late: ms >= lateAfterMs, text: ms < minuteMs ? "just now" : `${formatAge(ms)} ago` };
}
