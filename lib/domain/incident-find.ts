import type { IncidentRow } from "@/lib/contract/shapes/incident";

/** Days back that an incident is looked for upstream. */
export const findDays = 30;
/** Fewer characters find everything, which is no search. */
export const findLeast = 2;

/** What was typed, as a number of an incident: "1042", "#1042", "INC-1042"; null for anything else. */
function numberIn(text: string): string | null {
  return /^(?:#|inc-?)?\s*(\d{1,12})$/i.exec(text.trim())?.[1] ?? null;
}

/** What ContraForce is asked for: the bare number where one was typed, because "#1042" stands in no incident. */
export function askedText(typed: string): string {
  return numberIn(typed) ?? typed.trim();
}

/**
 * How well a row fits: its number or id first, then a title that starts with the text, then titles with each word in
 * them. 0: not at all.
 */
function fit(row: IncidentRow, text: string, words: readonly string[], number: string | null): number {
  if (number !== null && (String(row.number ?? "") === number || row.displayId === number)) return 4;
  if (row.id.toLowerCase() === text || row.displayId?.toLowerCase() === text) return 4;
  const title = (row.title ?? "").toLowerCase();
  if (title.startsWith(text)) return 3;
  return words.length > 0 && words.every((word) => title.includes(word)) ? 2 : 0;
}

/** The best `most` rows for a number, an id or words of a title; the newest first among equals. */
export function findIncidents(rows: Iterable<IncidentRow>, typed: string, most: number): IncidentRow[] {
  const text = typed.trim().toLowerCase();
  if (text.length < findLeast) return [];
  const words = text.split(/\s+/);
  const number = numberIn(text);
  const hits: { readonly row: IncidentRow; readonly score: number }[] = [];
  for (const row of rows) {
    const score = fit(row, text, words, number);
    if (score > 0) hits.push({ row, score });
  }
  const time = (row: IncidentRow) => row.creationTime ?? "";
  return hits
    .sort((a, b) => b.score - a.score || time(b.row).localeCompare(time(a.row)))
    .slice(0, most)
    .map(({ row }) => row);
}
