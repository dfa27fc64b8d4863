/** A place on a line of time, in parts of a hundred. */
export function placeOnLine(iso: string, fromMs: number, toMs: number): number {
  if (toMs <= fromMs) return 0;
  const part = ((Date.parse(iso) - fromMs) / (toMs - fromMs)) * 100;
  return Math.min(100, Math.max(0, part));
}
