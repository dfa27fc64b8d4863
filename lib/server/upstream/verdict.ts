import type { OperationId } from "@/lib/contract";
import type { Operation } from "@/lib/contract/operation";
import { Failure, type FailureCode, type FailureDetails } from "@/lib/errors";
import type { Ending } from "./breaker";
import { DestinationError } from "./destinations";
import type { TransportFault } from "./transport";
import type { UpstreamProblem } from "./upstream-problem";

/** What a failed attempt means: what the person hears, and how the machinery goes on. */
export interface FailedAttempt {
  readonly failure: Failure;
  /** Whether the same call may help; the `repeat` class and the fund decide whether it is made. */
  readonly isWorthRepeating: boolean;
  readonly ending: Ending;
}

export interface Called {
  readonly id: OperationId;
  readonly operation: Operation;
}

/** Upstream's own texts are shown for these codes only; everything else gets a sentence of ours. */
const codesWithText: ReadonlySet<string> = new Set([
  "VALIDATION_ERROR",
  "BAD_REQUEST",
  "NOT_FOUND",
  "CONFLICT",
]);

/** Upstream's code decides where we know it, the HTTP status where we do not. */
const failureOfCode: Readonly<Record<string, FailureCode>> = {
  VALIDATION_ERROR: "UPSTREAM_INVALID",
  BAD_REQUEST: "UPSTREAM_INVALID",
  UNAUTHORIZED: "UPSTREAM_CREDENTIAL_REFUSED",
  INSUFFICIENT_WORKSPACE_ROLE: "UPSTREAM_FORBIDDEN",
  INSUFFICIENT_SCOPE: "UPSTREAM_FORBIDDEN",
  FORBIDDEN: "UPSTREAM_FORBIDDEN",
  NOT_FOUND: "UPSTREAM_NOT_FOUND",
  CONFLICT: "UPSTREAM_CONFLICT",
  RATE_LIMITED: "UPSTREAM_RATE_LIMITED",
  TOO_MANY_REQUESTS: "UPSTREAM_RATE_LIMITED",
  INTERNAL_ERROR: "UPSTREAM_UNAVAILABLE",
  UPSTREAM_ERROR: "UPSTREAM_UNAVAILABLE",
  SERVICE_UNAVAILABLE: "UPSTREAM_UNAVAILABLE",
};

const failureOfStatus: Readonly<Record<number, FailureCode>> = {
  401: "UPSTREAM_CREDENTIAL_REFUSED",
  403: "UPSTREAM_FORBIDDEN",
  404: "UPSTREAM_NOT_FOUND",
  408: "UPSTREAM_TIMEOUT",
  409: "UPSTREAM_CONFLICT",
  429: "UPSTREAM_RATE_LIMITED",
};

function codeFor(status: number, upstreamCode: string | null): FailureCode {
  const byCode =
    upstreamCode !== null && Object.hasOwn(failureOfCode, upstreamCode) && failureOfCode[upstreamCode];
  if (byCode) return byCode;
  if (status >= 500) return "UPSTREAM_UNAVAILABLE";
  return failureOfStatus[status] ?? "UPSTREAM_INVALID";
}

function sentence(called: Called, code: FailureCode, status: number, problem: UpstreamProblem): string {
  const scope = called.operation.scope;
  switch (code) {
    case "UPSTREAM_CREDENTIAL_REFUSED":
      return "The service account's credential is wrong, expired, revoked or disabled. An administrator can replace it under Connection.";
    case "UPSTREAM_FORBIDDEN":
      if (problem.code === "INSUFFICIENT_WORKSPACE_ROLE")
        return "The service account has no sufficient role on this workspace.";
      if (problem.code === "INSUFFICIENT_SCOPE" && scope)
        return `The service account's credential lacks the scope ${scope}.`;
      return scope
        ? `The service account may not do this: its credential needs the scope ${scope}, and a role on the workspace where one is concerned.`
        : "The service account's credential lacks a scope or a role on the workspace.";
    case "UPSTREAM_UNAVAILABLE":
      return called.operation.kind === "mutation"
        ? `ContraForce answered with status ${status}. The change was probably not made; look before trying again.`
        : `ContraForce answered with status ${status}.`;
    default:
      return `ContraForce answered with status ${status}.`;
  }
}

/** Between us and ContraForce something lost the answer: a change may have been made all the same. */
const gatewayLostAnswer: ReadonlySet<number> = new Set([502, 504]);

/** An error reply whose body was JSON (or empty). */
export function judgeErrorReply(called: Called, status: number, problem: UpstreamProblem): FailedAttempt {
  const found = codeFor(status, problem.code);
  const isMutation = called.operation.kind === "mutation";
  const isOutcomeLost = isMutation && gatewayLostAnswer.has(status);
  const code = isOutcomeLost ? "OUTCOME_UNKNOWN" : found;
  const mayShowText = problem.code !== null && codesWithText.has(problem.code);
  const details: FailureDetails = {
    detail: isOutcomeLost
      ? `ContraForce's front door answered with status ${status}. Look whether the change was made before trying again.`
      : ((mayShowText ? problem.detail : null) ?? sentence(called, found, status, problem)),
    ...(problem.code !== null && { upstreamCode: problem.code }),
    ...(problem.requestId !== null && { upstreamRequestId: problem.requestId }),
    ...(mayShowText && problem.errors !== null && { errors: problem.errors }),
  };
  const isFault = found === "UPSTREAM_UNAVAILABLE" || found === "UPSTREAM_TIMEOUT";
  return {
    failure: new Failure(code, details),
    isWorthRepeating: isFault || found === "UPSTREAM_RATE_LIMITED",
    ending: isFault ? "fault" : "answered",
  };
}

/** A reply that is not what it should be: no JSON, no envelope, a redirect. `isTransient`: the next may be better. */
export function judgeUnreadable(
  called: Called,
  status: number,
  what: string,
  isTransient: boolean,
): FailedAttempt {
  const isDone = status >= 200 && status < 300 && called.operation.kind === "mutation";
  const failure = isDone
    ? new Failure("OUTCOME_UNKNOWN", {
        detail: `ContraForce answered with status ${status}, but ${what}. Look whether the change was made before trying again.`,
      })
    : new Failure("UPSTREAM_UNREADABLE", {
        detail: `ContraForce answered with status ${status}, but ${what}.`,
      });
  return { failure, isWorthRepeating: isTransient, ending: isTransient ? "fault" : "answered" };
}

const faults: Readonly<Record<TransportFault["kind"], { code: FailureCode; detail: string }>> = {
  unreachable: {
    code: "UPSTREAM_UNREACHABLE",
    detail: "No connection could be made to ContraForce. Nothing was sent.",
  },
  cut: {
    code: "UPSTREAM_UNREACHABLE",
    detail: "The connection to ContraForce broke before its answer was complete.",
  },
  timeout: { code: "UPSTREAM_TIMEOUT", detail: "ContraForce was silent for too long." },
  aborted: { code: "UPSTREAM_TIMEOUT", detail: "ContraForce did not answer within the time for this call." },
  "too-large": {
    code: "UPSTREAM_UNREADABLE",
    detail: "ContraForce's answer is larger than Watchfloor accepts.",
  },
  garbled: { code: "UPSTREAM_UNREADABLE", detail: "ContraForce's answer is damaged." },
};

/** No reply at all. A change that may have left the house is reported as unknown, never as failed. */
export function judgeFault(called: Called, fault: TransportFault): FailedAttempt {
  if (fault.cause instanceof DestinationError)
    return {
      failure: new Failure("NO_CONNECTION", { detail: fault.cause.sentence }),
      isWorthRepeating: false,
      ending: "answered",
    };
  const isUnknown = called.operation.kind === "mutation" && fault.wasSent;
  const { code, detail } = faults[fault.kind];
  return {
    failure: isUnknown
      ? new Failure("OUTCOME_UNKNOWN", {
          detail: `${detail} Look whether the change was made before trying again.`,
        })
      : new Failure(code, { detail }),
    isWorthRepeating: fault.kind !== "too-large" && fault.kind !== "aborted",
    ending: fault.kind === "too-large" ? "answered" : "fault",
  };
}
