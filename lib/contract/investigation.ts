import { z } from "zod";
import { auditNames, timeQuery, timeQueryFits } from "./incidents";
import { inWorkspace, opaque, short } from "./inputs";
import { defineOperation } from "./operation";
import { reply } from "./readers";
import { directoryLogs, signinLogs } from "./shapes/investigation";
import { timeFilteringTypes } from "./vocabulary";

const logRead = {
  method: "GET",
  // The vendor's index names no scope for these two.
  scope: null,
  kind: "query",
  repeat: "read",
  tenancy: "path",
  permission: "investigation:read",
  audited: true,
  certainty: "documented",
  params: z.strictObject(inWorkspace),
  query: z
    .strictObject({
      UserId: short(512).optional(),
      TimeFilteringType: z.enum(timeFilteringTypes),
      ...timeQuery,
      NextPageLink: opaque.optional(),
      ...auditNames,
    })
    .refine(...timeQueryFits),
  body: null,
} as const;

export const investigation = {
  "investigation.signinLogs": defineOperation({
    ...logRead,
    path: "/workspaces/{workspaceId}/investigation/users/signin-logs",
    reply: reply(signinLogs),
    summary: "A user's sign-ins as a table. Leaves a trace in the customer's audit trail.",
  }),
  "investigation.directoryLogs": defineOperation({
    ...logRead,
    path: "/workspaces/{workspaceId}/investigation/users/directory-logs",
    reply: reply(directoryLogs),
    summary: "Directory audit entries about a user. Leaves a trace in the customer's audit trail.",
  }),
};
