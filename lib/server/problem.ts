import "server-only";
import { randomUUID } from "node:crypto";
import { Failure, failures, toProblem } from "@/lib/errors";
import { type Log, log } from "@/lib/server/log";

/** Headers of every answer that depends on who asks: no cache may keep it (RELIABILITY SEC-15). */
export function answerHeaders(requestId: string, contentType: string): Headers {
  return new Headers({
    "cache-control": "no-store",
    "content-type": contentType,
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  });
}

/** The answer of a call of our own: `{ data, meta }`, as upstream's calls have it. */
export function answerData(data: unknown, requestId: string): Response {
  return answerText(JSON.stringify(data), requestId);
}

/** As `answerData`, for data that are JSON text already. */
export function answerText(data: string, requestId: string): Response {
  const meta = JSON.stringify({ requestId, timestamp: new Date().toISOString() });
  return new Response(`{"data":${data},"meta":${meta}}`, {
    headers: answerHeaders(requestId, "application/json"),
  });
}

/**
 * The one place where something thrown becomes an answer. A `Failure` is shown as its problem document;
 * anything else is logged with its stack and shown as `INTERNAL`, without a word of its own.
 */
export function problemResponse(error: unknown, requestId: string, out: Pick<Log, "error"> = log): Response {
  const failure = error instanceof Failure ? error : new Failure("INTERNAL", {}, { cause: error });
  if (!failures[failure.code].expected)
    out.error({ requestId, code: failure.code, err: failure.cause ?? failure }, "request failed");
  const problem = toProblem(failure, requestId);
  const headers = answerHeaders(requestId, "application/problem+json");
  if (problem.retryAfterSeconds !== undefined) headers.set("retry-after", String(problem.retryAfterSeconds));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/**
 * Wraps a hand-written route handler: gives it a fresh request id (never the caller's) and turns whatever it throws
 * into a problem document. `context` is what Next hands to the route.
 */
export function withProblems<Context>(
  handler: (request: Request, context: Context, requestId: string) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    const requestId = randomUUID();
    try {
      return await handler(request, context, requestId);
    } catch (error) {
      // The caller has left; nobody reads this, and it is no failure of ours. 499 is what front doors log for it.
      if (request.signal.aborted && !(error instanceof Failure)) return new Response(null, { status: 499 });
      return problemResponse(error, requestId);
    }
  };
}
