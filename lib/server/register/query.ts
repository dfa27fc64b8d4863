import "server-only";
import { sql } from "drizzle-orm";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { WorkspaceScope } from "@/lib/domain/access";
import { type IncidentQuery, type Place, printPlace } from "@/lib/domain/incident-query";
import type { IncidentsAnswer, RegisteredIncident } from "@/lib/domain/register";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { readBasis } from "./basis";
import { matching } from "./conditions";
import { countMatching } from "./count";
import { gone } from "./incident-columns";
import { comesAfter, orderBy, sortValue } from "./order";

/** Who asks, and when. */
export interface Asker {
  readonly scope: WorkspaceScope;
  readonly nowMs: number;
}

interface PageRow extends Record<string, unknown> {
  readonly workspace_id: string;
  readonly source: string;
  readonly incident_id: string;
  readonly state: string | null;
  readonly sort_value: string | number | null;
  readonly modified_ms: string | number | null;
  readonly first_ms: string | number;
  readonly called_ms: string | number;
  readonly closed_ms: string | number | null;
  readonly row: IncidentRow;
}

const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`);
const iso = (value: string | number) => new Date(Number(value)).toISOString();

export interface Page {
  readonly rows: readonly RegisteredIncident[];
  /** The place of the last row; null when there is none after it. */
  readonly next: Place | null;
}

/** One page of matching incidents in the query's order, from its place on. */
export async function readPage(
  tx: Tx,
  query: IncidentQuery,
  scope: WorkspaceScope,
  limit: number,
): Promise<Page> {
  const { sort, after } = query;
  const isTime = sort.column === "age" || sort.column === "changed";
  const value = isTime ? sql`(extract(epoch from ${sortValue(sort)}) * 1000)::bigint` : sortValue(sort);
  const from = after === null ? sql`` : sql` and ${comesAfter(sort, after)}`;
  const found = rowsOf<PageRow>(
    await tx.execute(sql`
      select page.*, (
          select held."row" from register_rows as held
            where held.workspace_id = page.workspace_id and held.source = page.source
              and held.incident_id = page.incident_id) as "row"
        from (
          select i.workspace_id, i.source, i.incident_id, i.state, ${value} as sort_value,
              ${ms("i.modified_at")} as modified_ms, ${ms("i.first_seen_at")} as first_ms,
              ${ms("i.called_at")} as called_ms, ${ms("i.closed_seen_at")} as closed_ms
            from register_incidents as i where ${matching(query, scope)}${from}
            order by ${orderBy(sort)} limit ${limit + 1}) as page`),
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(registered),
    next: found.length > limit && last ? placeOf(last, isTime) : null,
  };
}

function placeOf(row: PageRow, isTime: boolean): Place {
  return {
    value: row.sort_value !== null && isTime ? iso(row.sort_value) : row.sort_value,
    modifiedAt: row.modified_ms === null ? null : iso(row.modified_ms),
    workspaceId: row.workspace_id,
    source: row.source,
    incidentId: row.incident_id,
  };
}

function registered(found: PageRow): RegisteredIncident {
  return {
    ...found.row,
    status: found.state === gone ? gone : found.row.status,
    seen: {
      firstAt: iso(found.first_ms),
      lastAt: iso(found.called_ms),
      closedAt: found.closed_ms === null ? null : iso(found.closed_ms),
    },
  };
}

/** A page, the count of all matches, the facets, and what they rest on: nothing outside the asker's workspaces enters any of them. */
export async function answerQuery(
  tx: Tx,
  query: IncidentQuery,
  { scope, nowMs }: Asker,
  limit: number,
): Promise<IncidentsAnswer> {
  const page = await readPage(tx, query, scope, limit);
  const { total, facets, rowsOfPair } = await countMatching(tx, query, scope);
  const { names, ...basis } = await readBasis(tx, query, scope, { nowMs, rowsOfPair });
  const labelled = facets.workspace.map((each) => ({ ...each, label: names.get(each.value) ?? each.label }));
  return {
    incidents: page.rows.map((row) => ({
      ...row,
      workspaceName: row.workspaceName ?? names.get(row.workspaceId.toLowerCase()) ?? null,
    })),
    next: page.next === null ? null : printPlace(page.next),
    total,
    facets: { ...facets, workspace: labelled },
    ...basis,
  };
}
