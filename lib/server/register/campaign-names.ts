import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { entityByKey } from "@/lib/domain/incident-entities";
import type { Campaign } from "@/lib/domain/register";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { storableJson } from "@/lib/server/db/storable";

/** A campaign before it is called by a name. */
export interface BareCampaign extends Omit<Campaign, "name" | "entityKind" | "title"> {
  /** The creation of its first incident, exactly as the store writes it. */
  readonly begunAt: string;
}

/**
 * Campaigns as people call them: title and entity in the spelling of its first incident, which the store keeps folded.
 * @param where the condition under which they were found
 */
export async function nameCampaigns(
  tx: Tx,
  campaigns: readonly BareCampaign[],
  where: SQL,
): Promise<Campaign[]> {
  const asked = campaigns.map(({ kind, value, begunAt, hits }, at) => ({
    ...{ at, kind, value, begunAt },
    workspaceId: hits[0]?.workspaceId ?? "",
  }));
  const rows = rowsOf<{ at: number; row: IncidentRow }>(
    await tx.execute(sql`
      select asked.at, first.row
        from jsonb_to_recordset(${storableJson(asked)}::jsonb) as asked
            (at int, kind text, value text collate "C", "begunAt" text, "workspaceId" text collate "C"),
          lateral (
            select held.row from register_incidents as i
                join register_rows as held on held.workspace_id = i.workspace_id and held.source = i.source
                  and held.incident_id = i.incident_id
              where i.created_at = asked."begunAt"::timestamptz and i.workspace_id = asked."workspaceId"
                and case asked.kind when 'title' then i.title_sort = asked.value
                  when 'rule' then asked.value = any(i.rules) else asked.value = any(held.entity_keys) end
                and ${where}
              order by i.source, i.incident_id limit 1) as first`),
  );
  const firsts = new Map(rows.map(({ at, row }) => [at, row]));
  return campaigns.map(({ begunAt: _begunAt, ...campaign }, at) => ({
    ...campaign,
    ...nameOf(campaign, firsts.get(at) ?? null),
  }));
}

function nameOf(
  { kind, value }: Pick<Campaign, "kind" | "value">,
  first: IncidentRow | null,
): Pick<Campaign, "name" | "entityKind" | "title"> {
  const title = first?.title ?? null;
  if (kind === "title") return { name: title ?? value, entityKind: null, title };
  if (kind === "rule") return { name: value, entityKind: null, title };
  const entity = entityByKey(first, value);
  return { name: entity.value, entityKind: entity.kind, title };
}
