import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { WorkspaceScope } from "@/lib/domain/access";
import { type Facet, facets, type FacetValue } from "@/lib/domain/incident-filter";
import type { IncidentQuery } from "@/lib/domain/incident-query";
import type { FacetCounts } from "@/lib/domain/register";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { matching, several, single } from "./conditions";

export interface Counts {
  readonly total: number;
  readonly facets: FacetCounts;
  /** `<workspaceId> <source>` → matching rows. */
  readonly rowsOfPair: ReadonlyMap<string, number>;
}

interface CountRow extends Record<string, unknown> {
  readonly what: string;
  readonly value: string | null;
  readonly label: string | null;
  readonly n: number;
}

const singles = Object.keys(single) as (keyof typeof single)[];
const lists = Object.keys(several) as (keyof typeof several)[];
/** How the grouped columns are called once they are grouped. */
const grouped = { severity: "a", status: "b", source: "c", owner: "d", workspace: "e" } as const;

/**
 * All matching rows and the counts of each facet's values under the other filters, in one statement. A facet without a choice of its
 * own is counted among the matching rows, which are grouped once for all such facets; one with a choice needs a scan without it.
 */
export async function countMatching(tx: Tx, query: IncidentQuery, scope: WorkspaceScope): Promise<Counts> {
  const isChosen = (facet: Facet) =>
    query.facets[facet].any.length > 0 || query.facets[facet].none.length > 0;
  const parts: SQL[] = [
    sql`select 'total' as what, null as value, null as label, coalesce(sum(n), 0)::int as n from combos`,
    sql`select 'pair', e || ' ' || c, null, sum(n)::int from combos group by 2`,
  ];
  for (const facet of singles) {
    const column = sql.raw(grouped[facet]);
    const label = facet === "owner" ? sql`max(label)` : sql`null`;
    if (isChosen(facet)) parts.push(countSingle(facet, matching(query, scope, facet)));
    else parts.push(sql`select ${facet}, ${column}, ${label}, sum(n)::int from combos group by ${column}`);
  }
  for (const facet of lists) {
    const where = matching(query, scope, isChosen(facet) ? facet : undefined);
    parts.push(sql`
      select ${facet}, each, null, sum(n)::int
        from (select ${several[facet]} as held, count(*) as n from register_incidents as i where ${where} group by 1) as sets,
          unnest(held) as each group by each`);
  }
  const columns = singles.map((facet) => sql`${single[facet]} as ${sql.raw(grouped[facet])}`);
  const rows = rowsOf<CountRow>(
    await tx.execute(sql`
      with combos as materialized (
        select ${sql.join(columns, sql`, `)}, max(i.owner_name) as label, count(*) as n
          from register_incidents as i where ${matching(query, scope)} group by 1, 2, 3, 4, 5)
      ${sql.join(parts, sql` union all `)}`),
  );
  return arrange(rows);
}

function countSingle(facet: keyof typeof single, where: SQL): SQL {
  const label = facet === "owner" ? sql`max(i.owner_name)` : sql`null`;
  return sql`select ${facet}, ${single[facet]}, ${label}, count(*)::int from register_incidents as i where ${where} group by 2`;
}

function arrange(rows: readonly CountRow[]): Counts {
  const found = new Map<string, FacetValue[]>(facets.map((facet) => [facet, []]));
  const rowsOfPair = new Map<string, number>();
  let total = 0;
  for (const { what, value, label, n } of rows) {
    if (what === "total") total = n;
    else if (what === "pair" && value !== null) rowsOfPair.set(value, n);
    // Nothing said is no value to filter by.
    else if (value !== null && value !== "") found.get(what)?.push({ value, label: label ?? value, rows: n });
  }
  for (const values of found.values())
    values.sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
  // Complete by construction: one entry per facet.
  return { total, rowsOfPair, facets: Object.fromEntries(found) as unknown as FacetCounts };
}
