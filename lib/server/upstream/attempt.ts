import { parseReply, UnreadableReply } from "@/lib/contract/tolerant";
import { Failure } from "@/lib/errors";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import type { Log } from "@/lib/server/log";
import type { Clock } from "./clock";
import type { CoolDowns } from "./cool-down";
import { basicPair, type CallValues } from "./outgoing";
import { type JsonBody, readJsonBody } from "./reply-body";
import { retryAfterMs } from "./retry-after";
import { type IncomingReply, type OutgoingRequest, type Transport, TransportFault } from "./transport";
import { readUpstreamProblem, requestIdOf } from "./upstream-problem";
import { type Called, type FailedAttempt, judgeErrorReply, judgeFault, judgeUnreadable } from "./verdict";

export interface AttemptDependencies {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly coolDowns: CoolDowns;
  readonly log: Pick<Log, "info" | "warn">;
  /** Unknown members that the log has named already, so that a walk of a thousand pages names each once. */
  readonly namedMembers: Set<string>;
}

/** Bound of `namedMembers`; a server that invents new names for ever is named no further. */
const MOST_NAMED = 2_000;

/** One call, whatever number of attempts it takes. */
export interface UpstreamCall {
  readonly connection: UpstreamConnection;
  readonly called: Called;
  readonly values: CallValues;
  readonly outgoing: OutgoingRequest;
  readonly requestId: string;
}

export interface RawReply {
  readonly data: unknown;
  readonly upstreamRequestId: string | null;
  readonly status: number;
  readonly unreadableRows: number;
}

export type AttemptResult =
  | { readonly ok: true; readonly reply: RawReply; readonly status: number }
  | ({ readonly ok: false; readonly status: number | null } & FailedAttempt);

/** Statuses that mean the same whoever wrote the body; with any other a body that is no JSON came from a stranger. */
const speaksForItself = (status: number) =>
  status >= 500 || status === 401 || status === 408 || status === 429;

function firstTime(deps: AttemptDependencies, id: string, names: readonly string[]): string[] {
  const fresh = names.filter((name) => !deps.namedMembers.has(`${id} ${name}`));
  if (deps.namedMembers.size > MOST_NAMED) return [];
  for (const name of fresh) deps.namedMembers.add(`${id} ${name}`);
  return fresh;
}

function readSuccess(
  deps: AttemptDependencies,
  call: UpstreamCall,
  reply: IncomingReply,
  json: unknown,
): RawReply {
  const { id, operation } = call.called;
  const parsed = parseReply(operation, json, call.values.params);
  const upstreamRequestId = requestIdOf(parsed.meta.requestId);
  const { unreadable, unreadableRows, unknownKeys } = parsed.report;
  const newMembers = firstTime(deps, id, unknownKeys);
  // Names only: values are the customers'.
  if (unreadable.length > 0 || newMembers.length > 0)
    deps.log.warn(
      {
        operation: id,
        requestId: call.requestId,
        upstreamRequestId,
        unreadableRows,
        unreadable: unreadable.map((finding) => finding.path),
        unknownMembers: newMembers,
      },
      "upstream reply differs from the contract",
    );
  return { data: parsed.data, upstreamRequestId, status: reply.status, unreadableRows };
}

function judgeSuccess(
  deps: AttemptDependencies,
  call: UpstreamCall,
  reply: IncomingReply,
  body: JsonBody,
): AttemptResult {
  const { status } = reply;
  if (!body.isJson) return { ok: false, status, ...judgeUnreadable(call.called, status, body.what, true) };
  try {
    return { ok: true, status, reply: readSuccess(deps, call, reply, body.json) };
  } catch (error) {
    // RangeError: nesting deeper than the stack. Both concern the reply; anything else is a fault of ours.
    if (!(error instanceof UnreadableReply || error instanceof RangeError)) throw error;
    const what = "its content is not what the contract says";
    return { ok: false, status, ...judgeUnreadable(call.called, status, what, false) };
  }
}

function judgeReply(deps: AttemptDependencies, call: UpstreamCall, reply: IncomingReply): AttemptResult {
  const { status } = reply;
  if (status < 200 || (status >= 300 && status < 400)) {
    const what = "redirects are not followed; the address of the connection may be wrong";
    return { ok: false, status, ...judgeUnreadable(call.called, status, what, false) };
  }
  const body = readJsonBody(reply);
  if (status < 300) return judgeSuccess(deps, call, reply, body);
  if (!body.isJson && !speaksForItself(status))
    return { ok: false, status, ...judgeUnreadable(call.called, status, body.what, false) };
  const problem = readUpstreamProblem(body.isJson ? body.json : undefined, secretsOf(call.connection));
  return { ok: false, status, ...judgeErrorReply(call.called, status, problem) };
}

/** Debug pages and careless proxies repeat the request's headers; such a text is never shown. */
const secretsOf = (connection: UpstreamConnection): string[] => [
  connection.clientSecret.reveal(),
  basicPair(connection).slice("Basic ".length),
];

/** Notes a 429, or a Retry-After that came with a fault, for everybody who uses this credential. */
function minded(
  deps: AttemptDependencies,
  call: UpstreamCall,
  reply: IncomingReply,
  result: AttemptResult,
): AttemptResult {
  const { credentialId } = call.connection;
  const namedMs = reply.status >= 429 ? retryAfterMs(reply.retryAfter, deps.clock.wallNow()) : null;
  const isAsked = (failed: FailedAttempt) =>
    failed.failure.code === "UPSTREAM_RATE_LIMITED" || (reply.status >= 500 && namedMs !== null);
  if (result.ok || !isAsked(result)) {
    if (result.ok || result.ending === "answered") deps.coolDowns.answered(credentialId);
    return result;
  }
  deps.coolDowns.refused(credentialId, namedMs);
  const retryAfterSeconds = Math.ceil(deps.coolDowns.remainingMs(credentialId) / 1000);
  const details = { ...result.failure.details, retryAfterSeconds };
  return { ...result, failure: new Failure(result.failure.code, details) };
}

/** What went wrong below HTTP, as a word for the log: `ECONNREFUSED`, `UND_ERR_SOCKET`, `timeout`. Never a message. */
function wordOf(fault: TransportFault): string {
  const cause = fault.cause;
  return cause instanceof Error && "code" in cause ? String(cause.code) : fault.kind;
}

/**
 * Sends the call once and judges what came back; writes one line to the log.
 * Rejects with the signal's reason when everybody left (`isAbandoned`), and with nothing else that upstream can cause.
 */
export async function attempt(
  deps: AttemptDependencies,
  call: UpstreamCall,
  number: number,
  waiting: { readonly signal: AbortSignal; readonly isAbandoned: () => boolean },
): Promise<AttemptResult> {
  const startedAt = deps.clock.now();
  const line = (bindings: object) =>
    deps.log.info(
      {
        operation: call.called.id,
        attempt: number,
        ms: Math.round(deps.clock.now() - startedAt),
        requestId: call.requestId,
        organisation: call.connection.organisationId,
        ...bindings,
      },
      "upstream call",
    );
  const headers = { ...call.outgoing.headers, authorization: basicPair(call.connection) };
  try {
    const reply = await deps.transport({ ...call.outgoing, headers }, waiting.signal);
    const result = minded(deps, call, reply, judgeReply(deps, call, reply));
    line({ status: result.status, ...outcomeOf(result) });
    return result;
  } catch (error) {
    if (!(error instanceof TransportFault)) throw error;
    const isAbandoned = waiting.isAbandoned() && error.kind === "aborted";
    const result: AttemptResult = { ok: false, status: null, ...judgeFault(call.called, error) };
    line({ status: null, fault: isAbandoned ? "abandoned" : wordOf(error), ...outcomeOf(result) });
    if (isAbandoned) throw waiting.signal.reason;
    return result;
  }
}

function outcomeOf(result: AttemptResult) {
  if (result.ok) return { outcome: "ok", upstreamRequestId: result.reply.upstreamRequestId };
  return {
    outcome: result.failure.code,
    upstreamRequestId: result.failure.details.upstreamRequestId ?? null,
    upstreamCode: result.failure.details.upstreamCode ?? null,
  };
}
