import type { OperationId } from "@/lib/contract";

/** One request that reached the emulator's API, also when it matched nothing. */
export interface RequestRecord {
  readonly operation: OperationId | null;
  readonly method: string;
  /** The request target up to `?`, exactly as it came over the wire. */
  readonly rawPath: string;
  /** What followed the `?`, exactly as it came; `null` without one. */
  readonly rawQuery: string | null;
  /** Status that was sent; 0 when the connection was reset, given up, or left without an answer. */
  status: number;
  /** Real time of arrival, ISO 8601. */
  readonly at: string;
  /** Names of the headers, in lower case, in the order in which they came. */
  readonly headerNames: readonly string[];
}

const kept = 10_000;

/** What reached the emulator, for tests that must know. */
export class Stats {
  #records: RequestRecord[] = [];
  #byOperation: Record<string, number> = {};
  #total = 0;
  #open = 0;
  #mostOpen = 0;

  record(entry: RequestRecord): RequestRecord {
    this.#records.push(entry);
    if (this.#records.length >= 2 * kept) this.#records = this.#records.slice(-kept);
    const name = entry.operation ?? "null";
    this.#byOperation[name] = (this.#byOperation[name] ?? 0) + 1;
    this.#total += 1;
    return entry;
  }

  opened(): void {
    this.#open += 1;
    this.#mostOpen = Math.max(this.#mostOpen, this.#open);
  }

  closed(): void {
    this.#open -= 1;
  }

  clear(): void {
    this.#records = [];
    this.#byOperation = {};
    this.#total = 0;
    this.#mostOpen = this.#open;
  }

  snapshot(): StatsSnapshot {
    return {
      requests: this.#records.slice(-kept),
      byOperation: { ...this.#byOperation },
      total: this.#total,
      open: this.#open,
      mostOpen: this.#mostOpen,
    };
  }
}

export interface StatsSnapshot {
  /** The last 10,000. */
  readonly requests: readonly RequestRecord[];
  /** Count per operation id; requests that matched nothing are under `null`. */
  readonly byOperation: Readonly<Record<string, number>>;
  readonly total: number;
  /** Requests under way now, and the most there ever were at once. */
  readonly open: number;
  readonly mostOpen: number;
}
