import "server-only";
import { and, asc, eq, or } from "drizzle-orm";
import { isGuid } from "@/lib/domain/guid";
import { formatQuery } from "@/lib/domain/incident-view-codec";
import { builtInViews, type SavedView, type ViewsAnswer } from "@/lib/domain/saved-view";
import { namesOf } from "@/lib/server/audit/read";
import { acrossRoles, type Roles } from "@/lib/server/db/roles";
import { personPreferences } from "@/lib/server/db/schema/platform";
import { savedViews } from "@/lib/server/db/schema/views";
import { rightsOf, seenBy, type ViewRow, type ViewsReader } from "./context";

/** Name of the preference that holds the key of the view with which the list opens. */
export const defaultViewPreference = "incidents.view";

/** Which preference of whom it is. */
export const ofDefault = ({ principal, membership }: ViewsReader) =>
  and(
    eq(personPreferences.personId, principal.personId),
    eq(personPreferences.organisationId, membership.organisationId),
    eq(personPreferences.key, defaultViewPreference),
  );

async function defaultKeyOf(roles: Roles, context: ViewsReader): Promise<string | null> {
  const [row] = await roles.platform((tx) =>
    tx.select({ value: personPreferences.value }).from(personPreferences).where(ofDefault(context)),
  );
  return typeof row?.value === "string" ? row.value : null;
}

/** True for the key of a view that this person has without saving it. */
export const isBuiltIn = ({ principal }: ViewsReader, key: string) =>
  builtInViews(principal.email).some((view) => view.key === key);

/** Every view that the person may know of, in the order of their names, and which one their list opens with. */
export function listViews(context: ViewsReader): Promise<ViewsAnswer> {
  const { principal, membership } = context;
  return acrossRoles(async (roles) => {
    const rows = await roles.organisation(membership.organisationId, (tx) =>
      tx
        .select()
        .from(savedViews)
        .where(or(eq(savedViews.ownerId, principal.personId), eq(savedViews.isShared, true)))
        .orderBy(asc(savedViews.nameKey), asc(savedViews.id)),
    );
    const names = await namesOf(
      roles,
      rows.map((row) => row.ownerId),
    );
    const views = rows.flatMap((row) => told(context, row, names.get(row.ownerId)?.name ?? null) ?? []);
    const key = await defaultKeyOf(roles, context);
    const isThere = key !== null && (isBuiltIn(context, key) || views.some(({ id }) => id === key));
    return { views, defaultKey: isThere ? key : null };
  });
}

/** A view as it is told to somebody; null when they may not know of it. */
function told(context: ViewsReader, row: ViewRow, ownerName: string | null): SavedView | null {
  const seen = seenBy(context, row);
  if (seen === null) return null;
  const { id, name, isShared } = row;
  const { isOwn, mayChange } = rightsOf(context, row);
  return {
    id,
    name,
    query: formatQuery(seen),
    isShared,
    isOwn,
    ownerName: isOwn ? null : ownerName || null,
    mayChange,
  };
}

/** What the list opens with for this person, where that is not open work: its key and its members as an address has them. */
export async function openingView(
  context: ViewsReader,
): Promise<{ readonly key: string; readonly query: string } | null> {
  const { principal, membership } = context;
  return acrossRoles(async (roles) => {
    const key = await defaultKeyOf(roles, context);
    if (key === null) return null;
    const builtIn = builtInViews(principal.email).find((view) => view.key === key);
    if (builtIn) return { key, query: builtIn.query };
    if (!isGuid(key)) return null;
    const [row] = await roles.organisation(membership.organisationId, (tx) =>
      tx.select().from(savedViews).where(eq(savedViews.id, key)),
    );
    const seen = row ? seenBy(context, row) : null;
    return seen === null ? null : { key, query: formatQuery(seen) };
  });
}
