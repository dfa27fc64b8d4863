import { buildPath, buildQuery } from "@/lib/contract/address";
import { addresses } from "@/lib/contract/addresses.gen";
import type { OperationId, OperationOf } from "@/lib/contract";
import type { BodyOf, ParamsOf, QueryOf, ReplyOf } from "@/lib/contract/operation";
import { apiRoutes } from "@/lib/routes";
import { CallError, isProblem } from "./call-error";

/** A member that may be left out when nothing in it is required, or there is nothing to put into it. */
type Part<Name extends string, Value> = undefined extends Value
  ? { readonly [key in Name]?: Value }
  : Record<string, never> extends Value
    ? { readonly [key in Name]?: Value }
    : { readonly [key in Name]: Value };

/** Path parameters, query and body of an operation, as its contract types them. */
export type CallInput<Id extends OperationId> = Part<"params", ParamsOf<OperationOf<Id>>> &
  Part<"query", QueryOf<OperationOf<Id>>> &
  Part<"body", BodyOf<OperationOf<Id>>>;

export interface Answer<Data> {
  readonly data: Data;
  readonly meta: {
    readonly requestId: string | null;
    readonly timestamp: string | null;
    /** Upstream's own id, where upstream was asked. */
    readonly upstreamRequestId?: string | null;
  };
}

export interface RawInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/**
 * Calls one operation of the organisation through Watchfloor's proxy.
 * @throws {CallError} for every failure; an abort by `signal` passes through as it is.
 */
export async function call<Id extends OperationId>(
  org: string,
  id: Id,
  input: CallInput<Id>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Answer<ReplyOf<OperationOf<Id>>>> {
  const answer = await send(org, id, input as RawInput, options);
  // The server has parsed the reply with this operation's schema and answers in exactly that shape.
  return answer as Answer<ReplyOf<OperationOf<Id>>>;
}

/** As `call`, for the one operation whose input and answer are ours and not upstream's (the walk). */
export async function send(
  org: string,
  id: OperationId,
  input: RawInput,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Answer<unknown>> {
  const address = addresses[id];
  const path = buildPath(address.path, input.params ?? {}) + buildQuery(input.query ?? {});
  const { method } = address;
  return exchange(apiRoutes.upstream(org) + path, { method, body: input.body, signal: options.signal });
}

/**
 * One request to Watchfloor, and its answer. What is not a read carries our header, which no foreign page can send.
 * @throws {CallError} for every failure; an abort by `signal` passes through as it is.
 */
export async function exchange(
  address: string,
  request: { readonly method: string; readonly body?: unknown; readonly signal?: AbortSignal },
): Promise<Answer<unknown>> {
  const { method, body, signal } = request;
  const isRead = method === "GET";
  let response: Response;
  try {
    response = await fetch(address, {
      method,
      signal,
      credentials: "same-origin",
      headers: isRead
        ? { Accept: "application/json" }
        : { Accept: "application/json", "Content-Type": "application/json", "X-Watchfloor": "1" },
      body: isRead || body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw CallError.noAnswer(error);
  }
  return readAnswer(response, signal);
}

async function readAnswer(response: Response, signal: AbortSignal | undefined): Promise<Answer<unknown>> {
  if (response.status === 204) return { data: undefined, meta: { requestId: null, timestamp: null } };
  let json: unknown;
  try {
    json = await response.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    // A body that breaks off is a lost connection; text that is no JSON comes from something in between.
    throw error instanceof SyntaxError ? CallError.unreadable(response.status) : CallError.noAnswer(error);
  }
  if (!response.ok) throw isProblem(json) ? CallError.of(json) : CallError.unreadable(response.status);
  if (!isAnswer(json)) throw CallError.unreadable(response.status);
  return json;
}

function isAnswer(value: unknown): value is Answer<unknown> {
  return typeof value === "object" && value !== null && "data" in value && "meta" in value;
}
