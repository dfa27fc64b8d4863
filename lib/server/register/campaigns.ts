import "server-only";
import { sql } from "drizzle-orm";
import { type Campaign, type CampaignKind, campaignKinds, type CampaignsAnswer } from "@/lib/domain/register";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { readBasis } from "./basis";
import { type BareCampaign, nameCampaigns } from "./campaign-names";
import { matching } from "./conditions";
import { countPairs } from "./count";
import type { Windowed } from "./hours";
import { meetings } from "./meetings";
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
  const rowsOfPair = await countPairs(tx, where);
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
