import type { ReactNode } from "react";

export interface CellProps<Row> {
  readonly row: Row;
}

/** A column of a list; `Id` is also what the list is sorted by when the column's head is pressed. */
export interface ListColumn<Row, Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly Cell: (props: CellProps<Row>) => ReactNode;
  /**
   * Classes of width, and of the place in the card that a row becomes in a list narrower than 560 px: a grid of three
   * columns (32 px, the rest, what it needs) and two lines. Columns without a place there say `@max-[560px]/list:hidden`.
   */
  readonly place: string;
  /** In CSS pixels, in place of the width by its classes; not in a list narrower than 860 px, where columns leave. */
  readonly widthPx?: number | null;
  /** Stays put when the table scrolls sideways; `second` stands right of a `first` that is 40 px wide. */
  readonly fixed?: "first" | "second";
  /** Figures stand at the end of their column, so that their digits align. */
  readonly end?: boolean;
  /** Its interesting end is the high one: the worst, the oldest, the most. Then the first press sorts downwards. */
  readonly highFirst?: boolean;
  /** No order by this column, in a list that has orders. */
  readonly unsorted?: boolean;
  /** Drawn in the head in place of the label, where the column is too narrow for it. */
  readonly Head?: () => ReactNode;
}

export interface ListSort<Id extends string = string> {
  readonly column: Id;
  readonly descending: boolean;
}
