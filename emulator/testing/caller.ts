import {
  type BodyOf,
  type OperationId,
  type OperationOf,
  type ParamsOf,
  type QueryOf,
  registry,
} from "@/lib/contract";
import { buildPath, buildQuery } from "@/lib/contract/address";
import { demoCredentials } from "../accounts/account-store";
import type { RunningEmulator } from "../start";

/** For tests: what came back, before anything reads it. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; `undefined` when it is empty. */
  readonly json: unknown;
}

export interface Input<Id extends OperationId> {
  readonly params?: ParamsOf<OperationOf<Id>>;
  readonly query?: QueryOf<OperationOf<Id>>;
  readonly body?: BodyOf<OperationOf<Id>> | Record<string, unknown>;
}

export interface Pair {
  readonly clientId: string;
  readonly secret: string;
}

export function basic({ clientId, secret }: Pair): string {
  return `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`;
}

/** Calls an operation of a running emulator as a client would, with the demo credential unless another is given. */
export async function callOperation<Id extends OperationId>(
  emulator: RunningEmulator,
  id: Id,
  input: Input<Id> = {},
  pair: Pair | null = demoCredentials.main,
): Promise<Reply> {
  const { method, path } = registry[id];
  const params: Record<string, string> = { ...(input.params as Record<string, string> | undefined) };
  const address = emulator.baseUrl + buildPath(path, params) + buildQuery({ ...input.query });
  const response = await fetch(address, {
    method,
    headers: {
      ...(pair === null ? {} : { authorization: basic(pair) }),
      ...(input.body === undefined ? {} : { "content-type": "application/json" }),
    },
    body: input.body === undefined ? undefined : JSON.stringify(input.body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text === "" ? undefined : parsed(text),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `data` of a reply; fails the test when the call did not succeed. */
export function dataOf<T = Record<string, unknown>>(reply: Reply): T {
  if (reply.status >= 300) throw new Error(`The call answered ${reply.status}: ${reply.text.slice(0, 500)}`);
  return (reply.json as { data: T }).data;
}

export function codeOf(reply: Reply): string {
  return String((reply.json as { code?: unknown } | undefined)?.code);
}
