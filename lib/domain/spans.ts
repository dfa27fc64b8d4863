/** A stretch of time in milliseconds, `from` before `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The same stretches as few spans as possible, in order: what overlaps or touches is one. Empty and turned ones are left out. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: { from: number; to: number }[] = [];
  const sorted = spans.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** The parts of a stretch that no span covers, in order; none when it is covered. */
export function gapsIn(asked: Span, spans: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let reached = asked.from;
  for (const { from, to } of mergeSpans(spans)) {
    if (to <= reached || from >= asked.to) continue;
    if (from > reached) gaps.push({ from: reached, to: from });
    reached = to;
  }
  if (reached < asked.to) gaps.push({ from: reached, to: asked.to });
  return gaps;
}
