import type { FailureCode, Problem } from "@/lib/errors";

/** What can go wrong before Watchfloor itself has answered. */
export type LocalFailureCode = "NO_ANSWER" | "UNREADABLE_ANSWER";

/**
 * A call of ours that did not end well. With `problem` Watchfloor has answered and said why; without it either nothing
 * came back (NO_ANSWER: the network, or the server is down) or something that is not ours (UNREADABLE_ANSWER).
 */
export class CallError extends Error {
  readonly code: FailureCode | LocalFailureCode;
  readonly problem: Problem | null;
  /** When it happened, ISO. */
  readonly at: string;

  private constructor(
    code: FailureCode | LocalFailureCode,
    message: string,
    problem: Problem | null,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "CallError";
    this.code = code;
    this.problem = problem;
    this.at = new Date().toISOString();
  }

  static of(problem: Problem): CallError {
    return new CallError(problem.code, problem.detail ?? problem.title, problem);
  }

  static noAnswer(cause: unknown): CallError {
    return new CallError("NO_ANSWER", "Watchfloor does not answer", null, { cause });
  }

  static unreadable(status: number): CallError {
    return new CallError("UNREADABLE_ANSWER", `Something else than Watchfloor answered (${status})`, null);
  }
}

/** True for a JSON value that has the members of a problem document of ours. */
export function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  const candidate = value as Record<string, unknown>;
  return (
    typeof candidate.code === "string" &&
    typeof candidate.title === "string" &&
    typeof candidate.status === "number" &&
    typeof candidate.requestId === "string"
  );
}

/** Upstream or Watchfloor knows no such thing, or does not show it to this person, which is answered alike. */
export function isNotFound(error: unknown): boolean {
  return error instanceof CallError && (error.code === "UPSTREAM_NOT_FOUND" || error.code === "NOT_FOUND");
}

/** Whether upstream's name of a field means ours: "$.EventTypes[0]" is `eventTypes`. How upstream writes them is not documented. */
function isField(key: string, field: string): boolean {
  const name = key.replace(/^\$\./, "").toLowerCase();
  const own = field.toLowerCase();
  return name === own || (name.startsWith(own) && /^\[\d+\]$/.test(name.slice(own.length)));
}

/**
 * The sentences of a refusal at those fields of a form that it shows. Null when it is a failure of another kind, or concerns no such field: then
 * it has to be said as a whole.
 */
export function refusedFields<Field extends string>(
  error: Error | null,
  fields: readonly Field[],
): Readonly<Partial<Record<Field, string>>> | null {
  const errors = error instanceof CallError ? error.problem?.errors : undefined;
  const found = fields.flatMap((field) => {
    const messages = Object.entries(errors ?? {}).flatMap(([key, said]) => (isField(key, field) ? said : []));
    return messages.length > 0 ? [[field, messages.join(" ")] as const] : [];
  });
  // The keys are exactly those of `fields` that were found.
  return found.length > 0 ? (Object.fromEntries(found) as Partial<Record<Field, string>>) : null;
}
