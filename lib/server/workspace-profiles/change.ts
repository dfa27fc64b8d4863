import "server-only";
import { inArray, sql } from "drizzle-orm";
import { applySetChange, type SetChange, tagsPerWorkspace } from "@/lib/domain/workspace-profile";
import { Failure } from "@/lib/errors";
import { authorise } from "@/lib/server/access";
import { namesOf } from "@/lib/server/audit/read";
import { recordAudit } from "@/lib/server/audit/record";
import type { Tx } from "@/lib/server/db/database";
import { acrossRoles } from "@/lib/server/db/roles";
import { workspaces } from "@/lib/server/db/schema/tenant";
import { workspaceProfiles } from "@/lib/server/db/schema/workspaces";
import type { ProfilesContext } from "./context";
import { changeGroups, type GroupsChanged, type GroupsDone } from "./groups";
import type { ChangesInput, ProfileInput } from "./input";

type Stored = typeof workspaceProfiles.$inferSelect;

/** What shall become of each of some workspaces; what is left out stays. */
interface Plan {
  readonly ids: readonly string[];
  /** Of the profile that was seen; null where the change is a difference, which fits whatever is there. */
  readonly revision: number | null;
  readonly ownName?: string | null;
  readonly tags?: readonly string[] | SetChange;
  readonly hidden?: { readonly reason: string } | null;
  readonly groups?: SetChange;
}

/** Names, tags, groups and hides one workspace. Throws `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`, `INVALID_INPUT`. */
export async function changeProfile(
  context: ProfilesContext,
  id: string,
  input: ProfileInput,
): Promise<{ readonly revision: number }> {
  const done = await carryOut(context, { ids: [id], ...input });
  return { revision: done.get(id) ?? input.revision };
}

/**
 * Does the same to several workspaces, all or none of it. Returns those that it changed.
 * Throws `NOT_FOUND`, `FORBIDDEN`, `INVALID_INPUT`.
 */
export async function changeProfiles(
  context: ProfilesContext,
  { workspaceIds, ...input }: ChangesInput,
): Promise<{ readonly changed: readonly string[] }> {
  const done = await carryOut(context, { ids: workspaceIds, revision: null, ...input });
  return { changed: [...done.keys()] };
}

const noGroups: GroupsDone = { changes: new Map(), changesSight: false };

/** @returns the new revision of each workspace that was changed */
function carryOut(context: ProfilesContext, plan: Plan): Promise<ReadonlyMap<string, number>> {
  const { membership } = context;
  for (const id of plan.ids) authorise(membership, "workspaces:manage", id);
  return acrossRoles(async (roles) => {
    const { groups } = plan;
    // First the turn of those who change people, then ours, then the audit's: always in this order.
    const grouped = groups
      ? await roles.platform((tx) => changeGroups(tx, context, plan.ids, groups))
      : noGroups;
    const done = await roles.organisation(membership.organisationId, (tx) =>
      writeProfiles(tx, context, plan, grouped),
    );
    if (done.conflict) throw await conflictOf(done.conflict.updatedBy, (ids) => namesOf(roles, ids));
    return done.revisions;
  });
}

async function conflictOf(
  personId: string,
  read: (ids: readonly string[]) => ReturnType<typeof namesOf>,
): Promise<Failure> {
  const name = (await read([personId])).get(personId)?.name ?? "Somebody";
  return new Failure("CONFLICT", {
    detail: `${name} changed this workspace in the meantime. Look at what it is now, and change that. Nothing was changed.`,
  });
}

interface Written {
  readonly revisions: ReadonlyMap<string, number>;
  readonly conflict: Stored | null;
}

/** Changes of an organisation's workspaces wait for each other here until the transaction ends. */
async function takeTurn(tx: Tx, organisationId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`workspaces:${organisationId}`}, 0))`);
}

async function writeProfiles(
  tx: Tx,
  context: ProfilesContext,
  plan: Plan,
  grouped: GroupsDone,
): Promise<Written> {
  const { organisationId } = context.membership;
  await takeTurn(tx, organisationId);
  const known = await tx
    .select({ id: workspaces.workspaceId })
    .from(workspaces)
    .where(inArray(workspaces.workspaceId, [...plan.ids]));
  if (known.length !== plan.ids.length) throw new Failure("NOT_FOUND");
  const stored = new Map(
    (
      await tx
        .select()
        .from(workspaceProfiles)
        .where(inArray(workspaceProfiles.workspaceId, [...plan.ids]))
    ).map((row) => [row.workspaceId, row]),
  );
  const revisions = new Map<string, number>();
  for (const id of plan.ids) {
    const held = stored.get(id) ?? null;
    // Only who changed something can have changed it in between.
    if (plan.revision !== null && held !== null && held.revision !== plan.revision)
      return { revisions, conflict: held };
    const change = changeOf(context, held, plan, grouped.changes.get(id) ?? null);
    if (change === null) continue;
    const row = { ...change.row, organisationId, workspaceId: id };
    await tx
      .insert(workspaceProfiles)
      .values(row)
      .onConflictDoUpdate({
        target: [workspaceProfiles.organisationId, workspaceProfiles.workspaceId],
        set: row,
      });
    await recordAudit(tx, {
      organisationId,
      personId: context.principal.personId,
      action: "workspace.change",
      permission: grouped.changesSight ? "members:manage" : "workspaces:manage",
      workspaceId: id,
      outcome: "done",
      upstreamRequestId: null,
      requestId: context.requestId,
      detail: change.detail,
    });
    revisions.set(id, row.revision);
  }
  return { revisions, conflict: null };
}

const nothing = { ownName: null, tags: [] as readonly string[], hiddenAt: null, hiddenReason: null };

function nextTags(held: readonly string[], asked: Plan["tags"]): readonly string[] {
  if (asked === undefined) return held;
  const next = "add" in asked ? applySetChange(held, asked) : asked;
  if (next.length > tagsPerWorkspace)
    throw new Failure("INVALID_INPUT", {
      errors: { tags: [`A workspace has at most ${tagsPerWorkspace} tags; one would have ${next.length}.`] },
    });
  return next;
}

/** The row as it shall be, and what the audit says of it; null when nothing changes. */
function changeOf(context: ProfilesContext, held: Stored | null, plan: Plan, groups: GroupsChanged | null) {
  const before = held ?? nothing;
  const ownName = plan.ownName === undefined ? before.ownName : plan.ownName;
  const tags = nextTags(before.tags, plan.tags);
  const reason = plan.hidden === undefined ? before.hiddenReason : (plan.hidden?.reason ?? null);
  const detail: Record<string, unknown> = {};
  if (ownName !== before.ownName) detail.name = { from: before.ownName, to: ownName };
  const added = tags.filter((tag) => !before.tags.includes(tag));
  const removed = before.tags.filter((tag) => !tags.includes(tag));
  if (added.length + removed.length > 0) detail.tags = { added, removed };
  if (reason !== before.hiddenReason) detail.hidden = reason === null ? false : { reason };
  if (groups) detail.groups = groups;
  if (Object.keys(detail).length === 0) return null;
  const now = new Date();
  const isSame = reason === before.hiddenReason;
  const by = context.principal.personId;
  const row = {
    ownName,
    tags: [...tags],
    hiddenReason: reason,
    hiddenAt: isSame ? before.hiddenAt : reason === null ? null : now,
    hiddenBy: isSame ? (held?.hiddenBy ?? null) : reason === null ? null : by,
    revision: (held?.revision ?? 0) + 1,
    updatedAt: now,
    updatedBy: by,
  };
  return { row, detail };
}
