import { z } from "zod";
import { parseInstant } from "./instant";
import { Reading, Unreadable } from "./reading";
import { looksSecret } from "./secret-names";

/**
 * Readers turn what the vendor sent into exactly our form: tolerant in, exact out. A reader either returns its form
 * or throws `Unreadable`. They are plain functions and not zod schemas because a walk reads rows by the thousand
 * (zod with a transform per member took several times as long) and because each finding must carry its path.
 */
export type Reader<T> = (value: unknown, reading: Reading) => T;

/** The zod face of a reader, so that a reply schema is a schema like any other. `read` is the way that reports. */
export interface ReplySchema<T = unknown> extends z.ZodType<T, unknown> {
  readonly read: Reader<T>;
}

export function reply<T>(read: Reader<T>): ReplySchema<T> {
  const schema = z.unknown().transform((value, context): T => {
    try {
      return read(value, new Reading());
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  });
  return Object.assign(schema, { read });
}

type Plain = Record<string, unknown>;

export function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** An identifier: required, never empty. Numbers are taken as their digits (a Defender XDR id is a number). */
export const id: Reader<string> = (value) => {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new Unreadable(isAbsent(value) || value === "" ? "a required id is missing" : "an id is not text");
};

/** A workspace id: GUIDs in lower case, so that ids from different replies compare equal. */
export const workspaceId: Reader<string> = (value, reading) => {
  const text = id(value, reading);
  return /^[\da-f-]{36}$/i.test(text) ? text.toLowerCase() : text;
};

/** Text or null. Numbers and booleans are taken as they print; objects and arrays are noted and read as null. */
export const text: Reader<string | null> = (value, reading) => {
  if (typeof value === "string") return value;
  if (isAbsent(value)) return null;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  reading.note("not text");
  return null;
};

/** A number or null. The vendor's int32 fields may come as digit strings. */
export const number: Reader<number | null> = (value, reading) => {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (isAbsent(value) || value === "") return null;
  if (typeof value === "string" && /^\s*-?\d{1,15}(\.\d+)?\s*$/.test(value)) return Number(value);
  reading.note("not a number");
  return null;
};

/** A boolean or null; the words true and false in any case are taken too. */
export const flag: Reader<boolean | null> = (value, reading) => {
  if (typeof value === "boolean") return value;
  if (isAbsent(value)) return null;
  if (typeof value === "string") {
    const word = value.trim().toLowerCase();
    if (word === "true" || word === "false") return word === "true";
  }
  reading.note("not a boolean");
  return null;
};

/** A date-time in `toISOString()` form, or null. */
export const instant: Reader<string | null> = (value, reading) => {
  if (isAbsent(value) || value === "") return null;
  const parsed = typeof value === "string" ? parseInstant(value) : null;
  // Year 1 is how .NET writes "not set"; that is no finding.
  if (parsed === null && !(typeof value === "string" && value.startsWith("0001-")))
    reading.note("not a date-time");
  return parsed;
};

/** Text of an open set: a known word gets its known spelling, an unknown one is kept as it is. */
export function known(words: readonly string[]): Reader<string | null> {
  const exact: ReadonlySet<unknown> = new Set(words);
  const spelling = new Map(words.map((word) => [word.toLowerCase(), word]));
  return (value, reading) => {
    const word = text(value, reading);
    return word === null || exact.has(word) ? word : (spelling.get(word.toLowerCase()) ?? word);
  };
}

const deepest = 64;

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

const withheld = "[withheld]";

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isPlain(value)) return value;
  const members = Object.entries(value).map(([name, member]) => {
    const isShown = member === null || typeof member === "boolean" || !looksSecret(name);
    return [name, isShown ? withoutSecrets(member) : withheld] as const;
  });
  // fromEntries defines own members, so one called __proto__ stays a member.
  return Object.fromEntries(members);
}

/**
 * Whatever was sent, unread but for members that are secrets by their name: nobody has told us what may stand there. For members whose form nobody has told us: show it, never trust it. Absurd nesting is
 * noted and read as null, because it would end every later JSON.stringify in a stack overflow.
 */
export const raw: Reader<unknown> = (value, reading) => {
  if (!isDeeperThan(deepest, value)) return withoutSecrets(value ?? null);
  reading.note("nested too deeply");
  return null;
};

/** Makes a required form optional: absent is null; unreadable is noted and null. */
export function optional<T>(read: Reader<T>): Reader<T | null> {
  return (value, reading) => {
    if (isAbsent(value)) return null;
    const depth = reading.depth;
    try {
      return read(value, reading);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      reading.note(error.message);
      reading.returnTo(depth);
      return null;
    }
  };
}

/** Reads, then reshapes. (Not called `then`: a module that exports one is a thenable, and `import()` of it never ends.) */
export function reshaped<T, U>(read: Reader<T>, reshape: (value: T, reading: Reading) => U): Reader<U> {
  return (value, reading) => reshape(read(value, reading), reading);
}

function readItems<T>(value: unknown, reading: Reading, read: Reader<T>, onSetAside: () => void): T[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw new Unreadable("not a list");
  const items: T[] = [];
  const depth = reading.depth;
  for (let index = 0; index < value.length; index += 1) {
    reading.enter(index);
    try {
      items.push(read(value[index], reading));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      // The trail still stands where the reader gave up, so the note names the very member.
      reading.note(error.message);
      onSetAside();
    }
    reading.returnTo(depth);
  }
  return items;
}

/** The reply's own rows: absent is empty; a bad row is set aside and counted; anything but a list is unreadable. */
export function rows<T>(read: Reader<T>): Reader<T[]> {
  return (value, reading) => readItems(value, reading, read, () => reading.countRow());
}

/** A list inside a row: absent is empty; a bad item is noted and left out; anything but a list is noted and empty. */
export function list<T>(read: Reader<T>): Reader<T[]> {
  return (value, reading) => {
    if (isAbsent(value)) return [];
    if (Array.isArray(value)) return readItems(value, reading, read, () => undefined);
    reading.note("not a list");
    return [];
  };
}

/** An item of a list of texts. */
export const word: Reader<string> = (value) => {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Unreadable("not text");
};
