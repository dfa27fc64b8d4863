import "server-only";
import { eq } from "drizzle-orm";
import type { RecoveryChange, RecoveryJob, RecoveryRequest } from "@/lib/domain/recovery";
import { Failure } from "@/lib/errors";
import { recordAudit } from "@/lib/server/audit/record";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { recoveryJobs } from "@/lib/server/db/schema/webhooks";
import { pokeJobs } from "@/lib/server/jobs/jobs";
import type { DeskContext } from "@/lib/server/webhooks/context";
import type { JobRow } from "./claims";
import { viewJob } from "./view";

/** The verb's audit row, in its transaction. */
function recordVerb(tx: Tx, context: DeskContext, verb: string, detail: Record<string, unknown>) {
  const { principal, membership, requestId } = context;
  return recordAudit(tx, {
    organisationId: membership.organisationId,
    personId: principal.personId,
    action: `recovery.${verb}`,
    permission: "webhooks:manage",
    workspaceId: null,
    outcome: "done",
    upstreamRequestId: null,
    requestId,
    detail,
  });
}

/** Writes a job down; its plan is made by the runner, and nothing is sent before it is started. */
export async function planJob(context: DeskContext, request: RecoveryRequest): Promise<RecoveryJob> {
  const { principal, membership } = context;
  const { organisationId, scope } = membership;
  const id = await withOrganisation(organisationId, async (tx) => {
    const { personId } = principal;
    const { perMinute } = request;
    const [row] = await tx
      .insert(recoveryJobs)
      .values({ organisationId, personId, state: "planning", request, perMinute })
      .returning({ id: recoveryJobs.id });
    if (!row) throw new Error("The job was not written.");
    await recordVerb(tx, context, "plan", { recovery: row.id, ...request });
    return row.id;
  });
  pokeJobs(organisationId);
  return viewJob(organisationId, id, scope);
}

/** From which states a verb leads on. */
const fitting: Readonly<Record<RecoveryChange["act"], readonly JobRow["state"][]>> = {
  start: ["planned"],
  stop: ["planning", "planned", "running"],
  resume: ["stopped"],
};

const done = { start: "started", stop: "stopped", resume: "resumed" } as const;

function changeOf(
  { principal }: DeskContext,
  job: JobRow,
  { act, perMinute = job.perMinute }: RecoveryChange,
  now: Date,
): Partial<typeof recoveryJobs.$inferInsert> {
  if (act === "stop") {
    // A plan that was not begun with has nothing to go on with.
    const state = job.state === "planning" ? "failed" : "stopped";
    return {
      state,
      stoppedBecause: null,
      endedAt: now,
      leaseOwner: null,
      leaseUntil: null,
      slowedUntil: null,
    };
  }
  return {
    state: "running",
    // From here on it acts in the name of whoever said so.
    personId: principal.personId,
    perMinute,
    stoppedBecause: null,
    startedAt: job.startedAt ?? now,
    endedAt: null,
    nextAt: now,
    slowedUntil: null,
    faults: 0,
  };
}

/**
 * Starts, stops or resumes a job. A stop acts before the next delivery is marked; what has been asked for is not taken back.
 * @throws Failure NOT_FOUND, CONFLICT (the verb does not fit the job's state)
 */
export async function changeJob(
  context: DeskContext,
  id: string,
  change: RecoveryChange,
): Promise<RecoveryJob> {
  const { organisationId, scope } = context.membership;
  await withOrganisation(organisationId, async (tx) => {
    const [job] = await tx.select().from(recoveryJobs).where(eq(recoveryJobs.id, id)).for("update");
    if (!job) throw new Failure("NOT_FOUND");
    if (!fitting[change.act].includes(job.state))
      throw new Failure("CONFLICT", {
        detail: `A recovery that is ${job.state} cannot be ${done[change.act]}.`,
      });
    await tx
      .update(recoveryJobs)
      .set(changeOf(context, job, change, new Date(context.deps.now())))
      .where(eq(recoveryJobs.id, id));
    await recordVerb(tx, context, change.act, { recovery: id, from: job.state, ...change });
  });
  pokeJobs(organisationId);
  return viewJob(organisationId, id, scope);
}
