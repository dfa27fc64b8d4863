/** What the list shows unless somebody chose otherwise, in the order in which it stands. It can be sorted by each of them. */
export const usualColumns = [
  "severity",
  "workspace",
  "title",
  "number",
  "source",
  "status",
  "owner",
  "age",
  "alerts",
  "tactics",
  "changed",
] as const;

const moreColumns = ["created", "seen", "classification", "products", "rules"] as const;
/** A column that is shown when somebody asks for it. */
export type MoreColumn = (typeof moreColumns)[number];

/** Every column that the list of incidents can show. */
export const columnIds = [...usualColumns, ...moreColumns] as const;
export type ColumnId = (typeof columnIds)[number];

/** One column of a view, in its place. */
export interface ViewColumn {
  readonly id: ColumnId;
  /** As the person set it, in CSS pixels; null: its own width, and a share of what is left over. */
  readonly widthPx: number | null;
}

/** Narrowest and widest that a person can make a column, in CSS pixels. */
export const columnWidthPx = { min: 48, max: 960 } as const;

/** Always there and always first: whose incident it is, and how bad, must not scroll out of sight. */
export const fixedColumns: readonly ColumnId[] = ["severity", "workspace"];
/** Can be moved, and not be hidden: it is the link to the incident, and what a card on a phone shows. */
const neededColumn: ColumnId = "title";

/** True for columns that every view shows. */
export const isNeeded = (id: ColumnId) => id === neededColumn || fixedColumns.includes(id);

const own = (id: ColumnId): ViewColumn => ({ id, widthPx: null });

export const defaultColumns: readonly ViewColumn[] = usualColumns.map(own);

/**
 * A choice in the form in which it is kept: each column once, the fixed ones first, none missing that must be there,
 * widths within their bounds. The severity's width is its sign's and nobody's to set.
 */
export function tidyColumns(columns: readonly ViewColumn[]): readonly ViewColumn[] {
  const found = new Map<ColumnId, ViewColumn>();
  for (const column of columns) if (!found.has(column.id)) found.set(column.id, column);
  const first = fixedColumns.map((id) => (id === "severity" ? own(id) : (found.get(id) ?? own(id))));
  const rest = [...found.values()].filter(({ id }) => !fixedColumns.includes(id));
  if (!found.has(neededColumn)) rest.unshift(own(neededColumn));
  return [...first, ...rest].map(({ id, widthPx }) => ({
    id,
    widthPx: widthPx === null ? null : boundWidth(widthPx),
  }));
}

/** The nearest width that a column can have, in whole CSS pixels. */
export function boundWidth(widthPx: number): number {
  return Math.min(Math.max(Math.round(widthPx), columnWidthPx.min), columnWidthPx.max);
}

/** Reads `title,owner.160,age`. What is not to be used is told to `refuse` and left out. */
export function parseColumns(raw: string, refuse: (message: string) => void): readonly ViewColumn[] {
  const columns: ViewColumn[] = [];
  for (const part of raw.split(",").slice(0, 60)) {
    const [name, width, ...more] = part.split(".");
    const id = columnIds.find((known) => known === name);
    if (id === undefined || more.length > 0) refuse(`“${part}” is not a column and was left out`);
    else {
      const widthPx = Number(width);
      const isWidth = widthPx > 0;
      if (width !== undefined && !isWidth) refuse(`“${part}” has no usable width`);
      columns.push({ id, widthPx: isWidth ? widthPx : null });
    }
  }
  return columns.length === 0 ? defaultColumns : tidyColumns(columns);
}

/** Null for the default. The fixed ones are named for their width only. */
export function formatColumns(columns: readonly ViewColumn[]): string | null {
  const text = columns
    .filter(({ id, widthPx }) => widthPx !== null || !fixedColumns.includes(id))
    .map(({ id, widthPx }) => (widthPx === null ? id : `${id}.${widthPx}`))
    .join(",");
  return text === defaultText ? null : text;
}

const defaultText = usualColumns.slice(fixedColumns.length).join(",");
