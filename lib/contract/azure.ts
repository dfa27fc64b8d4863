import { z } from "zod";
import { guid, none, segment } from "./inputs";
import { defineOperation } from "./operation";
import { reply } from "./readers";
import {
  azureList,
  logWorkspace,
  networkSecurityGroup,
  ownership,
  resourceGroup as resourceGroupShape,
  sentinel,
  subscription,
  validity,
} from "./shapes/azure";
import { outcome } from "./shapes/outcome";

/** No page of this family could be read: method, path and query names are the vendor's, every reply is a guess. */
const azureRead = {
  method: "GET",
  scope: "org:azure:read",
  kind: "query",
  repeat: "read",
  tenancy: "organization",
  permission: "azure:read",
  audited: false,
  certainty: "guess",
  query: none,
  body: null,
} as const;

const subscriptionId = guid;
/** Azure allows letters, digits and `( ) . _ -` here. */
const resourceGroup = segment(90);
const workspaceName = segment(90);

export const azure = {
  "azure.subscriptions": defineOperation({
    ...azureRead,
    path: "/azure-resources/subscriptions",
    params: none,
    reply: reply(azureList(subscription)),
    summary: "Azure subscriptions visible to the organisation's tenant.",
  }),
  "azure.isOwner": defineOperation({
    ...azureRead,
    path: "/azure-resources/subscriptions/is-owner",
    params: none,
    query: z.strictObject({ subscriptionId }),
    reply: reply(ownership),
    summary: "Whether the credential is an Owner of a subscription.",
  }),
  "azure.networkSecurityGroups": defineOperation({
    ...azureRead,
    path: "/azure-resources/subscriptions/{subscriptionId}/network-security-groups",
    params: z.strictObject({ subscriptionId }),
    reply: reply(azureList(networkSecurityGroup)),
    summary: "Network security groups of a subscription.",
  }),
  "azure.resourceGroups": defineOperation({
    ...azureRead,
    path: "/azure-resources/subscriptions/{subscriptionId}/resource-groups",
    params: z.strictObject({ subscriptionId }),
    reply: reply(azureList(resourceGroupShape)),
    summary: "Resource groups of a subscription.",
  }),
  "azure.workspaces": defineOperation({
    ...azureRead,
    path: "/azure-resources/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}/workspaces",
    params: z.strictObject({ subscriptionId, resourceGroup }),
    reply: reply(azureList(logWorkspace)),
    summary: "Log Analytics workspaces of a resource group.",
  }),
  "azure.sentinels": defineOperation({
    ...azureRead,
    path: "/azure-resources/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}/sentinels",
    params: z.strictObject({ subscriptionId, resourceGroup }),
    reply: reply(azureList(sentinel)),
    summary: "Sentinel instances of a resource group.",
  }),
  "azure.validate": defineOperation({
    ...azureRead,
    path: "/azure-resources/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}/workspaces/{workspaceName}/validate",
    params: z.strictObject({ subscriptionId, resourceGroup, workspaceName }),
    reply: reply(validity),
    summary: "Whether a Log Analytics workspace carries Sentinel and can be used.",
  }),
  "azure.analyticalRule": defineOperation({
    method: "PUT",
    path: "/azure-resources/analytical-rules/{ruleId}",
    scope: "org:azure:manage",
    kind: "mutation",
    repeat: "idempotent",
    tenancy: "organization",
    permission: "rules:manage",
    audited: false,
    certainty: "guess",
    params: z.strictObject({ ruleId: segment(512) }),
    query: z.strictObject({ enabled: z.boolean() }),
    body: null,
    reply: reply(outcome),
    summary: "Enables or disables an analytic rule.",
  }),
};
