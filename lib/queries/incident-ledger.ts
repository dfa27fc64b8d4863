import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { type Coverage, mergeCoverage } from "@/lib/domain/coverage";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import type { WalkPage } from "@/lib/domain/walk";

/** What one page, or the end of a pass, did to the rows. `removed` are the very objects that were held before. */
export interface LedgerChange {
  readonly removed: readonly IncidentRow[];
  readonly added: readonly IncidentRow[];
}

export interface LedgerState {
  /** Grows with each change; equal versions hold equal rows. */
  readonly version: number;
  /** Number of the pass that is running, or ran last. */
  readonly pass: number;
  readonly running: boolean;
  /** Coverage of the last pass that came to its end; null before the first end. */
  readonly finished: Coverage | null;
  /** Coverage so far of the pass that is running; null before its first page and after its end. */
  readonly current: Coverage | null;
  readonly loaded: number;
  /** Rows received in the running pass. */
  readonly received: number;
  /** How often upstream's rejection of a page token made the server start over in the running pass. */
  readonly restarts: number;
  /** How many times in a row a lost reading position made us start over; a pass that ends, or a person, resets it. */
  readonly quietRestarts: number;
}

/** Passes are numbered over all ledgers of the tab: a query cache that outlives a ledger must not answer for its heir. */
let lastPass = 0;

/**
 * The rows of one filter, kept over any number of passes through the walk, outside React: a page costs its own rows, not
 * all of them. A pass adds and renews rows; only its end may take rows away, and only those of a workspace × source that
 * it read to the end. What could not be read keeps its rows: absence is not closure.
 */
export class IncidentLedger {
  private readonly rows = new Map<string, IncidentRow>();
  private readonly listeners = new Set<(change: LedgerChange | null) => void>();
  private seen = new Set<string>();
  private state: LedgerState = {
    version: 0,
    pass: (lastPass += 1),
    running: true,
    finished: null,
    current: null,
    loaded: 0,
    received: 0,
    restarts: 0,
    quietRestarts: 0,
  };

  /** @param known rows that are believed to belong here; the first pass confirms or removes them */
  constructor(known: Iterable<IncidentRow> = []) {
    for (const row of known) this.rows.set(keyOf(row), row);
    this.state = { ...this.state, loaded: this.rows.size };
  }

  getState = (): LedgerState => this.state;

  row(key: string): IncidentRow | undefined {
    return this.rows.get(key);
  }

  all(): Iterable<IncidentRow> {
    return this.rows.values();
  }

  /** Calls back after each change of rows, and with null when only the state changed. */
  subscribe = (listener: (change: LedgerChange | null) => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /**
   * Starts reading anew from the first page. Rows and the coverage of the last finished pass stay.
   * @param by "quiet" when a lost reading position is the reason and nobody asked for it
   */
  begin(by: "person" | "quiet" = "person"): void {
    this.seen = new Set();
    this.state = {
      ...this.state,
      pass: (lastPass += 1),
      running: true,
      current: null,
      received: 0,
      restarts: 0,
      quietRestarts: by === "quiet" ? this.state.quietRestarts + 1 : 0,
    };
    this.emit(null);
  }

  /** Takes in a page of a pass; one of an earlier pass (it answered late) is ignored. The same page twice is harmless. */
  take(pass: number, page: WalkPage): void {
    if (pass !== this.state.pass || !this.state.running) return;
    const removed: IncidentRow[] = [];
    const added: IncidentRow[] = [];
    for (const row of page.incidents) {
      const key = keyOf(row);
      this.seen.add(key);
      const held = this.rows.get(key);
      if (held !== undefined && (isOlder(row, held) || isSame(row, held))) continue;
      this.rows.set(key, row);
      added.push(row);
      // The same incident may stand in one page twice: only what was there before the page is taken out.
      const earlier = held === undefined ? -1 : added.indexOf(held);
      if (earlier >= 0) added.splice(earlier, 1);
      else if (held !== undefined) removed.push(held);
    }
    const coverage = mergeCoverage(this.state.current, page.coverage);
    const isEnd = page.cursor === null;
    if (isEnd) removed.push(...this.removeUnseen(coverage));
    this.state = {
      ...this.state,
      version: this.state.version + 1,
      running: !isEnd,
      finished: isEnd ? coverage : this.state.finished,
      current: isEnd ? null : coverage,
      loaded: this.rows.size,
      received: this.seen.size,
      restarts: page.restarts,
      quietRestarts: isEnd ? 0 : this.state.quietRestarts,
    };
    this.emit({ removed, added });
  }

  /** Rows that this pass did not bring although it read their workspace × source to the end, or knows no such pair. */
  private removeUnseen(coverage: Coverage): IncidentRow[] {
    const unread = new Set<string>();
    for (const { workspaceId, source, state } of coverage.entries)
      if (state !== "read" && state !== "quiet") unread.add(pairKey(workspaceId, source));
    const removed: IncidentRow[] = [];
    for (const [key, row] of this.rows) {
      if (this.seen.has(key)) continue;
      if (unread.has(pairKey(row.workspaceId, row.source)) || unread.has(pairKey(row.workspaceId, null)))
        continue;
      this.rows.delete(key);
      removed.push(row);
    }
    return removed;
  }

  private emit(change: LedgerChange | null): void {
    for (const listener of this.listeners) listener(change);
  }
}

const pairKey = (workspaceId: string, source: string | null) =>
  `${workspaceId.toLowerCase()} ${source?.toLowerCase() ?? "*"}`;

/** A copy read earlier from a slower place must not undo a newer one. Times in ISO form order as text. */
function isOlder(row: IncidentRow, held: IncidentRow): boolean {
  return (
    row.lastModificationTime !== null &&
    held.lastModificationTime !== null &&
    row.lastModificationTime < held.lastModificationTime
  );
}

/** Equal copies keep the object that is on screen, so that nothing is drawn again. */
function isSame(row: IncidentRow, held: IncidentRow): boolean {
  return (
    row.lastModificationTime === held.lastModificationTime && JSON.stringify(row) === JSON.stringify(held)
  );
}
