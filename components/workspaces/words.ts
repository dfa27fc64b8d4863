import { describeEntry } from "@/components/data/coverage-groups";
import { defaultView } from "@/lib/domain/incident-view";
import { formatView } from "@/lib/domain/incident-view-codec";
import type { ReadState, WorkspaceRow } from "@/lib/domain/workspace-desk";
import { routes } from "@/lib/routes";

export const stateWords: Readonly<Record<ReadState, string>> = {
  current: "Current",
  behind: "Not current",
  unread: "Never read in full",
};

/** What hiding does and does not do, said wherever somebody hides. */
export const hidingWords =
  "Takes it off this list only. It is read as before, it counts as before, and its incidents stay in the queue.";

/** A workspace as a sentence calls it. */
export const calledIn = ({ name, id }: Pick<WorkspaceRow, "name" | "id">) => name ?? `workspace ${id}`;

/** "Contoso, Fabrikam and 3 more". */
export function fewNames(rows: readonly Pick<WorkspaceRow, "name" | "id">[]): string {
  const names = rows.map(calledIn);
  return names.length <= 3
    ? names.join(", ")
    : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

/** What is the matter with a workspace's sources, one after the other; empty while nothing is. */
export function troubleOf({ sources }: WorkspaceRow, formatTime: (iso: string) => string): string {
  return sources
    .filter(({ state }) => state !== "read" && state !== "quiet")
    .map((entry) => `${entry.source ?? "No source known"}: ${describeEntry(entry, formatTime)}`)
    .join("; ");
}

/** The queue with these workspaces' open work of as long a time as it has a name for. */
export const queueHref = (org: string, workspaceIds: readonly string[]) =>
  routes.incidents(
    org,
    formatView({
      ...defaultView,
      filter: {
        ...defaultView.filter,
        window: { type: "ThirtyDays" },
        workspaces: { mode: "any", values: [...workspaceIds] },
      },
    }),
  );

/** As many workspaces fit into an address. */
export const queueAtMost = 100;
