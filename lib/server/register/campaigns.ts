import "server-only";
import { sql } from "drizzle-orm";
import type { Campaign, CampaignKind, CampaignsAnswer } from "@/lib/domain/register";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { readBasis } from "./basis";
import { matching } from "./conditions";
import { countMatching } from "./count";
import type { Windowed } from "./hours";
import type { Asker } from "./query";

/** More campaigns than this are not read by anybody. */
const mostCampaigns = 100;

interface HitRow extends Record<string, unknown> {
  readonly kind: CampaignKind;
  readonly value: string;
  readonly workspace_id: string;
  readonly first_ms: string | number;
  readonly n: number;
}

/**
 * The same title, rule or entity in incidents of `least` customers or more, created within the query's window. Only incidents within
 * the asker's sight are ever looked at: a campaign that needs another customer to be one is none, and its counts and times are
 * those of the asker's customers.
 */
export async function findCampaigns(
  tx: Tx,
  query: Windowed,
  least: number,
  { scope, nowMs }: Asker,
): Promise<CampaignsAnswer> {
  const rows = rowsOf<HitRow>(
    await tx.execute(sql`
      with mine as materialized (
        select i.workspace_id, i.source, i.incident_id, i.created_at, i.title_sort, i.rules
          from register_incidents as i where ${matching(query, scope)}),
      met as (
        select 'title' as kind, title_sort as value, workspace_id, created_at from mine where title_sort is not null
        union all
        select 'rule', each collate "C", workspace_id, created_at from mine, unnest(rules) as each
        union all
        select 'entity', each collate "C", mine.workspace_id, created_at from mine
          join register_rows as held on held.workspace_id = mine.workspace_id and held.source = mine.source
            and held.incident_id = mine.incident_id,
          unnest(held.entity_keys) as each),
      hits as (
        select kind, value, workspace_id, min(created_at) as first_at, count(*)::int as n
          from met group by kind, value, workspace_id),
      wide as (
        select kind, value, count(*) as customers, min(first_at) as first_at
          from hits group by kind, value having count(*) >= ${least}
          order by count(*) desc, min(first_at) desc, kind, value limit ${mostCampaigns + 1})
      select hits.kind, hits.value, hits.workspace_id, (extract(epoch from hits.first_at) * 1000)::bigint as first_ms,
          hits.n
        from wide join hits on hits.kind = wide.kind and hits.value = wide.value
        order by wide.customers desc, wide.first_at desc, hits.kind, hits.value, hits.first_at, hits.workspace_id`),
  );
  const { rowsOfPair } = await countMatching(tx, query, scope);
  const { names, ...basis } = await readBasis(tx, query, scope, { nowMs, rowsOfPair });
  const campaigns = gather(rows, names);
  const isCut = campaigns.length > mostCampaigns;
  return { campaigns: campaigns.slice(0, mostCampaigns), isCut, least, ...basis };
}

function gather(rows: readonly HitRow[], names: ReadonlyMap<string, string | null>): Campaign[] {
  const campaigns: {
    kind: CampaignKind;
    value: string;
    incidents: number;
    hits: Campaign["hits"][number][];
  }[] = [];
  for (const row of rows) {
    const hit = {
      workspaceId: row.workspace_id,
      workspaceName: names.get(row.workspace_id) ?? null,
      firstAt: new Date(Number(row.first_ms)).toISOString(),
      incidents: row.n,
    };
    const last = campaigns.at(-1);
    if (last && last.kind === row.kind && last.value === row.value) {
      last.hits.push(hit);
      last.incidents += row.n;
    } else campaigns.push({ kind: row.kind, value: row.value, incidents: row.n, hits: [hit] });
  }
  return campaigns;
}
