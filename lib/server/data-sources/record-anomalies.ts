import "server-only";
import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import type { AnomalyReply, Sighting } from "./anomaly-reply";
import { leftOut, notOvertaken, takeRecordingTurn, writeCoverage, writeReply } from "./coverage";

/** One reading of the anomalies, to be written down. Ids in lower case, times ISO. */
export interface AnomalyReading {
  /** When the call was begun. */
  readonly askedAt: string;
  /** The workspaces that were asked for; null when all were. */
  readonly asked: readonly string[] | null;
  /** Workspaces that are known to exist. */
  readonly known: readonly string[];
  readonly outcome:
    | { readonly reply: AnomalyReply; readonly unreadableRows: number }
    | { readonly failureCode: string };
}

/** Closed episodes are kept as long. */
const keptDays = 400;

/**
 * Writes one reading into the history, in the caller's transaction. What a failed reading or a reply without the workspace
 * does not show stays as it is; an older reading that comes late changes nothing that a newer one has told.
 */
export async function recordAnomalies(
  tx: Tx,
  organisationId: string,
  reading: AnomalyReading,
): Promise<void> {
  const { askedAt, asked, outcome } = reading;
  await takeRecordingTurn(tx, organisationId);
  const named = "reply" in outcome ? outcome.reply.named : new Map<string, string | null>();
  const concerned = [...new Set(asked ?? [...reading.known, ...named.keys()])];
  const current = await notOvertaken(tx, "anomalies", concerned, askedAt);
  const accepted = concerned.filter((id) => current.has(id)).sort();
  if ("reply" in outcome) {
    const isWhole = asked === null && (await isNewest(tx, askedAt));
    const readable = new Set(accepted.filter((id) => named.has(id)));
    const sightings = outcome.reply.sightings.filter(({ workspaceId }) =>
      workspaceId === "" ? isWhole : readable.has(workspaceId),
    );
    await closeAbsent(tx, [...readable], sightings, askedAt);
    await writeSightings(tx, organisationId, sightings, askedAt);
  }
  const failureCode = "failureCode" in outcome ? outcome.failureCode : null;
  const reasonOf = (id: string) => (named.has(id) ? null : (failureCode ?? leftOut));
  await writeCoverage(
    tx,
    organisationId,
    { kind: "anomalies", askedAt },
    accepted.map((workspaceId) => ({ workspaceId, reason: reasonOf(workspaceId) })),
  );
  if (asked === null) await writeReply(tx, organisationId, replyOf(reading, failureCode));
  await forget(tx, askedAt);
}

function replyOf({ askedAt, outcome }: AnomalyReading, failureCode: string | null) {
  const unreadableRows = "reply" in outcome ? outcome.unreadableRows : 0;
  const remainder = "reply" in outcome ? outcome.reply.remainder : null;
  return { kind: "anomalies" as const, askedAt, failureCode, unreadableRows, remainder };
}

async function isNewest(tx: Tx, askedAt: string): Promise<boolean> {
  const newer = rowsOf(
    await tx.execute(sql`
      select 1 from datasource_replies where kind = 'anomalies' and asked_at >= ${askedAt}::timestamptz`),
  );
  return newer.length === 0;
}

/** Closes what is open in the workspaces that the reply names, and is not in it. */
async function closeAbsent(
  tx: Tx,
  readable: readonly string[],
  sightings: readonly Sighting[],
  askedAt: string,
): Promise<void> {
  const keys = sightings.map(({ workspaceId, connectorKey, detailKey }) => ({
    workspaceId,
    connectorKey,
    detailKey,
  }));
  await tx.execute(sql`
    update datasource_anomalies as held
      set closed_at = ${askedAt}::timestamptz, last_good_at = ${askedAt}::timestamptz
      where closed_at is null
        and workspace_id in (select jsonb_array_elements_text(${JSON.stringify(readable)}::jsonb))
        and not exists (
          select from jsonb_array_elements(${JSON.stringify(keys)}::jsonb) as seen
            where seen->>'workspaceId' = held.workspace_id and seen->>'connectorKey' = held.connector_key
              and seen->>'detailKey' = held.detail_key)`);
}

/** New ones begin; open ones go on. Before the first sighting the last good reading is the one that last named the workspace. */
async function writeSightings(
  tx: Tx,
  organisationId: string,
  sightings: readonly Sighting[],
  askedAt: string,
): Promise<void> {
  if (sightings.length === 0) return;
  await tx.execute(sql`
    insert into datasource_anomalies as held
      (organisation_id, workspace_id, connector_key, detail_key, first_seen_at, last_seen_at, last_good_at,
       workspace_name, connector_id, connector_name, table_name, message, last_received_at, reported_at,
       expected, actual, score, raw)
    select ${organisationId}::uuid, each."workspaceId", each."connectorKey", each."detailKey",
        ${askedAt}::timestamptz, ${askedAt}::timestamptz, covered.last_read_at,
        each."workspaceName", each."connectorId", each."connectorName", each."tableName", each.message,
        each."lastReceivedAt", each."reportedAt", each.expected, each.actual, each.score, each.raw
      from jsonb_to_recordset(${JSON.stringify(sightings)}::jsonb) as each
        ("workspaceId" text, "connectorKey" text, "detailKey" text, "workspaceName" text, "connectorId" text,
         "connectorName" text, "tableName" text, message text, "lastReceivedAt" timestamptz,
         "reportedAt" timestamptz, expected float8, actual float8, score float8, raw text)
        left join datasource_coverage as covered
          on covered.workspace_id = each."workspaceId" and covered.kind = 'anomalies'
    on conflict (organisation_id, workspace_id, connector_key, detail_key) where closed_at is null do update
      set last_seen_at = greatest(held.last_seen_at, excluded.last_seen_at),
          workspace_name = coalesce(excluded.workspace_name, held.workspace_name),
          connector_id = excluded.connector_id, connector_name = excluded.connector_name,
          table_name = excluded.table_name, message = excluded.message,
          last_received_at = excluded.last_received_at, reported_at = excluded.reported_at,
          expected = excluded.expected, actual = excluded.actual, score = excluded.score, raw = excluded.raw`);
}

async function forget(tx: Tx, askedAt: string): Promise<void> {
  await tx.execute(sql`
    delete from datasource_anomalies
      where last_seen_at < ${askedAt}::timestamptz - make_interval(days => ${keptDays})`);
}
