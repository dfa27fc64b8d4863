"use client";

import {
  type MouseEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
} from "react";
import { useRowWindow } from "@/components/data/use-row-window";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { Density, Sort } from "@/lib/domain/incident-view";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import { incidentColumns } from "./columns";
import { QueueHeadCell } from "./queue-head";
import { QueueRow } from "./queue-row";
import { cardBelowPx, headHeightPx, rowClass, rowHeightPx } from "./row-classes";
import { QueueSkeleton } from "./queue-skeleton";
import { useAnchor } from "./use-anchor";

/** What the page does with the list beyond drawing it. */
export interface QueueGridHandle {
  /** Index of the first and the last row in view, also when there are fewer rows. */
  readonly inView: () => { readonly first: number; readonly last: number };
  /** Brings a row into view, if it is not, with the least movement. */
  readonly reveal: (index: number) => void;
  readonly toTop: () => void;
  readonly focus: () => void;
}

export interface QueueGridProps {
  readonly ref: Ref<QueueGridHandle>;
  readonly rows: readonly IncidentRow[];
  /** The newest copy of a row, which may stand in an older place. */
  readonly latest: (row: IncidentRow, key: string) => IncidentRow;
  readonly gone: ReadonlySet<string>;
  readonly cursorKey: string | null;
  readonly openKey: string | null;
  readonly density: Density;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly onPick: (index: number) => void;
  /** The list moved, or its size changed. */
  readonly onView: () => void;
  /** Every row there is, is known: then the table can say how many it has. */
  readonly isComplete: boolean;
  /** Draw placeholders: rows are on their way. */
  readonly isLoading: boolean;
  /** Drawn where the rows would be, when there are none. */
  readonly empty: ReactNode;
}

/** The virtualised list: however many rows there are, those near the view are in the page. */
export function QueueGrid(props: QueueGridProps) {
  const { ref, rows, cursorKey, openKey, density, sort, onSort, onView } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const { first, count, widthPx, onScroll } = useRowWindow(scroller, rows.length, (width) =>
    rowHeightPx(density, width < cardBelowPx),
  );
  const isCard = widthPx < cardBelowPx;
  const rowPx = rowHeightPx(density, isCard);
  useHandle(ref, scroller, rowPx, isCard ? 0 : headHeightPx, rows.length);
  useAnchor(scroller, rows, cursorKey, rowPx, sort);
  // A changed size or row height shows other rows, too.
  useEffect(onView, [onView, widthPx, rowPx, count]);
  const drawn = rowsInView(props, first, count);
  const isEmpty = rows.length === 0;
  const cursorIndex = cursorKey === null ? -1 : drawn.findIndex(({ key }) => key === cursorKey);

  return (
    <div className="relative min-h-0 flex-1 @container/list">
      <div
        ref={scroller}
        role="grid"
        aria-label="Incidents"
        aria-rowcount={props.isComplete ? rows.length + 1 : -1}
        aria-colcount={incidentColumns.length}
        aria-busy={props.isLoading}
        aria-activedescendant={cursorIndex >= 0 ? `${id}-${drawn[cursorIndex]?.index}` : undefined}
        tabIndex={0}
        onScroll={() => {
          onScroll();
          onView();
        }}
        onClick={(event) => pick(event, props.onPick)}
        className="group/grid peer h-full overflow-auto overscroll-contain outline-none [scrollbar-gutter:stable]"
      >
        <div role="rowgroup" className="sticky top-0 z-2 @max-[560px]/list:hidden">
          <div
            role="row"
            aria-rowindex={1}
            className={`${rowClass("normal")} h-8! border-b border-line bg-page`}
          >
            {incidentColumns.map((column, index) => (
              <QueueHeadCell key={column.id} column={column} index={index} sort={sort} onSort={onSort} />
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className="relative"
          style={isEmpty ? undefined : { height: rows.length * rowPx }}
        >
          {isEmpty && props.isLoading ? <QueueSkeleton density={density} /> : null}
          {drawn.map(({ row, index, key }) => (
            <QueueRow
              key={key}
              row={row}
              id={`${id}-${index}`}
              index={index}
              topPx={index * rowPx}
              density={density}
              isCursor={key === cursorKey}
              isOpen={key === openKey}
              isGone={props.gone.has(key)}
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

/** The newest copies of the rows in view. Not memoised: `latest` reads the ledger, which changes in place. */
function rowsInView({ rows, latest }: QueueGridProps, first: number, count: number) {
  return rows.slice(first, first + count).map((row, offset) => {
    const key = keyOf(row);
    return { row: latest(row, key), index: first + offset, key };
  });
}

function useHandle(
  ref: Ref<QueueGridHandle>,
  scrollerRef: RefObject<HTMLDivElement | null>,
  rowPx: number,
  headPx: number,
  count: number,
): void {
  useImperativeHandle(ref, () => {
    const height = () => Math.max(0, (scrollerRef.current?.clientHeight ?? 0) - headPx);
    return {
      inView: () => {
        const top = scrollerRef.current?.scrollTop ?? 0;
        const last = Math.ceil((top + height()) / rowPx) - 1;
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
  }, [scrollerRef, rowPx, headPx, count]);
}
