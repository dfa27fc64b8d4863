import "server-only";
import { StartupError } from "@/lib/server/startup-error";

/** Names and texts as they stand in the environment. */
export type EnvironmentRecord = Readonly<Record<string, string | undefined>>;

/** The text of a variable without surrounding space; null when it is absent or blank. */
export function readText(record: EnvironmentRecord, name: string): string | null {
  const text = record[name]?.trim();
  return text ? text : null;
}

/** A whole number within bounds. */
export function readNumber(
  record: EnvironmentRecord,
  name: string,
  bounds: { min: number; max: number; fallback: number; otherwise?: string },
): number {
  const text = readText(record, name);
  if (text === null) return bounds.fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= bounds.min && value <= bounds.max) return value;
  throw new StartupError(
    `${name} must be a whole number from ${bounds.min} to ${bounds.max}${bounds.otherwise ? `, ${bounds.otherwise}` : ""}, not "${text}".`,
  );
}

/** One of a few words. */
export function readChoice<const Choice extends string>(
  record: EnvironmentRecord,
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const text = readText(record, name);
  if (text === null) return fallback;
  const choice = choices.find((candidate) => candidate === text.toLowerCase());
  if (choice !== undefined) return choice;
  throw new StartupError(`${name} must be one of ${choices.join(", ")}, not "${text}".`);
}

/**
 * Variables that only make sense together: all their texts, or null when none is set.
 * Throws when some are set and others are missing.
 */
export function readTogether<const Name extends string>(
  record: EnvironmentRecord,
  names: readonly Name[],
): Record<Name, string> | null {
  const texts = names.map((name) => [name, readText(record, name)] as const);
  const missing = texts.filter(([, text]) => text === null).map(([name]) => name);
  if (missing.length === names.length) return null;
  if (missing.length > 0)
    throw new StartupError(
      `${missing.join(" and ")} must be set as well, because ${names.join(", ")} belong together.`,
    );
  return Object.fromEntries(texts) as Record<Name, string>;
}

export const loopbackHosts: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/**
 * An address that must be https, or http on this very machine. User name, password, query and fragment are refused.
 * Returned without a trailing slash. The address itself is not repeated in the sentence: a pasted one may hold a password.
 */
export function readHttpsUrl(text: string, name: string, options: { path: boolean }): string {
  const url = parseUrl(text);
  const good =
    url !== null &&
    url.username === "" &&
    url.password === "" &&
    url.search === "" &&
    url.hash === "" &&
    !/[?#]$/.test(text);
  const secure =
    url !== null &&
    (url.protocol === "https:" || (url.protocol === "http:" && loopbackHosts.has(url.hostname)));
  if (!url || !good || !secure)
    throw new StartupError(
      `${name} must be an https address without user name, query or fragment (http only for this machine, such as http://127.0.0.1:3000).`,
    );
  if (!options.path && url.pathname !== "/")
    throw new StartupError(`${name} must be an origin without a path, such as https://soc.example.com.`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** A PostgreSQL address. Never repeated in the sentence, because it holds the password. */
export function readPostgresUrl(text: string): string {
  const url = parseUrl(text);
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== "" && url.pathname.length > 1)
    return text;
  throw new StartupError("DATABASE_URL must look like postgres://user:password@host:5432/database.");
}

/** Number of single-letter changes between two words (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(
        Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known name that looks most like a mistyped one. */
export function nearestName(name: string, known: readonly string[]): string {
  const [nearest] = [...known].sort((a, b) => distance(name, a) - distance(name, b));
  return nearest ?? name;
}
