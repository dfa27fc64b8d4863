import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { incidentKey } from "@/lib/domain/incident-merge";
import type { IncidentKey } from "@/lib/routes";

/** What addresses an incident: in links, in the address bar and in calls. */
export function incidentKeyOf(incident: Pick<IncidentRow, "workspaceId" | "source" | "id">): IncidentKey {
  return { workspaceId: incident.workspaceId, source: incident.source, incidentId: incident.id };
}

/** The list's key of an incident that is known by its address only. */
export function listKeyOf(key: IncidentKey): string {
  return incidentKey({ workspaceId: key.workspaceId, source: key.source, id: key.incidentId });
}
