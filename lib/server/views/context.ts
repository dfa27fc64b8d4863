import "server-only";
import { coversWorkspace, type Membership, type Principal, rolePermissions } from "@/lib/domain/access";
import type { IncidentView } from "@/lib/domain/incident-view";
import { parseQuery } from "@/lib/domain/incident-view-codec";
import { withinSight } from "@/lib/domain/saved-view";
import type { savedViews } from "@/lib/server/db/schema/views";

/** Who asks, and where. That they may read incidents has been checked. */
export interface ViewsReader {
  readonly principal: Principal;
  readonly membership: Membership;
}

/** The same in a call that changes something. */
export interface ViewsContext extends ViewsReader {
  readonly requestId: string;
}

export type ViewRow = typeof savedViews.$inferSelect;

/** What somebody may do with a view that they can see. */
export interface ViewRights {
  readonly isOwn: boolean;
  /** Save over it and rename it. Who owns it can delete it and take it back in any case. */
  readonly mayChange: boolean;
}

/** Whose a view is and what follows from it. One's own that others see is changed with the right to share. */
export function rightsOf({ principal, membership }: ViewsReader, row: ViewRow): ViewRights {
  const isOwn = row.ownerId === principal.personId;
  const can = rolePermissions[membership.role];
  return { isOwn, mayChange: isOwn ? !row.isShared || can.has("views:share") : can.has("views:manage") };
}

/** The view as this person may be told of it; null when they may not know of it. */
export function seenBy(context: ViewsReader, row: ViewRow): IncidentView | null {
  const isOwn = row.ownerId === context.principal.personId;
  if (!isOwn && !row.isShared) return null;
  const { view } = parseQuery(row.query);
  const seen = withinSight(view, (id) => coversWorkspace(context.membership.scope, id));
  return seen ?? (isOwn ? ofNoWorkspace(view) : null);
}

/** What is left of a view of one's own whose workspaces one may not see any more: there, so that it can be deleted, and empty. */
function ofNoWorkspace(view: IncidentView): IncidentView {
  const workspaces = { mode: "any" as const, values: ["00000000-0000-0000-0000-000000000000"] };
  return { ...view, filter: { ...view.filter, workspaces } };
}
