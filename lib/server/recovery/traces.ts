import "server-only";
import { and, eq, or } from "drizzle-orm";
import type { DeliveryLog } from "@/lib/contract";
import { createdMs, deliveryOutcome } from "@/lib/domain/delivery-outcome";
import type { RecoveryRequest } from "@/lib/domain/recovery";
import { parseInstant } from "@/lib/domain/time";
import { Failure } from "@/lib/errors";
import { withOrganisation } from "@/lib/server/db/organisation";
import { recoveryItems } from "@/lib/server/db/schema/webhooks";
import type { DeskContext } from "@/lib/server/webhooks/context";
import type { Claimer, ItemRow, JobRow } from "./claims";
import { contextOfJob, readOriginal, type RecoveryDependencies, rightsGone, walkLog } from "./context";
import { finishJob, type ItemChange, recordItem, released, stopJob } from "./record";

/** Pages above the plan's newest row that one look reads. */
const mostPages = 30;

/** The newest row when the plan was made, by upstream's own clock: what we asked for stands above it. */
function boundOf(job: JobRow, webhookId: string): string {
  // Both columns have one writer, which typed them.
  const newest = job.newest as Readonly<Record<string, string>> | null;
  return newest?.[webhookId] ?? (job.request as RecoveryRequest).from;
}

/** Is this row a redelivery of the item? By the original that it names; where upstream names none, by the event and by being newer than the plan. */
function isAnswerTo(item: ItemRow, row: DeliveryLog, boundMs: number): boolean {
  if (row.id === item.logId || row.isTest === true) return false;
  if (row.originalDeliveryId !== null && row.originalDeliveryId !== "")
    return row.originalDeliveryId === item.logId;
  return item.eventId !== null && row.eventId === item.eventId && (createdMs(row) ?? 0) > boundMs;
}

function resultOf(row: DeliveryLog): ItemChange {
  const outcome = deliveryOutcome(row);
  return {
    state: "redelivered",
    why: null,
    result: outcome === "delivered" || outcome === "failed" ? outcome : "pending",
    resultLogId: row.id,
    resultCreatedAt: row.createdAt,
    resultHttpStatusCode: row.httpStatusCode,
  };
}

/** Looks for the redeliveries of some items of one webhook. */
async function findAnswers(
  context: DeskContext,
  job: JobRow,
  webhookId: string,
  items: readonly ItemRow[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ItemRow, DeliveryLog>> {
  const found = new Map<ItemRow, DeliveryLog>();
  const from = boundOf(job, webhookId);
  const boundMs = parseInstant(from) ?? 0;
  await walkLog(context, webhookId, {
    from,
    mostPages,
    signal,
    onPage: (rows) => {
      for (const row of rows)
        for (const item of items)
          if (!found.has(item) && isAnswerTo(item, row, boundMs)) found.set(item, row);
      return found.size < items.length;
    },
  });
  return found;
}

/** Has upstream stamped the original since it was marked? Null: it cannot be told. */
async function isStamped(context: DeskContext, item: ItemRow, signal: AbortSignal): Promise<boolean | null> {
  try {
    const { redeliveryRequestedAt } = await readOriginal(context, item, signal);
    return redeliveryRequestedAt !== null && redeliveryRequestedAt !== item.requestedBefore;
  } catch (error) {
    if (error instanceof Failure && /NOT_FOUND$/.test(error.code)) return null;
    throw error;
  }
}

/**
 * Settles an item whose call may or may not have been made, by reading the log. With a trace it was; without one it stays unknown, and is not sent again:
 * a call may be under way that nobody sees yet.
 */
export async function settle(
  deps: RecoveryDependencies,
  claimer: Claimer,
  { job, item }: { readonly job: JobRow; readonly item: ItemRow },
  signal: AbortSignal,
): Promise<void> {
  const record = (change: ItemChange) => recordItem(claimer, item, ["sending"], { ...released, ...change });
  try {
    const context = await contextOfJob(deps, job);
    if (!context) {
      await record({ state: "unknown", why: `It could not be looked up any more. ${rightsGone}` });
      return await stopJob(claimer, job, rightsGone);
    }
    const answers = await findAnswers(context, job, item.webhookId, [item], signal);
    const answer = answers.get(item);
    if (answer) return await record(resultOf(answer));
    const isAsked = await isStamped(context, item, signal);
    await record(
      isAsked === true
        ? { state: "redelivered", why: null, result: "pending" }
        : {
            state: "unknown",
            why:
              isAsked === null
                ? "ContraForce no longer has this delivery, or the person in whose name this runs may not see it any more: whether it was asked for cannot be told."
                : "The delivery log shows no trace of it. It was not repeated; look before asking for it by hand.",
          },
    );
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Failure) || error.code === "STORE_UNAVAILABLE") throw error;
    // Not to be read now: it stays as it is, and is looked at again.
    const again = new Date(claimer.now.getTime() + 2 * claimer.times.settleMs);
    await recordItem(claimer, item, ["sending"], { claimOwner: null, claimUntil: again });
  }
}

/** Items whose redelivery is known or possible and whose result is not. */
function unfinished(claimer: Claimer, job: JobRow): Promise<readonly ItemRow[]> {
  return withOrganisation(claimer.organisationId, (tx) =>
    tx
      .select()
      .from(recoveryItems)
      .where(
        and(
          eq(recoveryItems.jobId, job.id),
          // An unknown one may turn out to have been taken after all.
          or(eq(recoveryItems.result, "pending"), eq(recoveryItems.state, "unknown")),
        ),
      ),
  );
}

const isPending = ({ result }: ItemRow) => result === "pending";

async function readResults(
  context: DeskContext,
  claimer: Claimer,
  job: JobRow,
  items: readonly ItemRow[],
  signal: AbortSignal,
): Promise<readonly ItemRow[]> {
  const left = new Set(items.filter(isPending));
  for (const webhookId of new Set(items.map((item) => item.webhookId))) {
    const own = items.filter((item) => item.webhookId === webhookId);
    for (const [item, row] of await findAnswers(context, job, webhookId, own, signal)) {
      const change = resultOf(row);
      await recordItem(claimer, item, ["redelivered", "unknown"], change);
      if (change.result !== "pending") left.delete(item);
    }
  }
  return [...left];
}

/** Reads what receivers answered; ends the job when nothing is open any more, or gives up what does not come. */
export async function checkResults(
  deps: RecoveryDependencies,
  claimer: Claimer,
  job: JobRow,
  signal: AbortSignal,
): Promise<void> {
  const items = await unfinished(claimer, job);
  let left = items.filter(isPending);
  if (left.length > 0) {
    const context = await contextOfJob(deps, job);
    try {
      if (context) left = [...(await readResults(context, claimer, job, items, signal))];
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Failure) || error.code === "STORE_UNAVAILABLE") throw error;
    }
  }
  const lastSent = Math.max(0, ...items.map(({ sentAt }) => sentAt?.getTime() ?? 0));
  const isLate = claimer.now.getTime() - lastSent > claimer.times.giveUpMs;
  if (left.length > 0 && !isLate) return;
  for (const item of left) await recordItem(claimer, item, ["redelivered"], { result: "unread" });
  if (job.state === "checking") await finishJob(claimer, job);
}
