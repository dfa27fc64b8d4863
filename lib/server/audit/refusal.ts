import "server-only";
import { Failure, type FailureCode } from "@/lib/errors";
import { withOrganisation } from "@/lib/server/db/organisation";
import { log } from "@/lib/server/log";
import { type AuditEntry, recordAudit } from "./record";

/** A no of ours to somebody who meant it. Malformed input is none: nothing was decided about it. */
const refusals: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "TOO_MANY_ATTEMPTS",
]);

/** A wrong or missing password for something that asks for one is a refusal as well, and has a field to say it at. */
const isRefusal = ({ code, details }: Failure) =>
  refusals.has(code) || details.errors?.password !== undefined;

export type RefusableAct = Pick<
  AuditEntry,
  "organisationId" | "personId" | "action" | "permission" | "requestId"
>;

/**
 * Runs a change of ours; when it is refused, writes that down in a transaction of its own, because the change's has been rolled back by
 * then. `detailOf` is asked afterwards: what the change was about may be known by then. A refusal that cannot be written is logged, and
 * stays the refusal that it was.
 */
export async function auditingRefusals<Result>(
  act: RefusableAct,
  detailOf: () => Record<string, unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && isRefusal(error)) await record(act, detailOf(), error);
    throw error;
  }
}

async function record(act: RefusableAct, about: Record<string, unknown>, failure: Failure): Promise<void> {
  const { code, details } = failure;
  const reason = details.detail ?? details.errors?.password?.join(" ");
  const detail = { ...about, code, ...(reason !== undefined && { reason }) };
  const entry = { ...act, workspaceId: null, outcome: "refused" as const, upstreamRequestId: null, detail };
  try {
    await withOrganisation(act.organisationId, (tx) => recordAudit(tx, entry));
  } catch (error) {
    log.error({ requestId: act.requestId, action: act.action, err: error }, "a refusal was not audited");
  }
}
