/** Milliseconds since the Unix epoch, wherever a time is a number in the emulator. */
export type Instant = number;

/**
 * The emulator's clock: runs with real time from a settable point, or stands still.
 * Everything that moves (arrivals, gamebooks, closures, silent connectors) is a function of this clock.
 */
export class Clock {
  #offsetMs = 0;
  #frozenAt: Instant | null = null;
  readonly #real: () => Instant;

  constructor(options: { startAt?: Instant; frozen?: boolean; real?: () => Instant } = {}) {
    this.#real = options.real ?? Date.now;
    if (options.startAt !== undefined) this.set(options.startAt);
    if (options.frozen === true) this.freeze();
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
