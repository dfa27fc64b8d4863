import "server-only";

/** Lets work under the same key run one after the other in this process. */
export class Turns {
  readonly #tails = new Map<string, Promise<unknown>>();

  /**
   * Runs the work when all that came before it under this key has ended, however it ended. Who comes second finds what the
   * first has brought, and does it over when the first left half-way. Rejects with the signal's reason when the caller has
   * left by then.
   */
  take<T>(key: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const mine = before.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    const tail = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#tails.set(key, tail);
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    return mine;
  }
}
