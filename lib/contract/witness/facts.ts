/**
 * The 60 operations as the vendor's endpoint index lists them, typed by hand. This table derives from nothing and
 * imports nothing of the registry: one wrong line there would otherwise be wrong everywhere and green.
 * `query` holds what upstream requires (index, or the OpenAPI page where that is stricter); optional names in `mayAsk`.
 * `body` tells whether a JSON body is sent.
 */
export interface Fact {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** `null` where the index names none. */
  readonly scope: string | null;
  readonly query?: readonly string[];
  readonly mayAsk?: readonly string[];
  readonly body?: true;
}

const incident = "/workspaces/{workspaceId}/incidents/{source}/{incidentId}";
const azureGroup = "/azure-resources/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}";

const workspaceFacts: readonly Fact[] = [
  { method: "GET", path: incident, scope: "incidents:read", mayAsk: ["withDetails"] },
  { method: "GET", path: `${incident}/evidence`, scope: "incidents:read" },
  { method: "GET", path: `${incident}/last-gamebook`, scope: "incidents:read" },
  { method: "GET", path: `${incident}/comments`, scope: "incidents:read" },
  {
    method: "GET",
    path: "/workspaces/{workspaceId}/incidents/{source}/by-entity",
    scope: "incidents:read",
    mayAsk: [
      "IncidentId",
      "EntityKind",
      "EntityFilter",
      "TimeFilteringType",
      "StartDate",
      "EndDate",
      "EntityName",
    ],
  },
  {
    method: "GET",
    path: "/workspaces/{workspaceId}/gamebooks/rules/{incidentTitle}",
    scope: "gamebooks:read",
  },
  {
    method: "GET",
    path: "/workspaces/{workspaceId}/gamebooks/history",
    scope: "gamebooks:read",
    mayAsk: ["query", "pageToken"],
  },
  {
    method: "GET",
    path: "/workspaces/{workspaceId}/gamebooks/history/{gamebookId}/playbooks",
    scope: "gamebooks:read",
    query: ["year"],
    mayAsk: ["tenantId"],
  },
  {
    method: "GET",
    path: "/workspaces/{workspaceId}/gamebooks/by-incident/{incidentId}",
    scope: "gamebooks:read",
  },
  { method: "GET", path: "/workspaces/{workspaceId}/datasources", scope: "datasources:read" },
  {
    method: "GET",
    path: "/workspaces/{workspaceId}/tickets/search",
    scope: "tickets:read",
    mayAsk: ["groupingId", "ticketNumber"],
  },
  { method: "POST", path: "/workspaces/{workspaceId}/tickets/link", scope: "tickets:manage", body: true },
  { method: "POST", path: "/workspaces/{workspaceId}/tickets/unlink", scope: "tickets:manage", body: true },
  { method: "PUT", path: "/workspaces/{workspaceId}/tickets/priority", scope: "tickets:manage", body: true },
  {
    method: "GET",
    path: "/workspaces/{workspaceId}/investigation/users/signin-logs",
    scope: null,
    query: ["TimeFilteringType"],
    mayAsk: ["UserId", "StartDate", "EndDate", "NextPageLink", "EntityName", "ResourceId", "ResourceName"],
  },
  {
    method: "GET",
    path: "/workspaces/{workspaceId}/investigation/users/directory-logs",
    scope: null,
    query: ["TimeFilteringType"],
    mayAsk: ["UserId", "StartDate", "EndDate", "NextPageLink", "EntityName", "ResourceId", "ResourceName"],
  },
];

const crossWorkspaceFacts: readonly Fact[] = [
  { method: "POST", path: "/incidents/across-workspaces", scope: "incidents:read", body: true },
  {
    method: "GET",
    path: "/gamebooks/across-workspaces/history",
    scope: "gamebooks:read",
    query: ["currentPage"],
    mayAsk: ["workspaces", "statuses", "query"],
  },
  { method: "POST", path: "/datasources/across-workspaces/anomalies", scope: "datasources:read", body: true },
  {
    method: "GET",
    path: "/datasources/across-workspaces",
    scope: "datasources:read",
    mayAsk: ["workspaceIds"],
  },
];

const webhookFacts: readonly Fact[] = [
  { method: "GET", path: "/webhooks", scope: "webhooks:read" },
  { method: "GET", path: "/webhooks/{id}", scope: "webhooks:read" },
  {
    method: "GET",
    path: "/webhooks/{id}/delivery-logs",
    scope: "webhooks:read",
    query: ["pageSize"],
    mayAsk: ["from", "to", "continuationToken"],
  },
  {
    method: "GET",
    path: "/webhooks/{id}/delivery-logs/{logId}",
    scope: "webhooks:read",
    query: ["createdAt"],
  },
  { method: "POST", path: "/webhooks", scope: "webhooks:manage", body: true },
  { method: "PUT", path: "/webhooks/{id}", scope: "webhooks:manage", body: true },
  { method: "DELETE", path: "/webhooks/{id}", scope: "webhooks:manage" },
  { method: "POST", path: "/webhooks/{id}/pause", scope: "webhooks:manage" },
  { method: "POST", path: "/webhooks/{id}/resume", scope: "webhooks:manage" },
  { method: "POST", path: "/webhooks/{id}/enable", scope: "webhooks:manage" },
  { method: "POST", path: "/webhooks/{id}/credentials", scope: "webhooks:manage", body: true },
  { method: "POST", path: "/webhooks/{id}/test", scope: "webhooks:manage" },
  {
    method: "POST",
    path: "/webhooks/{id}/delivery-logs/{logId}/redeliver",
    scope: "webhooks:manage",
    query: ["createdAt"],
  },
];

const serviceAccountFacts: readonly Fact[] = [
  { method: "GET", path: "/service-accounts", scope: "org:service-accounts:read" },
  { method: "GET", path: "/service-accounts/{id}", scope: "org:service-accounts:read" },
  { method: "POST", path: "/service-accounts", scope: "org:service-accounts:manage", body: true },
  { method: "PUT", path: "/service-accounts/{id}", scope: "org:service-accounts:manage", body: true },
  { method: "DELETE", path: "/service-accounts/{id}", scope: "org:service-accounts:manage" },
  { method: "POST", path: "/service-accounts/{id}/disable", scope: "org:service-accounts:manage" },
  { method: "POST", path: "/service-accounts/{id}/enable", scope: "org:service-accounts:manage" },
  {
    method: "POST",
    path: "/service-accounts/{id}/credentials",
    scope: "org:service-accounts:manage",
    body: true,
  },
  {
    method: "POST",
    path: "/service-accounts/{id}/credentials/{credentialId}/revoke",
    scope: "org:service-accounts:manage",
  },
];

const userFacts: readonly Fact[] = [
  { method: "GET", path: "/users", scope: "org:users:read" },
  { method: "GET", path: "/users/{userId}", scope: "org:users:read" },
  { method: "GET", path: "/users/profile", scope: "org:users:read" },
  { method: "POST", path: "/users/workspace/users", scope: "org:users:read", body: true },
  { method: "POST", path: "/users", scope: "org:users:manage", body: true },
  { method: "PUT", path: "/users", scope: "org:users:manage", body: true },
  { method: "PUT", path: "/users/profile", scope: "org:users:manage", body: true },
  { method: "DELETE", path: "/users/{id}", scope: "org:users:manage" },
  { method: "POST", path: "/users/workspace", scope: "org:users:manage", body: true },
  { method: "PUT", path: "/users/organization/role", scope: "org:users:roles", body: true },
];

const azureFacts: readonly Fact[] = [
  { method: "GET", path: "/azure-resources/subscriptions", scope: "org:azure:read" },
  {
    method: "GET",
    path: "/azure-resources/subscriptions/is-owner",
    scope: "org:azure:read",
    query: ["subscriptionId"],
  },
  {
    method: "GET",
    path: "/azure-resources/subscriptions/{subscriptionId}/network-security-groups",
    scope: "org:azure:read",
  },
  {
    method: "GET",
    path: "/azure-resources/subscriptions/{subscriptionId}/resource-groups",
    scope: "org:azure:read",
  },
  { method: "GET", path: `${azureGroup}/workspaces`, scope: "org:azure:read" },
  { method: "GET", path: `${azureGroup}/sentinels`, scope: "org:azure:read" },
  { method: "GET", path: `${azureGroup}/workspaces/{workspaceName}/validate`, scope: "org:azure:read" },
  {
    method: "PUT",
    path: "/azure-resources/analytical-rules/{ruleId}",
    scope: "org:azure:manage",
    query: ["enabled"],
  },
];

export const facts: readonly Fact[] = [
  ...workspaceFacts,
  ...crossWorkspaceFacts,
  ...webhookFacts,
  ...serviceAccountFacts,
  ...userFacts,
  ...azureFacts,
];
