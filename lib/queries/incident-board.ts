import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { localTest } from "@/lib/domain/incident-filter";
import { compareBy, patchSorted, sortRows } from "@/lib/domain/incident-sort";
import type { Sort, ViewFilter } from "@/lib/domain/incident-view";
import { type Arrangement, arrange, settled } from "@/lib/domain/incident-view-arrange";
import type { IncidentLedger, LedgerChange } from "./incident-ledger";

/** What the board shows now. A new object whenever anything in it changed. */
export interface BoardState extends Arrangement {
  /** Rows that pass the filters over loaded rows, shown or waiting. */
  readonly matching: number;
}

/**
 * A ledger's rows in the order a person looks at them. A page that arrives costs its own comparisons; sorting and
 * filtering anew happen only when the person changes them. While `hold` is set, rows in view stay where they are.
 */
export class IncidentBoard {
  private readonly listeners = new Set<() => void>();
  private stopFollowing: (() => void) | null = null;
  private ideal: readonly IncidentRow[] = [];
  private seenVersion = -1;
  private held = 0;
  private state: BoardState = { ...settled([]), matching: 0 };

  constructor(
    private readonly ledger: IncidentLedger,
    private sort: Sort,
    private filter: ViewFilter,
  ) {
    this.rebuild();
  }

  getState = (): BoardState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.stopFollowing ??= this.ledger.subscribe(this.follow);
    // What came while nobody listened (between two mounts) has not been seen.
    if (this.seenVersion !== this.ledger.getState().version) this.rebuild();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.stopFollowing?.();
      this.stopFollowing = null;
    };
  };

  /** The newest copy of a row on screen; the row itself once the ledger has let it go. */
  latest(row: IncidentRow, key: string): IncidentRow {
    return this.ledger.row(key) ?? row;
  }

  /** Sorts and filters anew. The person asked for it, so everything takes its place. */
  setView(sort: Sort, filter: ViewFilter): void {
    if (sort === this.sort && filter === this.filter) return;
    this.sort = sort;
    this.filter = filter;
    this.rebuild();
    this.emit();
  }

  /** From now on the first `rows` rows on screen keep their places; 0 when nobody is working on the list. */
  hold(rows: number): void {
    const wasHeld = this.held > 0;
    this.held = rows;
    if (wasHeld && rows === 0) this.apply();
  }

  /** Lets everything that waits take its place. */
  apply(): void {
    const { entering, moved, gone } = this.state;
    if (entering.size === 0 && moved.size === 0 && gone.size === 0) return;
    this.show(0);
    this.emit();
  }

  private readonly follow = (change: LedgerChange | null): void => {
    if (change === null) return;
    const { version } = this.ledger.getState();
    if (version === this.seenVersion) return;
    const isNext = version === this.seenVersion + 1;
    this.seenVersion = version;
    if (isNext && change.removed.length === 0 && change.added.length === 0) return;
    if (isNext) this.patch(change);
    else this.ideal = this.compute();
    this.show(this.held);
    this.emit();
  };

  private patch({ removed, added }: LedgerChange): void {
    const test = localTest(this.filter);
    const entering = test === null ? added : added.filter(test);
    this.ideal = patchSorted(this.ideal, removed, entering, this.sort);
  }

  private compute(): readonly IncidentRow[] {
    const test = localTest(this.filter);
    const rows = [...this.ledger.all()];
    return sortRows(test === null ? rows : rows.filter(test), this.sort);
  }

  private rebuild(): void {
    this.seenVersion = this.ledger.getState().version;
    this.ideal = this.compute();
    this.show(0);
  }

  private show(held: number): void {
    const arrangement = arrange(this.ideal, this.state, held, compareBy(this.sort));
    this.state = { ...arrangement, matching: this.ideal.length };
  }

  private emit(): void {
    for (const listener of this.listeners) listener();
  }
}
