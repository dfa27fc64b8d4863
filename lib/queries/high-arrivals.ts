import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { severities } from "@/lib/contract/vocabulary";
import { localTest } from "@/lib/domain/incident-filter";
import { severityRankOf } from "@/lib/domain/incident-sort";
import type { ViewFilter } from "@/lib/domain/incident-view";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import type { IncidentLedger, LedgerChange } from "./incident-ledger";

const highest = severities.length;
const isHigh = (row: IncidentRow) => (severityRankOf(row.severity) ?? 0) >= highest;
const none: readonly IncidentRow[] = [];

/**
 * Incidents of the highest severity that have come into a list, or were raised to it, since it was read to its end, and that nobody has
 * said to have seen. What leaves the list, or falls in severity, needs no notice any more.
 */
export class HighArrivals {
  private readonly listeners = new Set<() => void>();
  private unseen: readonly IncidentRow[] = none;
  private hasBeenRead: boolean;
  private stop: (() => void) | null = null;

  constructor(
    private readonly ledger: IncidentLedger,
    private readonly filter: ViewFilter,
  ) {
    this.hasBeenRead = ledger.getState().finished !== null;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.stop ??= this.ledger.subscribe((change) => this.follow(change));
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.stop?.();
      this.stop = null;
    };
  };

  /** Oldest arrival first. The same array while nothing changed. */
  getUnseen = (): readonly IncidentRow[] => this.unseen;

  /** Somebody has seen these. */
  acknowledge(keys: ReadonlySet<string>): void {
    this.set(this.unseen.filter((row) => !keys.has(keyOf(row))));
  }

  private follow(change: LedgerChange | null): void {
    // What the first reading brings was there before.
    const isFirst = !this.hasBeenRead;
    this.hasBeenRead = this.ledger.getState().finished !== null;
    if (change === null || isFirst) return;
    const before = new Map(change.removed.map((row) => [keyOf(row), row]));
    const passes = localTest(this.filter) ?? (() => true);
    const added = new Map(change.added.map((row) => [keyOf(row), row]));
    const kept = this.unseen.flatMap((row) => {
      const key = keyOf(row);
      if (!before.has(key)) return [row];
      const newer = added.get(key);
      return newer && isHigh(newer) && passes(newer) ? [newer] : [];
    });
    const known = new Set(kept.map(keyOf));
    const come = change.added.filter((row) => {
      const earlier = before.get(keyOf(row));
      const wasHere = earlier !== undefined && isHigh(earlier) && passes(earlier);
      return isHigh(row) && passes(row) && !wasHere && !known.has(keyOf(row));
    });
    this.set([...kept, ...come]);
  }

  private set(next: readonly IncidentRow[]): void {
    if (next.length === this.unseen.length && next.every((row, n) => row === this.unseen[n])) return;
    this.unseen = next;
    for (const listener of this.listeners) listener();
  }
}
