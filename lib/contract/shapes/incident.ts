import { object, sparseObject } from "../object-reader";
import {
  flag,
  id,
  instant,
  isPlain,
  known,
  list,
  number,
  optional,
  raw,
  type Reader,
  rows,
  text,
  reshaped,
  word,
  workspaceId,
} from "../readers";
import {
  classificationReasons,
  classifications,
  entityKinds,
  entityTypes,
  incidentSources,
  severities,
  statuses,
  tactics,
} from "../vocabulary";
import { Unreadable } from "../reading";
import { dataTable } from "./table";

export type { DataTable } from "./table";

/**
 * Something an incident is about: an account, a host, an address … Which members are filled depends on `kind`.
 * The five above are always present (null when absent); the others are left out when absent, because a walk brings
 * tens of thousands of entities. `commandLine` and what follows are a guess.
 */
export const entity = sparseObject(
  {
    id,
    type: known(entityTypes),
    kind: known(entityKinds),
    displayName: text,
    friendlyName: text,
  },
  {
    fileName: text,
    hostName: text,
    accountEntityId: text,
    deviceId: text,
    deviceAzureId: text,
    defenderAtpDeviceId: text,
    commandLine: text,
    userUpn: text,
    aadUserId: text,
    address: text,
    url: text,
    fileHash: text,
    mailbox: text,
  },
  {
    aliases: {
      address: ["ipAddress"],
      fileHash: ["hash", "hashValue"],
      mailbox: ["mailboxPrimaryAddress"],
    },
  },
);
export type Entity = ReturnType<typeof entity>;

/** The source of an incident; required, because no call about the incident can be made without it. */
const incidentSource: Reader<string> = (value, reading) => {
  const spelled = known(incidentSources)(value ?? reading.call.source, reading);
  return id(spelled, reading);
};

/** The workspace of an incident; a reply about one incident that does not repeat it means the workspace asked. */
const incidentWorkspace: Reader<string> = (value, reading) =>
  workspaceId(value ?? reading.call.workspaceId, reading);

const person = object({ id: text, displayName: text, email: text });

/** The vendor sends an assignee with empty members for "nobody". */
const assignee = reshaped(optional(person), (who) =>
  who !== null && (who.id || who.displayName || who.email) ? who : null,
);
export type IncidentUser = NonNullable<ReturnType<typeof assignee>>;

const incidentMembers = object(
  {
    id,
    title: text,
    number,
    displayId: text,
    description: text,
    source: incidentSource,
    sourceDisplayName: text,
    creationTime: instant,
    lastModificationTime: instant,
    lastActivityTime: instant,
    severity: known(severities),
    status: known(statuses),
    classification: known(classifications),
    classificationReason: known(classificationReasons),
    classificationComment: text,
    comment: text,
    tactics: list(reshaped(word, spellTactic)),
    ruleIds: list(word),
    alertProductNames: list(word),
    user: assignee,
    alertsCount: number,
    entities: list(entity),
    workspaceId: incidentWorkspace,
    workspaceName: text,
    name: text,
    type: text,
    productId: text,
  },
  {
    aliases: {
      creationTime: ["createdAt"],
      lastModificationTime: ["lastModifiedAt", "updatedAt"],
      workspaceId: ["accountId"],
      workspaceName: ["accountName"],
    },
    // The vendor's own sample says `true` with nobody assigned; ours is derived from `user`.
    ignored: ["isAssigned"],
  },
);

const tacticSpelling = new Map(tactics.map((name) => [name.toLowerCase(), name as string]));

/** `lateral movement`, `LATERALMOVEMENT` → `LateralMovement`; an unknown tactic stays as it is. */
function spellTactic(name: string): string {
  return tacticSpelling.get(name.replace(/[\s_-]/g, "").toLowerCase()) ?? name;
}

/** One incident as the lists show it. All members are present, null when upstream sent nothing. */
export const incidentRow = reshaped(incidentMembers, (incident) =>
  Object.assign(incident, { isAssigned: incident.user !== null }),
);
export type IncidentRow = ReturnType<typeof incidentRow>;

/** An alert of an incident. Only title, severity, product and vendor are known (from webhooks); the rest is a guess. */
export const incidentAlert = object(
  {
    id: text,
    title: text,
    description: text,
    severity: known(severities),
    status: text,
    productName: text,
    vendorName: text,
    creationTime: instant,
    lastModificationTime: instant,
    tactics: list(reshaped(word, spellTactic)),
    entities: list(entity),
  },
  {
    aliases: {
      id: ["alertId", "systemAlertId"],
      title: ["displayName", "alertDisplayName", "name"],
      creationTime: ["createdAt", "timeGenerated"],
      lastModificationTime: ["updatedAt", "lastUpdatedTime"],
    },
  },
);
export type IncidentAlert = ReturnType<typeof incidentAlert>;

const investigationDetails = object({ entities: rows(entity), alerts: rows(incidentAlert) });

const detailMembers = object({
  source: known(incidentSources),
  incident: incidentRow,
  investigationDetails: optional(investigationDetails),
  evidence: optional(dataTable),
  gamebookCatalog: raw,
});

/** The source that stands beside the incident stands in when the incident does not repeat it. */
function withOwnSource(value: unknown): unknown {
  if (!isPlain(value) || !isPlain(value.incident) || value.incident.source) return value;
  return { ...value, incident: { ...value.incident, source: value.source } };
}

/** One incident in full. `gamebookCatalog` has no known form and is passed on as it came. */
export const incidentDetail: Reader<IncidentDetail> = (value, reading) => {
  const detail = detailMembers(withOwnSource(value), reading);
  return {
    ...detail,
    source: detail.source ?? detail.incident.source,
    investigationDetails: detail.investigationDetails ?? { entities: [], alerts: [] },
  };
};
export interface IncidentDetail {
  readonly source: string;
  readonly incident: IncidentRow;
  readonly investigationDetails: { readonly entities: Entity[]; readonly alerts: IncidentAlert[] };
  readonly evidence: ReturnType<typeof dataTable> | null;
  readonly gamebookCatalog: unknown;
}

/** A comment. `message` may hold HTML or Markdown, and anybody may have written it: never render it unescaped. */
export const incidentComment = object(
  {
    id,
    message: text,
    createdTime: instant,
    authorEmail: text,
    authorName: text,
    isActivityComment: flag,
    isAgentComment: flag,
    agentName: text,
    isClosingComment: flag,
    ticketNoteId: text,
    ticketId: text,
  },
  { aliases: { message: ["content"], createdTime: ["createdAt", "creationTime"] } },
);
export type IncidentComment = ReturnType<typeof incidentComment>;

/** One opaque token per source of a workspace. Goes back to upstream unchanged, character by character. */
const pageTokens = object({
  workspaceId: id,
  sourceTokens: (value, reading): Record<string, string> => {
    if (!isPlain(value)) throw new Unreadable("page tokens are missing");
    const tokens: [string, string][] = [];
    for (const [source, token] of Object.entries(value)) {
      if (typeof token === "string" && token !== "") tokens.push([source, token]);
      else if (token !== null) reading.note("a page token is not text");
    }
    return Object.fromEntries(tokens);
  },
});
export type WorkspacePageTokens = ReturnType<typeof pageTokens>;

const pageMembers = object({
  incidents: rows(incidentRow),
  sourcePageTokens: list(pageTokens),
  moreIncidentsAvailable: flag,
});

/**
 * One page of POST incidents/across-workspaces. Without the flag a page with tokens promises more. A reply that has
 * neither rows nor flag is no page: read as one, it would say "all quiet".
 */
export const incidentPage: Reader<ReturnType<typeof pageMembers> & { moreIncidentsAvailable: boolean }> = (
  value,
  reading,
) => {
  const page = pageMembers(value, reading);
  if (isPlain(value) && value.incidents === undefined && page.moreIncidentsAvailable === null)
    throw new Unreadable("neither incidents nor the word whether there are more");
  return { ...page, moreIncidentsAvailable: page.moreIncidentsAvailable ?? page.sourcePageTokens.length > 0 };
};
export type IncidentPage = ReturnType<typeof incidentPage>;

const relatedPage = object({ incidents: rows(incidentRow) });

/** Incidents around an entity: a bare array or `{ incidents }` (both a guess); always the second form for us. */
export const relatedIncidents: Reader<{ incidents: IncidentRow[] }> = (value, reading) =>
  Array.isArray(value) || value === null || value === undefined
    ? { incidents: rows(incidentRow)(value, reading) }
    : relatedPage(value, reading);
