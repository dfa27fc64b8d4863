import { playbooksOut } from "../gamebooks/gamebook-out";
import { runsOf, statusAt } from "../gamebooks/run";
import { idOf } from "../incidents/identity";
import type { Instant } from "../time/clock";
import type { Realm } from "../world/world";

/** One run, as far as tests compare it. */
export interface HeldRun {
  readonly workspaceId: string;
  readonly id: string;
  readonly incidentId: string;
  readonly createdAt: string;
  readonly status: string;
  readonly isAdminRequired: boolean;
  /** The run that it repeats. */
  readonly originalId: string | null;
  readonly playbooks: readonly { readonly name: string; readonly status: string }[];
}

/**
 * Every gamebook run that a provider holds, whatever faults are set: what a complete reading of the history must show. Asks each
 * incident one by one, and shares no list and no paging with the API.
 */
export function heldRuns(realm: Realm, at: Instant): HeldRun[] {
  const { workspaces, analysts } = realm.organisation;
  return workspaces.flatMap((workspace) =>
    workspace.streams.flatMap((stream) =>
      stream.stubs.flatMap((stub) =>
        runsOf(stream, stub, analysts)
          .filter((run) => run.createdAt <= at)
          .map((run) => ({
            workspaceId: workspace.id,
            id: run.id,
            incidentId: idOf(stream, stub),
            createdAt: new Date(run.createdAt).toISOString(),
            status: statusAt(run, at),
            isAdminRequired: run.needsApproval,
            originalId: run.original?.id ?? null,
            playbooks: playbooksOut(run, at).map(({ name, status }) => ({
              name: String(name),
              status: String(status),
            })),
          })),
      ),
    ),
  );
}
