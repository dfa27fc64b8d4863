import "server-only";
import { type OperationId, type OperationOf, registry } from "@/lib/contract";
import type { BodyOf, Operation, ParamsOf, QueryOf, ReplyOf } from "@/lib/contract/operation";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import { log } from "@/lib/server/log";
import { processWide } from "@/lib/server/process-wide";
import { allowedDestinations } from "./allowed-destinations";
import type { RawReply } from "./attempt";
import type { Priority } from "./bulkhead";
import { canonicalJson } from "./canonical";
import { systemClock } from "./clock";
import { InProcessCoolDowns } from "./cool-down";
import { CredentialStates } from "./credential-state";
import { type CallValues, outgoingRequest } from "./outgoing";
import { reportCall } from "./observers";
import { perform, type PerformDependencies } from "./perform";
import { policy } from "./policy";
import { type Flight, SingleFlight } from "./single-flight";
import { undiciTransport } from "./undici-transport";

export interface CallOptions {
  /** The caller's leaving. It ends a read when nobody else waits for it; a change, once begun, runs to its end. */
  readonly signal?: AbortSignal;
  /** Our own request id; upstream gets it as `x-request-id`. */
  readonly requestId: string;
  readonly priority?: Priority;
  /** The answer must not be older than the asking: a read is then not joined with an equal one that was begun before. */
  readonly isFresh?: boolean;
}

export interface CallInput<Id extends OperationId> {
  readonly params: ParamsOf<OperationOf<Id>>;
  readonly query: QueryOf<OperationOf<Id>>;
  readonly body: BodyOf<OperationOf<Id>>;
}

export interface UpstreamReply<Id extends OperationId> extends RawReply {
  readonly data: ReplyOf<OperationOf<Id>>;
}

/** The untyped face, for callers that hold an operation id as data (the proxy). Input must be parsed already. */
export type CallOperation = (
  connection: UpstreamConnection,
  id: OperationId,
  values: CallValues,
  options: CallOptions,
) => Promise<RawReply>;

/** An upstream client with its own state: pools apart, everything it knows of credentials lives here. */
export function createUpstream(deps: PerformDependencies): CallOperation {
  const states = new CredentialStates(deps.clock, deps.policy, deps.random);
  const flights = new SingleFlight();

  return async (connection, id, values, options) => {
    options.signal?.throwIfAborted();
    const operation: Operation = registry[id];
    const called = { id, operation };
    const budget = deps.policy.budgetOf(id, operation.kind);
    const outgoing = outgoingRequest(connection, called, values, { budget, requestId: options.requestId });
    const call = { connection, called, values, outgoing, requestId: options.requestId };
    const priority = options.priority ?? "interactive";
    const start = (flight: Flight) => perform(deps, states.of(connection.credentialId), call, flight);
    // A change that the person walks away from half-way would be left with an unknown outcome: it runs to its end.
    if (operation.repeat !== "read")
      return start({ signal: new AbortController().signal, priority: () => priority });
    if (options.isFresh)
      return start({ signal: options.signal ?? new AbortController().signal, priority: () => priority });
    const key = `${connection.credentialId} ${id} ${canonicalJson(values)}`;
    return flights.join(key, { signal: options.signal, priority }, start);
  };
}

function processUpstream(): CallOperation {
  return processWide("upstream", () =>
    createUpstream({
      clock: systemClock,
      random: Math.random,
      policy,
      coolDowns: new InProcessCoolDowns(systemClock, policy.coolDown),
      transport: undiciTransport(systemClock, policy.connectMs, allowedDestinations),
      namedMembers: new Set(),
      log,
    }),
  );
}

/** `callUpstream` for an operation id that is data. Observers hear how it ended. */
export const callOperation: CallOperation = async (connection, id, values, options) => {
  const { organisationId } = connection;
  try {
    const reply = await processUpstream()(connection, id, values, options);
    reportCall({ organisationId, operation: id, error: null });
    return reply;
  } catch (error) {
    reportCall({ organisationId, operation: id, error });
    throw error;
  }
};

/** The same for a credential that is only being tried: what it meets says nothing about the organisation's connection. */
export const tryOperation: CallOperation = (connection, id, values, options) =>
  processUpstream()(connection, id, values, options);

/**
 * Calls one upstream operation with an organisation's credential. Equal reads that are under way are joined into one, so
 * **call it only after the person was authorised**, and never change `data`: others hold the same object.
 *
 * Throws `Failure`: `UPSTREAM_*` for what upstream answered or failed to, `OUTCOME_UNKNOWN` when a change may or may not
 * have been made, `INVALID_PATH` and `NO_CONNECTION` with nothing sent. Rejects with the signal's reason when the caller left.
 */
export async function callUpstream<Id extends OperationId>(
  connection: UpstreamConnection,
  id: Id,
  input: CallInput<Id>,
  options: CallOptions,
): Promise<UpstreamReply<Id>> {
  const values: CallValues = {
    params: input.params as CallValues["params"],
    query: input.query as CallValues["query"],
    body: input.body,
  };
  const reply = await callOperation(connection, id, values, options);
  // `parseReply` made `data` with this very operation's reply schema.
  return reply as UpstreamReply<Id>;
}
