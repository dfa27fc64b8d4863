import { plainText } from "./plain-text";

/** What upstream's error body says, in the forms that its documentation has had over time. */
export interface UpstreamProblem {
  /** The discriminator, such as `INSUFFICIENT_WORKSPACE_ROLE`; null when there is none or it is no such word. */
  readonly code: string | null;
  readonly requestId: string | null;
  readonly detail: string | null;
  /** Validation map: field path → messages; the empty key concerns the whole input. */
  readonly errors: Readonly<Record<string, readonly string[]>> | null;
}

const MOST_FIELDS = 50;
const MOST_MESSAGES = 10;
const LONGEST_FIELD = 120;

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

/** A request id of upstream's web server, such as `0HNLBAGCRD4RN:00000003`. */
export function requestIdOf(value: unknown): string | null {
  return typeof value === "string" && /^[\w:.|-]{1,128}$/.test(value) ? value : null;
}

function codeOf(value: unknown): string | null {
  return typeof value === "string" && /^[A-Z][A-Z0-9_]{0,63}$/.test(value) ? value : null;
}

/** ASP.NET sends a list of messages per field; a single message is taken as well. Anything else is left out. */
function errorsOf(value: unknown): UpstreamProblem["errors"] {
  const entries = Object.entries(membersOf(value))
    .slice(0, MOST_FIELDS)
    .flatMap(([field, messages]): [string, string[]][] => {
      const texts = (Array.isArray(messages) ? messages.slice(0, MOST_MESSAGES) : [messages])
        .map((message) => plainText(message))
        .filter((text) => text !== null);
      return texts.length === 0 ? [] : [[plainText(field, LONGEST_FIELD) ?? "", texts]];
    });
  // fromEntries defines own members, so a field called __proto__ stays a field.
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** Shorter secrets would be found by chance; upstream's have about fifty characters. */
const SHORTEST_SECRET = 12;

function repeatsSecret(json: unknown, secrets: readonly string[]): boolean {
  // Compared as they print inside JSON, which is how they stand in the text.
  const printed = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  try {
    const text = JSON.stringify(json) ?? "";
    return printed.some((secret) => text.includes(secret));
  } catch {
    // Nested deeper than the stack: nothing that anybody wrote for people.
    return true;
  }
}

/**
 * Reads an error body: RFC 7807 with the vendor's members, or the older `{ error: { code, message } , meta }`.
 * Takes anything JSON, throws nothing; texts are stripped and capped, and left out altogether when the body repeats one
 * of `secrets`.
 */
export function readUpstreamProblem(json: unknown, secrets: readonly string[]): UpstreamProblem {
  const problem = membersOf(json);
  const older = membersOf(problem.error);
  const code = codeOf(problem.code) ?? codeOf(older.code);
  if (repeatsSecret(json, secrets)) return { code, requestId: null, detail: null, errors: null };
  return {
    code,
    requestId: requestIdOf(problem.requestId) ?? requestIdOf(membersOf(problem.meta).requestId),
    detail: plainText(problem.detail) ?? plainText(older.message) ?? plainText(problem.title),
    errors: errorsOf(problem.errors),
  };
}
