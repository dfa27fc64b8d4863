/** Codes of the catalogue in the contract papers → status and title. Those past the first four are a guess. */
const catalogue = {
  VALIDATION_ERROR: { status: 400, title: "Validation failed" },
  BAD_REQUEST: { status: 400, title: "Bad request" },
  UNAUTHORIZED: { status: 401, title: "Unauthorized" },
  INSUFFICIENT_SCOPE: { status: 403, title: "Insufficient scope" },
  INSUFFICIENT_WORKSPACE_ROLE: { status: 403, title: "Insufficient workspace role" },
  NOT_FOUND: { status: 404, title: "Resource not found" },
  METHOD_NOT_ALLOWED: { status: 405, title: "Method not allowed" },
  CONFLICT: { status: 409, title: "Conflict" },
  PAYLOAD_TOO_LARGE: { status: 413, title: "Payload too large" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "Unsupported media type" },
  RATE_LIMITED: { status: 429, title: "Too many requests" },
  INTERNAL_ERROR: { status: 500, title: "Internal server error" },
  UPSTREAM_ERROR: { status: 502, title: "Upstream failure" },
  SERVICE_UNAVAILABLE: { status: 503, title: "Service unavailable" },
  GATEWAY_TIMEOUT: { status: 504, title: "Upstream timed out" },
} as const;

export type ProblemCode = keyof typeof catalogue;

export interface ProblemExtras {
  /** The field or id concerned. */
  readonly target?: string;
  /** JSON path → messages; the empty key concerns the whole body. */
  readonly errors?: Readonly<Record<string, readonly string[]>>;
  /** Answer headers, such as Retry-After. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal on its way to the caller; becomes an RFC 7807 document. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(detail);
    this.name = "ApiProblem";
    this.code = code;
    this.status = catalogue[code].status;
    this.extras = extras;
  }
}

/** A validation failure with its `errors` map. */
export function invalid(
  errors: Record<string, readonly string[]>,
  detail = "One or more fields are invalid.",
): ApiProblem {
  return new ApiProblem("VALIDATION_ERROR", detail, { errors });
}

/** The failure of a missing thing, in the vendor's words: "Incident 'INC-12345' not found". */
export function notFound(kind: string, id: string): ApiProblem {
  return new ApiProblem("NOT_FOUND", `${kind} '${id}' not found`, { target: id });
}

/** The problem code that goes with a bare status, for faults. */
export function codeForStatus(status: number): ProblemCode {
  for (const [code, entry] of Object.entries(catalogue)) {
    // The keys of the catalogue are its codes.
    if (entry.status === status && code !== "VALIDATION_ERROR") return code as ProblemCode;
  }
  return status >= 500 ? "INTERNAL_ERROR" : "BAD_REQUEST";
}

export interface ProblemPlace {
  readonly instance: string;
  readonly requestId: string;
  readonly timestamp: string;
}

/** The `application/problem+json` body. `status` may differ from the code's own when a fault asks for it. */
export function problemDocument(
  problem: ApiProblem,
  place: ProblemPlace,
  status = problem.status,
): Record<string, unknown> {
  return {
    type: "https://docs.contraforce.com/api-reference/errors",
    title: catalogue[problem.code].title,
    status,
    detail: problem.message,
    instance: place.instance,
    code: problem.code,
    requestId: place.requestId,
    timestamp: place.timestamp,
    ...(problem.extras.target === undefined ? {} : { target: problem.extras.target }),
    ...(problem.extras.errors === undefined ? {} : { errors: problem.extras.errors }),
  };
}
