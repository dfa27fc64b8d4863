"use client";

import {
  type CSSProperties,
  type MouseEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
} from "react";
import type { Density } from "@/lib/domain/density";
import type { KeyOf } from "@/lib/domain/list-cursor";
import type { ListColumn, ListSort } from "./list-column";
import { ListHeadCell } from "./list-head";
import { ListRow } from "./list-row";
import { ListSkeleton } from "./list-skeleton";
import type { Place } from "./row-window";
import { cardBelowPx, headHeightPx, rowClass, rowHeightPx } from "./row-classes";
import { useAnchor } from "./use-anchor";
import { placeOf, type ScrollPlace, useRowWindow } from "./use-row-window";

/** What the page does with the list beyond drawing it. */
export interface ListHandle {
  /** Index of the first and the last row in view, also when there are fewer rows. */
  readonly inView: () => { readonly first: number; readonly last: number };
  /** Brings a row into view, if it is not, with the least movement. */
  readonly reveal: (index: number) => void;
  readonly toTop: () => void;
  readonly focus: () => void;
}

export interface ListGridProps<Row, Id extends string> {
  readonly ref: Ref<ListHandle>;
  /** What the list holds: "Incidents". */
  readonly label: string;
  readonly columns: readonly ListColumn<Row, Id>[];
  /** Class of the width from which the table scrolls sideways: `min-w-[1192px] @max-[860px]/list:min-w-0`. */
  readonly width: string;
  /** For a `width` that says `min-w-(--list-width)`, because the columns are chosen by people: in CSS pixels. */
  readonly widthPx?: number;
  readonly rows: readonly Row[];
  /** The same function always. */
  readonly keyOf: KeyOf<Row>;
  /** What a row is called in `data-key`; its key, unless told. */
  readonly addressOf?: (row: Row) => string;
  /** The newest copy of a row, which may stand in an older place. */
  readonly latest?: (row: Row, key: string) => Row;
  /** Keys of rows on screen that no longer belong to the list. */
  readonly gone?: ReadonlySet<string>;
  readonly cursorKey: string | null;
  readonly openKey: string | null;
  readonly density: Density;
  /** Null: the order is upstream's, and no head sorts. */
  readonly sort: ListSort<Id> | null;
  readonly onSort?: (sort: ListSort<Id>) => void;
  readonly onPick: (index: number) => void;
  /** The list moved, or its size changed. The same function as long as it does the same. */
  readonly onView?: () => void;
  /** Every row there is, is known: then the table can say how many it has. */
  readonly isComplete: boolean;
  /** Draw placeholders: rows are on their way. */
  readonly isLoading: boolean;
  /** Drawn where the rows would be, when there are none. */
  readonly empty: ReactNode;
}

const nothing = () => {};
const none: ReadonlySet<string> = new Set();

/** The virtualised list: however many rows there are, those near the view are in the page. */
export function ListGrid<Row, Id extends string = string>(props: ListGridProps<Row, Id>) {
  const { ref, label, columns, width, rows, keyOf, cursorKey, openKey, density, sort } = props;
  const { onSort = nothing, onView = nothing, gone = none, addressOf = keyOf } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const { places, widthPx, onScroll } = useRowWindow(scroller, rows.length, (width) =>
    rowHeightPx(density, width < cardBelowPx),
  );
  const isCard = widthPx < cardBelowPx;
  const rowPx = rowHeightPx(density, isCard);
  const place = useRef<ScrollPlace | null>(null);
  useHandle(ref, scroller, place, rowPx, isCard ? 0 : headHeightPx, rows.length);
  useAnchor(scroller, rows, keyOf, cursorKey, rowPx, sort);
  // A changed size or row height shows other rows, too.
  useEffect(onView, [onView, widthPx, rowPx, places.length]);
  const drawn = rowsAt(props, places);
  const isEmpty = rows.length === 0;
  const cursorIndex = cursorKey === null ? -1 : drawn.findIndex(({ key }) => key === cursorKey);

  return (
    <div className="relative min-h-0 flex-1 @container/list">
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={props.isComplete ? rows.length + 1 : -1}
        aria-colcount={columns.length}
        aria-busy={props.isLoading}
        aria-activedescendant={cursorIndex >= 0 ? `${id}-${drawn[cursorIndex]?.index}` : undefined}
        tabIndex={0}
        // React's type knows no custom properties.
        style={props.widthPx ? ({ "--list-width": `${props.widthPx}px` } as CSSProperties) : undefined}
        onScroll={() => {
          // Read before the rows are drawn anew: after that each question would cost a layout of its own.
          place.current = onScroll();
          onView();
          place.current = null;
        }}
        onClick={(event) => pick(event, props.onPick)}
        className="group/grid peer h-full overflow-auto overscroll-contain outline-none [scrollbar-gutter:stable]"
      >
        <div role="rowgroup" className="sticky top-0 z-2 @max-[560px]/list:hidden">
          <div
            role="row"
            aria-rowindex={1}
            className={`${rowClass("normal", width)} h-8! border-b border-line bg-page`}
          >
            {columns.map((column, index) => (
              <ListHeadCell key={column.id} column={column} index={index} sort={sort} onSort={onSort} />
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className="relative"
          style={isEmpty ? undefined : { height: rows.length * rowPx }}
        >
          {isEmpty && props.isLoading ? (
            <ListSkeleton density={density} columns={columns} width={width} />
          ) : null}
          {drawn.map(({ row, index, key, slot }) => (
            <ListRow
              // By place and not by row: scrolling fills the rows that left the view anew, which costs far less than making new ones.
              key={slot}
              row={row}
              rowKey={key}
              address={addressOf(row)}
              columns={columns}
              width={width}
              id={`${id}-${index}`}
              index={index}
              topPx={index * rowPx}
              density={density}
              isCursor={key === cursorKey}
              isOpen={key === openKey}
              isGone={gone.has(key)}
            />
          ))}
        </div>
      </div>
      {cursorIndex < 0 ? (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 z-3 -outline-offset-2 outline-accent peer-focus-visible:outline-2"
        />
      ) : null}
      {isEmpty && !props.isLoading ? (
        <div className="absolute inset-0 top-8 grid place-items-center overflow-auto">{props.empty}</div>
      ) : null}
    </div>
  );
}

function pick(event: MouseEvent, onPick: (index: number) => void): void {
  if (!(event.target instanceof Element)) return;
  const index = event.target.closest<HTMLElement>("[data-index]")?.dataset.index;
  if (index !== undefined) onPick(Number(index));
}

/** The newest copies of the rows that are drawn. Not memoised: `latest` reads the ledger, which changes in place. */
function rowsAt<Row, Id extends string>(props: ListGridProps<Row, Id>, places: readonly Place[]) {
  const { rows, keyOf, latest } = props;
  return places.flatMap(({ slot, index }) => {
    const row = rows[index];
    if (row === undefined) return [];
    const key = keyOf(row);
    return [{ row: latest === undefined ? row : latest(row, key), index, key, slot }];
  });
}

function useHandle(
  ref: Ref<ListHandle>,
  scrollerRef: RefObject<HTMLDivElement | null>,
  placeRef: RefObject<ScrollPlace | null>,
  rowPx: number,
  headPx: number,
  count: number,
): void {
  useImperativeHandle(ref, () => {
    const height = () => Math.max(0, (scrollerRef.current?.clientHeight ?? 0) - headPx);
    return {
      inView: () => {
        const { top, height } = placeRef.current ?? placeOf(scrollerRef.current);
        const last = Math.ceil((top + Math.max(0, height - headPx)) / rowPx) - 1;
        return { first: Math.floor(top / rowPx), last: Math.max(0, Math.min(last, count - 1)) };
      },
      reveal: (index) => {
        const element = scrollerRef.current;
        if (element === null) return;
        const top = index * rowPx;
        if (top < element.scrollTop) element.scrollTo({ top });
        else if (top + rowPx > element.scrollTop + height())
          element.scrollTo({ top: top + rowPx - height() });
      },
      toTop: () => scrollerRef.current?.scrollTo({ top: 0 }),
      focus: () => scrollerRef.current?.focus({ preventScroll: true }),
    };
  }, [scrollerRef, placeRef, rowPx, headPx, count]);
}
