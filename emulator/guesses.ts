import type { OperationId } from "@/lib/contract";

/**
 * Where the vendor's documents are silent, and what the emulator does there. One place, so that the first hour with a
 * real credential can settle it. The fault `{ kind: "alternateShapes" }` makes the operations with `canSwitch` answer
 * in the other form.
 */
export interface Guess {
  readonly what: string;
  readonly chosen: string;
  readonly alternative: string;
  /** True when `alternateShapes` answers in the alternative. */
  readonly canSwitch: boolean;
}

function guess(what: string, chosen: string, alternative: string, canSwitch = false): Guess {
  return { what, chosen, alternative, canSwitch };
}

export const operationGuesses: Partial<Record<OperationId, readonly Guess[]>> = {
  "incidents.get": [
    guess(
      "without withDetails",
      "investigationDetails, evidence and gamebookCatalog are null",
      "always filled",
    ),
    guess("gamebookCatalog", "{ recommended, available } of playbooks", "per entity"),
  ],
  "incidents.evidence": [guess("reply", "columns and rows, or null", "an empty table")],
  "incidents.lastGamebook": [guess("reply", "one gamebook with its playbooks", "without them")],
  "incidents.byEntity": [guess("reply", "{ incidents }", "a bare array", true)],
  "incidents.acrossWorkspaces": [
    guess("sources: []", "every source", "400"),
    guess(
      "time the window applies to",
      "creationTime, pinned at the first call",
      "lastModificationTime, sliding",
    ),
    guess("includeUnassigned without other owner filters", "only unassigned incidents", "no restriction"),
    guess("follow-up call without tokens", "an empty last page", "400"),
    guess("order", "newest first within a page", "none"),
    guess("unknown words in enumerations", "400", "ignored"),
  ],
  "gamebooks.rules": [guess("reply", "a bare array of playbooks", "{ playbooks }", true)],
  "gamebooks.history": [guess("query", "searches incident title, number and playbook names", "title only")],
  "gamebooks.playbooks": [guess("wrong year", "404", "an empty array")],
  "gamebooks.acrossHistory": [
    guess("workspaces and statuses", "comma-separated", "repeated"),
    guess("first page", "1; below it 400", "0"),
  ],
  "datasources.anomalies": [
    guess("reply", "{ anomalies } in one list", "{ workspaces: [{ anomalies }] }", true),
  ],
  "datasources.acrossWorkspaces": [
    guess(
      "reply",
      "array of { workspaceId, workspaceName, dataSources }",
      "map from workspace id to connectors",
      true,
    ),
    guess("without workspaceIds", "an empty array", "400, or every workspace"),
  ],
  "tickets.search": [
    guess("reply", "array of tickets", "{ tickets }", true),
    guess("without a ticketing product", "400 BAD_REQUEST", "404, or empty"),
    guess("neither parameter", "400", "everything"),
  ],
  "tickets.link": [guess("linked already", "same incident: 200; another: 409", "a second link")],
  "tickets.unlink": [guess("body", "the same as link", "ticketId alone")],
  "tickets.priority": [guess("reply", "the ticket", "true", true)],
  "investigation.signinLogs": [
    guess("scope", "investigation:read", "incidents:read"),
    guess("UserId", "required: 400 without it", "optional"),
  ],
  "investigation.directoryLogs": [guess("scope", "investigation:read", "incidents:read")],
  "webhooks.list": [guess("state", "status: Active, Paused or Disabled", "isActive and isPaused", true)],
  "webhooks.get": [guess("state", "status: Active, Paused or Disabled", "isActive and isPaused", true)],
  "webhooks.create": [guess("name of the secret", "secret", "signingSecret", true)],
  "webhooks.update": [guess("null members", "left as they are", "cleared")],
  "webhooks.delete": [guess("reply", "204", "200 with true", true)],
  "webhooks.pause": [guess("state it does not fit", "200, nothing changes", "409")],
  "webhooks.resume": [guess("state it does not fit", "200, nothing changes", "409")],
  "webhooks.enable": [guess("state it does not fit", "200, nothing changes", "409")],
  "webhooks.credentials": [guess("omitted signingToken", "removed", "kept")],
  "webhooks.deliveryLog": [guess("createdAt of another row", "404", "ignored")],
  "webhooks.test": [guess("reply", "the delivery's log row, when it is complete", "true at once")],
  "webhooks.redeliver": [guess("reply", "the new log row, while it is pending", "202")],
  "serviceAccounts.get": [guess("reply", "as in the list", "as in the list")],
  "serviceAccounts.create": [
    guess("clientId", "the account's id", "an id of its own"),
    guess("no scopes", "400", "a credential that can do nothing"),
  ],
  "serviceAccounts.update": [guess("null members", "left as they are", "cleared")],
  "serviceAccounts.delete": [guess("reply", "204", "200 with true", true)],
  "serviceAccounts.disable": [guess("its credentials", "401", "403")],
  "serviceAccounts.revokeCredential": [guess("revoking twice", "200", "409")],
  "users.list": [guess("service accounts", "are in the list", "are not")],
  "users.add": [guess("a known e-mail address", "data: false, nobody is added", "409")],
  "users.updateProfile": [guess("reply", "true", "the profile", true)],
  "users.remove": [guess("reply", "200 with true", "204")],
  "users.assign": [
    guess("body", "{ accountId, users: [{ userId, role }] }", "{ workspaceId, userIds, role }; taken too"),
  ],
  "azure.subscriptions": [guess("reply", "a bare array", "{ value }", true)],
  "azure.isOwner": [guess("reply", "a boolean", "{ isOwner }", true)],
  "azure.networkSecurityGroups": [guess("reply", "a bare array", "{ value }", true)],
  "azure.resourceGroups": [guess("reply", "a bare array", "{ value }", true)],
  "azure.workspaces": [guess("reply", "a bare array", "{ value }", true)],
  "azure.sentinels": [guess("reply", "a bare array", "{ value }", true)],
  "azure.validate": [guess("reply", "{ isValid, message }", "a boolean", true)],
  "azure.analyticalRule": [guess("ruleId", "any text is a rule", "404 for unknown ones")],
};

/** Guesses that concern every operation. */
export const generalGuesses: readonly Guess[] = [
  guess("code for a missing scope", "INSUFFICIENT_SCOPE", "FORBIDDEN"),
  guess("code for bad credentials", "UNAUTHORIZED", "none"),
  guess("code for too many requests", "RATE_LIMITED", "TOO_MANY_REQUESTS"),
  guess("workspace that does not exist", "403, as for one without a role", "404"),
  guess("role for ticket changes", "IncidentResponder or more", "any role"),
  guess("role for the investigation calls", "IncidentAnalyst or more", "any role"),
  guess("scope that manages", "does not imply the one that reads", "does"),
  guess("unknown members of a body, unknown query names", "ignored", "400"),
  guess("webhook attempts", "5, after 0 s, 10 s, 60 s, 5 min, 30 min; any 2xx is success", "unknown"),
  guess("webhook auto-disable", "10 failed events in a row; tests and redeliveries do not count", "unknown"),
  guess("events while a webhook is paused", "dropped", "queued"),
  guess("accountId in webhook bodies", "the workspace", "the organisation"),
  guess(
    "payload of agent.investigation.completed.v1",
    "incident identity, classification, score, summary",
    "unknown",
  ),
];
