/** Typed builders for every address inside Watchfloor. Nobody writes such a path by hand. */
const segment = encodeURIComponent;

/** Members without a value are left out. */
function search(members: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(members).filter((member): member is [string, string] => member[1] !== null);
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

export interface IncidentKey {
  readonly workspaceId: string;
  readonly source: string;
  readonly incidentId: string;
}

export interface GamebookKey {
  readonly workspaceId: string;
  readonly gamebookId: string;
}

/** What else an address says of a run: its playbooks lie under the year of its creation, and the run among those of its incident. */
export interface GamebookHints {
  /** The run's `creationDate`. */
  readonly created: string | null;
  readonly incidentId: string | null;
}

/** A delivery as an address names it; `createdAt` is the storage partition key and travels character by character. */
export interface DeliveryKey {
  readonly webhookId: string;
  readonly logId: string;
  readonly createdAt: string;
}

export const routes = {
  home: () => "/",
  signIn: (returnTo?: string) => (returnTo ? `/sign-in?returnTo=${segment(returnTo)}` : "/sign-in"),
  setup: () => "/setup",
  account: (org: string) => `/${segment(org)}/account`,
  /** @param view members of the list's view that differ from its default, from `formatView` */
  incidents: (org: string, view: Readonly<Record<string, string | null>> = {}) =>
    `/${segment(org)}/incidents${search(view)}`,
  incident: (org: string, key: IncidentKey) =>
    `/${segment(org)}/incidents/${segment(key.workspaceId)}/${segment(key.source)}/${segment(key.incidentId)}`,
  /** @param view members of the page's view that differ from its default */
  campaigns: (org: string, view: Readonly<Record<string, string | null>> = {}) =>
    `/${segment(org)}/campaigns${search(view)}`,
  /** @param view members of the desk's view that differ from its default */
  dataSources: (org: string, view: Readonly<Record<string, string | null>> = {}) =>
    `/${segment(org)}/data-sources${search(view)}`,
  workspaceDataSources: (org: string, workspaceId: string) =>
    `/${segment(org)}/data-sources/${segment(workspaceId)}`,
  /** @param view members of the view that differ from its default */
  workspaces: (org: string, view: Readonly<Record<string, string | null>> = {}) =>
    `/${segment(org)}/workspaces${search(view)}`,
  workspace: (org: string, workspaceId: string) => `/${segment(org)}/workspaces/${segment(workspaceId)}`,
  webhooks: (org: string) => `/${segment(org)}/webhooks`,
  webhook: (org: string, id: string) => `/${segment(org)}/webhooks/${segment(id)}`,
  deliveries: (org: string) => `/${segment(org)}/webhooks/deliveries`,
  delivery: (org: string, { webhookId, logId, createdAt }: DeliveryKey) =>
    `/${segment(org)}/webhooks/${segment(webhookId)}/deliveries/${segment(logId)}?createdAt=${segment(createdAt)}`,
  recovery: (org: string) => `/${segment(org)}/webhooks/recovery`,
  /** Opens the plan with the webhook and the outage (ISO instants) filled in. */
  recoveryPlan: (
    org: string,
    plan: { readonly webhookId: string; readonly from: string; readonly to: string },
  ) =>
    `/${segment(org)}/webhooks/recovery?webhook=${segment(plan.webhookId)}&from=${segment(plan.from)}&to=${segment(plan.to)}`,
  recoveryJob: (org: string, jobId: string) => `/${segment(org)}/webhooks/recovery/${segment(jobId)}`,
  /** @param view members of the page's view that differ from its default */
  gamebooks: (org: string, view: Readonly<Record<string, string | null>> = {}) =>
    `/${segment(org)}/gamebooks${search(view)}`,
  gamebook: (org: string, key: GamebookKey, hints: GamebookHints) =>
    `/${segment(org)}/gamebooks/${segment(key.workspaceId)}/${segment(key.gamebookId)}${search({ created: hints.created, incident: hints.incidentId })}`,
  admin: (org: string) => `/${segment(org)}/admin`,
  connection: (org: string) => `/${segment(org)}/admin/connection`,
  audit: (org: string) => `/${segment(org)}/admin/audit`,
  members: (org: string) => `/${segment(org)}/admin/members`,
  /** The token stands behind the #, so that no server, log or referrer ever sees it. */
  invitation: (token?: string) => (token ? `/invitation#${segment(token)}` : "/invitation"),
} as const;

export const apiRoutes = {
  /** Base of the proxied upstream calls of an organisation; the upstream path follows. */
  upstream: (org: string) => `/api/${segment(org)}/v2`,
  workspaces: (org: string) => `/api/${segment(org)}/workspaces`,
  workspacesOverview: (org: string) => `/api/${segment(org)}/workspaces/overview`,
  workspacesChanges: (org: string) => `/api/${segment(org)}/workspaces/changes`,
  workspace: (org: string, id: string) => `/api/${segment(org)}/workspaces/${segment(id)}`,
  /** The register; members as `lib/domain/incident-query` prints them. */
  incidents: (org: string, query: URLSearchParams) =>
    `/api/${segment(org)}/incidents${query.size > 0 ? `?${query}` : ""}`,
  incidentRows: (org: string, query: URLSearchParams) => `/api/${segment(org)}/incidents/rows?${query}`,
  incidentSummary: (org: string) => `/api/${segment(org)}/incidents/summary`,
  incidentStacks: (org: string, query: URLSearchParams) => `/api/${segment(org)}/incidents/stacks?${query}`,
  incidentCampaigns: (org: string, query: URLSearchParams) =>
    `/api/${segment(org)}/incidents/campaigns?${query}`,
  incidentsExport: (org: string, query: URLSearchParams) => `/api/${segment(org)}/incidents/export?${query}`,
  incidentChanges: (org: string, query: URLSearchParams) => `/api/${segment(org)}/incidents/changes?${query}`,
  events: (org: string) => `/api/${segment(org)}/events`,
  dataSourceAnomalies: (org: string) => `/api/${segment(org)}/data-sources/anomalies`,
  dataSourceAnomaly: (org: string, id: string) =>
    `/api/${segment(org)}/data-sources/anomalies/${segment(id)}`,
  dataSourceConnectors: (org: string) => `/api/${segment(org)}/data-sources/connectors`,
  portal: (org: string) => `/api/${segment(org)}/portal`,
  collector: (org: string) => `/api/${segment(org)}/collector`,
  connection: (org: string) => `/api/${segment(org)}/connection`,
  connectionTest: (org: string) => `/api/${segment(org)}/connection/test`,
  credential: (org: string) => `/api/${segment(org)}/connection/credential`,
  credentialSwitch: (org: string) => `/api/${segment(org)}/connection/credential/switch`,
  credentialRetire: (org: string) => `/api/${segment(org)}/connection/credential/retire`,
  audit: (org: string) => `/api/${segment(org)}/audit`,
  auditExport: (org: string) => `/api/${segment(org)}/audit/export`,
  ownSessions: (org: string) => `/api/${segment(org)}/account/sessions`,
  ownSession: (org: string, session: string) => `/api/${segment(org)}/account/sessions/${segment(session)}`,
  memberSessions: (org: string, personId: string) =>
    `/api/${segment(org)}/members/${segment(personId)}/sessions`,
  memberSession: (org: string, personId: string, session: string) =>
    `/api/${segment(org)}/members/${segment(personId)}/sessions/${segment(session)}`,
  members: (org: string) => `/api/${segment(org)}/members`,
  member: (org: string, personId: string) => `/api/${segment(org)}/members/${segment(personId)}`,
  invitations: (org: string) => `/api/${segment(org)}/invitations`,
  invitation: (org: string, id: string) => `/api/${segment(org)}/invitations/${segment(id)}`,
  workspaceGroups: (org: string) => `/api/${segment(org)}/workspace-groups`,
  workspaceGroup: (org: string, id: string) => `/api/${segment(org)}/workspace-groups/${segment(id)}`,
  views: (org: string) => `/api/${segment(org)}/views`,
  view: (org: string, id: string) => `/api/${segment(org)}/views/${segment(id)}`,
  defaultView: (org: string) => `/api/${segment(org)}/views/default`,
  webhooksHealth: (org: string) => `/api/${segment(org)}/webhooks/health`,
  webhookDeliveries: (org: string) => `/api/${segment(org)}/webhooks/deliveries`,
  webhookState: (org: string, id: string) => `/api/${segment(org)}/webhooks/${segment(id)}/state`,
  webhookNotes: (org: string, id: string) => `/api/${segment(org)}/webhooks/${segment(id)}/notes`,
  recoveryJobs: (org: string) => `/api/${segment(org)}/webhooks/recovery`,
  recoveryJob: (org: string, id: string) => `/api/${segment(org)}/webhooks/recovery/${segment(id)}`,
  recoveryItems: (org: string, id: string) => `/api/${segment(org)}/webhooks/recovery/${segment(id)}/items`,
  recoveryReport: (org: string, id: string) => `/api/${segment(org)}/webhooks/recovery/${segment(id)}/report`,
  invitationLook: () => "/api/invitations/look",
  invitationAccept: () => "/api/invitations/accept",
  setup: () => "/api/setup",
  live: () => "/api/health/live",
  ready: () => "/api/health/ready",
} as const;
