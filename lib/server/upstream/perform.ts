import { Failure } from "@/lib/errors";
import {
  attempt,
  type AttemptDependencies,
  type AttemptResult,
  type RawReply,
  type UpstreamCall,
} from "./attempt";
import { backoffMs } from "./backoff";
import type { Ending } from "./breaker";
import { sleep } from "./clock";
import type { CredentialState } from "./credential-state";
import { Deadline } from "./deadline";
import type { Policy } from "./policy";
import type { Flight } from "./single-flight";

export interface PerformDependencies extends AttemptDependencies {
  readonly policy: Policy;
  readonly random: () => number;
}

interface Place {
  readonly leave: (ending: Ending) => void;
}

type FailedResult = Extract<AttemptResult, { ok: false }>;

/** One call from the first look at the cool-down to its last retry. */
class Performance {
  constructor(
    private readonly deps: PerformDependencies,
    private readonly state: CredentialState,
    private readonly call: UpstreamCall,
    private readonly flight: Flight,
    private readonly deadline: Deadline,
  ) {}

  /** Waits out a 429 of this credential; fails at once when that would take longer than the call may. */
  private async outwaitCoolDown(): Promise<void> {
    const { clock, coolDowns, policy, random } = this.deps;
    for (;;) {
      const waitMs = coolDowns.remainingMs(this.call.connection.credentialId);
      if (waitMs === 0) return;
      if (waitMs + policy.backoff.worthwhileMs > this.deadline.remainingMs())
        throw new Failure("UPSTREAM_RATE_LIMITED", { retryAfterSeconds: Math.ceil(waitMs / 1000) });
      await sleep(clock, waitMs + random() * policy.coolDown.spreadMs, this.deadline.signal);
    }
  }

  /** The way to the wire: cool-down over, a place in the bulkhead, the breaker lets it pass. */
  private async place(): Promise<Place> {
    for (;;) {
      await this.outwaitCoolDown();
      const release = await this.state.bulkhead.enter(this.flight.priority, this.deadline.signal);
      // Somebody may have met a 429 while this one stood in the queue.
      if (this.deps.coolDowns.remainingMs(this.call.connection.credentialId) > 0) {
        release();
        continue;
      }
      const passage = this.state.breaker.enter();
      if (passage.pass)
        return {
          leave: (ending) => {
            passage.done(ending);
            release();
          },
        };
      release();
      throw new Failure("UPSTREAM_UNAVAILABLE", {
        detail: "ContraForce has failed again and again, so it is left alone for a moment.",
        retryAfterSeconds: Math.ceil(passage.retryInMs / 1000),
      });
    }
  }

  private async attempt(number: number): Promise<AttemptResult> {
    const place = await this.place();
    let ending: Ending = "dropped";
    try {
      const waiting = { signal: this.deadline.signal, isAbandoned: () => this.deadline.isAbandoned };
      const result = await attempt(this.deps, this.call, number, waiting);
      ending = result.ok ? "answered" : result.ending;
      return result;
    } finally {
      place.leave(ending);
    }
  }

  /** Milliseconds to pause before the next attempt, or null when there is none. Takes the retry's price. */
  private pauseBeforeRetry(result: FailedResult, number: number): number | null {
    const { coolDowns, policy, random } = this.deps;
    if (!result.isWorthRepeating || number > policy.retries[this.call.called.operation.repeat]) return null;
    const pauseMs = backoffMs(policy.backoff, number, random);
    const waitMs = Math.max(pauseMs, coolDowns.remainingMs(this.call.connection.credentialId));
    if (waitMs + policy.backoff.worthwhileMs > this.deadline.remainingMs()) return null;
    return this.state.bucket.takeRetry() ? pauseMs : null;
  }

  /** What the caller hears after several attempts: that the outcome is unknown is not forgotten by a later failure. */
  private static worse(earlier: Failure | null, later: Failure): Failure {
    return earlier?.code === "OUTCOME_UNKNOWN" ? earlier : later;
  }

  async run(): Promise<RawReply> {
    let failure: Failure | null = null;
    try {
      for (let number = 1; ; number += 1) {
        const result = await this.attempt(number);
        if (result.ok || (result.ending === "answered" && !result.isWorthRepeating))
          this.state.bucket.success();
        if (result.ok) return result.reply;
        failure = Performance.worse(failure, result.failure);
        const pauseMs = this.pauseBeforeRetry(result, number);
        if (pauseMs === null) throw failure;
        await sleep(this.deps.clock, pauseMs, this.deadline.signal);
      }
    } catch (error) {
      if (this.deadline.isAbandoned) throw error;
      // A retry that found no way to the wire: what the attempt before it met says more.
      if (failure) throw failure;
      if (this.deadline.hasPassed && !(error instanceof Failure))
        throw new Failure("UPSTREAM_TIMEOUT", {
          detail: "There was no way to ContraForce within the time for this call. Nothing was sent.",
        });
      throw error;
    }
  }
}

/**
 * Performs one call within its budget. Rejects with a `Failure`, or with the signal's reason when everybody left.
 */
export async function perform(
  deps: PerformDependencies,
  state: CredentialState,
  call: UpstreamCall,
  flight: Flight,
): Promise<RawReply> {
  const deadline = new Deadline(deps.clock, call.outgoing.budget.totalMs, flight.signal);
  try {
    return await new Performance(deps, state, call, flight, deadline).run();
  } finally {
    deadline.dispose();
  }
}
