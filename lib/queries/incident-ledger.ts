import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { type Coverage, mergeCoverage } from "@/lib/domain/coverage";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import type { FacetCounts } from "@/lib/domain/register";
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
  /** When that pass was begun, ms: where a window that moves with the time ends for it. */
  readonly begunMs: number;
  readonly running: boolean;
  /** Coverage of the last pass that came to its end; null before the first end. */
  readonly finished: Coverage | null;
  /** Coverage so far of the pass that is running; null before its first page and after its end. */
  readonly current: Coverage | null;
  readonly loaded: number;
  /** Rows received in the running pass. */
  readonly received: number;
  /** What the register counted over everything that matches; null while the rows come from a walk. */
  readonly figures: RegisterFigures | null;
  /** How often upstream's rejection of a page token made the server start over in the running pass. */
  readonly restarts: number;
  /** How many times in a row a lost reading position made us start over; a pass that ends, or a person, resets it. */
  readonly quietRestarts: number;
}

export interface RegisterFigures {
  /** All that match, loaded or not. */
  readonly total: number;
  readonly facets: FacetCounts;
}

/** A page of the register. Its coverage is of the whole list. */
export interface RegisterPage {
  readonly rows: readonly IncidentRow[];
  readonly coverage: Coverage;
  readonly figures: RegisterFigures;
  /** Null: there is more. Else what the list is after it: all of it, or as much as is loaded. */
  readonly end: "whole" | "cut" | null;
}

/** What became of the list since it was read. */
export interface RegisterChange {
  /** Match now. */
  readonly rows: readonly IncidentRow[];
  /** Keys that no longer match. */
  readonly left: Iterable<string>;
  /** ISO: what was created earlier has left the window; null where the window does not move. */
  readonly createdFrom: string | null;
  readonly coverage: Coverage;
  readonly figures: RegisterFigures;
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
    begunMs: Date.now(),
    running: true,
    finished: null,
    current: null,
    loaded: 0,
    received: 0,
    figures: null,
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
      begunMs: Date.now(),
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
    const { removed, added } = this.put(page.incidents);
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
      figures: null,
      restarts: page.restarts,
      quietRestarts: isEnd ? 0 : this.state.quietRestarts,
    };
    this.emit({ removed, added });
  }

  /**
   * As `take`, for a page of the register. The register holds what it holds: a row that a whole list does not bring is not in the list, however
   * old the reading is that this rests on.
   */
  takeRegistered(pass: number, { rows, coverage, figures, end }: RegisterPage): void {
    if (pass !== this.state.pass || !this.state.running) return;
    const { removed, added } = this.put(rows);
    if (end !== null) removed.push(...this.keepOnly((key) => this.seen.has(key)));
    this.state = {
      ...this.state,
      version: this.state.version + 1,
      running: end === null,
      finished: end === null ? this.state.finished : coverage,
      current: end === null ? coverage : null,
      loaded: this.rows.size,
      received: this.seen.size,
      figures,
      quietRestarts: 0,
    };
    this.emit({ removed, added });
  }

  /** Takes in what became of a list that was read to its end. */
  amend(pass: number, { rows, left, createdFrom, coverage, figures }: RegisterChange): void {
    if (pass !== this.state.pass || this.state.running) return;
    const isPast = ({ creationTime }: IncidentRow) =>
      createdFrom !== null && creationTime !== null && creationTime < createdFrom;
    const { removed, added } = this.put(rows.filter((row) => !isPast(row)));
    const gone = new Set(left);
    removed.push(...this.keepOnly((key, row) => !gone.has(key) && !isPast(row)));
    this.state = {
      ...this.state,
      version: this.state.version + 1,
      finished: coverage,
      loaded: this.rows.size,
      figures,
    };
    this.emit({ removed, added });
  }

  /** Adds rows, and newer copies of held ones. */
  private put(rows: readonly IncidentRow[]): {
    readonly removed: IncidentRow[];
    readonly added: IncidentRow[];
  } {
    const removed: IncidentRow[] = [];
    const added: IncidentRow[] = [];
    for (const row of rows) {
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
    return { removed, added };
  }

  private keepOnly(isKept: (key: string, row: IncidentRow) => boolean): IncidentRow[] {
    const removed: IncidentRow[] = [];
    for (const [key, row] of this.rows) {
      if (isKept(key, row)) continue;
      this.rows.delete(key);
      removed.push(row);
    }
    return removed;
  }

  /** Rows that this pass did not bring although it read their workspace × source to the end, or knows no such pair. */
  private removeUnseen(coverage: Coverage): IncidentRow[] {
    const unread = new Set<string>();
    for (const { workspaceId, source, state } of coverage.entries)
      if (state !== "read" && state !== "quiet") unread.add(pairKey(workspaceId, source));
    return this.keepOnly(
      (key, row) =>
        this.seen.has(key) ||
        unread.has(pairKey(row.workspaceId, row.source)) ||
        unread.has(pairKey(row.workspaceId, null)),
    );
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

/** Equal copies keep the object that is on screen, so that nothing is drawn again. When they were read is no difference. */
function isSame(row: IncidentRow, held: IncidentRow): boolean {
  const text = (copy: IncidentRow) => JSON.stringify({ ...copy, seen: null });
  return row.lastModificationTime === held.lastModificationTime && text(row) === text(held);
}
