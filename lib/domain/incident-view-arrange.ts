import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { incidentKey } from "./incident-merge";
import type { CompareRows } from "./incident-sort";

const keys = new WeakMap<IncidentRow, string>();

/** `incidentKey` of a row, built once per row: lists of 50,000 ask for it again and again. */
export function keyOf(row: IncidentRow): string {
  const held = keys.get(row);
  if (held !== undefined) return held;
  const made = incidentKey(row);
  keys.set(row, made);
  return made;
}

/** The order on screen, and what waits to get into it. */
export interface Arrangement {
  /**
   * Rows from top to bottom. A row of the held part may be an older copy: it stands for its place, so draw the newest
   * copy of the same key.
   */
  readonly rows: readonly IncidentRow[];
  /** Key → why it waits: a row that is new, or one that would now stand higher up. */
  readonly entering: ReadonlyMap<string, "added" | "changed">;
  /** Keys on screen that would now stand elsewhere. */
  readonly moved: ReadonlySet<string>;
  /** Keys on screen that no longer belong to the list. */
  readonly gone: ReadonlySet<string>;
}

export interface Waiting {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
}

const noKeys: ReadonlySet<string> = new Set();
const noneEntering: ReadonlyMap<string, "added" | "changed"> = new Map();

/** Everything in its place, nothing waiting. */
export function settled(ideal: readonly IncidentRow[]): Arrangement {
  return { rows: ideal, entering: noneEntering, moved: noKeys, gone: noKeys };
}

/**
 * Puts the rows in order without moving what a person is looking at: the first `held` rows on screen keep their places,
 * below them the list is live. Rows that belong into or above the held part wait (`entering`), rows of it that ought to
 * stand elsewhere or leave are marked (`moved`, `gone`). With `held` 0 everything takes its place.
 *
 * @param ideal the rows as they ought to stand, sorted by `compare`
 */
export function arrange(
  ideal: readonly IncidentRow[],
  previous: Arrangement,
  held: number,
  compare: CompareRows,
): Arrangement {
  const last = previous.rows[Math.min(held, previous.rows.length) - 1];
  if (last === undefined) return settled(ideal);
  const top = previous.rows.slice(0, held);
  const placeOf = new Map(top.map((row) => [keyOf(row), row]));
  const entering = new Map<string, "added" | "changed">();
  const moved = new Set<string>();
  const present = new Set<string>();
  const below: IncidentRow[] = [];
  for (const row of ideal) {
    const key = keyOf(row);
    const place = placeOf.get(key);
    if (place !== undefined) {
      present.add(key);
      if (place !== row && compare(place, row) !== 0) moved.add(key);
    } else if (below.length > 0 || compare(row, last) > 0) below.push(row);
    else entering.set(key, previous.entering.get(key) ?? "added");
  }
  if (entering.size > 0) markKnown(entering, previous.rows, held);
  const gone = new Set([...placeOf.keys()].filter((key) => !present.has(key)));
  return { rows: top.concat(below), entering, moved, gone };
}

/** A waiting row that was on screen further down has changed; it is not new. */
function markKnown(entering: Map<string, "added" | "changed">, rows: readonly IncidentRow[], from: number) {
  for (let index = from; index < rows.length; index += 1) {
    const row = rows[index];
    if (row !== undefined && entering.has(keyOf(row))) entering.set(keyOf(row), "changed");
  }
}

export function countWaiting(arrangement: Arrangement): Waiting {
  let added = 0;
  for (const reason of arrangement.entering.values()) if (reason === "added") added += 1;
  return {
    added,
    changed: arrangement.entering.size - added + arrangement.moved.size,
    gone: arrangement.gone.size,
  };
}

/** "12 new, 3 changed, 1 gone"; empty when nothing waits. */
export function describeWaiting({ added, changed, gone }: Waiting): string {
  return [
    added > 0 ? `${added.toLocaleString("en")} new` : "",
    changed > 0 ? `${changed.toLocaleString("en")} changed` : "",
    gone > 0 ? `${gone.toLocaleString("en")} gone` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}
