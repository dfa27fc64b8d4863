import "server-only";
import { sql } from "drizzle-orm";
import type { IncidentQuery } from "@/lib/domain/incident-query";
import type { CampaignKind, Stack, StackKind, StacksAnswer } from "@/lib/domain/register";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { readBasis } from "./basis";
import { nameCampaigns } from "./campaign-names";
import { matching } from "./conditions";
import { countPairs } from "./count";
import { meetings, without } from "./meetings";
import type { Asker } from "./query";

/** More stacks than this are not read by anybody. */
const mostStacks = 100;

interface StackRow extends Record<string, unknown> {
  readonly value: string;
  readonly n: number;
  readonly customers: number;
  readonly first_at: string;
  readonly first_workspace: string;
  readonly latest_ms: string | number;
  readonly kinds: number;
}

/** All matching incidents, stacked by what they have in common, the highest stack first. One with several values lies on several. */
export async function stackBy(
  tx: Tx,
  { query, by }: { readonly query: IncidentQuery; readonly by: StackKind },
  { scope, nowMs }: Asker,
): Promise<StacksAnswer> {
  const where = matching(query, scope);
  const rows = rowsOf<StackRow>(
    await tx.execute(sql`
      with hits (kind, value, workspace_id, first_at, latest_at, n) as (${meetings[by](where)})
      select value, sum(n)::int as n, count(*)::int as customers, min(first_at)::text as first_at,
          (array_agg(workspace_id order by first_at nulls last, workspace_id))[1] as first_workspace,
          (extract(epoch from max(latest_at)) * 1000)::bigint as latest_ms, (count(*) over ())::int as kinds
        from hits group by value order by sum(n) desc, value limit ${mostStacks}`),
  );
  const [bare] = rowsOf<{ n: number }>(
    await tx.execute(sql`
      select count(*)::int as n from register_incidents as i where ${where} and ${without[by]}`),
  );
  const rowsOfPair = await countPairs(tx, where);
  const { names, ...basis } = await readBasis(tx, query, scope, { nowMs, rowsOfPair });
  const unnamed = rows.map(({ value, n, customers, latest_ms: latest }) => ({
    ...{ value, name: value, entityKind: null, incidents: n, customers },
    latestAt: latest === null ? null : new Date(Number(latest)).toISOString(),
  }));
  return {
    by,
    stacks: await nameStacks(tx, unnamed, { by, rows, names, where }),
    kinds: rows[0]?.kinds ?? 0,
    total: [...rowsOfPair.values()].reduce((sum, n) => sum + n, 0),
    without: bare?.n ?? 0,
    ...basis,
  };
}

interface Naming {
  readonly by: StackKind;
  readonly rows: readonly StackRow[];
  readonly names: ReadonlyMap<string, string | null>;
  readonly where: ReturnType<typeof matching>;
}

const isCampaignKind = (by: StackKind): by is CampaignKind => by !== "workspace" && by !== "product";

async function nameStacks(
  tx: Tx,
  stacks: readonly Stack[],
  { by, rows, names, where }: Naming,
): Promise<readonly Stack[]> {
  if (by === "workspace")
    return stacks.map((stack) => ({ ...stack, name: names.get(stack.value) ?? stack.value }));
  if (!isCampaignKind(by)) return stacks;
  const named = await nameCampaigns(
    tx,
    rows.map(({ value, n, first_at: begunAt, first_workspace: workspaceId }) => ({
      ...{ kind: by, value, begunAt, incidents: n },
      hits: [{ workspaceId, workspaceName: null, firstAt: "", latestAt: "", incidents: n }],
    })),
    where,
  );
  return stacks.map((stack, n) => ({
    ...stack,
    name: named[n]?.name ?? stack.name,
    entityKind: named[n]?.entityKind ?? null,
  }));
}
