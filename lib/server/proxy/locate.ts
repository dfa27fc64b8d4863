import "server-only";
import { type OperationId, registry } from "@/lib/contract";
import { matchOperation } from "@/lib/contract/match";
import type { Method, Operation } from "@/lib/contract/operation";
import { Failure } from "@/lib/errors";

const methods: readonly Method[] = ["GET", "POST", "PUT", "DELETE"];

/** What a request's address says: which organisation, which operation, with which path parameters (decoded once). */
export interface Located {
  readonly org: string;
  readonly id: OperationId;
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly search: URLSearchParams;
}

/** `METHOD_NOT_ALLOWED` with what would be allowed, which HTTP wants to be said. */
export class MethodFailure extends Failure {
  readonly allow: readonly string[];

  constructor(allow: readonly string[]) {
    super("METHOD_NOT_ALLOWED");
    this.allow = allow;
  }
}

const isMethod = (text: string): text is Method => methods.some((method) => method === text);

/**
 * Finds the operation of a request by the path of `request.url`, which is still percent-encoded. The parameters that Next
 * hands to a route are decoded and never looked at. (The URL parser has removed dot segments, `%2e` ones included, and turned
 * backslashes; whatever path comes out is matched, authorised and rebuilt as a whole, so it can only be another operation of
 * the table.)
 *
 * Throws `UNKNOWN_OPERATION`, `METHOD_NOT_ALLOWED` or `INVALID_PATH`; nothing has been sent or looked up then.
 */
export function locate(request: Request): Located {
  const url = new URL(request.url);
  const [, org, path] = /^\/api\/([^/]+)\/v2(\/.*)$/.exec(url.pathname) ?? [];
  if (org === undefined || path === undefined) throw new Failure("UNKNOWN_OPERATION");
  const allowed = () => methods.filter((method) => "id" in matchOperation(method, path));
  if (!isMethod(request.method)) throw new MethodFailure(allowed());
  const match = matchOperation(request.method, path);
  if ("id" in match) {
    const { id, params } = match;
    return { org, id, operation: registry[id], params, search: url.searchParams };
  }
  if (match.error === "method") throw new MethodFailure(allowed());
  throw new Failure(match.error === "malformed" ? "INVALID_PATH" : "UNKNOWN_OPERATION");
}
