import "server-only";
import { randomUUID } from "node:crypto";
import type { OperationId } from "@/lib/contract";
import { registry } from "@/lib/contract";
import type { ServiceAccount } from "@/lib/contract/shapes/service-account";
import type { AccountFacts, ConnectionTest, ReadId, ReadResult } from "@/lib/domain/permission-mirror";
import { Failure, type FailureCode } from "@/lib/errors";
import type { UpstreamConnection } from "@/lib/server/connection";
import type { RawReply } from "@/lib/server/upstream/attempt";
import type { CallOperation } from "@/lib/server/upstream/call";
import type { CallValues } from "@/lib/server/upstream/outgoing";

/** What a candidate consists of; it needs no row in the database yet. */
export type Candidate = Pick<UpstreamConnection, "organisationId" | "baseUrl" | "clientId" | "clientSecret">;

export interface ProbeContext {
  readonly call: CallOperation;
  readonly requestId: string;
  /** A workspace that the organisation is known to have; null when none is known. */
  readonly workspaceId: string | null;
  readonly signal?: AbortSignal;
}

interface Trial {
  readonly id: ReadId;
  readonly operation: OperationId;
  readonly values: Partial<CallValues>;
}

/** One cheap read per scope. Reads that leave a trace in a customer's audit (sign-in and directory logs) are not among them. */
function trials(workspaceId: string | null): readonly Trial[] {
  const window = { type: "ThreeHours" };
  const first = { isFirstCall: true, workspacePageTokens: [], sources: [], timeFilterSelection: window };
  return [
    { id: "incidents", operation: "incidents.acrossWorkspaces", values: { body: first } },
    { id: "gamebooks", operation: "gamebooks.acrossHistory", values: { query: { currentPage: 1 } } },
    { id: "datasources", operation: "datasources.anomalies", values: { body: {} } },
    ...(workspaceId === null
      ? []
      : [
          {
            id: "tickets",
            operation: "tickets.search",
            values: { params: { workspaceId }, query: { ticketNumber: "1" } },
          } as const,
        ]),
    { id: "webhooks", operation: "webhooks.list", values: {} },
    { id: "service-accounts", operation: "serviceAccounts.list", values: {} },
    { id: "users", operation: "users.list", values: {} },
    { id: "azure", operation: "azure.subscriptions", values: {} },
  ];
}

const sentences: Partial<Record<FailureCode, string>> = {
  UPSTREAM_CREDENTIAL_REFUSED: "ContraForce does not know this client id and secret.",
  UPSTREAM_TIMEOUT: "ContraForce did not answer in time.",
  UPSTREAM_UNREACHABLE: "The address cannot be reached.",
  UPSTREAM_RATE_LIMITED: "ContraForce asks us to slow down; try again in a minute.",
  UPSTREAM_UNREADABLE:
    "Something answered, but not as ContraForce's API does; check the path of the address.",
  UPSTREAM_NOT_FOUND: "There is nothing at this path; check the path of the address.",
  UPSTREAM_UNAVAILABLE: "ContraForce answered with a fault.",
};

function sentenceOf(error: unknown): string {
  if (!(error instanceof Failure)) return "It failed for another reason.";
  // Ours: the address is barred, and the detail says by what.
  if (error.code === "NO_CONNECTION") return error.details.detail ?? error.message;
  return sentences[error.code] ?? "It failed for another reason.";
}

function outcomeOf(id: ReadId, error: unknown): ReadResult["outcome"] {
  if (!(error instanceof Failure)) return "failed";
  if (error.code === "UPSTREAM_CREDENTIAL_REFUSED") return "refused";
  // A ticket that does not exist, or a search that found nothing: it was allowed to look.
  if (error.code === "UPSTREAM_NOT_FOUND" && id === "tickets") return "empty";
  if (error.code !== "UPSTREAM_FORBIDDEN") return "failed";
  return error.details.upstreamCode === "INSUFFICIENT_WORKSPACE_ROLE" ? "no-role" : "no-scope";
}

function isEmpty(data: unknown): boolean {
  if (Array.isArray(data)) return data.length === 0;
  if (typeof data !== "object" || data === null) return data === null || data === undefined;
  const lists = Object.values(data).filter(Array.isArray);
  return lists.length > 0 && lists.every((list) => list.length === 0);
}

interface Tried {
  readonly result: ReadResult;
  readonly data: unknown;
  readonly error: unknown;
}

function scopeOf(operation: OperationId): string {
  return registry[operation].scope ?? "unknown";
}

async function attempt(
  { id, operation, values }: Trial,
  send: (operation: OperationId, values: CallValues) => Promise<RawReply>,
): Promise<Tried> {
  const base = { id, scope: scopeOf(operation) };
  try {
    const reply = await send(operation, {
      params: values.params ?? {},
      query: values.query ?? {},
      body: values.body,
    });
    const outcome = isEmpty(reply.data) ? "empty" : "works";
    const { upstreamRequestId } = reply;
    return { result: { ...base, outcome, why: null, upstreamRequestId }, data: reply.data, error: null };
  } catch (error) {
    const outcome = outcomeOf(id, error);
    const why = outcome === "failed" ? sentenceOf(error) : null;
    const upstreamRequestId = error instanceof Failure ? (error.details.upstreamRequestId ?? null) : null;
    return { result: { ...base, outcome, why, upstreamRequestId }, data: null, error };
  }
}

/**
 * The account that a client id belongs to. The vendor does not say which of the ids the client id equals, so both are tried; the
 * credential is known by the first letters of its secret, which upstream shows, or is the only one that works.
 */
function factsOf(accounts: unknown, candidate: Candidate): AccountFacts | null {
  if (!Array.isArray(accounts)) return null;
  // `parseReply` made this list with the operation's own schema.
  const list = accounts as readonly ServiceAccount[];
  const clientId = candidate.clientId.toLowerCase();
  const isOurs = (id: string | null) => id?.toLowerCase() === clientId;
  const account = list.find(
    ({ id, credentials }) => isOurs(id) || credentials.some((each) => isOurs(each.id)),
  );
  if (!account) return null;
  const secret = candidate.clientSecret.reveal();
  const active = account.credentials.filter(({ status }) => status === "Active");
  const own =
    active.find(({ id }) => isOurs(id)) ??
    active.find(({ clientSecretPrefix: prefix }) => prefix && secret.startsWith(prefix)) ??
    (active.length === 1 ? active[0] : undefined);
  return {
    name: account.name,
    scopes: [...(own?.scopes ?? [])].sort(),
    expiresAt: own?.expirationDate ?? null,
    workspaces: account.workspaceAssignments.length,
  };
}

function untried(context: ProbeContext, why: string): ReadResult[] {
  const all = trials(context.workspaceId ?? "none");
  return all.map(({ id, operation }) => ({
    id,
    scope: scopeOf(operation),
    outcome: "untried" as const,
    why,
    upstreamRequestId: null,
  }));
}

/**
 * Shows a credential to upstream and finds out what it may read: first who it is, and if that stands, one read per scope. Nothing is
 * stored and nothing changed upstream. Never throws for what upstream does.
 */
export async function probeConnection(candidate: Candidate, context: ProbeContext): Promise<ConnectionTest> {
  // An id of its own: what the candidate meets must not open a breaker or a cool-down of the one in use.
  const connection: UpstreamConnection = { ...candidate, credentialId: randomUUID() };
  const { requestId, signal, call } = context;
  const send = (operation: OperationId, values: CallValues) =>
    call(connection, operation, values, { requestId, signal, priority: "interactive" });
  const profile = await attempt({ id: "profile", operation: "users.profile", values: {} }, send);
  const testedAt = new Date().toISOString();
  const { outcome } = profile.result;
  if (outcome === "refused" || outcome === "failed") {
    const sentence = sentenceOf(profile.error);
    const reads = [profile.result, ...untried(context, "Not tried, because the first call failed.")];
    return {
      verdict: outcome === "refused" ? "refused" : "unclear",
      sentence,
      reads,
      account: null,
      testedAt,
    };
  }
  const tried = await Promise.all(trials(context.workspaceId).map((trial) => attempt(trial, send)));
  const results = tried.map(({ result }) => result);
  const missing = untried(context, "No workspace is known yet, so it was not tried.").filter(
    ({ id }) => !results.some((result) => result.id === id),
  );
  const accounts = tried.find(({ result }) => result.id === "service-accounts")?.data;
  return {
    verdict: "accepted",
    sentence: "ContraForce accepts this service account.",
    reads: [profile.result, ...results, ...missing],
    account: factsOf(accounts, candidate),
    testedAt,
  };
}
