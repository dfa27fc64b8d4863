import "server-only";
import type { Membership, Principal } from "@/lib/domain/access";
import type { ConnectionView } from "@/lib/domain/connection";
import type { ConnectionTest } from "@/lib/domain/permission-mirror";
import { Failure } from "@/lib/errors";
import { recordAudit } from "@/lib/server/audit/record";
import { confirmationOf } from "@/lib/server/auth/confirm";
import { type ConnectionInput, forgetConnection, saveConnection } from "./connection";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { connections } from "@/lib/server/db/schema/tenant";
import type { CallOperation } from "@/lib/server/upstream/call";
import { listWorkspaces } from "@/lib/server/workspaces";
import {
  addBeside,
  openCredential,
  readConnectionView,
  retireBeside,
  switchCredentials,
} from "./credentials";
import { readHealth } from "./health";
import { type Candidate, probeConnection } from "./probe";

/** Who acts, where, in which call. Rights have been checked and, where a secret changes, the person confirmed. */
export interface ActContext {
  readonly principal: Principal;
  readonly membership: Membership;
  readonly requestId: string;
  /** Calls upstream with a credential that is only being tried. */
  readonly call: CallOperation;
  /** Calls upstream with the credential in use. */
  readonly callStored: CallOperation;
}

type Act = "replace" | "test" | "credential.add" | "credential.switch" | "credential.retire";

/** The audit row of an act, in its own transaction. Secrets never; of a client id the end that the page shows. */
function record(
  tx: Tx,
  { principal, membership, requestId }: ActContext,
  act: Act,
  outcome: "done" | "refused" | "failed",
  detail: Record<string, unknown>,
): Promise<void> {
  return recordAudit(tx, {
    organisationId: membership.organisationId,
    personId: principal.personId,
    action: `connection.${act}`,
    permission: "connection:manage",
    workspaceId: null,
    outcome,
    upstreamRequestId: null,
    requestId,
    detail,
  });
}

/** The whole page's data. */
export async function viewConnection({ principal, membership }: ActContext): Promise<ConnectionView> {
  const confirmBy = await confirmationOf(principal);
  return withOrganisation(membership.organisationId, async (tx) => ({
    connection: await readConnectionView(tx),
    health: await readHealth(tx),
    confirmBy,
  }));
}

async function probe(
  context: ActContext,
  candidate: Candidate,
  call = context.call,
): Promise<ConnectionTest> {
  const { organisationId } = context.membership;
  const [known] = await listWorkspaces(organisationId);
  const { requestId } = context;
  return probeConnection(candidate, { call, requestId, workspaceId: known?.id ?? null });
}

const hostOf = (baseUrl: string) => new URL(baseUrl).host;

/** Tries a credential, stored or not, and changes nothing. The trial itself is written down. */
export async function testConnection(
  context: ActContext,
  given: { readonly credential: "current" | "beside" } | ConnectionInput,
): Promise<ConnectionTest> {
  const { organisationId } = context.membership;
  const candidate: Candidate =
    "credential" in given
      ? await withOrganisation(organisationId, (tx) => openCredential(tx, organisationId, given.credential))
      : { organisationId, ...given };
  const isInUse = "credential" in given && given.credential === "current";
  const test = await probe(context, candidate, isInUse ? context.callStored : context.call);
  await withOrganisation(organisationId, (tx) =>
    record(tx, context, "test", test.verdict === "accepted" ? "done" : "failed", {
      host: hostOf(candidate.baseUrl),
      clientIdEnd: candidate.clientId.slice(-4),
      verdict: test.verdict,
      lacking: test.reads.filter(({ outcome }) => outcome === "no-scope").map(({ scope }) => scope),
    }),
  );
  return test;
}

/** Nothing is stored that upstream did not accept: a slip of the keyboard must not take the console off the air. */
async function requireAccepted(context: ActContext, act: Act, candidate: Candidate): Promise<ConnectionTest> {
  const test = await probe(context, candidate);
  if (test.verdict === "accepted") return test;
  const { organisationId } = context.membership;
  await withOrganisation(organisationId, (tx) =>
    record(tx, context, act, "refused", {
      host: hostOf(candidate.baseUrl),
      clientIdEnd: candidate.clientId.slice(-4),
      verdict: test.verdict,
    }),
  );
  const field = test.verdict === "refused" ? "clientSecret" : "baseUrl";
  throw new Failure("INVALID_INPUT", {
    detail: `${test.sentence} Nothing was stored.`,
    errors: { [field]: [test.sentence] },
  });
}

/**
 * Connects the organisation, or connects it anew to another address or account. The stored secret is dropped with the old address.
 * @throws Failure INVALID_INPUT when upstream does not accept it; nothing is stored then
 */
export async function replaceConnection(
  context: ActContext,
  input: ConnectionInput,
): Promise<ConnectionTest> {
  const { organisationId } = context.membership;
  const test = await requireAccepted(context, "replace", { organisationId, ...input });
  await withOrganisation(organisationId, async (tx) => {
    await saveConnection(tx, organisationId, input, "page");
    await record(tx, context, "replace", "done", {
      baseUrl: input.baseUrl,
      clientIdEnd: input.clientId.slice(-4),
    });
  });
  forgetConnection(organisationId);
  return test;
}

/**
 * Begins a rotation: a second credential for the same address, tried and put beside the current one.
 * @throws Failure INVALID_INPUT, NO_CONNECTION, CONFLICT
 */
export async function addCredential(
  context: ActContext,
  account: Pick<ConnectionInput, "clientId" | "clientSecret">,
): Promise<ConnectionTest> {
  const { organisationId } = context.membership;
  const [connection] = await withOrganisation(organisationId, (tx) => tx.select().from(connections));
  if (!connection) throw new Failure("NO_CONNECTION");
  const input: ConnectionInput = { baseUrl: connection.baseUrl, ...account };
  const test = await requireAccepted(context, "credential.add", { organisationId, ...input });
  await withOrganisation(organisationId, async (tx) => {
    await addBeside(tx, organisationId, input);
    await record(tx, context, "credential.add", "done", { clientIdEnd: input.clientId.slice(-4) });
  });
  return test;
}

/**
 * The second credential takes over, after it has been tried once more. The replaced one stays beside it until it is retired.
 * @throws Failure INVALID_INPUT when upstream no longer accepts it; NO_CONNECTION, CONFLICT
 */
export async function switchCredential(context: ActContext, id: string): Promise<ConnectionTest> {
  const { organisationId } = context.membership;
  const candidate = await withOrganisation(organisationId, (tx) =>
    openCredential(tx, organisationId, "beside"),
  );
  const test = await requireAccepted(context, "credential.switch", candidate);
  await withOrganisation(organisationId, async (tx) => {
    const end = await switchCredentials(tx, id, new Date());
    await record(tx, context, "credential.switch", "done", { clientIdEnd: end });
  });
  forgetConnection(organisationId);
  return test;
}

/** Drops the second credential. Throws `Failure` NO_CONNECTION, CONFLICT. */
export async function retireCredential(context: ActContext, id: string): Promise<void> {
  await withOrganisation(context.membership.organisationId, async (tx) => {
    const end = await retireBeside(tx, id, new Date());
    await record(tx, context, "credential.retire", "done", { clientIdEnd: end });
  });
}
