import "server-only";
import { asc, sql } from "drizzle-orm";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { workspaceSources, workspaces } from "@/lib/server/db/schema";

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
  readonly name: string | null;
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
  const [rows, pairs] = await withOrganisation(organisationId, async (tx) => [
    await tx
      .select()
      .from(workspaces)
      .orderBy(sql`${workspaces.name} nulls last`, asc(workspaces.workspaceId)),
    await tx.select().from(workspaceSources).orderBy(asc(workspaceSources.source)),
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
    isNameReplaceable: row.name === null || row.learnedFrom === "rows",
    lastSeenAt: row.lastSeenAt.toISOString(),
    sources: sources.get(row.workspaceId) ?? [],
  }));
}

/** Rows of one statement; well below the 65,535 parameters that the wire protocol allows. */
const batch = 1_000;

/** Writes observations in the caller's transaction. Rows that would not change are not written. */
export async function recordObservations(
  tx: Tx,
  organisationId: string,
  observed: Observations,
  nowMs: number,
): Promise<void> {
  const now = new Date(nowMs);
  for (const part of batches(mentioned(observed)))
    await upsertWorkspaces(
      tx,
      part.map(({ id, name, from }) => ({
        organisationId,
        workspaceId: id,
        name,
        learnedFrom: from,
        firstSeenAt: now,
        lastSeenAt: now,
      })),
    );
  const pairRow = (pair: WorkspacePair) => ({ organisationId, ...pair, firstSeenAt: now });
  for (const part of batches(distinctPairs(observed.pairs)))
    await tx.insert(workspaceSources).values(part.map(pairRow)).onConflictDoNothing();
  for (const part of batches(distinctPairs(observed.read)))
    await tx
      .insert(workspaceSources)
      .values(part.map((pair) => ({ ...pairRow(pair), lastReadAt: now })))
      .onConflictDoUpdate({
        target: [workspaceSources.organisationId, workspaceSources.workspaceId, workspaceSources.source],
        set: { lastReadAt: sql`greatest(${workspaceSources.lastReadAt}, excluded.last_read_at)` },
      });
}

async function upsertWorkspaces(tx: Tx, rows: (typeof workspaces.$inferInsert)[]): Promise<void> {
  const places = sql`array[${sql.join(
    learnedFrom.map((place) => sql`${place}::text`),
    sql`, `,
  )}]`;
  const held = sql`array_position(${places}, ${workspaces.learnedFrom})`;
  const offered = sql`array_position(${places}, excluded.learned_from)`;
  const isBetter = sql`(excluded.name is not null and (${workspaces.name} is null or ${offered} > ${held}
    or (${offered} = ${held} and excluded.name <> ${workspaces.name})))`;
  await tx
    .insert(workspaces)
    .values(rows)
    .onConflictDoUpdate({
      target: [workspaces.organisationId, workspaces.workspaceId],
      set: {
        name: sql`case when ${isBetter} then excluded.name else ${workspaces.name} end`,
        learnedFrom: sql`case when ${isBetter} then excluded.learned_from else ${workspaces.learnedFrom} end`,
        lastSeenAt: sql`greatest(${workspaces.lastSeenAt}, excluded.last_seen_at)`,
      },
      // To the minute: a busy screen must not rewrite the same rows over and over.
      setWhere: sql`${isBetter} or ${workspaces.lastSeenAt} < excluded.last_seen_at - interval '1 minute'`,
    });
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

function* batches<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += batch) yield rows.slice(at, at + batch);
}

/** The registry in the database. */
export const databaseRegistry: WorkspaceRegistry = {
  list: listWorkspaces,
  record: (organisationId, observed, nowMs) =>
    withOrganisation(organisationId, (tx) => recordObservations(tx, organisationId, observed, nowMs)),
};
