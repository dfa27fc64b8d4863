import "server-only";
import { and, eq, exists, gt, inArray, ne, or, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/server/audit/record";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { recoveryItems, recoveryJobs } from "@/lib/server/db/schema/webhooks";
import { type Claimer, type ItemRow, type JobRow, ofItem } from "./claims";

/** Longest pause between two tries when ContraForce refuses or fails, and how many in a row stop the job. */
const longestPauseMs = 60_000;
const mostFaults = 20;

export type ItemChange = Partial<typeof recoveryItems.$inferInsert>;

/** Gives a claimed item back as it is. */
export const released: ItemChange = { claimOwner: null, claimUntil: null };

/**
 * Marks a claimed item as being sent, in the transaction of the audit row before the call. False: it is not this runner's any more, or its job does not
 * run any more; then it must not be sent.
 * @throws StoreError 23505 when another job has asked for this very delivery
 */
export async function markSending(
  tx: Tx,
  { owner, now, times }: Claimer,
  item: ItemRow,
  sent: { readonly requestId: string; readonly requestedBefore: string | null },
): Promise<boolean> {
  const isRunning = exists(
    tx
      .select({ one: sql`1` })
      .from(recoveryJobs)
      .where(and(eq(recoveryJobs.id, item.jobId), eq(recoveryJobs.state, "running"))),
  );
  const rows = await tx
    .update(recoveryItems)
    .set({ state: "sending", sentAt: now, claimUntil: new Date(now.getTime() + times.itemMs), ...sent })
    .where(
      and(
        ofItem(item),
        eq(recoveryItems.state, "waiting"),
        eq(recoveryItems.claimOwner, owner),
        gt(recoveryItems.claimUntil, now),
        isRunning,
      ),
    )
    .returning({ seq: recoveryItems.seq });
  return rows.length > 0;
}

/** Changes an item that is in one of these states; what has gone on meanwhile is left alone, and so is a waiting one that another has claimed. */
export async function changeItem(
  tx: Tx,
  { owner }: Claimer,
  item: ItemRow,
  from: readonly ItemRow["state"][],
  change: ItemChange,
): Promise<void> {
  const isMine = or(ne(recoveryItems.state, "waiting"), eq(recoveryItems.claimOwner, owner));
  await tx
    .update(recoveryItems)
    .set(change)
    .where(and(ofItem(item), inArray(recoveryItems.state, [...from]), isMine));
}

/** The same in a transaction of its own. */
export function recordItem(
  claimer: Claimer,
  item: ItemRow,
  from: readonly ItemRow["state"][],
  change: ItemChange,
): Promise<void> {
  return withOrganisation(claimer.organisationId, (tx) => changeItem(tx, claimer, item, from, change));
}

/**
 * After a refusal or fault of ContraForce: the whole job pauses, for what upstream asks or longer each time, and stops after twenty in a row.
 */
export async function slowDown(
  claimer: Claimer,
  job: Pick<JobRow, "id">,
  retryAfterSeconds: number | undefined,
): Promise<void> {
  const { organisationId, now } = claimer;
  const stopped = await withOrganisation(organisationId, async (tx) => {
    const [held] = await tx
      .select({ faults: recoveryJobs.faults })
      .from(recoveryJobs)
      .where(eq(recoveryJobs.id, job.id))
      .for("update");
    const faults = (held?.faults ?? 0) + 1;
    const pauseMs = Math.max(
      (retryAfterSeconds ?? 0) * 1_000,
      Math.min(longestPauseMs, 500 * 2 ** Math.min(faults, 10)),
    );
    await tx
      .update(recoveryJobs)
      .set({ faults, slowedUntil: new Date(now.getTime() + pauseMs) })
      .where(eq(recoveryJobs.id, job.id));
    return faults >= mostFaults;
  });
  if (stopped)
    await stopJob(
      claimer,
      job,
      `ContraForce refused or failed ${mostFaults} times in a row. Resume it later.`,
    );
}

/** A call went well: the next fault is a first one again. */
export async function forgetFaults({ organisationId }: Claimer, job: JobRow): Promise<void> {
  if (job.faults === 0) return;
  await withOrganisation(organisationId, (tx) =>
    tx.update(recoveryJobs).set({ faults: 0, slowedUntil: null }).where(eq(recoveryJobs.id, job.id)),
  );
}

/** The server stops a job by itself, says why, and leaves an audit row that names no person. */
export function stopJob(
  { organisationId, now }: Claimer,
  { id }: Pick<JobRow, "id">,
  why: string,
): Promise<void> {
  return endJob(organisationId, id, ["running", "planning"], why, (state) => ({
    state: state === "planning" ? "failed" : "stopped",
    stoppedBecause: why,
    endedAt: now,
    leaseOwner: null,
    leaseUntil: null,
  }));
}

/** All done: nothing waits, and every result is known or given up. */
export function finishJob({ organisationId, now }: Claimer, { id }: Pick<JobRow, "id">): Promise<void> {
  return endJob(organisationId, id, ["checking"], null, () => ({ state: "done", endedAt: now }));
}

function endJob(
  organisationId: string,
  id: string,
  from: readonly JobRow["state"][],
  why: string | null,
  change: (state: JobRow["state"]) => Partial<typeof recoveryJobs.$inferInsert>,
): Promise<void> {
  return withOrganisation(organisationId, async (tx) => {
    const [job] = await tx.select().from(recoveryJobs).where(eq(recoveryJobs.id, id)).for("update");
    if (!job || !from.includes(job.state)) return;
    const set = change(job.state);
    await tx.update(recoveryJobs).set(set).where(eq(recoveryJobs.id, id));
    await recordAudit(tx, {
      organisationId,
      personId: null,
      action: set.state === "done" ? "recovery.done" : "recovery.stop",
      permission: null,
      workspaceId: null,
      outcome: "done",
      upstreamRequestId: null,
      requestId: `recovery ${id}`,
      detail: { recovery: id, state: set.state, ...(why !== null && { why }) },
    });
  });
}
