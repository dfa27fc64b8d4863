import "server-only";
import { and, count, eq, ne, sql } from "drizzle-orm";
import { type AnyPermission, coversWorkspace } from "@/lib/domain/access";
import { isGuid } from "@/lib/domain/guid";
import { openWorkKey } from "@/lib/domain/incident-view";
import { formatQuery, parseQuery } from "@/lib/domain/incident-view-codec";
import { viewNameKey, viewsPerPerson, withinSight } from "@/lib/domain/saved-view";
import { Failure } from "@/lib/errors";
import { authorise } from "@/lib/server/access";
import { recordAudit } from "@/lib/server/audit/record";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { acrossRoles } from "@/lib/server/db/roles";
import { personPreferences } from "@/lib/server/db/schema/platform";
import { savedViews } from "@/lib/server/db/schema/views";
import { rightsOf, seenBy, type ViewRow, type ViewsContext } from "./context";
import type { DefaultInput, NewViewInput, ViewInput } from "./input";
import { defaultViewPreference, isBuiltIn, ofDefault } from "./read";

/** Changes of one person's views wait for each other here until the transaction ends: names and their number are looked at first. */
async function takeTurn(tx: Tx, organisationId: string, ownerId: string): Promise<void> {
  const turn = `views:${organisationId}:${ownerId}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 0))`);
}

async function requireFreeName(tx: Tx, ownerId: string, name: string, ownId?: string): Promise<void> {
  const [taken] = await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(
      and(
        eq(savedViews.ownerId, ownerId),
        eq(savedViews.nameKey, viewNameKey(name)),
        ...(ownId === undefined ? [] : [ne(savedViews.id, ownId)]),
      ),
    );
  if (taken) throw new Failure("INVALID_INPUT", { errors: { name: ["Another view has this name."] } });
}

/** The private ones' names are nobody's business but their owner's. */
const about = ({ id, name, isShared }: Pick<ViewRow, "id" | "name" | "isShared">) =>
  isShared ? { view: id, name, isShared } : { view: id, isShared };

function audited(
  tx: Tx,
  { principal, membership, requestId }: ViewsContext,
  action: string,
  permission: AnyPermission,
  detail: Record<string, unknown>,
): Promise<void> {
  return recordAudit(tx, {
    organisationId: membership.organisationId,
    personId: principal.personId,
    action,
    permission,
    workspaceId: null,
    outcome: "done",
    upstreamRequestId: null,
    requestId,
    detail,
  });
}

/** Which right an act on a view rests on. */
const permissionFor = (isOwn: boolean, isShared: boolean): AnyPermission =>
  isOwn ? (isShared ? "views:share" : "incidents:read") : "views:manage";

/** What somebody saves, without workspaces that they may not see. */
function ownSight({ membership }: ViewsContext, query: string): string {
  const seen = withinSight(parseQuery(query).view, (id) => coversWorkspace(membership.scope, id));
  if (seen === null)
    throw new Failure("INVALID_INPUT", { errors: { query: ["You may see none of these workspaces."] } });
  return formatQuery(seen);
}

/** Saves a view; throws `INVALID_INPUT` when the name is taken, `CONFLICT` when there are too many, `FORBIDDEN`. */
export function addView(context: ViewsContext, input: NewViewInput): Promise<{ readonly id: string }> {
  const { principal, membership } = context;
  const { organisationId } = membership;
  const ownerId = principal.personId;
  if (input.isShared) authorise(membership, "views:share", null);
  const query = ownSight(context, input.query);
  return withOrganisation(organisationId, async (tx) => {
    await takeTurn(tx, organisationId, ownerId);
    await requireFreeName(tx, ownerId, input.name);
    const [held] = await tx.select({ n: count() }).from(savedViews).where(eq(savedViews.ownerId, ownerId));
    if ((held?.n ?? 0) >= viewsPerPerson)
      throw new Failure("CONFLICT", {
        detail: `You have saved ${viewsPerPerson} views, which is as many as there can be. Delete one first.`,
      });
    const [row] = await tx
      .insert(savedViews)
      .values({ ...input, query, organisationId, ownerId, nameKey: viewNameKey(input.name) })
      .returning();
    if (!row) throw new Error("The view was not written.");
    await audited(tx, context, "view.add", permissionFor(true, row.isShared), about(row));
    return { id: row.id };
  });
}

/** A view that the person can see, while nobody else changes it. Throws `NOT_FOUND`. */
async function held(tx: Tx, context: ViewsContext, id: string): Promise<ViewRow> {
  const read = async () => {
    const [row] = await tx.select().from(savedViews).where(eq(savedViews.id, id));
    if (!row || seenBy(context, row) === null) throw new Failure("NOT_FOUND");
    return row;
  };
  await takeTurn(tx, context.membership.organisationId, (await read()).ownerId);
  return read();
}

/** Throws `FORBIDDEN` unless the person may change the view to what is asked for. */
function requireChange(context: ViewsContext, row: ViewRow, input: ViewInput): void {
  const { isOwn, mayChange } = rightsOf(context, row);
  const isTakenBack = isOwn && input.isShared === false;
  if (!mayChange && !isTakenBack) throw new Failure("FORBIDDEN");
  if (isOwn && input.isShared) authorise(context.membership, "views:share", null);
  const { scope } = context.membership;
  const named = parseQuery(row.query).view.filter.workspaces.values;
  if (!isOwn && input.query !== undefined && !named.every((id) => coversWorkspace(scope, id)))
    throw new Failure("FORBIDDEN", {
      detail: "This view names workspaces that you may not see. Save yours under another name.",
    });
}

/** Renames a view, saves over it, shares it or takes it back. Throws `NOT_FOUND`, `FORBIDDEN`, `INVALID_INPUT`. */
export function changeView(context: ViewsContext, id: string, input: ViewInput): Promise<void> {
  const query = input.query === undefined ? undefined : ownSight(context, input.query);
  return withOrganisation(context.membership.organisationId, async (tx) => {
    const row = await held(tx, context, id);
    requireChange(context, row, input);
    const { name = row.name, isShared = row.isShared } = input;
    await requireFreeName(tx, row.ownerId, name, id);
    const next = { name, nameKey: viewNameKey(name), isShared, query: query ?? row.query };
    await tx
      .update(savedViews)
      .set({ ...next, updatedAt: new Date() })
      .where(eq(savedViews.id, id));
    const { isOwn } = rightsOf(context, row);
    const wasOrIsShared = row.isShared || isShared;
    await audited(tx, context, "view.change", permissionFor(isOwn, wasOrIsShared), {
      ...about({ id, name, isShared: wasOrIsShared }),
      isShared,
      changed: Object.keys(input),
    });
  });
}

/** Deletes a view: one's own, or what somebody has shared. Throws `NOT_FOUND`, `FORBIDDEN`. */
export function removeView(context: ViewsContext, id: string): Promise<void> {
  return withOrganisation(context.membership.organisationId, async (tx) => {
    const row = await held(tx, context, id);
    const { isOwn, mayChange } = rightsOf(context, row);
    if (!isOwn && !mayChange) throw new Failure("FORBIDDEN");
    await tx.delete(savedViews).where(eq(savedViews.id, id));
    await audited(tx, context, "view.remove", permissionFor(isOwn, row.isShared), about(row));
  });
}

/** Chooses the view that the person's list opens with. Throws `NOT_FOUND` for one that they may not know of. */
export function chooseDefault(context: ViewsContext, { key }: DefaultInput): Promise<void> {
  const { principal, membership } = context;
  const { organisationId } = membership;
  return acrossRoles(async (roles) => {
    const chosen = key === openWorkKey ? null : key;
    if (chosen !== null && !isBuiltIn(context, chosen))
      await roles.organisation(organisationId, (tx) => requireSeen(tx, context, chosen));
    await roles.platform(async (tx) => {
      await tx.delete(personPreferences).where(ofDefault(context));
      if (chosen !== null)
        await tx
          .insert(personPreferences)
          .values({
            personId: principal.personId,
            organisationId,
            key: defaultViewPreference,
            value: chosen,
          })
          .onConflictDoUpdate({
            target: [personPreferences.personId, personPreferences.organisationId, personPreferences.key],
            set: { value: chosen, updatedAt: new Date() },
          });
    });
    await roles.organisation(organisationId, (tx) =>
      audited(tx, context, "view.default", "incidents:read", { view: chosen ?? openWorkKey }),
    );
  });
}

async function requireSeen(tx: Tx, context: ViewsContext, id: string): Promise<void> {
  if (!isGuid(id)) throw new Failure("NOT_FOUND");
  const [row] = await tx.select().from(savedViews).where(eq(savedViews.id, id));
  if (!row || seenBy(context, row) === null) throw new Failure("NOT_FOUND");
}
