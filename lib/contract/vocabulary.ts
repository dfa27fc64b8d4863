/**
 * The vendor's enumerations, as far as they are known. Replies may hold other values at any time: they are kept as
 * they are (see `known` in readers.ts). Requests are checked against these sets. No zod here: the browser loads this.
 */

/** SIEM sources, in the vendor's order; also the only values of the `{source}` path segment. Webhooks spell them in lower case. */
export const incidentSources = [
  "Sentinel",
  "DefenderXDR",
  "QRadar",
  "Splunk",
  "CrowdStrike",
  "SentinelOne",
] as const;
export type IncidentSource = (typeof incidentSources)[number];

/** Mildest first. There is no "Critical". */
export const severities = ["Informational", "Low", "Medium", "High"] as const;
export type Severity = (typeof severities)[number];
/** As people look at them. */
export const worstFirst: readonly string[] = [...severities].reverse();

export const statuses = ["Active", "New", "Closed"] as const;
export type IncidentStatus = (typeof statuses)[number];

export const classifications = [
  "BenignPositive",
  "FalsePositive",
  "TruePositive",
  "Undetermined",
  "InformationalExpectedActivity",
  "Unknown",
  "NonIssue",
  "PolicyViolation",
  "QradarFalsePositive",
  "Undefined",
  "Suspicious",
] as const;
export type Classification = (typeof classifications)[number];

/** The first seven and `Phishing`, `Other`, `ConfirmedActivity` are documented; the rest follows Microsoft's lists (a guess). */
export const classificationReasons = [
  "InaccurateData",
  "IncorrectAlertLogic",
  "SuspiciousActivity",
  "SuspiciousButExpected",
  "Unknown",
  "Apt",
  "Malware",
  "SecurityPersonnel",
  "SecurityTesting",
  "UnwantedSoftware",
  "Other",
  "MultiStagedAttack",
  "CompromisedAccount",
  "CompromisedUser",
  "Phishing",
  "MaliciousUserActivity",
  "NotMalicious",
  "Clean",
  "NotEnoughDataToValidate",
  "InsufficientData",
  "ConfirmedActivity",
  "LineOfBusinessApplication",
] as const;

/** Windows of by-entity, investigation and (a guess) incidents/across-workspaces. "Fourty" is the vendor's spelling. */
export const timeFilteringTypes = [
  "ThreeHours",
  "SixHours",
  "TwelveHours",
  "TwentyFourHours",
  "FourtyEightHours",
  "Custom",
] as const;
export type TimeFilteringType = (typeof timeFilteringTypes)[number];

/** MITRE ATT&CK tactics, without blanks, as Sentinel writes them. */
export const tactics = [
  "Reconnaissance",
  "ResourceDevelopment",
  "InitialAccess",
  "Execution",
  "Persistence",
  "PrivilegeEscalation",
  "DefenseEvasion",
  "CredentialAccess",
  "Discovery",
  "LateralMovement",
  "Collection",
  "CommandAndControl",
  "Exfiltration",
  "Impact",
] as const;

/** Only `Pending` is documented; the rest is a guess. Bucket by meaning, never by exact value. */
export const gamebookStatuses = [
  "Pending",
  "PendingApproval",
  "WaitingForApproval",
  "Queued",
  "Running",
  "InProgress",
  "Succeeded",
  "Completed",
  "PartiallySucceeded",
  "Failed",
  "Rejected",
  "Cancelled",
] as const;

/** The `type` of an entity and the `entityType` of a playbook. Only `User` is documented. */
export const entityTypes = ["User", "Device", "IP", "File", "Url", "Mail"] as const;

/** The `kind` of an entity: a separate word, often misspelled upstream, compared without regard to case. */
export const entityKinds = [
  "Account",
  "Host",
  "IP",
  "Malware",
  "File",
  "Process",
  "FileHash",
  "AzureResource",
  "RegistryKey",
  "RegistryValue",
  "SecurityGroup",
  "URL",
  "IoTDevice",
  "Mailbox",
  "MailCluster",
  "MailMessage",
  "SubmissionMail",
  "CloudApplication",
] as const;

/** Only `MicrosoftOffice` is documented. */
export const connectorTypes = ["MicrosoftOffice"] as const;

/** A guess: Autotask's example is `High`, ServiceNow's urgency too. */
export const ticketPriorities = ["Critical", "High", "Medium", "Low"] as const;

export const organizationalRoles = ["Admin", "UserAdmin", "WorkspaceAdmin", "AgentAdmin", "Member"] as const;
export type OrganizationalRole = (typeof organizationalRoles)[number];

export const workspaceRoles = [
  "Owner",
  "ContentAdmin",
  "IncidentResponder",
  "IncidentAnalyst",
  "WorkspaceReader",
] as const;
export type WorkspaceRole = (typeof workspaceRoles)[number];

/** `Active` is documented, the others are a guess. */
export const credentialStatuses = ["Active", "Expired", "Revoked"] as const;

/** `DefaultAccess` is documented, the others are a guess. */
export const appRoles = [
  "DefaultAccess",
  "Admin",
  "IncidentAnalyst",
  "IncidentResponder",
  "DataSourceAdmin",
] as const;

export const webhookAuthenticationTypes = ["None", "BasicAuth", "BearerToken"] as const;
export type WebhookAuthenticationType = (typeof webhookAuthenticationTypes)[number];

/** A guess, from the verbs pause/resume and enable. */
export const webhookStatuses = ["Active", "Paused", "Disabled"] as const;

/** `Pending` is documented. Decide success by the HTTP status and finality by `completedAt`. */
export const deliveryStatuses = ["Pending", "Succeeded", "Failed"] as const;

export const webhookEventTypes = ["incident.created.v1", "agent.investigation.completed.v1"] as const;

/** Scopes a credential can hold, as far as they are named anywhere. */
export const credentialScopes = [
  "incidents:read",
  "incidents:comments",
  "incidents:write",
  "gamebooks:read",
  "datasources:read",
  "tickets:read",
  "tickets:manage",
  "webhooks:read",
  "webhooks:manage",
  "org:service-accounts:read",
  "org:service-accounts:manage",
  "org:users:read",
  "org:users:manage",
  "org:users:roles",
  "org:azure:read",
  "org:azure:manage",
] as const;

/** Values of a ProblemDetails `code`: the first four are documented, the rest is a guess by naming style. */
export const upstreamCodes = [
  "VALIDATION_ERROR",
  "BAD_REQUEST",
  "NOT_FOUND",
  "INSUFFICIENT_WORKSPACE_ROLE",
  "UNAUTHORIZED",
  "INSUFFICIENT_SCOPE",
  "FORBIDDEN",
  "CONFLICT",
  "RATE_LIMITED",
  "TOO_MANY_REQUESTS",
  "INTERNAL_ERROR",
  "UPSTREAM_ERROR",
  "SERVICE_UNAVAILABLE",
] as const;
