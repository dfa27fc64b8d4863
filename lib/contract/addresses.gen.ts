// Generated from the registry by `npm run docs:api`; do not edit.
import type { OperationId } from "./index";
import type { Method, Repeat } from "./operation";

export interface Address {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly kind: "query" | "mutation";
  readonly repeat: Repeat;
  readonly audited: boolean;
  /** First part of the operation id. */
  readonly domain: string;
}

/** Where and how each operation is called. Holds no zod, so that the browser does not load the schemas. */
export const addresses: Readonly<Record<OperationId, Address>> = {
  "incidents.get": {"method":"GET","path":"/workspaces/{workspaceId}/incidents/{source}/{incidentId}","kind":"query","repeat":"read","audited":false,"domain":"incidents"},
  "incidents.evidence": {"method":"GET","path":"/workspaces/{workspaceId}/incidents/{source}/{incidentId}/evidence","kind":"query","repeat":"read","audited":false,"domain":"incidents"},
  "incidents.lastGamebook": {"method":"GET","path":"/workspaces/{workspaceId}/incidents/{source}/{incidentId}/last-gamebook","kind":"query","repeat":"read","audited":false,"domain":"incidents"},
  "incidents.comments": {"method":"GET","path":"/workspaces/{workspaceId}/incidents/{source}/{incidentId}/comments","kind":"query","repeat":"read","audited":false,"domain":"incidents"},
  "incidents.byEntity": {"method":"GET","path":"/workspaces/{workspaceId}/incidents/{source}/by-entity","kind":"query","repeat":"read","audited":true,"domain":"incidents"},
  "incidents.acrossWorkspaces": {"method":"POST","path":"/incidents/across-workspaces","kind":"query","repeat":"read","audited":false,"domain":"incidents"},
  "gamebooks.rules": {"method":"GET","path":"/workspaces/{workspaceId}/gamebooks/rules/{incidentTitle}","kind":"query","repeat":"read","audited":false,"domain":"gamebooks"},
  "gamebooks.history": {"method":"GET","path":"/workspaces/{workspaceId}/gamebooks/history","kind":"query","repeat":"read","audited":false,"domain":"gamebooks"},
  "gamebooks.playbooks": {"method":"GET","path":"/workspaces/{workspaceId}/gamebooks/history/{gamebookId}/playbooks","kind":"query","repeat":"read","audited":false,"domain":"gamebooks"},
  "gamebooks.byIncident": {"method":"GET","path":"/workspaces/{workspaceId}/gamebooks/by-incident/{incidentId}","kind":"query","repeat":"read","audited":false,"domain":"gamebooks"},
  "gamebooks.acrossHistory": {"method":"GET","path":"/gamebooks/across-workspaces/history","kind":"query","repeat":"read","audited":false,"domain":"gamebooks"},
  "datasources.list": {"method":"GET","path":"/workspaces/{workspaceId}/datasources","kind":"query","repeat":"read","audited":false,"domain":"datasources"},
  "datasources.anomalies": {"method":"POST","path":"/datasources/across-workspaces/anomalies","kind":"query","repeat":"read","audited":false,"domain":"datasources"},
  "datasources.acrossWorkspaces": {"method":"GET","path":"/datasources/across-workspaces","kind":"query","repeat":"read","audited":false,"domain":"datasources"},
  "tickets.search": {"method":"GET","path":"/workspaces/{workspaceId}/tickets/search","kind":"query","repeat":"read","audited":false,"domain":"tickets"},
  "tickets.link": {"method":"POST","path":"/workspaces/{workspaceId}/tickets/link","kind":"mutation","repeat":"once","audited":false,"domain":"tickets"},
  "tickets.unlink": {"method":"POST","path":"/workspaces/{workspaceId}/tickets/unlink","kind":"mutation","repeat":"once","audited":false,"domain":"tickets"},
  "tickets.priority": {"method":"PUT","path":"/workspaces/{workspaceId}/tickets/priority","kind":"mutation","repeat":"once","audited":false,"domain":"tickets"},
  "investigation.signinLogs": {"method":"GET","path":"/workspaces/{workspaceId}/investigation/users/signin-logs","kind":"query","repeat":"read","audited":true,"domain":"investigation"},
  "investigation.directoryLogs": {"method":"GET","path":"/workspaces/{workspaceId}/investigation/users/directory-logs","kind":"query","repeat":"read","audited":true,"domain":"investigation"},
  "webhooks.list": {"method":"GET","path":"/webhooks","kind":"query","repeat":"read","audited":false,"domain":"webhooks"},
  "webhooks.get": {"method":"GET","path":"/webhooks/{id}","kind":"query","repeat":"read","audited":false,"domain":"webhooks"},
  "webhooks.deliveryLogs": {"method":"GET","path":"/webhooks/{id}/delivery-logs","kind":"query","repeat":"read","audited":false,"domain":"webhooks"},
  "webhooks.deliveryLog": {"method":"GET","path":"/webhooks/{id}/delivery-logs/{logId}","kind":"query","repeat":"read","audited":false,"domain":"webhooks"},
  "webhooks.create": {"method":"POST","path":"/webhooks","kind":"mutation","repeat":"once","audited":false,"domain":"webhooks"},
  "webhooks.update": {"method":"PUT","path":"/webhooks/{id}","kind":"mutation","repeat":"once","audited":false,"domain":"webhooks"},
  "webhooks.delete": {"method":"DELETE","path":"/webhooks/{id}","kind":"mutation","repeat":"once","audited":false,"domain":"webhooks"},
  "webhooks.pause": {"method":"POST","path":"/webhooks/{id}/pause","kind":"mutation","repeat":"once","audited":false,"domain":"webhooks"},
  "webhooks.resume": {"method":"POST","path":"/webhooks/{id}/resume","kind":"mutation","repeat":"once","audited":false,"domain":"webhooks"},
  "webhooks.enable": {"method":"POST","path":"/webhooks/{id}/enable","kind":"mutation","repeat":"once","audited":false,"domain":"webhooks"},
  "webhooks.credentials": {"method":"POST","path":"/webhooks/{id}/credentials","kind":"mutation","repeat":"once","audited":false,"domain":"webhooks"},
  "webhooks.test": {"method":"POST","path":"/webhooks/{id}/test","kind":"mutation","repeat":"once","audited":false,"domain":"webhooks"},
  "webhooks.redeliver": {"method":"POST","path":"/webhooks/{id}/delivery-logs/{logId}/redeliver","kind":"mutation","repeat":"once","audited":false,"domain":"webhooks"},
  "serviceAccounts.list": {"method":"GET","path":"/service-accounts","kind":"query","repeat":"read","audited":false,"domain":"serviceAccounts"},
  "serviceAccounts.get": {"method":"GET","path":"/service-accounts/{id}","kind":"query","repeat":"read","audited":false,"domain":"serviceAccounts"},
  "serviceAccounts.create": {"method":"POST","path":"/service-accounts","kind":"mutation","repeat":"once","audited":false,"domain":"serviceAccounts"},
  "serviceAccounts.update": {"method":"PUT","path":"/service-accounts/{id}","kind":"mutation","repeat":"idempotent","audited":false,"domain":"serviceAccounts"},
  "serviceAccounts.delete": {"method":"DELETE","path":"/service-accounts/{id}","kind":"mutation","repeat":"idempotent","audited":false,"domain":"serviceAccounts"},
  "serviceAccounts.disable": {"method":"POST","path":"/service-accounts/{id}/disable","kind":"mutation","repeat":"idempotent","audited":false,"domain":"serviceAccounts"},
  "serviceAccounts.enable": {"method":"POST","path":"/service-accounts/{id}/enable","kind":"mutation","repeat":"idempotent","audited":false,"domain":"serviceAccounts"},
  "serviceAccounts.issueCredential": {"method":"POST","path":"/service-accounts/{id}/credentials","kind":"mutation","repeat":"once","audited":false,"domain":"serviceAccounts"},
  "serviceAccounts.revokeCredential": {"method":"POST","path":"/service-accounts/{id}/credentials/{credentialId}/revoke","kind":"mutation","repeat":"idempotent","audited":false,"domain":"serviceAccounts"},
  "users.list": {"method":"GET","path":"/users","kind":"query","repeat":"read","audited":false,"domain":"users"},
  "users.get": {"method":"GET","path":"/users/{userId}","kind":"query","repeat":"read","audited":false,"domain":"users"},
  "users.profile": {"method":"GET","path":"/users/profile","kind":"query","repeat":"read","audited":false,"domain":"users"},
  "users.workspaceUsers": {"method":"POST","path":"/users/workspace/users","kind":"query","repeat":"read","audited":false,"domain":"users"},
  "users.add": {"method":"POST","path":"/users","kind":"mutation","repeat":"once","audited":false,"domain":"users"},
  "users.update": {"method":"PUT","path":"/users","kind":"mutation","repeat":"idempotent","audited":false,"domain":"users"},
  "users.updateProfile": {"method":"PUT","path":"/users/profile","kind":"mutation","repeat":"idempotent","audited":false,"domain":"users"},
  "users.remove": {"method":"DELETE","path":"/users/{id}","kind":"mutation","repeat":"idempotent","audited":false,"domain":"users"},
  "users.assign": {"method":"POST","path":"/users/workspace","kind":"mutation","repeat":"once","audited":false,"domain":"users"},
  "users.organizationRole": {"method":"PUT","path":"/users/organization/role","kind":"mutation","repeat":"idempotent","audited":false,"domain":"users"},
  "azure.subscriptions": {"method":"GET","path":"/azure-resources/subscriptions","kind":"query","repeat":"read","audited":false,"domain":"azure"},
  "azure.isOwner": {"method":"GET","path":"/azure-resources/subscriptions/is-owner","kind":"query","repeat":"read","audited":false,"domain":"azure"},
  "azure.networkSecurityGroups": {"method":"GET","path":"/azure-resources/subscriptions/{subscriptionId}/network-security-groups","kind":"query","repeat":"read","audited":false,"domain":"azure"},
  "azure.resourceGroups": {"method":"GET","path":"/azure-resources/subscriptions/{subscriptionId}/resource-groups","kind":"query","repeat":"read","audited":false,"domain":"azure"},
  "azure.workspaces": {"method":"GET","path":"/azure-resources/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}/workspaces","kind":"query","repeat":"read","audited":false,"domain":"azure"},
  "azure.sentinels": {"method":"GET","path":"/azure-resources/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}/sentinels","kind":"query","repeat":"read","audited":false,"domain":"azure"},
  "azure.validate": {"method":"GET","path":"/azure-resources/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}/workspaces/{workspaceName}/validate","kind":"query","repeat":"read","audited":false,"domain":"azure"},
  "azure.analyticalRule": {"method":"PUT","path":"/azure-resources/analytical-rules/{ruleId}","kind":"mutation","repeat":"idempotent","audited":false,"domain":"azure"},
};
