import type { OperationId } from "@/lib/contract";
import { Failure } from "@/lib/errors";
import type { Log } from "@/lib/server/log";
import type { RawReply } from "../attempt";
import { type CallOperation, type CallOptions, createUpstream } from "../call";
import { type Clock, systemClock } from "../clock";
import { InProcessCoolDowns } from "../cool-down";
import type { CallValues } from "../outgoing";
import { type Budget, type Policy, policy } from "../policy";
import type { Transport } from "../transport";
import { undiciTransport } from "../undici-transport";
import { testDestinations } from "./loopback";

const patient = { totalMs: 20_000, headersMs: 10_000, idleBodyMs: 10_000 };

const patientBudget = (...asked: Parameters<Policy["budgetOf"]>): Budget => ({
  ...policy.budgetOf(...asked),
  ...patient,
});

/** The real policy with quick pauses, and no time-out that a busy machine could meet. */
export const patientPolicy: Policy = {
  ...policy,
  budgetOf: patientBudget,
  connectMs: 10_000,
  backoff: { ...policy.backoff, shortestMs: 1, firstMs: 2, longestMs: 5 },
  coolDown: { ...policy.coolDown, unnamedMs: 20, spreadMs: 2 },
};

/** For an upstream that says nothing: the silence is over soon. */
export const impatientPolicy: Policy = {
  ...patientPolicy,
  budgetOf: (...asked) => ({ ...patientBudget(...asked), headersMs: 200, idleBodyMs: 200 }),
};

export interface TestUpstreamOptions {
  readonly log: Log;
  readonly policy?: Policy;
  readonly clock?: Clock;
  readonly transport?: Transport;
  readonly random?: () => number;
}

/** An upstream client of its own state, with the real transport unless another is given. */
export function testUpstream(options: TestUpstreamOptions): CallOperation {
  const clock = options.clock ?? systemClock;
  const used = options.policy ?? patientPolicy;
  return createUpstream({
    clock,
    policy: used,
    random: options.random ?? Math.random,
    coolDowns: new InProcessCoolDowns(clock, used.coolDown),
    transport: options.transport ?? undiciTransport(clock, used.connectMs, () => testDestinations),
    namedMembers: new Set(),
    log: options.log,
  });
}

export const someId = "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1";

/** One operation of each `repeat` class, all at the same kind of address. */
export const operationOf = {
  read: "webhooks.get",
  idempotent: "serviceAccounts.disable",
  once: "webhooks.test",
} as const satisfies Record<string, OperationId>;

export const noInput: CallValues = { params: { id: someId }, query: {}, body: undefined };

export const asked = (more: Partial<CallOptions> = {}): CallOptions => ({ requestId: "request-1", ...more });

/** The failure that a call ends in; throws when it ends in anything else. */
export async function failureOf(call: Promise<RawReply>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("the call was expected to fail");
}
