import "server-only";
import { and, asc, eq, exists, gt, inArray, isNull, lte, min, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { recoveryItems, recoveryJobs } from "@/lib/server/db/schema/webhooks";

export type JobRow = typeof recoveryJobs.$inferSelect;
export type ItemRow = typeof recoveryItems.$inferSelect;

/** Milliseconds. A claim that is older than it may live is another's to take. */
export interface ClaimTimes {
  /** For reading before an item is marked, and for the call after. Longer than a call may take, several times over. */
  readonly itemMs: number;
  /** For making a plan; renewed with each page. */
  readonly planMs: number;
  /** Between two looks for results of a job. */
  readonly checkMs: number;
  /** From the last call of a job until results that did not come are given up. */
  readonly giveUpMs: number;
  /** From a call whose outcome is unknown to the look into the log. */
  readonly settleMs: number;
}

export const claimTimes: ClaimTimes = {
  itemMs: 90_000,
  planMs: 60_000,
  checkMs: 3_000,
  giveUpMs: 120_000,
  settleMs: 5_000,
};

/** Who claims, and when it is. */
export interface Claimer {
  readonly organisationId: string;
  /** Of this runner, new with each start of the process. */
  readonly owner: string;
  readonly now: Date;
  readonly times: ClaimTimes;
}

const later = (now: Date, ms: number) => new Date(now.getTime() + ms);
const isFree = (column: typeof recoveryItems.claimUntil | typeof recoveryJobs.leaseUntil, now: Date) =>
  or(isNull(column), lte(column, now));
export const ofItem = ({ jobId, seq }: Pick<ItemRow, "jobId" | "seq">) =>
  and(eq(recoveryItems.jobId, jobId), eq(recoveryItems.seq, seq));
/** What another has locked at this moment is theirs: waiting for it would only find it taken. */
const free = { skipLocked: true } as const;

/** A job whose plan is to be made, for this runner until the lease ends. */
export function claimPlanning({ organisationId, owner, now, times }: Claimer): Promise<JobRow | null> {
  return withOrganisation(organisationId, async (tx) => {
    const [job] = await tx
      .select()
      .from(recoveryJobs)
      .where(and(eq(recoveryJobs.state, "planning"), isFree(recoveryJobs.leaseUntil, now)))
      .orderBy(asc(recoveryJobs.createdAt))
      .limit(1)
      .for("update", free);
    if (!job) return null;
    await tx
      .update(recoveryJobs)
      .set({ leaseOwner: owner, leaseUntil: later(now, times.planMs) })
      .where(eq(recoveryJobs.id, job.id));
    return job;
  });
}

/** A sign of life. False: the lease was lost, somebody else makes the plan. */
export async function renewPlanning(claimer: Claimer, jobId: string): Promise<boolean> {
  const { organisationId, owner, now, times } = claimer;
  const rows = await withOrganisation(organisationId, (tx) =>
    tx
      .update(recoveryJobs)
      .set({ leaseUntil: later(now, times.planMs) })
      .where(
        and(
          eq(recoveryJobs.id, jobId),
          eq(recoveryJobs.leaseOwner, owner),
          eq(recoveryJobs.state, "planning"),
        ),
      )
      .returning({ id: recoveryJobs.id }),
  );
  return rows.length > 0;
}

/** An item that was being sent when its runner ended, or whose outcome is unknown. It is settled by reading, and never sent again. */
export function claimUnsettled(claimer: Claimer): Promise<{ job: JobRow; item: ItemRow } | null> {
  const { organisationId, owner, now, times } = claimer;
  return withOrganisation(organisationId, async (tx) => {
    const [item] = await tx
      .select()
      .from(recoveryItems)
      .where(and(eq(recoveryItems.state, "sending"), isFree(recoveryItems.claimUntil, now)))
      .orderBy(asc(recoveryItems.claimUntil))
      .limit(1)
      .for("update", free);
    if (!item) return null;
    const [job] = await tx.select().from(recoveryJobs).where(eq(recoveryJobs.id, item.jobId));
    if (!job) return null;
    await tx
      .update(recoveryItems)
      .set({ claimOwner: owner, claimUntil: later(now, times.itemMs) })
      .where(ofItem(item));
    return { job, item };
  });
}

/** The next item that the rate lets go, claimed; `idle` when a running job had none to give. */
export function claimWaiting(claimer: Claimer): Promise<{ job: JobRow; item: ItemRow } | "idle" | null> {
  const { organisationId, owner, now, times } = claimer;
  return withOrganisation(organisationId, async (tx) => {
    const [job] = await tx
      .select()
      .from(recoveryJobs)
      .where(
        and(
          eq(recoveryJobs.state, "running"),
          or(isNull(recoveryJobs.nextAt), lte(recoveryJobs.nextAt, now)),
          or(isNull(recoveryJobs.slowedUntil), lte(recoveryJobs.slowedUntil, now)),
        ),
      )
      .orderBy(asc(recoveryJobs.nextAt))
      .limit(1)
      .for("update", free);
    if (!job) return null;
    const [item] = await tx
      .select()
      .from(recoveryItems)
      .where(
        and(
          eq(recoveryItems.jobId, job.id),
          eq(recoveryItems.state, "waiting"),
          isFree(recoveryItems.claimUntil, now),
        ),
      )
      .orderBy(asc(recoveryItems.seq))
      .limit(1)
      .for("update", free);
    if (!item) {
      await restOrFinish(tx, job, now);
      return "idle";
    }
    await tx
      .update(recoveryItems)
      .set({ claimOwner: owner, claimUntil: later(now, times.itemMs) })
      .where(ofItem(item));
    // No catching up: a runner that was late would send a burst.
    await tx
      .update(recoveryJobs)
      .set({ nextAt: later(now, 60_000 / job.perMinute) })
      .where(eq(recoveryJobs.id, job.id));
    return { job, item };
  });
}

/** How long a running job without a free item is let alone, so that it does not stand before the others. */
const restMs = 500;

async function restOrFinish(tx: Tx, job: JobRow, now: Date): Promise<void> {
  const [open] = await tx
    .select({ seq: recoveryItems.seq })
    .from(recoveryItems)
    .where(and(eq(recoveryItems.jobId, job.id), inArray(recoveryItems.state, ["waiting", "sending"])))
    .limit(1);
  await tx
    .update(recoveryJobs)
    .set(open ? { nextAt: later(now, restMs) } : { state: "checking", nextAt: null, slowedUntil: null })
    .where(eq(recoveryJobs.id, job.id));
}

/** A job whose results are to be looked for. */
export function claimChecking({ organisationId, now, times }: Claimer): Promise<JobRow | null> {
  return withOrganisation(organisationId, async (tx) => {
    const isPending = exists(
      tx
        .select({ one: sql`1` })
        .from(recoveryItems)
        .where(and(eq(recoveryItems.jobId, recoveryJobs.id), eq(recoveryItems.result, "pending"))),
    );
    const [job] = await tx
      .select()
      .from(recoveryJobs)
      .where(
        and(
          or(
            eq(recoveryJobs.state, "checking"),
            and(inArray(recoveryJobs.state, ["running", "stopped"]), isPending),
          ),
          or(isNull(recoveryJobs.checkedAt), lte(recoveryJobs.checkedAt, later(now, -times.checkMs))),
        ),
      )
      .orderBy(asc(recoveryJobs.checkedAt))
      .limit(1)
      .for("update", free);
    if (!job) return null;
    await tx.update(recoveryJobs).set({ checkedAt: now }).where(eq(recoveryJobs.id, job.id));
    return job;
  });
}

/** What is open of a job's items: marked ones (and when the first claim on one lapses), and results to wait for. */
function openItems(tx: Tx, { now, times }: Claimer) {
  const isSending = eq(recoveryItems.state, "sending");
  const isPending = and(
    eq(recoveryItems.result, "pending"),
    gt(recoveryItems.sentAt, later(now, -2 * times.giveUpMs)),
  );
  return tx
    .select({
      jobId: recoveryItems.jobId,
      lapsesAt: min(sql`case when ${isSending} then ${recoveryItems.claimUntil} end`).mapWith(
        recoveryItems.claimUntil,
      ),
      hasPending: sql<boolean>`coalesce(bool_or(${isPending}), false)`,
    })
    .from(recoveryItems)
    .where(or(isSending, isPending))
    .groupBy(recoveryItems.jobId);
}

const latest = (...dates: (Date | null)[]) => Math.max(0, ...dates.map((date) => date?.getTime() ?? 0));

/** Milliseconds since 1970 at which a job wants a runner by itself; infinite: never, a person has to act. */
function dueAt(job: JobRow, hasPending: boolean, { times }: Claimer): number {
  const checkAt = (job.checkedAt?.getTime() ?? 0) + times.checkMs;
  if (job.state === "planning") return latest(job.leaseUntil);
  if (job.state === "checking") return checkAt;
  const sendAt = job.state === "running" ? latest(job.nextAt, job.slowedUntil) : Number.POSITIVE_INFINITY;
  return hasPending ? Math.min(sendAt, checkAt) : sendAt;
}

/** Milliseconds until something is due in the organisation, 0 when it is now; null when nothing is open that goes on by itself. */
export function dueInMs(claimer: Claimer): Promise<number | null> {
  const { organisationId, now } = claimer;
  return withOrganisation(organisationId, async (tx) => {
    const open = await openItems(tx, claimer);
    const withItems = open.map(({ jobId }) => jobId);
    const jobs = await tx
      .select()
      .from(recoveryJobs)
      .where(
        or(
          inArray(recoveryJobs.state, ["planning", "running", "checking"]),
          withItems.length === 0 ? undefined : inArray(recoveryJobs.id, withItems),
        ),
      );
    const pending = new Map(open.map(({ jobId, hasPending }) => [jobId, hasPending]));
    const times = [
      ...jobs.map((job) => dueAt(job, pending.get(job.id) ?? false, claimer)),
      ...open.flatMap(({ lapsesAt }) => (lapsesAt === null ? [] : [lapsesAt.getTime()])),
    ];
    const first = Math.min(...times);
    return Number.isFinite(first) ? Math.max(0, first - now.getTime()) : null;
  });
}
