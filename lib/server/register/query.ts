import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { WorkspaceScope } from "@/lib/domain/access";
import { type IncidentQuery, type Place, printPlace } from "@/lib/domain/incident-query";
import type { Sort } from "@/lib/domain/incident-view";
import type { FacetCounts, IncidentsAnswer, RegisterBasis, RegisteredIncident } from "@/lib/domain/register";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { storableJson } from "@/lib/server/db/storable";
import { headOf } from "@/lib/server/live/log";
import { readBasis } from "./basis";
import { matching } from "./conditions";
import { countMatching } from "./count";
import { gone, type RegisterKey } from "./incident-columns";
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
  const from = after === null ? sql`` : sql` and ${comesAfter(sort, after)}`;
  const found = await select(tx, sort, sql`${matching(query, scope)}${from}`, limit + 1);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(registered),
    next: found.length > limit && last ? placeOf(last, isTime(sort)) : null,
  };
}

/** Those of some incidents that match, in the query's order. The keys are as the register spells them. */
export async function readAmong(
  tx: Tx,
  query: IncidentQuery,
  scope: WorkspaceScope,
  keys: readonly RegisterKey[],
): Promise<readonly (RegisterKey & { readonly incident: RegisteredIncident })[]> {
  if (keys.length === 0) return [];
  const asked = keys.map(({ workspaceId, source, incidentId }) => ({ workspaceId, source, incidentId }));
  const where = sql`${matching(query, scope)} and (i.workspace_id, i.source, i.incident_id) in (
    select each."workspaceId", each.source, each."incidentId"
      from jsonb_to_recordset(${storableJson(asked)}::jsonb) as each
        ("workspaceId" text collate "C", source text collate "C", "incidentId" text collate "C"))`;
  const found = await select(tx, query.sort, where, keys.length);
  return found.map((row) => ({
    workspaceId: row.workspace_id,
    source: row.source,
    incidentId: row.incident_id,
    incident: registered(row),
  }));
}

const isTime = ({ column }: Sort) => column === "age" || column === "changed";

async function select(tx: Tx, sort: Sort, where: SQL, limit: number): Promise<readonly PageRow[]> {
  const value = isTime(sort) ? sql`(extract(epoch from ${sortValue(sort)}) * 1000)::bigint` : sortValue(sort);
  return rowsOf<PageRow>(
    await tx.execute(sql`
      select page.*, (
          select held."row" from register_rows as held
            where held.workspace_id = page.workspace_id and held.source = page.source
              and held.incident_id = page.incident_id) as "row"
        from (
          select i.workspace_id, i.source, i.incident_id, i.state, ${value} as sort_value,
              ${ms("i.modified_at")} as modified_ms, ${ms("i.first_seen_at")} as first_ms,
              ${ms("i.called_at")} as called_ms, ${ms("i.closed_seen_at")} as closed_ms
            from register_incidents as i where ${where}
            order by ${orderBy(sort)} limit ${limit}) as page`),
  );
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

/** How many match, the counts of each facet's values, and what both rest on. */
export interface Figures extends RegisterBasis {
  readonly total: number;
  readonly facets: FacetCounts;
}

/** @returns beside the figures the names of the workspaces within the scope, by id */
export async function readFigures(
  tx: Tx,
  query: IncidentQuery,
  { scope, nowMs }: Asker,
): Promise<{ readonly figures: Figures; readonly names: ReadonlyMap<string, string | null> }> {
  const { total, facets, rowsOfPair } = await countMatching(tx, query, scope);
  const { names, ...basis } = await readBasis(tx, query, scope, { nowMs, rowsOfPair });
  const labelled = facets.workspace.map((each) => ({ ...each, label: names.get(each.value) ?? each.label }));
  return { figures: { total, facets: { ...facets, workspace: labelled }, ...basis }, names };
}

/** The row with the workspace's name as everything else shows it: ours, the one last learned, or the row's own. */
export function named(
  row: RegisteredIncident,
  names: ReadonlyMap<string, string | null>,
): RegisteredIncident {
  const workspaceName = names.get(row.workspaceId.toLowerCase()) ?? row.workspaceName;
  return workspaceName === row.workspaceName ? row : { ...row, workspaceName };
}

/**
 * A page, the count of all matches, the facets, what they rest on, and the place in the event log that they stand at: nothing outside the
 * asker's workspaces enters any of it.
 */
export async function answerQuery(
  tx: Tx,
  query: IncidentQuery,
  asker: Asker,
  limit: number,
): Promise<Omit<IncidentsAnswer, "position"> & { readonly head: number }> {
  // First: what is committed in between is told once more as a change, and nothing is missed.
  const head = await headOf(tx);
  const page = await readPage(tx, query, asker.scope, limit);
  const { figures, names } = await readFigures(tx, query, asker);
  return {
    incidents: page.rows.map((row) => named(row, names)),
    next: page.next === null ? null : printPlace(page.next),
    ...figures,
    head,
  };
}
