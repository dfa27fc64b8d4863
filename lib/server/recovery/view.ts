import "server-only";
import { and, asc, count, desc, eq, gt, inArray, type SQL } from "drizzle-orm";
import { coversWorkspace, type WorkspaceScope } from "@/lib/domain/access";
import {
  type RecoveryCounts,
  type RecoveryItem,
  type RecoveryItemsPage,
  type RecoveryItemState,
  recoveryItemStates,
  type RecoveryJob,
  type RecoveryPlan,
  type RecoveryRequest,
  recoveryResults,
} from "@/lib/domain/recovery";
import { Failure } from "@/lib/errors";
import { namesOf, personOf } from "@/lib/server/audit/read";
import { withOrganisation } from "@/lib/server/db/organisation";
import { acrossRoles, type Roles } from "@/lib/server/db/roles";
import { recoveryItems, recoveryJobs } from "@/lib/server/db/schema/webhooks";
import type { ItemRow, JobRow } from "./claims";

const mostJobs = 50;
const pageItems = 100;

/** Items of accounts that the person may see; a delivery that names none is only for those who see everything. */
function isVisible(scope: WorkspaceScope): SQL | undefined {
  return scope.kind === "all" ? undefined : inArray(recoveryItems.accountId, [...scope.ids]);
}

const zeros = <Word extends string>(words: readonly Word[]): Record<Word, number> =>
  // Every word is a key of it.
  Object.fromEntries(words.map((word) => [word, 0])) as Record<Word, number>;

async function countsOf(
  roles: Roles,
  organisationId: string,
  ids: readonly string[],
  scope: WorkspaceScope,
): Promise<ReadonlyMap<string, RecoveryCounts>> {
  const rows =
    ids.length === 0
      ? []
      : await roles.organisation(organisationId, (tx) =>
          tx
            .select({
              jobId: recoveryItems.jobId,
              state: recoveryItems.state,
              result: recoveryItems.result,
              rows: count(),
            })
            .from(recoveryItems)
            .where(and(inArray(recoveryItems.jobId, [...ids]), isVisible(scope)))
            .groupBy(recoveryItems.jobId, recoveryItems.state, recoveryItems.result),
        );
  return new Map(
    ids.map((id) => {
      const states = zeros(recoveryItemStates);
      const results = zeros(recoveryResults);
      let total = 0;
      for (const row of rows) {
        if (row.jobId !== id) continue;
        total += row.rows;
        states[row.state] += row.rows;
        if (row.result !== null) results[row.result] += row.rows;
      }
      return [id, { ...states, total, results }];
    }),
  );
}

/** Request and plan, without what tells of workspaces that the person may not see: ids in the filter, figures over all. */
function shownPart(row: JobRow, scope: WorkspaceScope): Pick<RecoveryJob, "request" | "plan"> {
  // Both columns have one writer, which typed them.
  const request = row.request as RecoveryRequest;
  if (scope.kind === "all") return { request, plan: row.plan as RecoveryPlan | null };
  const accountIds = request.accountIds.filter((id) => coversWorkspace(scope, id));
  return { request: { ...request, accountIds }, plan: null };
}

const isoOrNull = (at: Date | null) => at?.toISOString() ?? null;

async function viewsOf(
  roles: Roles,
  organisationId: string,
  rows: readonly JobRow[],
  scope: WorkspaceScope,
): Promise<readonly RecoveryJob[]> {
  const counts = await countsOf(
    roles,
    organisationId,
    rows.map(({ id }) => id),
    scope,
  );
  const people = await namesOf(
    roles,
    rows.map(({ personId }) => personId),
  );
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    stoppedBecause: row.stoppedBecause,
    ...shownPart(row, scope),
    perMinute: row.perMinute,
    person: personOf(people, row.personId),
    createdAt: row.createdAt.toISOString(),
    startedAt: isoOrNull(row.startedAt),
    endedAt: isoOrNull(row.endedAt),
    counts: counts.get(row.id) ?? { ...zeros(recoveryItemStates), total: 0, results: zeros(recoveryResults) },
    slowedUntil: row.state === "running" ? isoOrNull(row.slowedUntil) : null,
  }));
}

/** The organisation's newest fifty recoveries. */
export function listJobs(organisationId: string, scope: WorkspaceScope): Promise<readonly RecoveryJob[]> {
  return acrossRoles(async (roles) => {
    const rows = await roles.organisation(organisationId, (tx) =>
      tx.select().from(recoveryJobs).orderBy(desc(recoveryJobs.createdAt)).limit(mostJobs),
    );
    return viewsOf(roles, organisationId, rows, scope);
  });
}

/** @throws Failure NOT_FOUND */
export function viewJob(organisationId: string, id: string, scope: WorkspaceScope): Promise<RecoveryJob> {
  return acrossRoles(async (roles) => {
    const rows = await roles.organisation(organisationId, (tx) =>
      tx.select().from(recoveryJobs).where(eq(recoveryJobs.id, id)),
    );
    const [view] = await viewsOf(roles, organisationId, rows, scope);
    if (!view) throw new Failure("NOT_FOUND");
    return view;
  });
}

function itemView(row: ItemRow): RecoveryItem {
  const { jobId: _job, organisationId: _own, claimOwner: _owner, claimUntil: _until, ...rest } = row;
  const { requestedBefore: _before, requestId: _request, sentAt, ...shown } = rest;
  return { ...shown, sentAt: isoOrNull(sentAt) };
}

/**
 * A page of a job's items.
 * @param after the last `seq` of the page before; 0 for the first page
 * @throws Failure NOT_FOUND
 */
export function readItems(
  organisationId: string,
  id: string,
  scope: WorkspaceScope,
  wish: { readonly state: RecoveryItemState | null; readonly after: number; readonly limit?: number },
): Promise<RecoveryItemsPage> {
  const limit = wish.limit ?? pageItems;
  return withOrganisation(organisationId, async (tx) => {
    const [job] = await tx.select({ id: recoveryJobs.id }).from(recoveryJobs).where(eq(recoveryJobs.id, id));
    if (!job) throw new Failure("NOT_FOUND");
    const rows = await tx
      .select()
      .from(recoveryItems)
      .where(
        and(
          eq(recoveryItems.jobId, id),
          gt(recoveryItems.seq, wish.after),
          wish.state === null ? undefined : eq(recoveryItems.state, wish.state),
          isVisible(scope),
        ),
      )
      .orderBy(asc(recoveryItems.seq))
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    return { items: shown.map(itemView), after: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null };
  });
}
