import "server-only";
import { randomUUID } from "node:crypto";
import { type OperationId, type OperationOf, registry } from "@/lib/contract";
import type { ReplyOf } from "@/lib/contract/operation";
import type { ServiceAccount } from "@/lib/contract/shapes/service-account";
import type { AccountFacts, ConnectionTest, ReadId, ReadResult } from "@/lib/domain/permission-mirror";
import { Failure, type FailureCode } from "@/lib/errors";
import type { UpstreamConnection } from "./connection";
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

const window = { type: "ThreeHours" };
const firstPage = { isFirstCall: true, workspacePageTokens: [], sources: [], timeFilterSelection: window };

/** One cheap read per scope. Reads that leave a trace in a customer's audit (sign-in and directory logs) are not among them. */
const trials: readonly Trial[] = [
  { id: "incidents", operation: "incidents.acrossWorkspaces", values: { body: firstPage } },
  { id: "gamebooks", operation: "gamebooks.acrossHistory", values: { query: { currentPage: 1 } } },
  { id: "datasources", operation: "datasources.anomalies", values: { body: {} } },
  { id: "webhooks", operation: "webhooks.list", values: {} },
  { id: "service-accounts", operation: "serviceAccounts.list", values: {} },
  { id: "users", operation: "users.list", values: {} },
  { id: "azure", operation: "azure.subscriptions", values: {} },
];

/** The one read that needs a workspace. */
const ticketTrial = (workspaceId: string): Trial => ({
  id: "tickets",
  operation: "tickets.search",
  values: { params: { workspaceId }, query: { ticketNumber: "1" } },
});

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
  // No such ticket, or no ticketing connected to that workspace: it was allowed to look.
  if (id === "tickets" && (error.code === "UPSTREAM_NOT_FOUND" || error.code === "UPSTREAM_INVALID"))
    return "empty";
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

/** The account that a client id belongs to. The vendor does not say which of the ids the client id equals, so both are tried. */
function accountOf(accounts: unknown, candidate: Candidate): ServiceAccount | null {
  if (!Array.isArray(accounts)) return null;
  // `parseReply` made this list with the operation's own schema.
  const list = accounts as readonly ServiceAccount[];
  const isOurs = isIdOf(candidate);
  return (
    list.find(({ id, credentials }) => isOurs(id) || credentials.some((each) => isOurs(each.id))) ?? null
  );
}

const isIdOf = (candidate: Candidate) => (id: string | null) =>
  id?.toLowerCase() === candidate.clientId.toLowerCase();

/** The credential is known by its id, or by the first letters of its secret, which upstream shows, or is the only one that works. */
function factsOf(account: ServiceAccount, candidate: Candidate): AccountFacts {
  const isOurs = isIdOf(candidate);
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

function untried(trial: Trial, why: string): ReadResult {
  const { id, operation } = trial;
  return { id, scope: scopeOf(operation), outcome: "untried", why, upstreamRequestId: null };
}

/** A workspace that the replies so far have named. */
function namedWorkspace(tried: readonly Tried[], account: ServiceAccount | null): string | null {
  const page = tried.find(({ result }) => result.id === "incidents")?.data;
  // `parseReply` made this page with the operation's own schema.
  const rows = (page as ReplyOf<OperationOf<"incidents.acrossWorkspaces">> | null)?.incidents ?? [];
  return rows[0]?.workspaceId ?? account?.workspaceAssignments[0]?.workspaceId ?? null;
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
    const rest = [...trials, ticketTrial("")].map((trial) =>
      untried(trial, "Not tried, because the first call failed."),
    );
    const verdict = outcome === "refused" ? "refused" : "unclear";
    const reads = [profile.result, ...rest];
    return { verdict, sentence: sentenceOf(profile.error), reads, account: null, testedAt };
  }
  const tried = await Promise.all(trials.map((trial) => attempt(trial, send)));
  const account = accountOf(tried.find(({ result }) => result.id === "service-accounts")?.data, candidate);
  const workspaceId = context.workspaceId ?? namedWorkspace(tried, account);
  const tickets =
    workspaceId === null
      ? untried(ticketTrial(""), "No workspace is known yet, so it was not tried.")
      : (await attempt(ticketTrial(workspaceId), send)).result;
  return {
    verdict: "accepted",
    sentence: "ContraForce accepts this service account.",
    reads: [profile.result, ...tried.map(({ result }) => result), tickets],
    account: account && factsOf(account, candidate),
    testedAt,
  };
}
