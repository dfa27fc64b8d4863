import { Failure } from "@/lib/errors";
import type { Clock } from "./clock";
import type { Policy } from "./policy";

/** Who waits for the answer; under overload the least useful work is dropped first. */
export type Priority = "interactive" | "display" | "background";

const rank: Readonly<Record<Priority, number>> = { interactive: 2, display: 1, background: 0 };

interface Waiter {
  /** Asked anew at each decision: a shared call rises when somebody more important joins it. */
  readonly priority: () => Priority;
  readonly admit: () => void;
  readonly refuse: (reason: unknown) => void;
}

/**
 * Bounds how many calls one credential has under way, and how many wait. Own code rather than cockatiel's bulkhead, which
 * knows neither priorities nor a longest wait, and keeps the place of a caller that has left.
 */
export class Bulkhead {
  readonly #clock: Clock;
  readonly #policy: Policy["bulkhead"];
  readonly #random: () => number;
  #running = 0;
  #queue: Waiter[] = [];

  constructor(clock: Clock, policy: Policy["bulkhead"], random: () => number) {
    this.#clock = clock;
    this.#policy = policy;
    this.#random = random;
  }

  get running(): number {
    return this.#running;
  }

  get queued(): number {
    return this.#queue.length;
  }

  /**
   * Resolves with the function that gives the place back, to be called once.
   * Rejects with `UPSTREAM_BUSY` when nothing comes free in time or somebody more important took the place in the queue,
   * and with the signal's reason when the caller leaves.
   */
  async enter(priority: () => Priority, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#running < this.#policy.running) this.#running += 1;
    else await this.#wait(priority, signal);
    let isHeld = true;
    return () => {
      if (isHeld) this.#release();
      isHeld = false;
    };
  }

  #wait(priority: () => Priority, signal: AbortSignal): Promise<void> {
    if (this.#queue.length >= this.#policy.queued) this.#makeRoomFor(priority());
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => () => {
        cancelTimer();
        signal.removeEventListener("abort", leave);
        this.#queue = this.#queue.filter((other) => other !== waiter);
        act();
      };
      const waiter: Waiter = {
        priority,
        admit: settle(resolve),
        refuse: (reason) => settle(() => reject(reason as Error))(),
      };
      const leave = () => waiter.refuse(signal.reason);
      const cancelTimer = this.#clock.after(this.#policy.waitMs, () => waiter.refuse(this.#busy()));
      signal.addEventListener("abort", leave, { once: true });
      this.#queue.push(waiter);
    });
  }

  /** Sends the least important and latest waiter away, or throws when all of them matter as much as the newcomer. */
  #makeRoomFor(priority: Priority): void {
    const least = this.#queue.reduceRight<Waiter | undefined>(
      (lowest, waiter) => (lowest && rank[lowest.priority()] <= rank[waiter.priority()] ? lowest : waiter),
      undefined,
    );
    if (!least || rank[least.priority()] >= rank[priority]) throw this.#busy();
    least.refuse(this.#busy());
  }

  /** The place goes straight to the most important waiter, the earliest among equals. */
  #release(): void {
    const next = this.#queue.reduce<Waiter | undefined>(
      (highest, waiter) =>
        highest && rank[highest.priority()] >= rank[waiter.priority()] ? highest : waiter,
      undefined,
    );
    if (next) next.admit();
    else this.#running -= 1;
  }

  /** Jittered, so that those who were sent away do not come back together. */
  #busy(): Failure {
    return new Failure("UPSTREAM_BUSY", { retryAfterSeconds: 1 + Math.floor(this.#random() * 5) });
  }
}
