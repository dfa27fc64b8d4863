import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { type GamebookKey, routes } from "@/lib/routes";

type Addressed = Pick<Gamebook, "id" | "workspaceId" | "creationDate" | "incidentId">;

/** What a run's page and calls name it by; null where its workspace is not known, without which it has neither. */
export function gamebookKeyOf(run: Pick<Gamebook, "id" | "workspaceId">): GamebookKey | null {
  return run.workspaceId === null ? null : { workspaceId: run.workspaceId, gamebookId: run.id };
}

/** Address of a run's page; null where its workspace is not known. */
export function runHref(org: string, run: Addressed): string | null {
  const key = gamebookKeyOf(run);
  return key && routes.gamebook(org, key, { created: run.creationDate, incidentId: run.incidentId });
}
