import { z } from "zod";
import { guid, inWorkspace, none } from "./inputs";
import { defineOperation } from "./operation";
import { reply, rows } from "./readers";
import { anomalies, datasource, datasourceGroups } from "./shapes/datasource";

const datasourceRead = {
  scope: "datasources:read",
  kind: "query",
  repeat: "read",
  permission: "datasources:read",
  audited: false,
} as const;

export const datasources = {
  "datasources.list": defineOperation({
    ...datasourceRead,
    method: "GET",
    path: "/workspaces/{workspaceId}/datasources",
    tenancy: "path",
    certainty: "documented",
    params: z.strictObject(inWorkspace),
    query: none,
    body: null,
    reply: reply(rows(datasource)),
    summary: "The data connectors of a workspace and whether they are connected.",
  }),
  "datasources.anomalies": defineOperation({
    ...datasourceRead,
    method: "POST",
    path: "/datasources/across-workspaces/anomalies",
    tenancy: "rows",
    certainty: "guess",
    params: none,
    query: none,
    // Neither name is documented; `{}` asks for everything, and sending both names serves either reading.
    body: z.strictObject({
      workspaces: z.array(guid).max(2_000).optional(),
      workspaceIds: z.array(guid).max(2_000).optional(),
    }),
    reply: reply(anomalies),
    summary: "Connectors that fell silent or behave unusually, over every visible workspace.",
  }),
  "datasources.acrossWorkspaces": defineOperation({
    ...datasourceRead,
    method: "GET",
    path: "/datasources/across-workspaces",
    tenancy: "rows",
    certainty: "guess",
    params: none,
    // Repeated once per workspace, never joined. More than about 50 GUIDs risk the address length limits on the way.
    query: z.strictObject({ workspaceIds: z.array(guid).max(50).optional() }),
    body: null,
    reply: reply(datasourceGroups),
    summary: "Data connectors grouped by workspace, for the workspaces named.",
  }),
};
