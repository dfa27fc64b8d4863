import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { type Campaign, type CampaignKind, campaignKinds, type CampaignsAnswer } from "@/lib/domain/register";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { readBasis } from "./basis";
import { type BareCampaign, nameCampaigns } from "./campaign-names";
import { matching } from "./conditions";
import type { Windowed } from "./hours";
import type { Asker } from "./query";

/** More campaigns than this are not read by anybody. */
const mostCampaigns = 100;

export interface CampaignQuery {
  readonly query: Windowed;
  /** Customers that make a campaign. */
  readonly least: number;
  /** Null: any. */
  readonly kind: CampaignKind | null;
}

interface HitRow extends Record<string, unknown> {
  readonly kind: CampaignKind;
  readonly value: string;
  readonly workspace_id: string;
  readonly first_at: string;
  readonly first_ms: string | number;
  readonly latest_ms: string | number;
  readonly n: number;
}

const figures = sql.raw("min(i.created_at) as first_at, max(i.created_at) as latest_at, count(*) as n");
const sums = sql.raw("min(first_at), max(latest_at), sum(n)");

/** Where each kind is met: kind, value, customer, first and latest incident, and how many. */
const meetings: Record<CampaignKind, (where: SQL) => SQL> = {
  title: (where) => sql`
    select 'title' as kind, i.title_sort as value, i.workspace_id, ${figures}
      from register_incidents as i where ${where} and i.title_sort is not null group by 2, 3`,
  // Few sets of rules are distinct: taken apart after counting, not before.
  rule: (where) => sql`
    select 'rule', each collate "C", workspace_id, ${sums}
      from (select i.rules, i.workspace_id, ${figures} from register_incidents as i where ${where} group by 1, 2) as sets,
        unnest(rules) as each group by 2, 3`,
  entity: (where) => sql`
    select 'entity', each collate "C", i.workspace_id, ${figures}
      from register_incidents as i join register_rows as held on held.workspace_id = i.workspace_id
        and held.source = i.source and held.incident_id = i.incident_id,
        unnest(held.entity_keys) as each where ${where} group by 2, 3`,
};

/**
 * The same title, rule or entity in incidents of `least` customers or more, created within the query's window. Only incidents within
 * the asker's sight are ever looked at: a campaign that needs another customer to be one is none, and its counts and times are
 * those of the asker's customers.
 */
export async function findCampaigns(
  tx: Tx,
  { query, least, kind }: CampaignQuery,
  { scope, nowMs }: Asker,
): Promise<CampaignsAnswer> {
  const where = matching(query, scope);
  const met = (kind === null ? campaignKinds : [kind]).map((each) => sql`(${meetings[each](where)})`);
  const rows = rowsOf<HitRow>(
    await tx.execute(sql`
      with hits (kind, value, workspace_id, first_at, latest_at, n) as materialized (${sql.join(met, sql` union all `)}),
      wide as (
        select kind, value, count(*) as customers, min(first_at) as begun_at
          from hits group by kind, value having count(*) >= ${least}
          order by count(*) desc, min(first_at) desc, kind, value limit ${mostCampaigns + 1})
      select hits.kind, hits.value, hits.workspace_id, hits.first_at::text as first_at,
          (extract(epoch from hits.first_at) * 1000)::bigint as first_ms,
          (extract(epoch from hits.latest_at) * 1000)::bigint as latest_ms, hits.n::int as n
        from wide join hits on hits.kind = wide.kind and hits.value = wide.value
        order by wide.customers desc, wide.begun_at desc, hits.kind, hits.value, hits.first_at, hits.workspace_id`),
  );
  const pairs = rowsOf<{ pair: string; n: number }>(
    await tx.execute(sql`
      select i.workspace_id || ' ' || i.source as pair, count(*)::int as n
        from register_incidents as i where ${where} group by 1`),
  );
  const rowsOfPair = new Map(pairs.map(({ pair, n }) => [pair, n]));
  const { names, ...basis } = await readBasis(tx, query, scope, { nowMs, rowsOfPair });
  const found = gather(rows, names);
  const campaigns = await nameCampaigns(tx, found.slice(0, mostCampaigns), where);
  return { campaigns, isCut: found.length > mostCampaigns, least, ...basis };
}

const iso = (value: string | number) => new Date(Number(value)).toISOString();

function gather(rows: readonly HitRow[], names: ReadonlyMap<string, string | null>): BareCampaign[] {
  const campaigns: (Omit<BareCampaign, "hits"> & { incidents: number; hits: Campaign["hits"][number][] })[] =
    [];
  for (const row of rows) {
    const hit = {
      workspaceId: row.workspace_id,
      workspaceName: names.get(row.workspace_id) ?? null,
      firstAt: iso(row.first_ms),
      latestAt: iso(row.latest_ms),
      incidents: row.n,
    };
    const last = campaigns.at(-1);
    if (last && last.kind === row.kind && last.value === row.value) {
      last.hits.push(hit);
      last.incidents += row.n;
    } else {
      const { kind, value, first_at: begunAt } = row;
      campaigns.push({ kind, value, begunAt, incidents: row.n, hits: [hit] });
    }
  }
  return campaigns;
}
