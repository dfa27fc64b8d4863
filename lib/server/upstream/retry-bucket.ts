import type { Policy } from "./policy";

/** The fund that pays for retries: full at the start, filled by successes, so that an outage is not amplified. */
export class RetryBucket {
  #level: number;
  readonly #policy: Policy["bucket"];

  constructor(policy: Policy["bucket"]) {
    this.#policy = policy;
    this.#level = policy.capacity;
  }

  get level(): number {
    return this.#level;
  }

  success(): void {
    this.#level = Math.min(this.#policy.capacity, this.#level + this.#policy.perSuccess);
  }

  /** Takes the price of one retry; false, and nothing taken, when the fund does not hold it. */
  takeRetry(): boolean {
    if (this.#level < this.#policy.perRetry) return false;
    this.#level -= this.#policy.perRetry;
    return true;
  }
}
