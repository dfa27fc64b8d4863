import type { AuditPerson } from "./audit";
import type { StatusClass } from "./delivery-outcome";

/**
 * planning   the logs are being read
 * planned    the dry run: what would be delivered again is known, nothing has been sent
 * running    deliveries are asked for, one after the other, within the rate
 * checking   all asked for; what came of the last ones is being read
 * stopped    by a person or by itself (`stoppedBecause`); can be resumed
 * done       nothing left to do
 * failed     the plan could not be made; a new one has to be
 */
export const recoveryStates = [
  "planning",
  "planned",
  "running",
  "checking",
  "stopped",
  "done",
  "failed",
] as const;
export type RecoveryState = (typeof recoveryStates)[number];

/**
 * waiting      not touched yet
 * sending      asked for, and the answer is not written down yet; after a crash the log decides, and it is never asked for again
 * redelivered  upstream has taken the request; `result` says what the receiver answered
 * skipped      not asked for, `why` says why
 * refused      upstream said no, nothing was sent
 * unknown      may or may not have been asked for; it is not repeated
 */
export const recoveryItemStates = [
  "waiting",
  "sending",
  "redelivered",
  "skipped",
  "refused",
  "unknown",
] as const;
export type RecoveryItemState = (typeof recoveryItemStates)[number];

/** What the receiver made of a redelivery. `pending`: not known yet. `unread`: its row could not be found in time. */
export const recoveryResults = ["pending", "delivered", "failed", "unread"] as const;
export type RecoveryResult = (typeof recoveryResults)[number];

/** Redeliveries per minute that a job may ask for. */
export const recoveryRate = { least: 1, most: 1_200, usual: 60 } as const;
/** Deliveries that one job holds. */
export const recoveryItemsMost = 10_000;

/** `POST /api/<org>/webhooks/recovery`: makes the plan; nothing is sent before `start`. */
export interface RecoveryRequest {
  /** One to fifty. */
  readonly webhookIds: readonly string[];
  /** The outage: ISO instants, both included, over `createdAt` of the failed attempts. */
  readonly from: string;
  readonly to: string;
  /** Empty: all. */
  readonly eventTypes: readonly string[];
  readonly accountIds: readonly string[];
  /** Of the failed attempt; empty: all. */
  readonly statusClasses: readonly StatusClass[];
  readonly perMinute: number;
  readonly reason: string;
}

/** `POST /api/<org>/webhooks/recovery/<id>`. */
export interface RecoveryChange {
  readonly act: "start" | "stop" | "resume";
  /** A new rate from here on. */
  readonly perMinute?: number;
}

export type RecoveryCounts = Readonly<Record<RecoveryItemState, number>> & {
  readonly total: number;
  /** Of the redelivered ones. */
  readonly results: Readonly<Record<RecoveryResult, number>>;
};

/** What the plan rests on. */
export interface RecoveryPlan {
  /** ISO instant at which the logs were read to their newest row. */
  readonly asOf: string;
  /** Attempts looked through, over all webhooks. */
  readonly examined: number;
  /** Events with a failed attempt in the window that were delivered by a later attempt: nothing to do for them. */
  readonly deliveredLater: number;
  /** False: a bound was reached, and there may be more than the plan lists. */
  readonly isComplete: boolean;
  readonly unreadableRows: number;
}

export interface RecoveryJob {
  readonly id: string;
  readonly state: RecoveryState;
  /** A sentence, for `stopped` and `failed`; null when a person stopped it. */
  readonly stoppedBecause: string | null;
  readonly request: RecoveryRequest;
  readonly perMinute: number;
  readonly person: AuditPerson | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Null until it is made, and for a person who sees some workspaces only: its figures are over all. */
  readonly plan: RecoveryPlan | null;
  /** Of the items that the person may see. */
  readonly counts: RecoveryCounts;
  /** ISO instant before which upstream is left alone, because it asked for that or fails; null otherwise. */
  readonly slowedUntil: string | null;
}

export interface RecoveryItem {
  /** Place within the job, from 1. */
  readonly seq: number;
  readonly webhookId: string;
  readonly logId: string;
  /** As upstream wrote it. */
  readonly createdAt: string;
  readonly eventId: string | null;
  readonly eventType: string | null;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly subjectId: string | null;
  readonly subjectName: string | null;
  /** Failed attempts of the event that the plan found. */
  readonly attempts: number;
  readonly httpStatusCode: number | null;
  readonly state: RecoveryItemState;
  readonly why: string | null;
  readonly sentAt: string | null;
  /** Null while it is not redelivered. */
  readonly result: RecoveryResult | null;
  readonly resultLogId: string | null;
  readonly resultCreatedAt: string | null;
  readonly resultHttpStatusCode: number | null;
}

/** `GET /api/<org>/webhooks/recovery/<id>/items`, in the order in which they are sent. */
export interface RecoveryItemsPage {
  readonly items: readonly RecoveryItem[];
  /** For the next page; null after the last one. */
  readonly after: number | null;
}
