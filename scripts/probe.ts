import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { buildPath, buildQuery } from "@/lib/contract/address";
import { type OperationId, registry } from "@/lib/contract/index";
import { parseReply, UnreadableReply } from "@/lib/contract/tolerant";
import { enumerations, outline } from "./probe/outline";

/**
 * `npm run probe`: the first hour with a real credential. Sends reads only, one at a time, and writes what it met (names, types, words of
 * enumerations, statuses, timings; no values) to `probe-report.json`, to settle the guesses in `docs/api.md`.
 * Reads that leave a trace in the vendor's audit (by-entity, sign-in and directory logs) are left out unless `--audited` is given.
 */
interface Answer {
  readonly status: number;
  readonly milliseconds: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

const environment = ["CONTRAFORCE_BASE_URL", "CONTRAFORCE_CLIENT_ID", "CONTRAFORCE_CLIENT_SECRET"].map(
  (name) => process.env[name],
);
const [baseUrl, clientId, clientSecret] = environment;
if (!baseUrl || !clientId || !clientSecret) {
  console.error("The probe needs CONTRAFORCE_BASE_URL, CONTRAFORCE_CLIENT_ID and CONTRAFORCE_CLIENT_SECRET.");
  process.exit(1);
}
const { values: flags } = parseArgs({
  options: {
    audited: { type: "boolean", default: false },
    out: { type: "string", default: "probe-report.json" },
  },
});
const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
const told = /^(retry-after|x-ratelimit.*|ratelimit.*|etag|cache-control|content-type|x-request-id)$/i;

async function ask(
  id: OperationId,
  params: Record<string, string>,
  query: Record<string, unknown>,
  body?: unknown,
): Promise<Answer> {
  const operation = registry[id];
  const address = `${baseUrl?.replace(/\/+$/, "")}${buildPath(operation.path, params)}${buildQuery(query)}`;
  const started = performance.now();
  const reply = await fetch(address, {
    method: operation.method,
    redirect: "manual",
    headers: {
      authorization,
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await reply.text();
  let parsed: unknown = text === "" ? undefined : "(not JSON)";
  try {
    if (text !== "") parsed = JSON.parse(text);
  } catch {
    // Reported as "(not JSON)".
  }
  const headers = Object.fromEntries([...reply.headers].filter(([name]) => told.test(name)));
  return {
    status: reply.status,
    milliseconds: Math.round(performance.now() - started),
    headers,
    body: parsed,
  };
}

const report: Record<string, unknown>[] = [];
const words = new Map<string, Set<string>>();

/** Asks, notes what came, and returns the data as our contract reads it (null when it cannot). */
async function probe<Id extends OperationId>(
  label: string,
  id: Id,
  params: Record<string, string>,
  query: Record<string, unknown> = {},
  body?: unknown,
): Promise<unknown> {
  let answer: Answer;
  try {
    answer = await ask(id, params, query, body);
  } catch (error) {
    report.push({ label, operation: id, failed: error instanceof Error ? error.name : "unknown" });
    console.log(`${label.padEnd(52)} no answer`);
    return null;
  }
  enumerations(answer.body, words);
  const entry: Record<string, unknown> = {
    label,
    operation: id,
    certainty: registry[id].certainty,
    status: answer.status,
    milliseconds: answer.milliseconds,
    headers: answer.headers,
    outline: outline(answer.body),
  };
  let data: unknown = null;
  if (answer.status < 300) {
    try {
      const parsed = parseReply(registry[id], answer.body, params);
      data = parsed.data;
      entry.reading = parsed.report;
    } catch (error) {
      if (!(error instanceof UnreadableReply)) throw error;
      entry.unreadable = error.message;
    }
  }
  report.push(entry);
  console.log(
    `${label.padEnd(52)} ${answer.status} ${String(answer.milliseconds).padStart(6)} ms${entry.unreadable ? "  UNREADABLE" : ""}`,
  );
  return data;
}

const member = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

async function organisation(): Promise<void> {
  await probe("who are we", "users.profile", {});
  await probe("service accounts", "serviceAccounts.list", {});
  await probe("users", "users.list", {});
  const webhook = first(await probe("webhooks", "webhooks.list", {}));
  const id = member(webhook, "id");
  if (typeof id === "string") {
    await probe("delivery logs without pageSize", "webhooks.deliveryLogs", { id });
    await probe("delivery logs", "webhooks.deliveryLogs", { id }, { pageSize: 20 });
  }
  const subscription = member(
    first(await probe("azure subscriptions", "azure.subscriptions", {})),
    "subscriptionId",
  );
  if (typeof subscription === "string") {
    await probe("is owner", "azure.isOwner", {}, { subscriptionId: subscription });
    await probe("resource groups", "azure.resourceGroups", { subscriptionId: subscription });
    await probe("network security groups", "azure.networkSecurityGroups", { subscriptionId: subscription });
  }
}

async function workspaces(): Promise<void> {
  const list = (type: string, extra: Record<string, unknown> = {}) => ({
    isFirstCall: true,
    workspacePageTokens: [],
    sources: [],
    timeFilterSelection: { type },
    ...extra,
  });
  const page = await probe(
    "incidents, 24 hours, all sources",
    "incidents.acrossWorkspaces",
    {},
    {},
    list("TwentyFourHours"),
  );
  await probe("incidents, 48 hours", "incidents.acrossWorkspaces", {}, {}, list("FourtyEightHours"));
  for (const type of ["SevenDays", "ThirtyDays"])
    await probe(`incidents, ${type} (does it exist?)`, "incidents.acrossWorkspaces", {}, {}, list(type));
  const now = new Date();
  const monthAgo = new Date(now.getTime() - 30 * 86_400_000);
  await probe(
    "incidents, custom, 30 days",
    "incidents.acrossWorkspaces",
    {},
    {},
    list("x", {
      timeFilterSelection: {
        type: "Custom",
        customStartUtc: monthAgo.toISOString(),
        customEndUtc: now.toISOString(),
      },
    }),
  );
  await probe(
    "incidents, changed page token",
    "incidents.acrossWorkspaces",
    {},
    {},
    {
      ...list("TwentyFourHours"),
      isFirstCall: false,
      workspacePageTokens: [
        { workspaceId: "00000000-0000-4000-8000-000000000000", sourceTokens: { Sentinel: "changed" } },
      ],
    },
  );
  for (const currentPage of [0, 1])
    await probe(`gamebook history, page ${currentPage}`, "gamebooks.acrossHistory", {}, { currentPage });
  await probe("data source anomalies, empty body", "datasources.anomalies", {}, {}, {});
  const row = first(member(page, "incidents"));
  const workspaceId = member(row, "workspaceId");
  if (typeof workspaceId !== "string") return;
  await probe(
    "data sources by workspace",
    "datasources.acrossWorkspaces",
    {},
    { workspaceIds: [workspaceId] },
  );
  await probe("data sources of one workspace", "datasources.list", { workspaceId });
  await probe("gamebook history of one workspace", "gamebooks.history", { workspaceId });
  await probe("users of one workspace", "users.workspaceUsers", {}, {}, { accountId: workspaceId });
  await probe("ticket search", "tickets.search", { workspaceId }, { ticketNumber: "1" });
  await oneIncident(workspaceId, row);
}

async function oneIncident(workspaceId: string, row: unknown): Promise<void> {
  const source = String(member(row, "source"));
  const incidentId = String(member(row, "id"));
  const params = { workspaceId, source, incidentId };
  await probe("incident without details", "incidents.get", params);
  await probe("incident with details", "incidents.get", params, { withDetails: true });
  await probe("evidence", "incidents.evidence", params);
  await probe("comments", "incidents.comments", params);
  await probe("last gamebook", "incidents.lastGamebook", params);
  await probe("gamebooks of the incident", "gamebooks.byIncident", { workspaceId, incidentId });
  await probe("playbooks for the title", "gamebooks.rules", {
    workspaceId,
    incidentTitle: String(member(row, "title")),
  });
  if (!flags.audited) return;
  const window = {
    TimeFilteringType: "ThreeHours",
    ResourceId: incidentId,
    ResourceName: "Watchfloor probe",
  };
  await probe(
    "related incidents (audited)",
    "incidents.byEntity",
    { workspaceId, source },
    { ...window, EntityKind: "Ip", EntityFilter: "192.0.2.1" },
  );
  await probe(
    "sign-in logs (audited)",
    "investigation.signinLogs",
    { workspaceId },
    { ...window, UserId: "nobody@example.com" },
  );
  await probe(
    "directory logs (audited)",
    "investigation.directoryLogs",
    { workspaceId },
    { ...window, UserId: "nobody@example.com" },
  );
}

await organisation();
await workspaces();
const enumerated = Object.fromEntries([...words].sort().map(([key, set]) => [key, [...set].sort()]));
writeFileSync(
  flags.out,
  `${JSON.stringify({ madeAt: new Date().toISOString(), enumerations: enumerated, calls: report }, null, 2)}\n`,
);
console.log(
  `\n${report.length} calls, reads only. Written to ${flags.out}: names and types, no values; read it before you share it.`,
);
