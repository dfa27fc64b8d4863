import "server-only";
import { asc, eq, sql } from "drizzle-orm";
import { coversWorkspace, rolePermissions } from "@/lib/domain/access";
import { wholeRegister } from "@/lib/domain/incident-query";
import type { SeverityCounts } from "@/lib/domain/register";
import type { WorkspaceDetail, WorkspaceProfile, WorkspacesOverview } from "@/lib/domain/workspace-profile";
import { Failure } from "@/lib/errors";
import { authorise } from "@/lib/server/access";
import { namesOf } from "@/lib/server/audit/read";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { acrossRoles, type Roles } from "@/lib/server/db/roles";
import { registerSpans } from "@/lib/server/db/schema/register";
import { workspaceSources, workspaces } from "@/lib/server/db/schema/tenant";
import { workspaceProfiles } from "@/lib/server/db/schema/workspaces";
import { readBasis } from "@/lib/server/register/basis";
import { matching } from "@/lib/server/register/conditions";
import type { ProfilesReader } from "./context";
import { readGroups } from "./groups";

/** Everything that is not closed and that upstream still knows, however old. */
const openWork = {
  ...wholeRegister,
  facets: { ...wholeRegister.facets, status: { any: [], none: ["Closed", "Gone"] } },
};

const queryOf = (id: string | null) =>
  id === null
    ? openWork
    : { ...openWork, facets: { ...openWork.facets, workspace: { any: [id], none: [] } } };

interface OpenRow extends Record<string, unknown> {
  readonly workspace_id: string;
  readonly source: string;
  readonly severity: string;
  readonly n: number;
}

/** Open incidents within sight by workspace and severity, and what that rests on. */
async function readOpen(tx: Tx, { membership }: ProfilesReader, id: string | null, nowMs: number) {
  const query = queryOf(id);
  const rows = rowsOf<OpenRow>(
    await tx.execute(sql`
      select i.workspace_id, i.source, coalesce(i.severity, '') as severity, count(*)::int as n
        from register_incidents as i where ${matching(query, membership.scope)} group by 1, 2, 3`),
  );
  const open = new Map<string, Record<string, number>>();
  const rowsOfPair = new Map<string, number>();
  for (const { workspace_id, source, severity, n } of rows) {
    const own = open.get(workspace_id) ?? {};
    own[severity] = (own[severity] ?? 0) + n;
    open.set(workspace_id, own);
    const pair = `${workspace_id} ${source}`;
    rowsOfPair.set(pair, (rowsOfPair.get(pair) ?? 0) + n);
  }
  const { names: _names, ...basis } = await readBasis(tx, query, membership.scope, { nowMs, rowsOfPair });
  return { open, basis };
}

const none: SeverityCounts = {};

/** The workspaces within sight (one, when it is named), their groups and what is open. */
async function readProfiles(roles: Roles, reader: ProfilesReader, id: string | null, nowMs: number) {
  const { organisationId, scope } = reader.membership;
  const read = await roles.organisation(organisationId, async (tx) => ({
    known: (
      await tx
        .select({ known: workspaces, profile: workspaceProfiles })
        .from(workspaces)
        .leftJoin(workspaceProfiles, eq(workspaceProfiles.workspaceId, workspaces.workspaceId))
        .where(id === null ? undefined : eq(workspaces.workspaceId, id))
        .orderBy(asc(workspaces.workspaceId))
    ).filter(({ known }) => coversWorkspace(scope, known.workspaceId)),
    ...(await readOpen(tx, reader, id, nowMs)),
  }));
  const { groups, groupsOf } = await roles.platform((tx) => readGroups(tx, reader));
  const people = await namesOf(
    roles,
    read.known.flatMap(({ profile }) => (profile ? [profile.hiddenBy, profile.updatedBy] : [])),
  );
  const nameOf = (personId: string | null) => (personId && people.get(personId)?.name) || null;
  const profiles = read.known.map(
    ({ known, profile }): WorkspaceProfile => ({
      id: known.workspaceId,
      ownName: profile?.ownName ?? null,
      upstreamName: known.name,
      learnedFrom: known.learnedFrom,
      firstSeenAt: known.firstSeenAt.toISOString(),
      lastSeenAt: known.lastSeenAt.toISOString(),
      tags: profile?.tags ?? [],
      groupIds: groupsOf(known.workspaceId),
      hidden: profile?.hiddenAt
        ? {
            at: profile.hiddenAt.toISOString(),
            reason: profile.hiddenReason ?? "",
            by: nameOf(profile.hiddenBy),
          }
        : null,
      revision: profile?.revision ?? 0,
      changedAt: profile?.updatedAt.toISOString() ?? null,
      changedBy: nameOf(profile?.updatedBy ?? null),
      open: read.open.get(known.workspaceId) ?? none,
    }),
  );
  return { profiles, groups, basis: read.basis };
}

const manages = ({ membership }: ProfilesReader) => rolePermissions[membership.role].has("workspaces:manage");

/** Every workspace that the person may see. Asks upstream nothing. */
export function readOverview(reader: ProfilesReader, nowMs: number): Promise<WorkspacesOverview> {
  return acrossRoles(async (roles) => {
    const { profiles, groups, basis } = await readProfiles(roles, reader, null, nowMs);
    const mayManage = manages(reader);
    return {
      workspaces: profiles,
      groups,
      basis,
      mayManage,
      mayKeepGroups: mayManage && reader.membership.scope.kind === "all",
    };
  });
}

/** One workspace with the history of its readings. Throws `NOT_FOUND`, also for one that is not the person's to see. */
export function readDetail(reader: ProfilesReader, id: string, nowMs: number): Promise<WorkspaceDetail> {
  authorise(reader.membership, "workspaces:read", id);
  return acrossRoles(async (roles) => {
    const { profiles, groups, basis } = await readProfiles(roles, reader, id, nowMs);
    const [workspace] = profiles;
    if (!workspace) throw new Failure("NOT_FOUND");
    const { sources, spans } = await roles.organisation(reader.membership.organisationId, async (tx) => ({
      sources: await tx.select().from(workspaceSources).where(eq(workspaceSources.workspaceId, id)),
      spans: await tx
        .select()
        .from(registerSpans)
        .where(eq(registerSpans.workspaceId, id))
        .orderBy(asc(registerSpans.coveredFrom)),
    }));
    return {
      workspace,
      groups,
      basis,
      mayManage: manages(reader),
      sources: basis.coverage.entries.map((entry) => ({
        ...entry,
        firstSeenAt: sources.find((each) => each.source === entry.source)?.firstSeenAt.toISOString() ?? null,
        spans: spans
          .filter((span) => span.source === entry.source)
          .map((span) => ({ from: span.coveredFrom.toISOString(), to: span.coveredTo.toISOString() })),
      })),
    };
  });
}
