import "server-only";
import type { DeliveryLog } from "@/lib/contract";
import { deliveryOutcome } from "@/lib/domain/delivery-outcome";
import { Failure, type FailureCode } from "@/lib/errors";
import { type AuditEntry, recordAudit } from "@/lib/server/audit/record";
import { withOrganisation } from "@/lib/server/db/organisation";
import { StoreError } from "@/lib/server/db/store-error";
import { audited } from "@/lib/server/proxy/audited";
import type { DeskContext, DeskDependencies } from "@/lib/server/webhooks/context";
import { actOn } from "@/lib/server/webhooks/state";
import type { Claimer, ItemRow, JobRow } from "./claims";
import { contextOfJob, isStopping, readOriginal, type RecoveryDependencies, rightsGone } from "./context";
import {
  changeItem,
  forgetFaults,
  type ItemChange,
  markSending,
  recordItem,
  released,
  slowDown,
  stopJob,
} from "./record";

/** Answers after which nothing has been asked for: upstream said so, or not a byte was sent. The item waits for another turn. */
const notSent: ReadonlySet<string> = new Set<FailureCode>([
  "UPSTREAM_RATE_LIMITED",
  "UPSTREAM_BUSY",
  "UPSTREAM_UNREACHABLE",
  "NO_CONNECTION",
  "UPSTREAM_CREDENTIAL_REFUSED",
  "UPSTREAM_FORBIDDEN",
]);

const skipped = (why: string): ItemChange => ({ ...released, state: "skipped", why });

/** Why it needs no redelivery; null when it does. */
function reasonToSkip(item: ItemRow, row: DeliveryLog): string | null {
  if (deliveryOutcome(row) === "delivered") return "It was delivered in the meantime.";
  if (row.redeliveryRequestedAt !== item.requestedBefore)
    return "Somebody asked for it to be delivered again after the plan was made.";
  return null;
}

/** What the row after the call makes of the item. */
function outcomeChange({ now, times }: Claimer, entry: AuditEntry): ItemChange {
  const code = typeof entry.detail.code === "string" ? entry.detail.code : "";
  if (entry.outcome === "done") return { ...released, state: "redelivered", result: "pending" };
  if (notSent.has(code)) return { ...released, state: "waiting", sentAt: null };
  if (entry.outcome === "refused" || entry.detail.answer === "not done")
    return { ...released, state: "refused", why: `ContraForce refused it${code ? ` (${code})` : ""}.` };
  // Asked for, perhaps: the log decides, after a moment in which upstream can write it.
  return { claimOwner: null, claimUntil: new Date(now.getTime() + times.settleMs) };
}

/** Ends the attempt before anything is sent. */
class NotOurs extends Error {}

/** The audit's way of writing, with the item's step in the same transaction: the mark before the call, the outcome after it. */
function withItem(
  desk: DeskDependencies,
  claimer: Claimer,
  item: ItemRow,
  requestedBefore: string | null,
): DeskDependencies {
  return {
    ...desk,
    recordAudit: (given) =>
      withOrganisation(claimer.organisationId, async (tx) => {
        const entry: AuditEntry = { ...given, detail: { ...given.detail, recovery: item.jobId } };
        if (entry.detail.phase === "intent") {
          const sent = { requestId: entry.requestId, requestedBefore };
          const current = { ...claimer, now: new Date(desk.now()) };
          if (!(await markSending(tx, current, item, sent))) throw new NotOurs();
        } else
          await changeItem(
            tx,
            claimer,
            item,
            ["sending", "unknown"],
            outcomeChange({ ...claimer, now: new Date(desk.now()) }, entry),
          );
        await recordAudit(tx, entry);
      }),
  };
}

async function ask(context: DeskContext, claimer: Claimer, item: ItemRow, row: DeliveryLog): Promise<void> {
  const { webhookId: id, logId, createdAt } = item;
  const { deps, connection, requestId } = context;
  const values = { params: { id, logId }, query: { createdAt }, body: undefined };
  const recording = withItem(deps, claimer, item, row.redeliveryRequestedAt);
  await audited(recording, actOn(context, "webhooks.redeliver", values.params), values, () =>
    deps.callUpstream(connection, "webhooks.redeliver", values, { requestId, priority: "background" }),
  );
}

/** Upstream's word about this one delivery; the next may fare better. */
const aboutItem: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "UPSTREAM_NOT_FOUND",
  "UPSTREAM_INVALID",
  "UPSTREAM_CONFLICT",
]);

/** What a failure before or during the call means for item and job. Changes of a waiting item do nothing when the item was marked: its outcome stands. */
async function minded(claimer: Claimer, job: JobRow, item: ItemRow, error: unknown): Promise<void> {
  const change = (to: ItemChange) => recordItem(claimer, item, ["waiting"], to);
  if (!(error instanceof Failure)) {
    await change(released);
    throw error;
  }
  const { cause } = error;
  if (cause instanceof NotOurs) return change(released);
  if (cause instanceof StoreError && cause.sqlState === "23505")
    return change(skipped("Another recovery has asked for this delivery."));
  // Upstream's own is UPSTREAM_NOT_FOUND; this is what the row filter says to somebody who sees less than the plan's maker.
  if (error.code === "NOT_FOUND")
    return change(skipped("It is of a workspace that the person in whose name this runs may not see."));
  if (aboutItem.has(error.code)) return change(skipped(`ContraForce says: ${error.message}`));
  await change(released);
  if (error.code === "STORE_UNAVAILABLE") throw error;
  if (isStopping(error)) return stopJob(claimer, job, error.message);
  await slowDown(claimer, job, error.details.retryAfterSeconds);
}

/**
 * Asks for one claimed item. In this order: the right of the job's person, a look at the original, the mark with its audit row, the call, its outcome with
 * another. Whatever breaks in between, it is asked for at most once.
 */
export async function sendItem(
  deps: RecoveryDependencies,
  claimer: Claimer,
  { job, item }: { readonly job: JobRow; readonly item: ItemRow },
  signal: AbortSignal,
): Promise<void> {
  try {
    const context = await contextOfJob(deps, job);
    if (!context) {
      await recordItem(claimer, item, ["waiting"], released);
      return await stopJob(claimer, job, rightsGone);
    }
    const row = await readOriginal(context, item, signal);
    const why = reasonToSkip(item, row);
    if (why !== null) return await recordItem(claimer, item, ["waiting"], skipped(why));
    signal.throwIfAborted();
    await ask(context, claimer, item, row);
    await forgetFaults(claimer, job);
  } catch (error) {
    // The server ends: what was not marked is given back.
    if (signal.aborted && error === signal.reason) return recordItem(claimer, item, ["waiting"], released);
    await minded(claimer, job, item, error);
  }
}
