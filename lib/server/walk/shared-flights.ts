import "server-only";

interface Flight<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * Lets callers who ask for the same thing at the same time share one piece of work. The work is aborted when the last of
 * them has left, and not before: one impatient tab does not spoil the page for another.
 */
export class SharedFlights<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /**
   * The result of the work under `key`, started now if it is not under way.
   * Rejects with the reason of `signal` as soon as that is aborted, with the work's own error otherwise.
   */
  async join(
    key: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#start(key, work);
    flight.waiting += 1;
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => reject(signal?.reason as Error);
      signal?.addEventListener("abort", leave, { once: true });
    });
    try {
      return await Promise.race([flight.result, left]);
    } finally {
      if (leave) signal?.removeEventListener("abort", leave);
      flight.waiting -= 1;
      if (flight.waiting === 0) this.#abandon(key, flight);
    }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const result = work(stop.signal).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    // Whoever waits sees the error; when nobody waits any more it concerns nobody.
    result.catch(() => undefined);
    const flight: Flight<T> = { result, stop, waiting: 0 };
    this.#flights.set(key, flight);
    return flight;
  }

  /** A newcomer must not join work that is being aborted, so the key is free at once. Does nothing to finished work. */
  #abandon(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) !== flight) return;
    this.#flights.delete(key);
    flight.stop.abort(new DOMException("Nobody waits for this any more", "AbortError"));
  }
}
