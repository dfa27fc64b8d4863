import { isPlain, list, raw, type Reader, reshaped, word } from "../readers";
import { object } from "../object-reader";
import { Unreadable } from "../reading";

export type Cell = string | number | boolean | null;

/** Columns and rows whose meaning differs from query to query. */
export interface DataTable {
  readonly columns: string[];
  /** As long as `columns` each: short rows are filled with null, longer ones are cut with a note. */
  readonly rows: Cell[][];
}

const cell: Reader<Cell> = (value, reading) => {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  const nested = raw(value, reading);
  return nested === null ? null : JSON.stringify(nested);
};

/** A column is a name, or (a guess) an object that holds one. */
const column: Reader<string> = (value, reading) =>
  word(isPlain(value) ? (value.name ?? value.columnName) : value, reading);

const row: Reader<unknown[]> = (value) => {
  if (!Array.isArray(value)) throw new Unreadable("not a list");
  return value;
};

/** The vendor's TableDto, tolerant of ragged rows. */
export const dataTable: Reader<DataTable> = reshaped(
  object({ columns: list(column), rows: list(row) }),
  (table, reading) => ({
    columns: table.columns,
    rows: table.rows.map((cells) => {
      if (cells.length > table.columns.length) reading.note("a row is longer than the columns");
      return table.columns.map((_, index) => cell(cells[index], reading));
    }),
  }),
);
