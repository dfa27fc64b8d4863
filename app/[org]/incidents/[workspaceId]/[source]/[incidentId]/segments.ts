import type { IncidentKey } from "@/lib/routes";

/** Next hands dynamic segments over as they stand in the address, that is, percent-encoded. Null when one is malformed. */
export function readSegments(segments: IncidentKey): IncidentKey | null {
  try {
    return {
      workspaceId: decodeURIComponent(segments.workspaceId),
      source: decodeURIComponent(segments.source),
      incidentId: decodeURIComponent(segments.incidentId),
    };
  } catch {
    return null;
  }
}
