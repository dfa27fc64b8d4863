import type { Clock } from "./clock";
import type { Policy } from "./policy";

/**
 * Until when a credential must be left alone because upstream said 429. An interface, because several instances will
 * share it through the database; here it lives in this process.
 */
export interface CoolDowns {
  /** Milliseconds for which no call may be sent with this credential; 0 when it is free. */
  remainingMs(credentialId: string): number;
  /** Upstream said 429. `namedMs` is what its Retry-After asked for, null when it named nothing usable. */
  refused(credentialId: string, namedMs: number | null): void;
  /** Upstream answered something else: the next unnamed 429 starts with the short pause again. */
  answered(credentialId: string): void;
}

interface Entry {
  until: number;
  inARow: number;
}

export class InProcessCoolDowns implements CoolDowns {
  readonly #entries = new Map<string, Entry>();
  readonly #clock: Clock;
  readonly #policy: Policy["coolDown"];

  constructor(clock: Clock, policy: Policy["coolDown"]) {
    this.#clock = clock;
    this.#policy = policy;
  }

  remainingMs(credentialId: string): number {
    const entry = this.#entries.get(credentialId);
    return entry ? Math.max(0, entry.until - this.#clock.now()) : 0;
  }

  refused(credentialId: string, namedMs: number | null): void {
    const before = this.#entries.get(credentialId);
    const inARow = (before?.inARow ?? 0) + 1;
    const unnamedMs = Math.min(this.#policy.longestUnnamedMs, this.#policy.unnamedMs * 2 ** (inARow - 1));
    const waitMs = namedMs === null ? unnamedMs : Math.min(namedMs, this.#policy.longestNamedMs);
    // A shorter answer to a call that was already under way does not shorten what was promised before.
    const until = Math.max(before?.until ?? 0, this.#clock.now() + waitMs);
    this.#entries.set(credentialId, { until, inARow });
  }

  answered(credentialId: string): void {
    if (this.remainingMs(credentialId) === 0) this.#entries.delete(credentialId);
  }
}
