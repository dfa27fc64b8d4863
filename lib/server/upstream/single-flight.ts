import type { Priority } from "./bulkhead";

/** What a shared call knows of those who wait for it. */
export interface Flight {
  /** Aborted when the last waiter has left. */
  readonly signal: AbortSignal;
  /** The highest priority among those who joined. */
  readonly priority: () => Priority;
}

interface Entry {
  readonly controller: AbortController;
  waiters: number;
  priorities: Set<Priority>;
  promise: Promise<unknown>;
}

/**
 * Joins equal calls into one. It knows nothing about rights: only callers that were already authorised may join, and each
 * must project the shared answer for its own person without changing it.
 * The one who came first may leave; the others still get the answer. An error is shared once and not kept.
 */
export class SingleFlight {
  readonly #entries = new Map<string, Entry>();

  get underWay(): number {
    return this.#entries.size;
  }

  join<T>(
    key: string,
    caller: { signal?: AbortSignal; priority: Priority },
    start: (flight: Flight) => Promise<T>,
  ): Promise<T> {
    if (caller.signal?.aborted) return Promise.reject(caller.signal.reason as Error);
    const entry = this.#entries.get(key) ?? this.#open(key, caller.priority, start);
    entry.priorities.add(caller.priority);
    // The cast holds because `key` names the operation, and one operation has one reply type.
    return this.#waitFor(key, entry, caller.signal) as Promise<T>;
  }

  #open<T>(key: string, priority: Priority, start: (flight: Flight) => Promise<T>): Entry {
    const controller = new AbortController();
    const priorities = new Set([priority]);
    const highest = (): Priority =>
      priorities.has("interactive") ? "interactive" : priorities.has("display") ? "display" : "background";
    const entry: Entry = { controller, waiters: 0, priorities, promise: Promise.resolve() };
    this.#entries.set(key, entry);
    entry.promise = start({ signal: controller.signal, priority: highest }).finally(() =>
      this.#forget(key, entry),
    );
    // When everybody has left nobody listens any more; the failure is then of no interest.
    entry.promise.catch(() => undefined);
    return entry;
  }

  #waitFor(key: string, entry: Entry, signal: AbortSignal | undefined): Promise<unknown> {
    entry.waiters += 1;
    return new Promise((resolve, reject) => {
      const leave = () => {
        entry.waiters -= 1;
        if (entry.waiters === 0) {
          this.#forget(key, entry);
          entry.controller.abort(signal?.reason);
        }
        reject(signal?.reason as Error);
      };
      signal?.addEventListener("abort", leave, { once: true });
      const stay = () => signal?.removeEventListener("abort", leave);
      entry.promise.then(
        (value) => {
          stay();
          resolve(value);
        },
        (error: unknown) => {
          stay();
          reject(error as Error);
        },
      );
    });
  }

  #forget(key: string, entry: Entry): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}
