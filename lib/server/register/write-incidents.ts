import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/server/db/database";
import { ownOrganisation } from "@/lib/server/db/organisation";
import { storableJson } from "@/lib/server/db/storable";
import type { Call, Transition } from "./compare";
import type { IncidentColumns, RegisterKey } from "./incident-columns";

/*
 * Rows travel as one JSON parameter: with hundreds of them that takes a fraction of the time of as many placeholders.
 * All of it runs within the register's turn.
 */

const iso = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;

/** Incidents that a later call showed unchanged rest on that call as well. */
export async function touchIncidents(tx: Tx, keys: readonly RegisterKey[], call: Call): Promise<void> {
  if (keys.length === 0) return;
  await tx.execute(sql`
    update register_incidents as held
      set called_at = ${iso(call.calledMs)}, answered_at = greatest(held.answered_at, ${iso(call.answeredMs)}),
          reading_id = ${call.readingId}::uuid
      from jsonb_to_recordset(${storableJson(keys)}::jsonb) as each
        ("workspaceId" text collate "C", source text collate "C", "incidentId" text collate "C")
      where held.workspace_id = each."workspaceId" and held.source = each.source
        and held.incident_id = each."incidentId"`);
}

/** Writes incidents as a call showed them: new ones, and new values of held ones. */
export async function writeIncidents(
  tx: Tx,
  incidents: readonly IncidentColumns[],
  call: Call,
): Promise<void> {
  if (incidents.length === 0) return;
  const columns = incidents.map(({ row: _row, entityKeys: _keys, ...rest }) => rest);
  const [called, answered] = [iso(call.calledMs), iso(call.answeredMs)];
  await tx.execute(sql`
    insert into register_incidents as held
      (organisation_id, workspace_id, source, incident_id, state, is_open, severity, severity_rank, classification, owner,
       owner_name, created_at, modified_at, number, alerts, tactics, products, rules, title_sort, workspace_sort, owner_sort,
       search, digest, closed_seen_at, first_seen_at, called_at, answered_at, reading_id)
    select ${ownOrganisation}, each."workspaceId", each.source, each."incidentId", each.state, each."isOpen",
        each.severity, each."severityRank", each.classification, each.owner, each."ownerName", each."createdAt", each."modifiedAt",
        each.number, each.alerts, each.tactics, each.products, each.rules, each."titleSort",
        each."workspaceSort", each."ownerSort", each.search, each.digest,
        case when each.state = 'Closed' then ${answered} end, ${answered}, ${called}, ${answered},
        ${call.readingId}::uuid
      from jsonb_to_recordset(${storableJson(columns)}::jsonb) as each
        ("workspaceId" text, source text, "incidentId" text, state text, "isOpen" boolean, severity text,
         "severityRank" smallint, classification text, owner text, "ownerName" text, "createdAt" timestamptz, "modifiedAt" timestamptz,
         number float8, alerts float8, tactics text[], products text[], rules text[], "titleSort" text,
         "workspaceSort" text, "ownerSort" text, search text, digest text)
    on conflict (organisation_id, workspace_id, source, incident_id) do update
      set state = excluded.state, is_open = excluded.is_open, severity = excluded.severity,
          severity_rank = excluded.severity_rank, classification = excluded.classification, owner = excluded.owner,
          owner_name = excluded.owner_name,
          created_at = excluded.created_at, modified_at = excluded.modified_at, number = excluded.number,
          alerts = excluded.alerts, tactics = excluded.tactics, products = excluded.products,
          rules = excluded.rules, title_sort = excluded.title_sort, workspace_sort = excluded.workspace_sort,
          owner_sort = excluded.owner_sort, search = excluded.search, digest = excluded.digest,
          closed_seen_at = case when held.state = 'Closed' and excluded.state = 'Closed'
            then held.closed_seen_at else excluded.closed_seen_at end,
          called_at = excluded.called_at, answered_at = excluded.answered_at, reading_id = excluded.reading_id`);
  await writeRows(tx, incidents);
}

async function writeRows(tx: Tx, incidents: readonly IncidentColumns[]): Promise<void> {
  const rows = incidents.map(({ workspaceId, source, incidentId, row, entityKeys }) => ({
    ...{ workspaceId, source, incidentId },
    ...{ row, entityKeys },
  }));
  await tx.execute(sql`
    insert into register_rows (organisation_id, workspace_id, source, incident_id, "row", entity_keys)
    select ${ownOrganisation}, each."workspaceId", each.source, each."incidentId", each."row", each."entityKeys"
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as each
        ("workspaceId" text, source text, "incidentId" text, "row" jsonb, "entityKeys" text[])
    on conflict (organisation_id, workspace_id, source, incident_id) do update
      set "row" = excluded."row", entity_keys = excluded.entity_keys`);
}

export async function writeTransitions(
  tx: Tx,
  transitions: readonly (RegisterKey & Transition)[],
): Promise<void> {
  if (transitions.length === 0) return;
  await tx.execute(sql`
    insert into register_transitions
      (organisation_id, workspace_id, source, incident_id, field, from_value, to_value, seen_after, seen_before,
       reading_before, reading_after)
    select ${ownOrganisation}, each."workspaceId", each.source, each."incidentId", each.field, each."from", each."to",
        to_timestamp(each."afterMs" / 1000.0), to_timestamp(each."beforeMs" / 1000.0),
        each."readingBefore", each."readingAfter"
      from jsonb_to_recordset(${storableJson(transitions)}::jsonb) as each
        ("workspaceId" text, source text, "incidentId" text, field text, "from" text, "to" text,
         "afterMs" float8, "beforeMs" float8, "readingBefore" uuid, "readingAfter" uuid)`);
}
