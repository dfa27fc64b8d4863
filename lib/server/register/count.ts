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

/** How many rows of each workspace × source meet a condition over `register_incidents as i`, by `<workspaceId> <source>`. */
export async function countPairs(tx: Tx, where: SQL): Promise<ReadonlyMap<string, number>> {
  const pairs = rowsOf<{ pair: string; n: number }>(
    await tx.execute(sql`
      select i.workspace_id || ' ' || i.source as pair, count(*)::int as n
        from register_incidents as i where ${where} group by 1`),
  );
  return new Map(pairs.map(({ pair, n }) => [pair, n]));
}

const singles = Object.keys(single) as (keyof typeof single)[];
/** How the grouped columns are called once they are grouped. */
const grouped = {
  severity: "a",
  status: "b",
  source: "c",
  owner: "d",
  workspace: "e",
  tactic: "g",
  product: "h",
} as const;

const isSingle = (facet: Facet): facet is keyof typeof single => facet in single;
const isChosen = ({ facets: choices }: IncidentQuery, facet: Facet) =>
  choices[facet].any.length > 0 || choices[facet].none.length > 0;

/**
 * All matching rows and the counts of each facet's values under the other filters, in one statement. Facets without a choice of their
 * own are counted among the matching rows, which are read and grouped once for all of them; one with a choice needs a reading of its own.
 */
export async function countMatching(tx: Tx, query: IncidentQuery, scope: WorkspaceScope): Promise<Counts> {
  const parts: SQL[] = [
    sql`select 'total' as what, null as value, null as label, coalesce(sum(n), 0)::int as n from singles`,
    sql`select 'pair', e || ' ' || c, null, sum(n)::int from singles group by 2`,
  ];
  for (const facet of facets)
    if (isChosen(query, facet)) parts.push(countChosen(facet, matching(query, scope, facet)));
    else parts.push(countGrouped(facet));
  const columns = singles.map((facet) => sql`${single[facet]} as ${sql.raw(grouped[facet])}`);
  const rows = rowsOf<CountRow>(
    await tx.execute(sql`
      with combos as materialized (
        select ${sql.join(columns, sql`, `)}, i.owner_name as f, i.tactics as g, i.products as h,
            grouping(i.tactics) = 0 as is_list, count(*) as n
          from register_incidents as i where ${matching(query, scope)}
          group by grouping sets ((1, 2, 3, 4, 5, 6), (7, 8))),
      singles as (select * from combos where not is_list)
      ${sql.join(parts, sql` union all `)}`),
  );
  return arrange(rows);
}

/** A facet without a choice, from the grouped rows. */
function countGrouped(facet: Facet): SQL {
  const column = sql.raw(grouped[facet]);
  if (!isSingle(facet))
    return sql`
      select ${facet}, each, null, sum(n)::int from combos, unnest(${column}) as each where is_list group by each`;
  const label = facet === "owner" ? sql`max(f)` : sql`null`;
  return sql`select ${facet}, ${column}, ${label}, sum(n)::int from singles group by ${column}`;
}

/** A facet with a choice, from a reading of all rows that the other filters let pass. */
function countChosen(facet: Facet, where: SQL): SQL {
  const label = facet === "owner" ? sql`max(i.owner_name)` : sql`null`;
  if (isSingle(facet))
    return sql`
      select ${facet}, ${single[facet]}, ${label}, count(*)::int from register_incidents as i where ${where} group by 2`;
  return sql`
    select ${facet}, each, null, sum(n)::int
      from (select ${several[facet]} as held, count(*) as n from register_incidents as i where ${where} group by 1) as sets,
        unnest(held) as each group by each`;
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
