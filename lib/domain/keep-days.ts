/** How long closed incidents are kept, in days: for all organisations, and for some by their slug. */
export interface KeepDays {
  readonly all: number;
  readonly of: Readonly<Record<string, number>>;
}

/** A back-fill reaches 30 days back: what is kept for less would be read and forgotten. */
export const keepDaysBounds = { min: 31, max: 3650, usual: 400 } as const;

/** Reads `400; globex=90`; each part may be absent. Null when it is nothing of the kind. */
export function parseKeepDays(text: string): KeepDays | null {
  let all: number | null = null;
  const of = new Map<string, number>();
  for (const part of text.split(";")) {
    if (part.trim() === "") continue;
    const [, slug, digits = ""] = /^\s*(?:([a-z0-9-]+)\s*=\s*)?(\d{1,4})\s*$/.exec(part) ?? [];
    const days = digits === "" ? Number.NaN : Number(digits);
    if (!(days >= keepDaysBounds.min && days <= keepDaysBounds.max)) return null;
    if (slug === undefined ? all !== null : of.has(slug)) return null;
    if (slug === undefined) all = days;
    else of.set(slug, days);
  }
  return { all: all ?? keepDaysBounds.usual, of: Object.fromEntries(of) };
}

/** Days for which this organisation's are kept. */
export function keepDaysOf(keep: KeepDays, slug: string): number {
  return Object.hasOwn(keep.of, slug) ? (keep.of[slug] ?? keep.all) : keep.all;
}
