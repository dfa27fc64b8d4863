import type { Clock } from "./clock";

/** The end of a call's time, joined with the callers' leaving: one signal for everything that the call waits for. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #endsAt: number;
  readonly #left: AbortSignal;
  readonly #cancelTimer: () => void;
  readonly #onLeft = () => this.#controller.abort(this.#left.reason);
  #hasPassed = false;

  constructor(clock: Clock, totalMs: number, left: AbortSignal) {
    this.#clock = clock;
    this.#endsAt = clock.now() + totalMs;
    this.#left = left;
    this.#cancelTimer = clock.after(totalMs, () => {
      this.#hasPassed = true;
      this.#controller.abort(new Error("the time for this call is over"));
    });
    if (left.aborted) this.#onLeft();
    else left.addEventListener("abort", this.#onLeft, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get hasPassed(): boolean {
    return this.#hasPassed;
  }

  /** True when everybody who waited has left. */
  get isAbandoned(): boolean {
    return this.#left.aborted;
  }

  remainingMs(): number {
    return this.#endsAt - this.#clock.now();
  }

  /** Frees timer and listener; to be called when the call is over, however it ended. */
  dispose(): void {
    this.#cancelTimer();
    this.#left.removeEventListener("abort", this.#onLeft);
  }
}
