import { chance, exponential, mix } from "../random/hash";
import type { Instant } from "../time/clock";
import type { Stream, Stub, Workspace } from "./model";
import { append, StreamChooser } from "./population";
import type { Scenario } from "./scenarios";

/** Incidents that come while the emulator runs. Time of the n-th one depends on seed and start only. */
export class Arrivals {
  readonly #chooser: StreamChooser;
  readonly #meanMs: number;
  readonly #burstShare: number;
  readonly #hash: number;
  #count = 0;
  #nextAt: Instant;
  #last: { stream: Stream; burst: number } | null = null;

  constructor(workspaces: readonly Workspace[], scenario: Scenario, start: Instant, seed: number) {
    this.#chooser = new StreamChooser(workspaces);
    this.#meanMs = scenario.arrivalMeanMs;
    this.#burstShare = scenario.burstShare;
    this.#hash = mix(seed, 0xa7);
    this.#nextAt = start + this.#gap();
  }

  /** When the next incident is due. */
  get nextAt(): Instant {
    return this.#nextAt;
  }

  get meanMs(): number {
    return this.#meanMs;
  }

  /** Adds everything that is due by `now`, oldest first. */
  catchUp(now: Instant): { stream: Stream; stub: Stub }[] {
    const arrived: { stream: Stream; stub: Stub }[] = [];
    while (this.#nextAt <= now) {
      const hash = mix(this.#hash, this.#count);
      const again = this.#last !== null && chance(hash, 5, this.#burstShare) ? this.#last : null;
      const stream = again?.stream ?? this.#chooser.choose(hash, 6);
      const burst = again === null ? 0 : again.burst || hash || 1;
      this.#last = { stream, burst };
      arrived.push({ stream, stub: append(stream, this.#nextAt, burst) });
      this.#count += 1;
      this.#nextAt += this.#gap();
    }
    return arrived;
  }

  #gap(): number {
    return Math.max(1, Math.round(exponential(mix(this.#hash, this.#count), 4, this.#meanMs)));
  }
}
