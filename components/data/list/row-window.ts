/** Rows above and below the view that are drawn as well, so that a flick of the wheel meets no blank. */
const overscan = 10;
/** The window moves in steps of so many rows: scrolling by one row draws nothing new. */
const stepRows = 5;
/** So many new rows at the most come with one step of scrolling, but for those in view: the rest wait until it rests. */
const mostAtOnce = 12;

export interface RowWindow {
  /** Index of the first row. */
  readonly first: number;
  readonly count: number;
}

/** Which rows of a list are drawn. */
export interface RowWindows {
  /** Those that can be seen, in part or whole. */
  readonly seen: RowWindow;
  /** With those around them: however many rows there are, these are few. */
  readonly drawn: RowWindow;
}

/**
 * Which rows of a list of equally high ones to draw. All lengths in CSS pixels; `scrollTop` may lie beyond the end while
 * the browser has not clamped it yet.
 */
export function windowsOf(scrollTop: number, viewHeight: number, rowPx: number, total: number): RowWindows {
  const rowsInView = Math.ceil(viewHeight / rowPx) + 1;
  const last = Math.max(0, total - rowsInView);
  const top = Math.min(Math.max(0, Math.floor(scrollTop / rowPx)), last);
  const first = Math.max(0, Math.floor(top / stepRows) * stepRows - overscan);
  return {
    seen: { first: top, count: Math.min(total - top, rowsInView) },
    drawn: { first, count: Math.min(total - first, rowsInView + stepRows + 2 * overscan) },
  };
}

/** An element of the page that shows a row: the same element shows other rows as the list scrolls. */
export interface Place {
  /** Which element: unique among the places. */
  readonly slot: number;
  /** Index of the row it shows. */
  readonly index: number;
}

const isWithin = ({ first, count }: RowWindow, index: number) => index >= first && index < first + count;

/** Whether each row of the window has a place. */
export function isCovered(places: readonly Place[], window: RowWindow): boolean {
  return places.filter(({ index }) => isWithin(window, index)).length === window.count;
}

/**
 * Gives the places of rows that left the windows to rows that came into them. A row that stays keeps its element, and while the list
 * scrolls no element moves within the page, which would cost more than to fill it anew, and not all that may be drawn is.
 * @param total how many rows the list has
 * @param isResting nothing scrolls: then all rows of the window are drawn and no others, and the elements stand in the order of
 *   their rows, as a screen reader goes through them
 * @returns the same array where nothing changes
 */
export function fillPlaces(
  places: readonly Place[],
  { seen, drawn }: RowWindows,
  total: number,
  isResting: boolean,
): readonly Place[] {
  const missing = missingRows(places, { seen, drawn }, isResting ? drawn.count : mostAtOnce);
  const free = places.filter(({ index }) => !isWithin(drawn, index));
  // What shows a row that the list no longer has is filled first: it must not stay.
  free.sort((a, b) => Number(b.index >= total) - Number(a.index >= total));
  const refilled = new Map(missing.map((index, n) => [free[n]?.slot ?? nextSlot(places) + n, index]));
  if (
    refilled.size === 0 &&
    (isResting ? isInOrder(places, drawn) : free.every(({ index }) => index < total))
  )
    return places;
  const kept = places
    .map(({ slot, index }) => ({ slot, index: refilled.get(slot) ?? index }))
    .filter(({ index }) => (isResting ? isWithin(drawn, index) : index < total));
  const added = [...refilled].slice(free.length).map(([slot, index]) => ({ slot, index }));
  const filled = [...kept, ...added];
  return isResting ? filled.sort((a, b) => a.index - b.index) : filled;
}

/** Rows without a place: all that are seen, then those around them, the nearest first, until there are `most` in all. */
function missingRows(places: readonly Place[], { seen, drawn }: RowWindows, most: number): readonly number[] {
  const taken = new Set(places.map(({ index }) => index));
  const away = (index: number) => Math.max(seen.first - index, index - (seen.first + seen.count - 1), 0);
  const missing = Array.from({ length: drawn.count }, (_, n) => drawn.first + n)
    .filter((index) => !taken.has(index))
    .sort((a, b) => away(a) - away(b));
  return missing.filter((index, n) => n < most || away(index) === 0);
}

const nextSlot = (places: readonly Place[]) => Math.max(-1, ...places.map(({ slot }) => slot)) + 1;

const isInOrder = (places: readonly Place[], { first, count }: RowWindow) =>
  places.length === count && places.every(({ index }, n) => index === first + n);
