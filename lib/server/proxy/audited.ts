import "server-only";
import { namedWorkspaces } from "@/lib/contract/named-workspaces";
import type { Caller, Standing } from "@/lib/domain/access";
import { Failure, type FailureCode } from "@/lib/errors";
import type { AuditEntry } from "@/lib/server/audit/record";
import type { RawReply } from "@/lib/server/upstream/attempt";
import type { CallValues } from "@/lib/server/upstream/outgoing";
import type { ProxyDependencies } from "./dependencies";
import type { Located } from "./locate";
import { mask } from "./mask";

type Outcome = AuditEntry["outcome"];

/** Who does what; the same on the row before and the row after. */
export interface Act {
  readonly principal: Caller;
  readonly membership: Standing;
  readonly located: Located;
  readonly requestId: string;
}

/** ContraForce said no: nothing happened, and the reason is not ours. */
const refusals: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "UPSTREAM_CREDENTIAL_REFUSED",
  "UPSTREAM_FORBIDDEN",
  "UPSTREAM_NOT_FOUND",
  "UPSTREAM_INVALID",
  "UPSTREAM_CONFLICT",
]);

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof Failure) || error.code === "OUTCOME_UNKNOWN") return "unknown";
  return refusals.has(error.code) ? "refused" : "failed";
}

function entryOf(
  act: Act,
  workspaceId: string | null,
  detail: Record<string, unknown>,
): Omit<AuditEntry, "outcome" | "upstreamRequestId"> {
  const { principal, membership, located, requestId } = act;
  return {
    organisationId: membership.organisationId,
    personId: principal.personId,
    // No person: the display is named by what it was called then.
    detail:
      principal.personId === null
        ? { ...detail, display: { id: principal.displayId, name: principal.name } }
        : detail,
    action: located.id,
    permission: located.operation.permission,
    workspaceId,
    requestId,
  };
}

/** A reply of a boolean change may say "not done" without an error. */
const isNotDone = (data: unknown) =>
  typeof data === "object" && data !== null && "ok" in data && data.ok === false;

/** How the change ended; what goes wrong here is logged, because the change itself has been made or not. */
async function recordOutcome(
  deps: ProxyDependencies,
  act: Act,
  workspaceId: string | null,
  end: Pick<AuditEntry, "outcome" | "upstreamRequestId"> & { detail: object },
): Promise<void> {
  try {
    await deps.recordAudit({
      ...entryOf(act, workspaceId, { phase: "outcome", ...end.detail }),
      outcome: end.outcome,
      upstreamRequestId: end.upstreamRequestId,
    });
  } catch (error) {
    deps.log.error(
      { requestId: act.requestId, operation: act.located.id, outcome: end.outcome, err: error },
      "the outcome of a change could not be written to the audit; its intent row says unknown",
    );
  }
}

/**
 * Sends a change between two audit rows. The first is written before anything is sent and says `unknown`: when we die half-way
 * it is what remains. Without it the change does not happen (`STORE_UNAVAILABLE`).
 */
export async function audited(
  deps: ProxyDependencies,
  act: Act,
  values: CallValues,
  send: () => Promise<RawReply>,
): Promise<RawReply> {
  const workspaceId = values.params.workspaceId ?? namedWorkspaces(act.located.id, values)[0] ?? null;
  try {
    await deps.recordAudit({
      ...entryOf(act, workspaceId, { phase: "intent", input: mask(values) }),
      outcome: "unknown",
      upstreamRequestId: null,
    });
  } catch (error) {
    deps.log.error(
      { requestId: act.requestId, operation: act.located.id, err: error },
      "audit refused a change",
    );
    throw new Failure(
      "STORE_UNAVAILABLE",
      { detail: "The change was not made, because it could not be written to the audit." },
      { cause: error },
    );
  }
  try {
    const reply = await send();
    await recordOutcome(deps, act, workspaceId, {
      outcome: isNotDone(reply.data) ? "failed" : "done",
      upstreamRequestId: reply.upstreamRequestId,
      detail: { status: reply.status, ...(isNotDone(reply.data) && { answer: "not done" }) },
    });
    return reply;
  } catch (error) {
    const failure = error instanceof Failure ? error : null;
    await recordOutcome(deps, act, workspaceId, {
      outcome: outcomeOf(error),
      upstreamRequestId: failure?.details.upstreamRequestId ?? null,
      detail: { code: failure?.code ?? "INTERNAL", upstreamCode: failure?.details.upstreamCode ?? null },
    });
    throw error;
  }
}

/**
 * Notes that we refused somebody for want of a right. Never stands in the way of the refusal itself.
 */
export async function recordRefusal(deps: ProxyDependencies, act: Act, failure: Failure): Promise<void> {
  // As asked for and not yet parsed: bounded, and a GUID or nothing.
  const asked = act.located.params.workspaceId ?? "";
  const workspaceId = /^[\da-f-]{36}$/i.test(asked) ? asked.toLowerCase() : null;
  try {
    await deps.recordAudit({
      ...entryOf(act, workspaceId, { phase: "access", code: failure.code }),
      outcome: "refused",
      upstreamRequestId: null,
    });
  } catch (error) {
    deps.log.error(
      { requestId: act.requestId, operation: act.located.id, err: error },
      "a refusal was not audited",
    );
  }
}
