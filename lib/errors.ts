/**
 * Every failure that a person can meet: code → HTTP status → is it an expected one → text for people.
 * Code branches on `code` only; texts may be reworded.
 */
export const failures = {
  // asking
  NOT_SIGNED_IN: { status: 401, expected: true, title: "Sign in to continue" },
  FORBIDDEN: { status: 403, expected: true, title: "Your role does not allow this" },
  NOT_FOUND: { status: 404, expected: true, title: "There is nothing here, or it is not yours to see" },
  UNKNOWN_OPERATION: { status: 404, expected: true, title: "Watchfloor does not know this call" },
  METHOD_NOT_ALLOWED: { status: 405, expected: true, title: "This call does not take that method" },
  INVALID_INPUT: { status: 400, expected: true, title: "Some of what was sent cannot be used" },
  INVALID_PATH: { status: 400, expected: true, title: "The address of this call is malformed" },
  HEADER_REFUSED: { status: 400, expected: true, title: "A header of this call is not accepted" },
  CROSS_SITE: { status: 403, expected: true, title: "The call did not come from Watchfloor itself" },
  BODY_TOO_LARGE: { status: 413, expected: true, title: "What was sent is too large" },
  UNSUPPORTED_MEDIA: { status: 415, expected: true, title: "Only JSON is accepted here" },
  CURSOR_INVALID: { status: 400, expected: true, title: "This reading position is not valid" },
  CURSOR_EXPIRED: {
    status: 410,
    expected: true,
    title: "This reading position has expired; the list starts over",
  },
  CONFLICT: {
    status: 409,
    expected: true,
    title: "This does not fit what is stored by now",
  },
  TOO_MANY_ATTEMPTS: { status: 429, expected: true, title: "Too many attempts; wait a little" },
  // upstream
  UPSTREAM_CREDENTIAL_REFUSED: {
    status: 502,
    expected: true,
    title: "ContraForce refused the service account",
  },
  UPSTREAM_FORBIDDEN: { status: 403, expected: true, title: "The service account may not do this" },
  UPSTREAM_NOT_FOUND: { status: 404, expected: true, title: "ContraForce has no such thing" },
  UPSTREAM_INVALID: { status: 400, expected: true, title: "ContraForce did not accept what was sent" },
  UPSTREAM_CONFLICT: { status: 409, expected: true, title: "ContraForce reports a conflict" },
  UPSTREAM_RATE_LIMITED: { status: 503, expected: true, title: "ContraForce asks us to slow down" },
  UPSTREAM_UNAVAILABLE: { status: 502, expected: true, title: "ContraForce answered with a fault" },
  UPSTREAM_UNREADABLE: {
    status: 502,
    expected: true,
    title: "ContraForce answered in a form we cannot read",
  },
  UPSTREAM_TIMEOUT: { status: 504, expected: true, title: "ContraForce did not answer in time" },
  UPSTREAM_UNREACHABLE: { status: 502, expected: true, title: "ContraForce cannot be reached" },
  UPSTREAM_BUSY: { status: 503, expected: true, title: "Too many calls are waiting for ContraForce" },
  OUTCOME_UNKNOWN: { status: 502, expected: true, title: "It is unknown whether this happened" },
  NO_CONNECTION: {
    status: 409,
    expected: true,
    title: "This organisation is not connected to ContraForce yet",
  },
  // us
  STORE_UNAVAILABLE: { status: 503, expected: false, title: "The database does not answer" },
  INTERNAL: { status: 500, expected: false, title: "Watchfloor failed; this has been logged" },
} as const satisfies Record<string, { status: number; expected: boolean; title: string }>;

export type FailureCode = keyof typeof failures;

/** The `application/problem+json` body of every failure of ours. */
export interface Problem {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly code: FailureCode;
  /** Our own request id, for the log. */
  readonly requestId: string;
  /** A sentence about this very case, safe to show. */
  readonly detail?: string;
  /** Upstream's `meta.requestId`, to quote to the vendor. */
  readonly upstreamRequestId?: string;
  /** Upstream's own discriminator, such as INSUFFICIENT_WORKSPACE_ROLE. */
  readonly upstreamCode?: string;
  /** Seconds to wait before asking again. */
  readonly retryAfterSeconds?: number;
  /** Field path → messages; the empty key concerns the whole input. */
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

export type FailureDetails = Omit<Partial<Problem>, "type" | "title" | "status" | "code" | "requestId">;

/** Carried by every failure. */
const brand = Symbol.for("watchfloor.failure");

/**
 * An expected failure on its way to the person. Throw this; one place turns it into a Problem.
 *
 * `instanceof` goes by a mark and not by the class: Next may load this module once for the start-up and once for each route, and what they
 * share (the upstream client, the walk, the session cache) throws the class of whichever came first.
 */
export class Failure extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== Failure) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && brand in value;
  }

  readonly [brand] = true;
  readonly code: FailureCode;
  readonly details: FailureDetails;

  constructor(code: FailureCode, details: FailureDetails = {}, options?: { cause?: unknown }) {
    super(details.detail ?? failures[code].title, options);
    this.name = "Failure";
    this.code = code;
    this.details = details;
  }
}

/** The problem document of a failure. */
export function toProblem(failure: Failure, requestId: string): Problem {
  const { status, title } = failures[failure.code];
  return { type: "about:blank", title, status, code: failure.code, requestId, ...failure.details };
}
