import "server-only";
import { asc, isNotNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { workspaceSources, workspaces } from "@/lib/server/db/schema/tenant";
import { workspaceProfiles } from "@/lib/server/db/schema/workspaces";
import { storableJson } from "@/lib/server/db/storable";

/**
 * The registry of workspaces. Upstream has no list of them, so it is gathered from whatever mentions one, and kept:
 * only what we once knew can be named as missing.
 */

/** Where a name was learned, worst first. A name is replaced by one from the same or a better place only. */
export const learnedFrom = ["rows", "gamebooks", "users", "service-accounts"] as const;
export type LearnedFrom = (typeof learnedFrom)[number];

export interface KnownWorkspace {
  /** Lower-case GUID. */
  readonly id: string;
  /** As upstream calls it, as far as we know. */
  readonly name: string | null;
  /** As people here call it; null where they gave it no name. */
  readonly ownName: string | null;
  /** The name came from incident rows, and may be replaced by a newer one from there. */
  readonly isNameReplaceable: boolean;
  /** ISO time of the last reply that mentioned it, to the minute. */
  readonly lastSeenAt: string;
  readonly sources: readonly {
    readonly source: string;
    /** ISO time of the last walk that read this pair to the end or found it quiet; null when none has. */
    readonly lastReadAt: string | null;
  }[];
}

export interface WorkspacePair {
  readonly workspaceId: string;
  readonly source: string;
}

/** What replies have told; ids in any case. */
export interface Observations {
  readonly workspaces: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly from: LearnedFrom;
  }[];
  readonly pairs: readonly WorkspacePair[];
  /** Pairs that a completed walk read or found quiet. */
  readonly read: readonly WorkspacePair[];
}

/** The registry as the walk uses it. */
export interface WorkspaceRegistry {
  list(organisationId: string): Promise<readonly KnownWorkspace[]>;
  record(organisationId: string, observed: Observations, nowMs: number): Promise<void>;
}

/** Every workspace that any reply has named, by name (unnamed ones last), with its sources. */
export async function listWorkspaces(organisationId: string): Promise<readonly KnownWorkspace[]> {
  const [rows, pairs, own] = await withOrganisation(organisationId, async (tx) => [
    await tx
      .select()
      .from(workspaces)
      .orderBy(sql`${workspaces.name} nulls last`, asc(workspaces.workspaceId)),
    await tx.select().from(workspaceSources).orderBy(asc(workspaceSources.source)),
    await ownNames(tx),
  ]);
  const sources = new Map<string, { source: string; lastReadAt: string | null }[]>();
  for (const { workspaceId, source, lastReadAt } of pairs) {
    const own = sources.get(workspaceId) ?? [];
    own.push({ source, lastReadAt: lastReadAt?.toISOString() ?? null });
    sources.set(workspaceId, own);
  }
  return rows.map((row) => ({
    id: row.workspaceId,
    name: row.name,
    ownName: own.get(row.workspaceId) ?? null,
    isNameReplaceable: row.name === null || row.learnedFrom === "rows",
    lastSeenAt: row.lastSeenAt.toISOString(),
    sources: sources.get(row.workspaceId) ?? [],
  }));
}

/** The names that people here gave, by workspace id. */
export async function ownNames(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .select({ id: workspaceProfiles.workspaceId, name: workspaceProfiles.ownName })
    .from(workspaceProfiles)
    .where(isNotNull(workspaceProfiles.ownName));
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])));
}

/**
 * Writes observations in the caller's transaction. Rows that would not change are not written.
 * The rows travel as one JSON parameter: with 3,000 pairs that takes a sixth of the time of as many placeholders.
 */
export async function recordObservations(
  tx: Tx,
  organisationId: string,
  observed: Observations,
  nowMs: number,
): Promise<void> {
  const now = new Date(nowMs).toISOString();
  const known = mentioned(observed);
  if (known.length > 0) await upsertWorkspaces(tx, organisationId, known, now);
  const rowsOf = (pairs: readonly WorkspacePair[]) => storableJson(distinctPairs(pairs));
  if (observed.pairs.length > 0)
    await tx.execute(sql`
      insert into workspace_sources (organisation_id, workspace_id, source, first_seen_at)
      select ${organisationId}::uuid, pair->>'workspaceId', pair->>'source', ${now}::timestamptz
        from jsonb_array_elements(${rowsOf(observed.pairs)}::jsonb) as pair
      on conflict do nothing`);
  if (observed.read.length > 0)
    await tx.execute(sql`
      insert into workspace_sources as held (organisation_id, workspace_id, source, first_seen_at, last_read_at)
      select ${organisationId}::uuid, pair->>'workspaceId', pair->>'source', ${now}::timestamptz, ${now}::timestamptz
        from jsonb_array_elements(${rowsOf(observed.read)}::jsonb) as pair
      on conflict (organisation_id, workspace_id, source) do update
        set last_read_at = greatest(held.last_read_at, excluded.last_read_at)`);
}

async function upsertWorkspaces(
  tx: Tx,
  organisationId: string,
  known: Observations["workspaces"],
  now: string,
): Promise<void> {
  const places = sql`(${JSON.stringify(learnedFrom)}::jsonb)`;
  // Places in `learnedFrom` as a number; an unknown one counts as the worst.
  const rank = (column: string) =>
    sql`coalesce((select place.at from jsonb_array_elements_text(${places}) with ordinality as place (name, at)
          where place.name = ${sql.raw(column)}.learned_from), 0)`;
  const isBetter = sql`(excluded.name is not null and (held.name is null or ${rank("excluded")} > ${rank("held")}
    or (${rank("excluded")} = ${rank("held")} and excluded.name <> held.name)))`;
  // To the minute: a busy screen must not rewrite the same rows over and over.
  await tx.execute(sql`
    insert into workspaces as held (organisation_id, workspace_id, name, learned_from, first_seen_at, last_seen_at)
    select ${organisationId}::uuid, each->>'id', each->>'name', each->>'from', ${now}::timestamptz, ${now}::timestamptz
      from jsonb_array_elements(${storableJson(known)}::jsonb) as each
    on conflict (organisation_id, workspace_id) do update
      set name = case when ${isBetter} then excluded.name else held.name end,
          learned_from = case when ${isBetter} then excluded.learned_from else held.learned_from end,
          last_seen_at = greatest(held.last_seen_at, excluded.last_seen_at)
      where ${isBetter} or held.last_seen_at < excluded.last_seen_at - interval '1 minute'`);
}

/** Each workspace once, its best name first come; sorted, so that concurrent writers lock rows in the same order. */
function mentioned(observed: Observations): Observations["workspaces"] {
  const best = new Map<string, Observations["workspaces"][number]>();
  const rank = (from: LearnedFrom) => learnedFrom.indexOf(from);
  const implied = [...observed.pairs, ...observed.read].map(({ workspaceId }) => ({
    id: workspaceId,
    name: null,
    from: "rows" as const,
  }));
  for (const each of [...observed.workspaces, ...implied]) {
    const workspace = { ...each, id: each.id.toLowerCase() };
    const held = best.get(workspace.id);
    const isBetter =
      !held || (workspace.name !== null && (held.name === null || rank(workspace.from) > rank(held.from)));
    if (isBetter) best.set(workspace.id, workspace);
  }
  return [...best.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function distinctPairs(pairs: readonly WorkspacePair[]): readonly WorkspacePair[] {
  const distinct = new Map<string, WorkspacePair>();
  for (const { workspaceId, source } of pairs) {
    const id = workspaceId.toLowerCase();
    distinct.set(`${id} ${source}`, { workspaceId: id, source });
  }
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}

/** The registry in the database. */
export const databaseRegistry: WorkspaceRegistry = {
  list: listWorkspaces,
  record: (organisationId, observed, nowMs) =>
    withOrganisation(organisationId, (tx) => recordObservations(tx, organisationId, observed, nowMs)),
};
