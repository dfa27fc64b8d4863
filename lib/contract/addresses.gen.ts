// Generated from the registry by `npm run docs:api`; do not edit.
import type { OperationId } from "./index";
import type { Method } from "./operation";

export interface Address {
  readonly method: Method;
  readonly path: `/${string}`;
  /** Whether the call leaves a trace in upstream's audit trail. */
  readonly audited?: true;
}

/** Where and how each operation is called. Holds no zod, so that the browser does not load the schemas. */
export const addresses: Readonly<Record<OperationId, Address>> = {
  "incidents.get": {"method":"GET","path":"/workspaces/{workspaceId}/incidents/{source}/{incidentId}"},
  "incidents.evidence": {"method":"GET","path":"/workspaces/{workspaceId}/incidents/{source}/{incidentId}/evidence"},
  "incidents.lastGamebook": {"method":"GET","path":"/workspaces/{workspaceId}/incidents/{source}/{incidentId}/last-gamebook"},
  "incidents.comments": {"method":"GET","path":"/workspaces/{workspaceId}/incidents/{source}/{incidentId}/comments"},
  "incidents.byEntity": {"method":"GET","path":"/workspaces/{workspaceId}/incidents/{source}/by-entity","audited":true},
  "incidents.acrossWorkspaces": {"method":"POST","path":"/incidents/across-workspaces"},
  "gamebooks.rules": {"method":"GET","path":"/workspaces/{workspaceId}/gamebooks/rules/{incidentTitle}"},
  "gamebooks.history": {"method":"GET","path":"/workspaces/{workspaceId}/gamebooks/history"},
  "gamebooks.playbooks": {"method":"GET","path":"/workspaces/{workspaceId}/gamebooks/history/{gamebookId}/playbooks"},
  "gamebooks.byIncident": {"method":"GET","path":"/workspaces/{workspaceId}/gamebooks/by-incident/{incidentId}"},
  "gamebooks.acrossHistory": {"method":"GET","path":"/gamebooks/across-workspaces/history"},
  "datasources.list": {"method":"GET","path":"/workspaces/{workspaceId}/datasources"},
  "datasources.anomalies": {"method":"POST","path":"/datasources/across-workspaces/anomalies"},
  "datasources.acrossWorkspaces": {"method":"GET","path":"/datasources/across-workspaces"},
  "tickets.search": {"method":"GET","path":"/workspaces/{workspaceId}/tickets/search"},
  "tickets.link": {"method":"POST","path":"/workspaces/{workspaceId}/tickets/link"},
  "tickets.unlink": {"method":"POST","path":"/workspaces/{workspaceId}/tickets/unlink"},
  "tickets.priority": {"method":"PUT","path":"/workspaces/{workspaceId}/tickets/priority"},
  "investigation.signinLogs": {"method":"GET","path":"/workspaces/{workspaceId}/investigation/users/signin-logs","audited":true},
  "investigation.directoryLogs": {"method":"GET","path":"/workspaces/{workspaceId}/investigation/users/directory-logs","audited":true},
  "webhooks.list": {"method":"GET","path":"/webhooks"},
  "webhooks.get": {"method":"GET","path":"/webhooks/{id}"},
  "webhooks.deliveryLogs": {"method":"GET","path":"/webhooks/{id}/delivery-logs"},
  "webhooks.deliveryLog": {"method":"GET","path":"/webhooks/{id}/delivery-logs/{logId}"},
  "webhooks.create": {"method":"POST","path":"/webhooks"},
  "webhooks.update": {"method":"PUT","path":"/webhooks/{id}"},
  "webhooks.delete": {"method":"DELETE","path":"/webhooks/{id}"},
  "webhooks.pause": {"method":"POST","path":"/webhooks/{id}/pause"},
  "webhooks.resume": {"method":"POST","path":"/webhooks/{id}/resume"},
  "webhooks.enable": {"method":"POST","path":"/webhooks/{id}/enable"},
  "webhooks.credentials": {"method":"POST","path":"/webhooks/{id}/credentials"},
  "webhooks.test": {"method":"POST","path":"/webhooks/{id}/test"},
  "webhooks.redeliver": {"method":"POST","path":"/webhooks/{id}/delivery-logs/{logId}/redeliver"},
  "serviceAccounts.list": {"method":"GET","path":"/service-accounts"},
  "serviceAccounts.get": {"method":"GET","path":"/service-accounts/{id}"},
  "serviceAccounts.create": {"method":"POST","path":"/service-accounts"},
  "serviceAccounts.update": {"method":"PUT","path":"/service-accounts/{id}"},
  "serviceAccounts.delete": {"method":"DELETE","path":"/service-accounts/{id}"},
  "serviceAccounts.disable": {"method":"POST","path":"/service-accounts/{id}/disable"},
  "serviceAccounts.enable": {"method":"POST","path":"/service-accounts/{id}/enable"},
  "serviceAccounts.issueCredential": {"method":"POST","path":"/service-accounts/{id}/credentials"},
  "serviceAccounts.revokeCredential": {"method":"POST","path":"/service-accounts/{id}/credentials/{credentialId}/revoke"},
  "users.list": {"method":"GET","path":"/users"},
  "users.get": {"method":"GET","path":"/users/{userId}"},
  "users.profile": {"method":"GET","path":"/users/profile"},
  "users.workspaceUsers": {"method":"POST","path":"/users/workspace/users"},
  "users.add": {"method":"POST","path":"/users"},
  "users.update": {"method":"PUT","path":"/users"},
  "users.updateProfile": {"method":"PUT","path":"/users/profile"},
  "users.remove": {"method":"DELETE","path":"/users/{id}"},
  "users.assign": {"method":"POST","path":"/users/workspace"},
  "users.organizationRole": {"method":"PUT","path":"/users/organization/role"},
  "azure.subscriptions": {"method":"GET","path":"/azure-resources/subscriptions"},
  "azure.isOwner": {"method":"GET","path":"/azure-resources/subscriptions/is-owner"},
  "azure.networkSecurityGroups": {"method":"GET","path":"/azure-resources/subscriptions/{subscriptionId}/network-security-groups"},
  "azure.resourceGroups": {"method":"GET","path":"/azure-resources/subscriptions/{subscriptionId}/resource-groups"},
  "azure.workspaces": {"method":"GET","path":"/azure-resources/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}/workspaces"},
  "azure.sentinels": {"method":"GET","path":"/azure-resources/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}/sentinels"},
  "azure.validate": {"method":"GET","path":"/azure-resources/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}/workspaces/{workspaceName}/validate"},
  "azure.analyticalRule": {"method":"PUT","path":"/azure-resources/analytical-rules/{ruleId}"},
};
