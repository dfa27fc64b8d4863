/** Milliseconds since the Unix epoch, wherever a time is a number in the emulator. */
export type Instant = number;

export interface ClockOptions {
  /** The real time when absent. */
  readonly startAt?: Instant;
  /** True: it stands still from the start. */
  readonly frozen?: boolean;
  /** Where the real time comes from; for tests. */
  readonly real?: () => Instant;
}

/**
 * The emulator's clock: runs with real time from a settable point, or stands still.
 * Everything that moves (arrivals, gamebooks, closures, silent connectors) is a function of this clock.
 */
export class Clock {
  #offsetMs = 0;
  #frozenAt: Instant | null = null;
  readonly #options: ClockOptions;
  readonly #real: () => Instant;

  constructor(options: ClockOptions = {}) {
    this.#options = options;
    this.#real = options.real ?? Date.now;
    this.reset();
  }

  /** Goes back to how it was made: its start time, or the real time. */
  reset(): void {
    this.#offsetMs = 0;
    this.#frozenAt = null;
    if (this.#options.startAt !== undefined) this.set(this.#options.startAt);
    if (this.#options.frozen === true) this.freeze();
  }

  now(): Instant {
    return this.#frozenAt ?? this.#real() + this.#offsetMs;
  }

  get frozen(): boolean {
    return this.#frozenAt !== null;
  }

  set(instant: Instant): void {
    const whole = Math.round(instant);
    if (this.#frozenAt === null) this.#offsetMs = whole - this.#real();
    else this.#frozenAt = whole;
  }

  advance(ms: number): void {
    this.set(this.now() + ms);
  }

  freeze(): void {
    this.#frozenAt ??= this.now();
  }

  run(): void {
    if (this.#frozenAt === null) return;
    const at = this.#frozenAt;
    this.#frozenAt = null;
    this.set(at);
  }
}
