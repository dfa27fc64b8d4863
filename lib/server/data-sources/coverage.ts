import "server-only";
import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "@/lib/server/db/database";

export type ReadingKind = "anomalies" | "connectors";

/** `left-out`: the reply did not name it. Anything else is a code of `lib/errors`: the call failed. */
export const leftOut = "left-out";

/** What a reading came to for one workspace: read, or not and why. */
export interface WorkspaceOutcome {
  /** Lower case. */
  readonly workspaceId: string;
  /** Null when it was read. */
  readonly reason: string | null;
}

/** Readings of one organisation's data sources are recorded one after the other; waits here until the transaction ends. */
export async function takeRecordingTurn(tx: Tx, organisationId: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`data-sources:${organisationId}`}, 0))`,
  );
}

/**
 * The ids among these for which no reading is recorded that was begun at the same time or later. Another server, or a call
 * that took long, may bring an older picture after a newer one: it must not undo it.
 */
export async function notOvertaken(
  tx: Tx,
  kind: ReadingKind,
  ids: readonly string[],
  askedAt: string,
): Promise<ReadonlySet<string>> {
  const newer = rowsOf<{ id: string }>(
    await tx.execute(sql`
      select workspace_id as id from datasource_coverage
      where kind = ${kind} and asked_at >= ${askedAt}::timestamptz
        and workspace_id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`),
  );
  const overtaken = new Set(newer.map((row) => row.id));
  return new Set(ids.filter((id) => !overtaken.has(id)));
}

/** Writes what a reading came to. A workspace keeps the time of its last reading while it cannot be read. */
export async function writeCoverage(
  tx: Tx,
  organisationId: string,
  reading: { readonly kind: ReadingKind; readonly askedAt: string },
  outcomes: readonly WorkspaceOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const { kind, askedAt } = reading;
  await tx.execute(sql`
    insert into datasource_coverage as held
      (organisation_id, workspace_id, kind, asked_at, last_read_at, missing_since, reason)
    select ${organisationId}::uuid, each->>'workspaceId', ${kind}, ${askedAt}::timestamptz,
        case when each->>'reason' is null then ${askedAt}::timestamptz end,
        case when each->>'reason' is not null then ${askedAt}::timestamptz end,
        each->>'reason'
      from jsonb_array_elements(${JSON.stringify(outcomes)}::jsonb) as each
    on conflict (organisation_id, workspace_id, kind) do update
      set asked_at = excluded.asked_at,
          last_read_at = coalesce(excluded.last_read_at, held.last_read_at),
          missing_since = case when excluded.reason is not null
            then coalesce(held.missing_since, excluded.missing_since) end,
          reason = excluded.reason
      where held.asked_at < excluded.asked_at`);
}

/** What the newest reading of all workspaces came to as a whole. */
export interface ReplyOutcome {
  readonly kind: ReadingKind;
  readonly askedAt: string;
  /** A code of `lib/errors`; null when there was an answer. */
  readonly failureCode: string | null;
  readonly unreadableRows: number;
  readonly remainder: string | null;
}

export async function writeReply(tx: Tx, organisationId: string, reply: ReplyOutcome): Promise<void> {
  const { kind, askedAt, failureCode, unreadableRows, remainder } = reply;
  const answered = failureCode === null;
  const at = sql`${askedAt}::timestamptz`;
  await tx.execute(sql`
    insert into datasource_replies as held
      (organisation_id, kind, asked_at, answered_at, failed_since, failure_code, unreadable_rows, remainder)
    values (${organisationId}::uuid, ${kind}, ${at}, ${answered ? at : sql`null`}, ${answered ? sql`null` : at},
      ${failureCode}, ${unreadableRows}, ${remainder})
    on conflict (organisation_id, kind) do update
      set asked_at = excluded.asked_at,
          answered_at = coalesce(excluded.answered_at, held.answered_at),
          failed_since = case when excluded.failure_code is not null
            then coalesce(held.failed_since, excluded.failed_since) end,
          failure_code = excluded.failure_code,
          unreadable_rows = case when excluded.failure_code is null
            then excluded.unreadable_rows else held.unreadable_rows end,
          remainder = case when excluded.failure_code is null then excluded.remainder else held.remainder end
      where held.asked_at < excluded.asked_at`);
}
