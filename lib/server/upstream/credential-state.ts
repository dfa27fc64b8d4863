import { Breaker } from "./breaker";
import { Bulkhead } from "./bulkhead";
import type { Clock } from "./clock";
import type { Policy } from "./policy";
import { RetryBucket } from "./retry-bucket";

/** What is remembered per credential: one organisation's storm or outage must not touch another's. */
export interface CredentialState {
  readonly bucket: RetryBucket;
  readonly bulkhead: Bulkhead;
  readonly breaker: Breaker;
}

/** More credentials than any deployment has; a bound all the same, because rotated ones leave their state behind. */
const MOST_CREDENTIALS = 1_000;

export class CredentialStates {
  readonly #states = new Map<string, CredentialState>();
  readonly #clock: Clock;
  readonly #policy: Policy;
  readonly #random: () => number;

  constructor(clock: Clock, policy: Policy, random: () => number) {
    this.#clock = clock;
    this.#policy = policy;
    this.#random = random;
  }

  of(credentialId: string): CredentialState {
    const known = this.#states.get(credentialId);
    if (known) return known;
    const state: CredentialState = {
      bucket: new RetryBucket(this.#policy.bucket),
      bulkhead: new Bulkhead(this.#clock, this.#policy.bulkhead, this.#random),
      breaker: new Breaker(this.#clock, this.#policy.breaker),
    };
    if (this.#states.size >= MOST_CREDENTIALS) this.#dropOldestIdle();
    this.#states.set(credentialId, state);
    return state;
  }

  #dropOldestIdle(): void {
    for (const [credentialId, { bulkhead }] of this.#states) {
      if (bulkhead.running > 0) continue;
      this.#states.delete(credentialId);
      return;
    }
  }
}
