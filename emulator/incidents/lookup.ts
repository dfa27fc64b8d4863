import { notFound } from "../http/problem";
import type { Stream, Stub, Workspace } from "../world/model";
import { findStream } from "../world/organisation";
import { findById } from "./identity";

export interface Found {
  readonly stream: Stream;
  readonly stub: Stub;
}

/** @throws ApiProblem 404 when the workspace has no such source or the source no such incident */
export function requireIncident(workspace: Workspace, source: string, incidentId: string): Found {
  const stream = findStream(workspace, source);
  const stub = stream === null ? null : findById(stream, incidentId);
  if (stream === null || stub === null) throw notFound("Incident", incidentId);
  return { stream, stub };
}

/** The incident with this id in any source of the workspace, or `null`. */
export function findAnywhere(workspace: Workspace, incidentId: string): Found | null {
  for (const stream of workspace.streams) {
    const stub = findById(stream, incidentId);
    if (stub !== null) return { stream, stub };
  }
  return null;
}
