import "server-only";
import { Failure } from "@/lib/errors";

/**
 * The database refused a statement. Only the SQLSTATE and the constraint are kept: the driver's own error also holds the
 * statement and its parameters, which must not reach a log (sealed secrets, password hashes).
 */
export class StoreError extends Error {
  constructor(
    message: string,
    /** SQLSTATE, such as 23505 for a duplicate; null when the engine named none. */
    readonly sqlState: string | null,
    readonly constraint: string | null,
  ) {
    super(message);
    this.name = "StoreError";
  }
}

/** SQLSTATE classes and driver codes that mean: the database is not there, or is going away. */
const unavailable =
  /^(08...|53300|57P0[1-5]|ECONN\w+|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|CONNECTION_\w+|CONNECT_TIMEOUT)$/;

function textOf(error: object, name: string): string | null {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : null;
}

/** The code of a lost or refused connection in the chain of causes; null when the database itself answered. */
export function unavailableCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = textOf(error, "code");
  if (code !== null && unavailable.test(code)) return code;
  if (/PGlite (is|instance is) clos/i.test(error.message)) return "CLOSED";
  return unavailableCode(error.cause);
}

/** A driver's or drizzle's error in a form that is safe to log; everything else as it is. */
export function asStoreError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = unavailableCode(error);
  if (code !== null) {
    const cause = new StoreError(`The database does not answer (${code}).`, null, null);
    return new Failure("STORE_UNAVAILABLE", {}, { cause });
  }
  const isQueryError = "query" in error && "params" in error;
  const inner = isQueryError && error.cause instanceof Error ? error.cause : error;
  const sqlState = textOf(inner, "code");
  if (!isQueryError && !(sqlState !== null && /^[0-9A-Z]{5}$/.test(sqlState))) return error;
  return new StoreError(
    inner.message,
    sqlState,
    textOf(inner, "constraint_name") ?? textOf(inner, "constraint"),
  );
}
