/** Rows above and below the view that are drawn as well, so that a flick of the wheel meets no blank. */
const overscan = 10;
/** The window moves in steps of so many rows: scrolling by one row draws nothing new. */
const stepRows = 5;

export interface RowWindow {
  /** Index of the first row that is drawn. */
  readonly first: number;
  /** How many are drawn. */
  readonly count: number;
}

/**
 * Which rows of a list of equally high ones to draw. All lengths in CSS pixels; `scrollTop` may lie beyond the end while
 * the browser has not clamped it yet.
 */
export function windowOf(scrollTop: number, viewHeight: number, rowPx: number, total: number): RowWindow {
  const rowsInView = Math.ceil(viewHeight / rowPx) + 1;
  const last = Math.max(0, total - rowsInView);
  const top = Math.min(Math.max(0, Math.floor(scrollTop / rowPx)), last);
  const first = Math.max(0, Math.floor(top / stepRows) * stepRows - overscan);
  return { first, count: Math.min(total - first, rowsInView + stepRows + 2 * overscan) };
}
