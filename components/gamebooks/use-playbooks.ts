"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSession } from "@/components/shell/session";
import type { Gamebook, Playbook } from "@/lib/contract/shapes/gamebook";
import { type RunState, runState } from "@/lib/domain/gamebook-status";
import { playbooksQuery } from "@/lib/queries/gamebooks";

/** Nothing of it has begun, or ever will. */
const notBegun: ReadonlySet<RunState> = new Set(["approval", "queued", "rejected"]);
export const hasBegun = (run: Pick<Gamebook, "status">) => !notBegun.has(runState(run.status));

export interface PlaybookReading {
  /** Null while they are not known. */
  readonly playbooks: readonly Playbook[] | null;
  readonly error: Error | null;
  readonly again: () => void;
}

/**
 * The playbooks of one run: those that came with its row, else read by themselves. For one run in the life of the component
 * (give it a key): what is shown while a newer copy is read belongs to the same run.
 */
export function usePlaybooks(
  run: Pick<Gamebook, "id" | "workspaceId" | "creationDate" | "status" | "playbooks">,
  isWanted: boolean,
): PlaybookReading {
  const { organisation } = useSession();
  const options = playbooksQuery(organisation.slug, run);
  const cameAlong = run.playbooks.length > 0;
  const query = useQuery({
    ...options,
    enabled: isWanted && !cameAlong && run.workspaceId !== null,
    placeholderData: keepPreviousData,
  });
  return {
    playbooks: cameAlong ? run.playbooks : (query.data ?? null),
    error: query.isError && !query.isFetching ? query.error : null,
    again: () => void query.refetch(),
  };
}
