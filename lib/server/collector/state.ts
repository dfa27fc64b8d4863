import "server-only";
import { eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Tx } from "@/lib/server/db/database";
import { collectorStates } from "@/lib/server/db/schema/collector";
import { backoffMs, type BackfillProgress, dayMs, dueAfter, nextPace } from "./pace";
import type { ReadingResult } from "./reading";
import type { Register } from "./register";

/*
 * How far the collector of an organisation has come. All functions run inside a leader's transaction. Times in milliseconds.
 */

export type StateRow = typeof collectorStates.$inferSelect;

/** How far back a new connection is read. */
const backfillReachMs = 30 * dayMs;

const date = (ms: number) => new Date(ms);

export async function readState(tx: Tx): Promise<StateRow | null> {
  const [row] = await tx.select().from(collectorStates);
  return row ?? null;
}

/** The state as it stands for this connection: with another address or account everything begins anew. */
export async function prepareState(
  tx: Tx,
  register: Register,
  at: { readonly organisationId: string; readonly connectionKey: string; readonly nowMs: number },
): Promise<StateRow> {
  const { organisationId, connectionKey, nowMs } = at;
  const held = await readState(tx);
  if (held?.connectionKey === connectionKey) return held;
  for (const id of [held?.sweepId, held?.recheckId, held?.backfillId])
    if (id) await closeLeftOver(tx, register, id, nowMs);
  await tx.delete(collectorStates);
  const [fresh] = await tx
    .insert(collectorStates)
    .values({
      organisationId,
      connectionKey,
      nextDueAt: date(nowMs),
      backfillFrom: date(nowMs),
      backfillUntil: date(nowMs - backfillReachMs),
      backfillDoneTo: date(nowMs),
    })
    .returning();
  if (!fresh) throw new Error("The collector's state was not written.");
  return fresh;
}

/** Ends a reading whose server died, or that was broken off. What it had written by then stays. */
function closeLeftOver(tx: Tx, register: Register, readingId: string, nowMs: number): Promise<void> {
  const endedAt = date(nowMs).toISOString();
  return register.finishReading(tx, {
    readingId,
    endedAt,
    outcome: "stopped",
    failureCode: null,
    coverage: [],
  });
}

/** A change that is void when the connection has become another in the meantime. */
function update(
  tx: Tx,
  connectionKey: string,
  set: PgUpdateSetSource<typeof collectorStates>,
): Promise<unknown> {
  return tx.update(collectorStates).set(set).where(eq(collectorStates.connectionKey, connectionKey));
}

/** Closes what the live lane of an earlier leader has left behind. */
export async function closeLive(tx: Tx, register: Register, state: StateRow, nowMs: number): Promise<void> {
  if (state.recheckId) {
    await closeLeftOver(tx, register, state.recheckId, nowMs);
    await noteRecheck(tx, state.connectionKey, null);
  }
  if (!state.sweepId) return;
  await closeLeftOver(tx, register, state.sweepId, nowMs);
  await update(tx, state.connectionKey, {
    sweepId: null,
    sweepBegunAt: null,
    sweepStartedAt: state.sweepBegunAt,
    sweepEndedAt: date(nowMs),
    sweepOutcome: "stopped",
    sweepFailure: null,
  });
}

/** The same for a window of the back-fill, which is read again. */
export async function closeBackfill(
  tx: Tx,
  register: Register,
  state: StateRow,
  nowMs: number,
): Promise<void> {
  if (!state.backfillId) return;
  await closeLeftOver(tx, register, state.backfillId, nowMs);
  await update(tx, state.connectionKey, { backfillId: null });
}

export function noteRecheck(tx: Tx, key: string, recheckId: string | null): Promise<unknown> {
  return update(tx, key, { recheckId });
}

export function noteSweepBegun(tx: Tx, key: string, sweepId: string, startedMs: number): Promise<unknown> {
  return update(tx, key, { sweepId, sweepBegunAt: date(startedMs) });
}

export async function noteSweepEnded(
  tx: Tx,
  key: string,
  result: ReadingResult,
  everyMs: number,
): Promise<void> {
  const { startedMs, endedMs, outcome, failure } = result;
  const held = await readState(tx);
  if (held?.connectionKey !== key) return;
  const failuresInARow = outcome === "failed" ? held.failuresInARow + 1 : 0;
  const pace =
    outcome === "complete" ? nextPace(held.pace, result.changes > 0 || result.open > 0) : held.pace;
  const dueMs = {
    complete: () => dueAfter(result, everyMs, pace),
    failed: () => endedMs + backoffMs(everyMs, failuresInARow, failure?.details.retryAfterSeconds),
    // Somebody else goes on with it at once.
    stopped: () => endedMs,
  }[outcome]();
  await update(tx, key, {
    sweepId: null,
    sweepBegunAt: null,
    sweepStartedAt: date(startedMs),
    sweepEndedAt: date(endedMs),
    sweepOutcome: outcome,
    sweepFailure: failure?.code ?? null,
    ...(outcome === "complete" ? { sweepCompletedAt: date(endedMs) } : {}),
    failuresInARow,
    pace,
    nextDueAt: date(dueMs),
  });
}

export function progressOf(state: StateRow): BackfillProgress {
  return {
    fromMs: state.backfillFrom.getTime(),
    untilMs: state.backfillUntil.getTime(),
    doneToMs: state.backfillDoneTo.getTime(),
    steps: state.backfillSteps,
    spentMs: state.backfillMs,
  };
}

export function noteBackfillBegun(tx: Tx, key: string, backfillId: string): Promise<unknown> {
  return update(tx, key, { backfillId });
}

/** @param windowFromMs how far back the window reached */
export async function noteBackfillEnded(
  tx: Tx,
  key: string,
  result: ReadingResult,
  windowFromMs: number,
): Promise<void> {
  const { outcome, failure } = result;
  const ended = { backfillId: null, backfillFailure: failure?.code ?? null };
  if (outcome !== "complete") {
    await update(tx, key, ended);
    return;
  }
  await update(tx, key, {
    ...ended,
    backfillDoneTo: date(windowFromMs),
    backfillSteps: sql`${collectorStates.backfillSteps} + 1`,
    backfillMs: sql`${collectorStates.backfillMs} + ${Math.round(result.endedMs - result.startedMs)}`,
  });
}

export function noteSources(
  tx: Tx,
  key: string,
  atMs: number,
  sourcesFailure: string | null,
): Promise<unknown> {
  return update(tx, key, { sourcesReadAt: date(atMs), sourcesFailure });
}

export function notePruned(tx: Tx, key: string, atMs: number): Promise<unknown> {
  return update(tx, key, { prunedAt: date(atMs) });
}
