import { exchange } from "./call";

export interface OwnRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * Calls one of Watchfloor's own addresses (`apiRoutes`); the answer's data, in the shape that the route's page of the domain types names.
 * @throws {CallError} for every failure; an abort by `signal` passes through as it is.
 */
export async function callOwn<Data>(address: string, request: OwnRequest): Promise<Data> {
  const answer = await exchange(address, request);
  // The server builds it from the very type that the caller names.
  return answer.data as Data;
}
