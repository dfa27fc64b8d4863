import type { OperationId } from "@/lib/contract";
import type { RunningEmulator } from "../start";
import { callOperation, dataOf, type Input } from "./caller";
import { lastDay, readPage } from "./walker";

type Example<Id extends OperationId> = (emulator: RunningEmulator) => Promise<Input<Id>>;

type Row = Record<string, unknown> & { id: string };

function first<T>(list: readonly T[], what: string): T {
  const [item] = list;
  if (item === undefined) throw new Error(`The emulator has no ${what} to try this on.`);
  return item;
}

async function someIncident(emulator: RunningEmulator) {
  const { incidents } = await readPage(emulator, { ...lastDay, sources: ["Sentinel"] }, null);
  const row = first(incidents, "incident");
  return {
    workspaceId: String(row.workspaceId),
    source: "Sentinel",
    incidentId: String(row.id),
    number: String(row.number),
  } as const;
}

const params = async (emulator: RunningEmulator) => {
  const { workspaceId, source, incidentId } = await someIncident(emulator);
  return { workspaceId, source, incidentId };
};

/** An incident that somebody has commented on. */
async function commented(emulator: RunningEmulator) {
  const { incidents } = await readPage(emulator, { ...lastDay, sources: ["Sentinel"] }, null);
  for (const row of incidents) {
    const where = {
      workspaceId: String(row.workspaceId),
      source: "Sentinel",
      incidentId: String(row.id),
    } as const;
    const found = dataOf<unknown[]>(await callOperation(emulator, "incidents.comments", { params: where }));
    if (found.length > 0) return where;
  }
  throw new Error("The emulator has no comment to try this on.");
}

const oneIncident = async (emulator: RunningEmulator) => ({ params: await params(emulator) });

async function someRun(emulator: RunningEmulator): Promise<Row & { workspaceId: string }> {
  const reply = await callOperation(emulator, "gamebooks.acrossHistory", { query: { currentPage: 1 } });
  return first(dataOf<{ items: (Row & { workspaceId: string })[] }>(reply).items, "gamebook run");
}

/** A ticket that is not linked yet, and an incident of its workspace. */
async function someTicket(emulator: RunningEmulator) {
  for (const { id: workspaceId } of emulator.control.workspaces()) {
    for (const groupingId of ["29682833", "soc-tier-1", "SEC"]) {
      const reply = await callOperation(emulator, "tickets.search", {
        params: { workspaceId },
        query: { groupingId },
      });
      if (reply.status !== 200) continue;
      const tickets =
        dataOf<
          Record<string, { id: string | number; number: string; state?: string; status?: number } | null>[]
        >(reply);
      const free = tickets.find(
        (each) => each.serviceNowTicket?.state === "New" || each.autotaskTicket?.status === 5,
      );
      const ticket = free?.serviceNowTicket ?? free?.autotaskTicket;
      const key = emulator.control.incidents(undefined).find((each) => each.workspaceId === workspaceId);
      if (!ticket || key === undefined) continue;
      const incident = { id: key.id, source: key.source as "Sentinel", workspaceId, number: "1" };
      return { workspaceId, groupingId, ticketId: String(ticket.id), incident };
    }
  }
  throw new Error("The emulator has no free ticket to try this on.");
}

async function newAccount(emulator: RunningEmulator): Promise<Row & { credentials: Row[] }> {
  const workspaceId = first(emulator.control.workspaces(), "workspace").id;
  const body = {
    name: "Example",
    organizationalRole: "Member" as const,
    scopes: ["incidents:read"],
    workspaceAssignments: [{ workspaceId, role: "IncidentAnalyst" as const }],
  };
  return dataOf(await callOperation(emulator, "serviceAccounts.create", { body }));
}

const accountId = async (emulator: RunningEmulator) => ({ params: { id: (await newAccount(emulator)).id } });

export const unusedUrl = "http://127.0.0.1:1/never";

async function newWebhook(emulator: RunningEmulator): Promise<Row> {
  const body = { name: "Example", url: unusedUrl, eventTypes: ["incident.created.v1"] };
  return dataOf(await callOperation(emulator, "webhooks.create", { body }));
}

const webhookId = async (emulator: RunningEmulator) => ({ params: { id: (await newWebhook(emulator)).id } });

async function someLog(emulator: RunningEmulator) {
  const hooks = dataOf<(Row & { status: string })[]>(await callOperation(emulator, "webhooks.list"));
  const { id } = first(
    hooks.filter((hook) => hook.status === "Disabled"),
    "disabled webhook",
  );
  const reply = await callOperation(emulator, "webhooks.deliveryLogs", {
    params: { id },
    query: { pageSize: 1 },
  });
  const row = first(dataOf<{ items: (Row & { createdAt: string })[] }>(reply).items, "delivery log");
  return { params: { id, logId: row.id }, query: { createdAt: row.createdAt } };
}

async function newUser(emulator: RunningEmulator): Promise<Row> {
  const email = `example${emulator.control.stats().total}@watch.example`;
  const user = {
    displayName: "Example Person",
    email,
    organizationalRole: "Member" as const,
    isOwner: false,
  };
  dataOf(await callOperation(emulator, "users.add", { body: { users: [user], assignToWorkspace: false } }));
  const users = dataOf<(Row & { email: string | null })[]>(await callOperation(emulator, "users.list"));
  return first(
    users.filter((each) => each.email === email),
    "user that was just added",
  );
}

async function someGroup(emulator: RunningEmulator) {
  const subscriptions = dataOf<{ subscriptionId: string }[]>(
    await callOperation(emulator, "azure.subscriptions"),
  );
  const { subscriptionId } = first(subscriptions, "subscription");
  return { subscriptionId, resourceGroup: "rg (legacy).prod_01" };
}

const bySubscription = async (emulator: RunningEmulator) => {
  const { subscriptionId } = await someGroup(emulator);
  return { params: { subscriptionId } };
};

const inWorkspace = async (emulator: RunningEmulator) => ({
  params: { workspaceId: first(emulator.control.workspaces(), "workspace").id },
});

const logQuery = async (emulator: RunningEmulator) => ({
  ...(await inWorkspace(emulator)),
  query: { UserId: "s.marchetti@customer.example", TimeFilteringType: "TwentyFourHours" as const },
});

const nothing = async () => ({});

/** A call of each operation that succeeds, with real ids. What it changes is made for it, so that calls do not meet. */
export const examples: { readonly [Id in OperationId]: Example<Id> } = {
  "incidents.get": async (emulator) => ({ params: await params(emulator), query: { withDetails: true } }),
  "incidents.evidence": oneIncident,
  "incidents.comments": async (emulator) => ({ params: await commented(emulator) }),
  "incidents.lastGamebook": async (emulator) => {
    const { workspaceId, source, incidentId } = await someRun(emulator);
    return { params: { workspaceId, source: source as "Sentinel", incidentId: String(incidentId) } };
  },
  "incidents.byEntity": async (emulator) => {
    const { workspaceId, source, incidentId } = await someIncident(emulator);
    const query = {
      EntityKind: "Account",
      EntityFilter: "s.marchetti@customer.example",
      IncidentId: incidentId,
    };
    return { params: { workspaceId, source }, query };
  },
  "incidents.acrossWorkspaces": async () => ({
    body: { isFirstCall: true, workspacePageTokens: [], ...lastDay },
  }),
  "gamebooks.rules": async (emulator) => {
    const incidentTitle =
      'Impossible travel leading to mailbox rule "Move everything from *bank* to RSS Feeds" (A/B\\C)';
    return { params: { ...(await inWorkspace(emulator)).params, incidentTitle } };
  },
  "gamebooks.history": inWorkspace,
  "gamebooks.playbooks": async (emulator) => {
    const run = await someRun(emulator);
    const year = new Date(String(run.creationDate)).getUTCFullYear();
    return { params: { workspaceId: run.workspaceId, gamebookId: run.id }, query: { year } };
  },
  "gamebooks.byIncident": async (emulator) => {
    const { workspaceId, incidentId } = await someRun(emulator);
    return { params: { workspaceId, incidentId: String(incidentId) } };
  },
  "gamebooks.acrossHistory": async () => ({ query: { currentPage: 1 } }),
  "datasources.list": inWorkspace,
  "datasources.anomalies": async () => ({ body: {} }),
  "datasources.acrossWorkspaces": async (emulator) => ({
    query: {
      workspaceIds: emulator.control
        .workspaces()
        .slice(0, 3)
        .map((workspace) => workspace.id),
    },
  }),
  "tickets.search": async (emulator) => {
    const { workspaceId, groupingId } = await someTicket(emulator);
    return { params: { workspaceId }, query: { groupingId } };
  },
  "tickets.link": async (emulator) => {
    const { workspaceId, ticketId, incident } = await someTicket(emulator);
    return { params: { workspaceId }, body: { ticketId, incident } };
  },
  "tickets.unlink": async (emulator) => {
    const { workspaceId, ticketId, incident } = await someTicket(emulator);
    return { params: { workspaceId }, body: { ticketId, incident } };
  },
  "tickets.priority": async (emulator) => {
    const { workspaceId, ticketId } = await someTicket(emulator);
    return { params: { workspaceId }, body: { ticketId, priority: "High" } };
  },
  "investigation.signinLogs": logQuery,
  "investigation.directoryLogs": logQuery,
  "webhooks.list": nothing,
  "webhooks.get": webhookId,
  "webhooks.deliveryLogs": async (emulator) => {
    const { params: where } = await someLog(emulator);
    return { params: { id: where.id }, query: { pageSize: 20 } };
  },
  "webhooks.deliveryLog": someLog,
  "webhooks.create": async () => ({
    body: { name: "New", url: unusedUrl, eventTypes: ["incident.created.v1"] },
  }),
  "webhooks.update": async (emulator) => ({ ...(await webhookId(emulator)), body: { name: "Renamed" } }),
  "webhooks.delete": webhookId,
  "webhooks.pause": webhookId,
  "webhooks.resume": webhookId,
  "webhooks.enable": webhookId,
  "webhooks.credentials": async (emulator) => ({
    ...(await webhookId(emulator)),
    body: { authenticationType: "BearerToken" as const, token: "made-up", signingToken: "made-up-too" },
  }),
  "webhooks.test": webhookId,
  "webhooks.redeliver": someLog,
  "serviceAccounts.list": nothing,
  "serviceAccounts.get": accountId,
  "serviceAccounts.create": async (emulator) => {
    const { workspaceId } = (await inWorkspace(emulator)).params;
    const workspaceAssignments = [{ workspaceId, role: "WorkspaceReader" as const }];
    return {
      body: {
        name: "New",
        organizationalRole: "Member" as const,
        scopes: ["incidents:read"],
        workspaceAssignments,
      },
    };
  },
  "serviceAccounts.update": async (emulator) => ({
    ...(await accountId(emulator)),
    body: { name: "Renamed" },
  }),
  "serviceAccounts.delete": accountId,
  "serviceAccounts.disable": accountId,
  "serviceAccounts.enable": accountId,
  "serviceAccounts.issueCredential": async (emulator) => ({
    ...(await accountId(emulator)),
    body: { scopes: ["tickets:read"], expirationDate: null },
  }),
  "serviceAccounts.revokeCredential": async (emulator) => {
    const account = await newAccount(emulator);
    return { params: { id: account.id, credentialId: first(account.credentials, "credential").id } };
  },
  "users.list": nothing,
  "users.get": async (emulator) => {
    const users = dataOf<Row[]>(await callOperation(emulator, "users.list"));
    return { params: { userId: first(users, "user").id } };
  },
  "users.profile": nothing,
  "users.workspaceUsers": async (emulator) => {
    const { workspaceId } = (await inWorkspace(emulator)).params;
    return { body: { accountId: workspaceId } };
  },
  "users.add": async (emulator) => {
    const email = `added${emulator.control.stats().total}@watch.example`;
    const user = { displayName: "Added", email, organizationalRole: "Member" as const };
    return { body: { users: [user], assignToWorkspace: false } };
  },
  "users.update": async (emulator) => {
    const { id: userId } = await newUser(emulator);
    return { body: { userId, displayName: "Renamed", organizationalRole: "Member" as const } };
  },
  "users.updateProfile": async () => ({ body: { preferredTimeZoneId: "Europe/Lisbon" } }),
  "users.remove": async (emulator) => ({ params: { id: (await newUser(emulator)).id } }),
  "users.assign": async (emulator) => {
    const { id: userId } = await newUser(emulator);
    const { workspaceId } = (await inWorkspace(emulator)).params;
    return { body: { accountId: workspaceId, users: [{ userId, role: "IncidentAnalyst" as const }] } };
  },
  "users.organizationRole": async (emulator) => {
    const { id: userId } = await newUser(emulator);
    return { body: { userId, organizationalRole: "UserAdmin" as const } };
  },
  "azure.subscriptions": nothing,
  "azure.isOwner": async (emulator) => ({ query: (await bySubscription(emulator)).params }),
  "azure.networkSecurityGroups": bySubscription,
  "azure.resourceGroups": bySubscription,
  "azure.workspaces": async (emulator) => ({ params: await someGroup(emulator) }),
  "azure.sentinels": async (emulator) => ({ params: await someGroup(emulator) }),
  "azure.validate": async (emulator) => {
    const where = await someGroup(emulator);
    const found = dataOf<{ name: string }[]>(
      await callOperation(emulator, "azure.workspaces", { params: where }),
    );
    return { params: { ...where, workspaceName: first(found, "log workspace").name } };
  },
  "azure.analyticalRule": async () => ({
    params: { ruleId: "rule (1)/copy".replace("/", "-") },
    query: { enabled: false },
  }),
};

/** The example call of an operation that is only known at run time. */
export function exampleOf(emulator: RunningEmulator, id: OperationId): Promise<Input<OperationId>> {
  // Each entry makes the input of its own operation; together they are the input of one of them.
  return (examples[id] as Example<OperationId>)(emulator);
}

/** The same as a browser gives it to the app, whose walk takes a cursor in the place of upstream's paging members. */
export async function browserExampleOf(
  emulator: RunningEmulator,
  id: OperationId,
): Promise<{ readonly params: object; readonly query: object; readonly body: unknown }> {
  const { params: where = {}, query = {}, body } = await exampleOf(emulator, id);
  if (id !== "incidents.acrossWorkspaces") return { params: where, query, body };
  // Of one source and few hours: a walk that is asked for hundreds of times.
  const filter = { sources: ["Sentinel"], timeFilterSelection: { type: "ThreeHours" } };
  return { params: where, query, body: { ...filter, cursor: null } };
}
