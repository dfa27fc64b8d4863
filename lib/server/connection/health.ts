import "server-only";
import type { ConnectionHealth } from "@/lib/domain/connection";
import { Failure, type FailureCode, failures } from "@/lib/errors";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { connectionHealth } from "@/lib/server/db/schema/tenant";
import { log } from "@/lib/server/log";
import { processWide } from "@/lib/server/process-wide";
import { type CallEnd, observeCalls } from "@/lib/server/upstream/observers";

/** What says something about the connection itself. Other answers, a 404 among them, show that it works. */
const connectionFaults: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "NO_CONNECTION",
  "UPSTREAM_CREDENTIAL_REFUSED",
  "UPSTREAM_RATE_LIMITED",
  "UPSTREAM_TIMEOUT",
  "UPSTREAM_UNAVAILABLE",
  "UPSTREAM_UNREACHABLE",
  "UPSTREAM_UNREADABLE",
]);

/** A busy organisation writes this often at most: its failures, and that it is well. */
const pauseMs = { failure: 5_000, success: 30_000 } as const;

interface Noted {
  kind: keyof typeof pauseMs;
  atMs: number;
}

const noted = processWide("connection-health", () => new Map<string, Noted>());

/** `null`: it says nothing (the caller left, or too many of ours were waiting). */
function kindOf(error: unknown): keyof typeof pauseMs | null {
  if (error === null) return "success";
  if (!(error instanceof Failure) || error.code === "UPSTREAM_BUSY") return null;
  return connectionFaults.has(error.code) ? "failure" : "success";
}

async function write(end: CallEnd, at: Date): Promise<void> {
  const { organisationId, operation, error } = end;
  const isFailure = error instanceof Failure && connectionFaults.has(error.code);
  const set = isFailure
    ? {
        lastFailureAt: at,
        failureCode: error.code,
        failureOperation: operation,
        failureUpstreamRequestId: error.details.upstreamRequestId ?? null,
      }
    : { lastSuccessAt: at };
  await withOrganisation(organisationId, (tx) =>
    tx
      .insert(connectionHealth)
      .values({ organisationId, ...set })
      .onConflictDoUpdate({ target: connectionHealth.organisationId, set }),
  );
}

/** Writes down how a call ended, unless the same was written a moment ago. Resolves when it is written. */
export async function noteCall(end: CallEnd, now: Date): Promise<void> {
  const kind = kindOf(end.error);
  const last = noted.get(end.organisationId);
  if (kind === null || (last?.kind === kind && now.getTime() - last.atMs < pauseMs[kind])) return;
  noted.set(end.organisationId, { kind, atMs: now.getTime() });
  try {
    await write(end, now);
  } catch (error) {
    // The call itself has ended; that its end is not written down must not hurt it.
    log.warn(
      { organisationId: end.organisationId, err: error },
      "the connection's health was not written down",
    );
  }
}

/** From now on every call's end is noted; nobody waits for it. */
export function watchConnectionHealth(): void {
  observeCalls("connection-health", (end) => void noteCall(end, new Date()));
}

const isCode = (text: string): text is FailureCode => Object.hasOwn(failures, text);

/** What the organisation's calls met last. Runs inside `withOrganisation`. */
export async function readHealth(tx: Tx): Promise<ConnectionHealth> {
  const [row] = await tx.select().from(connectionHealth);
  const code = row?.failureCode ?? "";
  return {
    lastSuccessAt: row?.lastSuccessAt?.toISOString() ?? null,
    lastFailure:
      row?.lastFailureAt && isCode(code)
        ? {
            at: row.lastFailureAt.toISOString(),
            code,
            operation: row.failureOperation ?? "",
            upstreamRequestId: row.failureUpstreamRequestId,
          }
        : null,
  };
}
