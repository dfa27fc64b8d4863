/** Spreadsheets take such a cell for a formula; some skip blanks first. */
const formula = /^[\s\0]*[=+\-@\t\r\0]/;

/** One cell: always quoted; what a spreadsheet would run is made text with an apostrophe (RELIABILITY SEC-15). */
export function csvCell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  const safe = typeof value === "string" && formula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** One line with its end, as RFC 4180 has it. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
