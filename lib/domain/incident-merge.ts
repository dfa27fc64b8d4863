/** The members of an incident row that tell which incident it is and how fresh the copy is. */
export interface MergeableRow {
  readonly workspaceId: string;
  readonly source: string;
  readonly id: string;
  readonly lastModificationTime: string | null;
}

/**
 * One string per incident. Two sources of a workspace may use the same id, so all three parts count.
 * The parts are joined by line breaks, which none of them holds; GUIDs and source names differ by case between
 * upstream's endpoints and are therefore folded, ids are not.
 */
export function incidentKey(row: Pick<MergeableRow, "workspaceId" | "source" | "id">): string {
  return `${row.workspaceId.toLowerCase()}\n${row.source.toLowerCase()}\n${row.id}`;
}

/** Milliseconds of the last change; a row without a readable time is older than any other. */
function modifiedAtMs(row: MergeableRow): number {
  if (row.lastModificationTime === null) return Number.NEGATIVE_INFINITY;
  const ms = Date.parse(row.lastModificationTime);
  return Number.isNaN(ms) ? Number.NEGATIVE_INFINITY : ms;
}

/**
 * Adds rows to those already held, one per incident: the newest `lastModificationTime` wins, and of two copies of the
 * same time the later received one (it was read later). Keeps the place of a row that is replaced.
 * Returns `previous` itself when `rows` is empty, else a new map; `previous` is never changed.
 */
export function mergeIncidents<Row extends MergeableRow>(
  previous: ReadonlyMap<string, Row>,
  rows: readonly Row[],
): ReadonlyMap<string, Row> {
  if (rows.length === 0) return previous;
  const merged = new Map(previous);
  for (const row of rows) {
    const key = incidentKey(row);
    const held = merged.get(key);
    if (held === undefined || modifiedAtMs(row) >= modifiedAtMs(held)) merged.set(key, row);
  }
  return merged;
}
