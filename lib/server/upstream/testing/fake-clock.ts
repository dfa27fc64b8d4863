import type { Clock } from "../clock";

interface Timer {
  readonly at: number;
  readonly act: () => void;
}

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  wallNow(): number {
    return Date.UTC(2026, 10, 24, 12) + this.#now;
  }

  after(ms: number, act: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), act };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers that nobody took back: a leak when the test is over. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves on, running what falls due in its order and letting promises settle in between. */
  async advance(ms: number): Promise<void> {
    const target = this.#now + ms;
    await settle();
    for (;;) {
      const next = [...this.#timers].reduce<Timer | null>(
        (first, timer) => (timer.at <= target && (first === null || timer.at < first.at) ? timer : first),
        null,
      );
      if (!next) break;
      this.#now = next.at;
      this.#timers.delete(next);
      next.act();
      await settle();
    }
    this.#now = target;
  }
}

/** Lets every promise that can settle do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
