import "server-only";
import { sql } from "drizzle-orm";
import type { WorkspaceScope } from "@/lib/domain/access";
import type { CoverageEntry, CoverageState } from "@/lib/domain/coverage";
import type { FacetChoice, IncidentQuery } from "@/lib/domain/incident-query";
import {
  type RegisterBasis,
  staleAfterMs,
  type UncoveredPair,
  type WindowCover,
} from "@/lib/domain/register";
import { gapsIn, mergeSpans, type Span } from "@/lib/domain/spans";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { inScope } from "./conditions";

/** A workspace × source that the answer is about, with what the register holds of it. */
interface Pair {
  readonly workspaceId: string;
  /** Empty: none of its sources is known. */
  readonly source: string;
  readonly name: string | null;
  readonly state: CoverageState | null;
  readonly reason: string | null;
  readonly readMs: number | null;
  readonly sweptMs: number | null;
  readonly notReadMs: number | null;
  readonly spans: readonly Span[];
}

interface PairRow extends Record<string, unknown> {
  readonly workspace_id: string;
  readonly source: string;
  readonly name: string | null;
  readonly state: string | null;
  readonly reason: string | null;
  readonly read_ms: string | number | null;
  readonly swept_ms: string | number | null;
  readonly not_read_ms: string | number | null;
  readonly spans: readonly { readonly from: number; readonly to: number }[] | null;
}

const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`);

/** Every pair within the scope that any reply has ever named. A workspace without one counts as a pair without a source. */
async function readPairs(tx: Tx, scope: WorkspaceScope): Promise<readonly Pair[]> {
  const rows = rowsOf<PairRow>(
    await tx.execute(sql`
      with known as (
        select workspace_id collate "C" as workspace_id, source collate "C" as source from workspace_sources
        union select workspace_id, source from register_coverage where source <> ''
        union select workspace_id, source from register_spans),
      pairs as (
        select workspace_id, source from known
        union select w.workspace_id collate "C", '' from workspaces as w
          where not exists (select from known where known.workspace_id = w.workspace_id collate "C"))
      select pairs.workspace_id, pairs.source, coalesce(p.own_name, w.name) as name, held.state, held.reason, ${ms("held.read_as_of")} as read_ms,
          ${ms("held.swept_at")} as swept_ms, ${ms("held.not_read_since")} as not_read_ms,
          (select jsonb_agg(jsonb_build_object('from', ${ms("s.covered_from")}, 'to', ${ms("s.covered_to")}))
             from register_spans as s where s.workspace_id = pairs.workspace_id and s.source = pairs.source) as spans
        from pairs
          left join workspaces as w on w.workspace_id collate "C" = pairs.workspace_id
          left join workspace_profiles as p on p.workspace_id collate "C" = pairs.workspace_id
          left join register_coverage as held
            on held.workspace_id = pairs.workspace_id and held.source = pairs.source
        where ${inScope(scope, sql`pairs.workspace_id`)}
        order by pairs.workspace_id, pairs.source`),
  );
  const number = (value: string | number | null) => (value === null ? null : Number(value));
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    source: row.source,
    name: row.name,
    // Written by us, from the set of states.
    state: row.state as CoverageState | null,
    reason: row.reason,
    readMs: number(row.read_ms),
    sweptMs: number(row.swept_ms),
    notReadMs: number(row.not_read_ms),
    spans: mergeSpans(row.spans ?? []),
  }));
}

/** Every workspace within the scope by its lower-case id, and what it is called, where that is known: by us, else upstream. */
export async function workspaceNames(
  tx: Tx,
  scope: WorkspaceScope,
): Promise<ReadonlyMap<string, string | null>> {
  const rows = rowsOf<{ id: string; name: string | null }>(
    await tx.execute(sql`
      select w.workspace_id as id, coalesce(p.own_name, w.name) as name
        from workspaces as w left join workspace_profiles as p on p.workspace_id = w.workspace_id
        where ${inScope(scope, sql`w.workspace_id`)}`),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const passes = ({ any, none }: FacetChoice, value: string) =>
  (any.length === 0 || any.includes(value)) && !none.includes(value);

/**
 * What an answer to this query rests on, over the pairs that the person may see and the query asks for. `rowsOfPair`:
 * `<workspaceId> <source>` → matching rows.
 */
export async function readBasis(
  tx: Tx,
  query: IncidentQuery,
  scope: WorkspaceScope,
  asked: { readonly nowMs: number; readonly rowsOfPair: ReadonlyMap<string, number> },
): Promise<RegisterBasis & { readonly names: ReadonlyMap<string, string | null> }> {
  const { nowMs, rowsOfPair } = asked;
  const { workspace, source } = query.facets;
  const all = await readPairs(tx, scope);
  const pairs = all.filter(
    (pair) => passes(workspace, pair.workspaceId) && (pair.source === "" || passes(source, pair.source)),
  );
  const entries = pairs.map((pair) =>
    entryOf(pair, rowsOfPair.get(`${pair.workspaceId} ${pair.source}`) ?? 0, nowMs),
  );
  const newest = Math.max(...pairs.map((pair) => pair.readMs ?? Number.NEGATIVE_INFINITY));
  const asOf = Number.isFinite(newest) ? new Date(newest).toISOString() : null;
  return {
    names: new Map(all.map((pair) => [pair.workspaceId, pair.name])),
    asOf,
    coverage: {
      asOf: asOf ?? new Date(nowMs).toISOString(),
      entries,
      unreadableRows: 0,
    },
    window: windowCover(pairs, query, nowMs),
  };
}

const isFresh = (pair: Pair, nowMs: number) => pair.readMs !== null && nowMs - pair.readMs <= staleAfterMs;

function entryOf(pair: Pair, rows: number, nowMs: number): CoverageEntry {
  const entry = {
    workspaceId: pair.workspaceId,
    workspaceName: pair.name,
    source: pair.source === "" ? null : pair.source,
    rows,
    since: pair.readMs === null ? null : new Date(pair.readMs).toISOString(),
  };
  if (pair.state === null) return { ...entry, state: "missing", reason: "not read yet" };
  if (pair.state !== "read" && pair.state !== "quiet")
    return { ...entry, state: pair.state, reason: pair.reason };
  // Nothing is being read any more: what was read once is not the present.
  if (!isFresh(pair, nowMs)) return { ...entry, state: "missing", reason: "no reading since then" };
  return { ...entry, state: pair.state, reason: null };
}

/** More than these are counted. */
const mostUncovered = 50;
/** Before any incident: where a query without a beginning begins. */
const everMs = 0;

/** What was created since a pair's newest reading is not missed: the coverage tells how old that is. */
function windowCover(pairs: readonly Pair[], query: IncidentQuery, nowMs: number): WindowCover {
  const from = query.from === null ? everMs : Date.parse(query.from);
  const until = Math.min(query.to === null ? nowMs : Date.parse(query.to), nowMs);
  const uncovered: UncoveredPair[] = [];
  let isReached = pairs.some((pair) => pair.spans.length > 0);
  for (const pair of pairs) {
    const last = pair.spans.at(-1)?.to ?? null;
    const to = last !== null && isFresh(pair, nowMs) ? Math.min(until, last) : until;
    const found = gapsIn({ from, to }, pair.spans);
    if (last !== null && found.some((gap) => gap.from < last)) isReached = false;
    const gaps = found.map((gap) => ({
      from: gap.from === everMs ? null : new Date(gap.from).toISOString(),
      to: new Date(gap.to).toISOString(),
    }));
    if (gaps.length > 0) uncovered.push({ workspaceId: pair.workspaceId, source: pair.source || null, gaps });
  }
  const starts = pairs.map((pair) => pair.spans.at(-1)?.from ?? null);
  const isEachRead = starts.length > 0 && !starts.includes(null);
  const coveredMs = Math.max(...starts.map((start) => start ?? 0));
  return {
    isCovered: pairs.length > 0 && uncovered.length === 0,
    isReached,
    coveredFrom: isEachRead ? new Date(coveredMs).toISOString() : null,
    uncovered: uncovered.slice(0, mostUncovered),
    moreUncovered: Math.max(0, uncovered.length - mostUncovered),
  };
}
