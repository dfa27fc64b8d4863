import "server-only";
import { randomUUID } from "node:crypto";
import type { DeliveryLog } from "@/lib/contract";
import type { Failure, FailureCode } from "@/lib/errors";
import { type DeskContext, type DeskDependencies, readVisible } from "@/lib/server/webhooks/context";
import type { Claimer, ClaimTimes, ItemRow, JobRow } from "./claims";
import type { FindActor } from "./rights";

export interface RecoveryDependencies {
  readonly desk: DeskDependencies;
  readonly findActor: FindActor;
  readonly times: ClaimTimes;
}

export const rightsGone =
  "The person in whose name it ran may not change webhooks any more. Somebody who may can resume it.";

/** Nothing more can be done in this job's name or by this credential until a person acts. */
const stopping: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "UPSTREAM_CREDENTIAL_REFUSED",
  "UPSTREAM_FORBIDDEN",
  "NO_CONNECTION",
]);

export const isStopping = (error: Failure) => stopping.has(error.code);

/** The desk as the job's person stands now, with a request id of its own; null when their right is gone. */
export async function contextOfJob(
  { desk, findActor }: RecoveryDependencies,
  job: Pick<JobRow, "id" | "organisationId" | "personId">,
): Promise<DeskContext | null> {
  const actor = await findActor(job.personId, job.organisationId, job.id);
  if (!actor) return null;
  const connection = await desk.connectionFor(job.organisationId);
  return { ...actor, deps: desk, connection, requestId: randomUUID() };
}

export function claimerOf(
  { desk, times }: RecoveryDependencies,
  organisationId: string,
  owner: string,
): Claimer {
  return { organisationId, owner, times, now: new Date(desk.now()) };
}

/**
 * The delivery that an item is about, as it is now.
 * @throws Failure UPSTREAM_*; NOT_FOUND when the job's person may not see it
 */
export async function readOriginal(
  context: DeskContext,
  { webhookId: id, logId, createdAt }: ItemRow,
  signal: AbortSignal,
): Promise<DeliveryLog> {
  const input = { params: { id, logId }, query: { createdAt }, body: undefined };
  const options = { priority: "background", signal } as const;
  return (await readVisible(context, "webhooks.deliveryLog", input, options)).data;
}

const pageRows = 100;

export interface LogWalk {
  readonly from: string;
  readonly mostPages: number;
  readonly signal: AbortSignal;
  /** Hears each page's rows; false ends the walk. */
  readonly onPage: (rows: readonly DeliveryLog[], unreadableRows: number) => boolean | Promise<boolean>;
}

/**
 * Walks one webhook's log from its newest row down to `from`. Resolves to whether everything was read.
 * @throws Failure UPSTREAM_*
 */
export async function walkLog(context: DeskContext, webhookId: string, walk: LogWalk): Promise<boolean> {
  let token: string | null = null;
  for (let page = 0; page < walk.mostPages; page += 1) {
    walk.signal.throwIfAborted();
    const query: { from: string; pageSize: number; continuationToken?: string } = {
      from: walk.from,
      pageSize: pageRows,
      ...(token !== null && { continuationToken: token }),
    };
    const input = { params: { id: webhookId }, query, body: undefined };
    const options = { priority: "background", signal: walk.signal } as const;
    const reply = await readVisible(context, "webhooks.deliveryLogs", input, options);
    const { items, hasMore, continuationToken } = reply.data;
    if (!(await walk.onPage(items, reply.unreadableRows))) return false;
    if (!hasMore || continuationToken === token) return true;
    token = continuationToken;
  }
  return false;
}
