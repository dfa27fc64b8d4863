import "server-only";
import pino, { type Logger, type LoggerOptions } from "pino";
import { env } from "@/lib/server/env";

/**
 * Names whose value is never written, wherever in the bindings they stand (up to three levels deep).
 * The first wall against a leak is `Secret`, which prints `[secret]`; this is the second.
 */
const secretNames = [
  "authorization",
  "cookie",
  "set-cookie",
  "password",
  "clientSecret",
  "client_secret",
  "secret",
  "signingKey",
  "token",
  "csrfToken",
];

const redactedPaths = secretNames.flatMap((name) => {
  const key = name.includes("-") ? `["${name}"]` : `.${name}`;
  const top = name.includes("-") ? key : name;
  return [top, `*${key}`, `*.*${key}`];
});

/**
 * An error as it is written: name, message, code, stack, causes. Other members are left out on purpose:
 * database and HTTP errors carry parameters and headers with them.
 */
function serialiseError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return {
    name: error.name,
    message: error.message,
    code,
    stack: error.stack,
    cause: error.cause === undefined ? undefined : serialiseError(error.cause),
  };
}

export const logOptions: LoggerOptions = {
  base: null,
  redact: { paths: redactedPaths, censor: "[secret]" },
  serializers: { err: serialiseError, error: serialiseError },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
};

let root: Logger | null = null;

/** The level of the environment; a faulty environment is reported by the start-up, not by the log. */
function level(): string {
  try {
    return env().logLevel;
  } catch {
    return "info";
  }
}

function rootLog(): Logger {
  root ??= pino({ ...logOptions, level: level() });
  return root;
}

interface Write {
  (bindings: object, message: string): void;
  (message: string): void;
}

/** What the server logs through: one JSON line per event on standard output. */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

function writer(logger: () => Logger): Log {
  const write =
    (name: keyof Log): Write =>
    (first: object | string, message?: string) => {
      if (typeof first === "string") logger()[name](first);
      else logger()[name](first, message);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

/** The server's log. Opened at its first line, so that importing it does nothing. */
export const log: Log = writer(rootLog);
