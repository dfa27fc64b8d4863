import { z } from "zod";
import { dateTime, incidentId, inWorkspace, none, opaque, sentence, short, source } from "./inputs";
import { defineOperation } from "./operation";
import { optional, reply, rows } from "./readers";
import { incidentComment, incidentDetail, incidentPage, relatedIncidents } from "./shapes/incident";
import { gamebook } from "./shapes/gamebook";
import { dataTable } from "./shapes/table";
import { incidentSources, severities, statuses, timeFilteringTypes } from "./vocabulary";

const oneIncident = z.strictObject({ ...inWorkspace, source, incidentId });

const incidentRead = {
  method: "GET",
  scope: "incidents:read",
  kind: "query",
  repeat: "read",
  tenancy: "path",
  permission: "incidents:read",
  audited: false,
  query: none,
  body: null,
} as const;

/** `Custom` needs both instants in order; the named windows take none. */
function windowFits(type: string | undefined, start: string | undefined, end: string | undefined): boolean {
  if (type !== "Custom") return start === undefined && end === undefined;
  return start !== undefined && end !== undefined && Date.parse(start) < Date.parse(end);
}
const windowMessage = "Custom needs a start before an end; other windows take neither";

/** Query members of by-entity and both investigation reads, in the vendor's PascalCase. */
export const timeQuery = { StartDate: dateTime.optional(), EndDate: dateTime.optional() };

export const timeQueryFits: [
  (query: { TimeFilteringType?: string; StartDate?: string; EndDate?: string }) => boolean,
  string,
] = [(query) => windowFits(query.TimeFilteringType, query.StartDate, query.EndDate), windowMessage];

/** What upstream writes into its audit trail: names for people, never used to select. */
export const auditNames = {
  EntityName: short(512).optional(),
  ResourceId: short(512).optional(),
  ResourceName: short(1024).optional(),
};

/** The filter members of the incident walk, without its paging. Our own walk endpoint takes exactly these. */
export const incidentFilter = {
  /** Empty means every source (a guess). */
  sources: z.array(z.enum(incidentSources)).max(incidentSources.length),
  timeFilterSelection: z
    .strictObject({
      type: z.enum(timeFilteringTypes),
      customStartUtc: dateTime.optional(),
      customEndUtc: dateTime.optional(),
    })
    .refine((chosen) => windowFits(chosen.type, chosen.customStartUtc, chosen.customEndUtc), windowMessage),
  severities: z.array(z.enum(severities)).max(severities.length).optional(),
  statuses: z.array(z.enum(statuses)).max(statuses.length).optional(),
  query: sentence(500).optional(),
  assigneeIds: z.array(short(256).min(1)).max(200).optional(),
  assigneeEmails: z.array(short(320).min(1)).max(200).optional(),
  includeUnassigned: z.boolean().optional(),
};

const pageTokens = z.strictObject({
  workspaceId: short(256).min(1),
  sourceTokens: z.record(short(64).min(1), opaque),
});

export const incidents = {
  "incidents.get": defineOperation({
    ...incidentRead,
    path: "/workspaces/{workspaceId}/incidents/{source}/{incidentId}",
    certainty: "documented",
    params: oneIncident,
    query: z.strictObject({ withDetails: z.boolean().optional() }),
    reply: reply(incidentDetail),
    summary: "One incident in full: alerts, entities, evidence and recommended gamebooks.",
  }),
  "incidents.evidence": defineOperation({
    ...incidentRead,
    path: "/workspaces/{workspaceId}/incidents/{source}/{incidentId}/evidence",
    certainty: "guess",
    params: oneIncident,
    reply: reply(optional(dataTable)),
    summary: "The evidence table of an incident; null when it has none.",
  }),
  "incidents.lastGamebook": defineOperation({
    ...incidentRead,
    path: "/workspaces/{workspaceId}/incidents/{source}/{incidentId}/last-gamebook",
    certainty: "guess",
    params: oneIncident,
    reply: reply(optional(gamebook)),
    summary: "The latest gamebook run for an incident; upstream answers 404 when none has run.",
  }),
  "incidents.comments": defineOperation({
    ...incidentRead,
    path: "/workspaces/{workspaceId}/incidents/{source}/{incidentId}/comments",
    certainty: "documented",
    params: oneIncident,
    reply: reply(rows(incidentComment)),
    summary: "Comments on an incident, in no promised order.",
  }),
  "incidents.byEntity": defineOperation({
    ...incidentRead,
    path: "/workspaces/{workspaceId}/incidents/{source}/by-entity",
    audited: true,
    certainty: "guess",
    params: z.strictObject({ ...inWorkspace, source }),
    query: z
      .strictObject({
        IncidentId: short(256).optional(),
        EntityKind: short(128).optional(),
        EntityFilter: short(1024).optional(),
        TimeFilteringType: z.enum(timeFilteringTypes).optional(),
        ...timeQuery,
        ...auditNames,
      })
      .refine(...timeQueryFits),
    reply: reply(relatedIncidents),
    summary: "Incidents of one source around an entity. Leaves a trace in the customer's audit trail.",
  }),
  "incidents.acrossWorkspaces": defineOperation({
    method: "POST",
    path: "/incidents/across-workspaces",
    scope: "incidents:read",
    kind: "query",
    repeat: "read",
    tenancy: "rows",
    permission: "incidents:read",
    audited: false,
    certainty: "documented",
    params: none,
    query: none,
    body: z.strictObject({
      isFirstCall: z.boolean(),
      workspacePageTokens: z.array(pageTokens).max(5_000),
      ...incidentFilter,
    }),
    reply: reply(incidentPage),
    summary: "One page of incidents over every workspace the credential sees, by opaque page tokens.",
  }),
};
