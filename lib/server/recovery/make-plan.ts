import "server-only";
import { and, eq } from "drizzle-orm";
import { newerFirst } from "@/lib/domain/delivery-outcome";
import { recoveryItemsMost, type RecoveryPlan, type RecoveryRequest } from "@/lib/domain/recovery";
import { type PlannedDelivery, type PlanRow, planRecovery } from "@/lib/domain/recovery-plan";
import { deliveryFacts } from "@/lib/domain/webhook-deliveries";
import { Failure } from "@/lib/errors";
import { withOrganisation } from "@/lib/server/db/organisation";
import { recoveryItems, recoveryJobs } from "@/lib/server/db/schema/webhooks";
import type { DeskContext } from "@/lib/server/webhooks/context";
import { type Claimer, type JobRow, renewPlanning } from "./claims";
import { claimerOf, contextOfJob, type RecoveryDependencies, rightsGone, walkLog } from "./context";
import { stopJob } from "./record";

/** Pages of one webhook's log that a plan reads: 50,000 rows. */
const mostPages = 500;
/** Rows of one insert; each takes sixteen parameters. */
const batch = 500;

interface Read {
  readonly planned: readonly (PlannedDelivery & { readonly webhookId: string })[];
  readonly plan: RecoveryPlan;
  /** Webhook id → `createdAt` of its newest row. */
  readonly newest: Readonly<Record<string, string>>;
}

class LeaseLost extends Error {}

async function readLogs(
  deps: RecoveryDependencies,
  context: DeskContext,
  job: JobRow,
  request: RecoveryRequest,
  { owner, signal }: { readonly owner: string; readonly signal: AbortSignal },
): Promise<Read> {
  const planned: (PlannedDelivery & { readonly webhookId: string })[] = [];
  const newest: Record<string, string> = {};
  const totals = { examined: 0, deliveredLater: 0, unreadableRows: 0, isComplete: true };
  for (const webhookId of request.webhookIds) {
    const rows: PlanRow[] = [];
    const isWhole = await walkLog(context, webhookId, {
      from: request.from,
      mostPages,
      signal,
      onPage: async (page, unreadableRows) => {
        // Without payloads: a window may hold tens of thousands of rows.
        rows.push(...page.map(deliveryFacts));
        totals.unreadableRows += unreadableRows;
        const claimer = claimerOf(deps, job.organisationId, owner);
        if (!(await renewPlanning(claimer, job.id))) throw new LeaseLost();
        return true;
      },
    });
    const top = [...rows].sort(newerFirst)[0]?.createdAt;
    if (top) newest[webhookId] = top;
    const { deliveries, deliveredLater } = planRecovery(rows, request);
    planned.push(...deliveries.map((each) => ({ ...each, webhookId })));
    totals.examined += rows.length;
    totals.deliveredLater += deliveredLater;
    totals.isComplete &&= isWhole;
  }
  planned.sort((a, b) => newerFirst(b.row, a.row));
  const isComplete = totals.isComplete && planned.length <= recoveryItemsMost;
  const plan = { ...totals, isComplete, asOf: new Date(deps.desk.now()).toISOString() };
  return { planned: planned.slice(0, recoveryItemsMost), plan, newest };
}

function itemOf(job: JobRow, { webhookId, row, attempts, why }: Read["planned"][number], seq: number) {
  return {
    jobId: job.id,
    organisationId: job.organisationId,
    seq,
    webhookId,
    logId: row.id,
    createdAt: row.createdAt ?? "",
    eventId: row.eventId,
    eventType: row.eventType,
    accountId: row.eventSourceAccountId?.toLowerCase() ?? null,
    accountName: row.eventSourceAccountName,
    subjectId: row.eventSubjectId,
    subjectName: row.eventSubjectDisplayName,
    attempts,
    httpStatusCode: row.httpStatusCode,
    requestedBefore: row.redeliveryRequestedAt,
    state: why === null ? ("waiting" as const) : ("skipped" as const),
    why,
  };
}

/** The whole plan or nothing of it: a runner that dies before leaves a job that is planned anew. */
function store(claimer: Claimer, job: JobRow, { planned, plan, newest }: Read): Promise<void> {
  return withOrganisation(claimer.organisationId, async (tx) => {
    const moved = await tx
      .update(recoveryJobs)
      .set({ state: "planned", plan, newest, leaseOwner: null, leaseUntil: null })
      .where(
        and(
          eq(recoveryJobs.id, job.id),
          eq(recoveryJobs.state, "planning"),
          eq(recoveryJobs.leaseOwner, claimer.owner),
        ),
      )
      .returning({ id: recoveryJobs.id });
    if (moved.length === 0) return;
    const items = planned.map((each, index) => itemOf(job, each, index + 1));
    for (let start = 0; start < items.length; start += batch)
      await tx.insert(recoveryItems).values(items.slice(start, start + batch));
  });
}

/** Makes the plan of a claimed job: reads the logs, sends nothing. A log that cannot be read fails the plan: half a plan looks like a small outage. */
export async function makePlan(
  deps: RecoveryDependencies,
  claimer: Claimer,
  job: JobRow,
  signal: AbortSignal,
): Promise<void> {
  try {
    const context = await contextOfJob(deps, job);
    if (!context) return await stopJob(claimer, job, rightsGone);
    // The one writer of this column is `planJob`, from the parsed request.
    const request = job.request as RecoveryRequest;
    const read = await readLogs(deps, context, job, request, { owner: claimer.owner, signal });
    await store(claimer, job, read);
  } catch (error) {
    if (error instanceof LeaseLost || signal.aborted) return;
    // The database's failure is told by trying again; upstream's is the plan's own.
    if (!(error instanceof Failure) || error.code === "STORE_UNAVAILABLE") throw error;
    await stopJob(claimer, job, `The delivery log could not be read: ${error.message}`);
  }
}
