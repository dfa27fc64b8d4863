import "server-only";
import type { OperationId, OperationOf } from "@/lib/contract";
import type { ReplyOf } from "@/lib/contract/operation";
import { coversWorkspace, type WorkspaceScope } from "@/lib/domain/access";
import type { WalkPage } from "@/lib/domain/walk";
import { Failure } from "@/lib/errors";

/** Operations whose reply mixes workspaces. */
export type RowsId = {
  [Id in OperationId]: OperationOf<Id>["tenancy"] extends "rows" ? Id : never;
}[OperationId];

/** What we answer: upstream's reply, but for the walk our own page. */
type AnswerOf<Id extends OperationId> = Id extends "incidents.acrossWorkspaces"
  ? WalkPage
  : ReplyOf<OperationOf<Id>>;

/** Whether the person may see a row of this workspace. */
type Covers = (workspaceId: string | null) => boolean;

type RowFilter<Id extends OperationId> = (answer: AnswerOf<Id>, covers: Covers) => AnswerOf<Id>;

/**
 * One per operation of tenancy `rows`, complete by type. They run for people who may see only some workspaces, on an object
 * that other callers share: they make a new one. Totals over all workspaces are withheld, because a total that includes
 * other customers' rows tells about them, and one that does not is unknown.
 */
const rowFilters: { readonly [Id in RowsId]: RowFilter<Id> } = {
  // The walk confines itself to the person's workspaces; this is the second lock on the same door.
  "incidents.acrossWorkspaces": (page, covers) => ({
    ...page,
    incidents: page.incidents.filter((incident) => covers(incident.workspaceId)),
    coverage: {
      ...page.coverage,
      entries: page.coverage.entries.filter((entry) => covers(entry.workspaceId)),
    },
  }),
  "gamebooks.acrossHistory": (page, covers) => ({
    ...page,
    items: page.items.filter((run) => covers(run.workspaceId)),
    totalCount: null,
    totalPages: null,
  }),
  "datasources.anomalies": (found, covers) => ({
    anomalies: found.anomalies.filter((anomaly) => covers(anomaly.workspaceId)),
    // The whole reply as it came names every workspace.
    raw: null,
  }),
  "datasources.acrossWorkspaces": (groups, covers) => groups.filter((group) => covers(group.workspaceId)),
};

/**
 * Organisation-level reads that a role below admin may make and whose reply holds customers' data: a delivery carries the
 * incident that it delivered. The other organisation-level operations need permissions that only administrators hold;
 * they name workspaces of the whole organisation by design and are not filtered.
 */
const organisationFilters: { readonly [Id in OperationId]?: RowFilter<Id> } = {
  "webhooks.deliveryLogs": (page, covers) => ({
    ...page,
    items: page.items.filter((delivery) => covers(delivery.eventSourceAccountId)),
  }),
  "webhooks.deliveryLog": (delivery, covers) => {
    if (!covers(delivery.eventSourceAccountId)) throw new Failure("NOT_FOUND");
    return delivery;
  },
};

const filters: { readonly [Id in OperationId]?: RowFilter<Id> } = { ...organisationFilters, ...rowFilters };

/**
 * The part of an answer that the person may see. `answer` is not changed. Throws `NOT_FOUND` when the answer as a whole
 * belongs to a workspace that is not theirs.
 */
export function visiblePart(id: OperationId, answer: unknown, scope: WorkspaceScope): unknown {
  if (scope.kind === "all") return answer;
  // The answer was parsed with this very operation's reply schema (or made by the walk), so the filter's type holds.
  const filter = filters[id] as ((answer: unknown, covers: Covers) => unknown) | undefined;
  const covers: Covers = (workspaceId) => coversWorkspace(scope, workspaceId);
  return filter ? filter(answer, covers) : answer;
}
