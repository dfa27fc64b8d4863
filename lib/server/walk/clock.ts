import "server-only";

/** Milliseconds since 1970; a parameter so that tests own the time. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
