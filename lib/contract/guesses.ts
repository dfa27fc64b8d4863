import type { OperationId, OperationOf } from "./index";

type GuessedReplyId = {
  [Id in OperationId]: OperationOf<Id>["certainty"] extends "guess" ? Id : never;
}[OperationId];

const webhookForm = "the configuration object, built from names that sibling objects really use";
const serviceAccountForm = "the same object as in the list";
const done = "true, the changed object, or an empty body (204)";
const azureItems = "a bare array of the usual Azure resource members";

/**
 * What each reply that nobody has shown us is taken to be. Complete by type: an operation marked `guess` without an
 * entry here does not compile. The first hour with a real credential settles these.
 */
export const guessedReplies: Readonly<Record<GuessedReplyId, string>> = {
  "incidents.evidence": "a table of columns and rows, or null",
  "incidents.lastGamebook": "the gamebook object of the history lists",
  "incidents.byEntity": "`{ incidents }` as in the agent tool of the same purpose; a bare array is read too",
  "gamebooks.rules": "an array of playbooks without run data, or `{ playbooks }`",
  "datasources.anomalies":
    "any arrays of objects down to depth 3, read by several spellings; raw JSON is kept",
  "datasources.acrossWorkspaces": "an array of groups, or a map from workspace id to connectors",
  "tickets.search": "an array of tickets, one ticket, or `{ tickets }`",
  "tickets.priority": "the ticket, a boolean, or an empty body",
  "webhooks.list": `a bare array of ${webhookForm}`,
  "webhooks.get": webhookForm,
  "webhooks.create": `${webhookForm}, with the secret as secret, signingSecret, signingKey or signingToken`,
  "webhooks.update": webhookForm,
  "webhooks.delete": done,
  "webhooks.pause": webhookForm,
  "webhooks.resume": webhookForm,
  "webhooks.enable": webhookForm,
  "webhooks.test": done,
  "webhooks.redeliver": done,
  "serviceAccounts.get": serviceAccountForm,
  "serviceAccounts.delete": done,
  "serviceAccounts.disable": serviceAccountForm,
  "users.updateProfile": "true, the profile, or an empty body",
  "users.remove": done,
  "users.assign": done,
  "azure.subscriptions": azureItems,
  "azure.isOwner": "a boolean, or `{ isOwner }`",
  "azure.networkSecurityGroups": azureItems,
  "azure.resourceGroups": azureItems,
  "azure.workspaces": azureItems,
  "azure.sentinels": azureItems,
  "azure.validate": "a boolean, or `{ isValid, message }`",
  "azure.analyticalRule": done,
};

/** What is guessed in the requests: members or rules that no page of the vendor shows. */
export const guessedRequests: { readonly [Id in OperationId]?: string } = {
  "incidents.acrossWorkspaces": "that an empty `sources` means all, and that `Custom` needs both instants",
  "incidents.byEntity": "`ResourceId` and `ResourceName`, which the sibling endpoints have",
  "gamebooks.acrossHistory": "comma-separated lists in `workspaces` and `statuses`; the first page is 1",
  "datasources.anomalies": "the whole body: `workspaces` or `workspaceIds`, `{}` for all",
  "tickets.unlink": "the whole body, taken from link",
  "tickets.priority": "the whole body",
  "webhooks.deliveryLogs": "1 to 100 for `pageSize`",
  "webhooks.create": "the whole body",
  "webhooks.update": "the whole body",
  "users.updateProfile": "the whole body",
  "users.assign": "the whole body: `accountId` with `users`",
  "azure.analyticalRule": "the form of `ruleId`; one path segment of any printable text is sent",
};
