import type { AuditOutcome, AuditPerson } from "./audit";
import type { WebhookAct } from "./webhook-state";

/** A reason is a sentence: so many characters after trimming. */
export const reasonLength = { least: 3, most: 500 } as const;

/** `POST /api/<org>/webhooks/<id>/state`. */
export interface StateChange {
  readonly act: WebhookAct;
  readonly reason: string;
}

/** One act on a webhook through Watchfloor: who, when, what, and why where a reason was given. */
export interface WebhookNote {
  readonly id: string;
  /** ISO instant. */
  readonly at: string;
  readonly person: AuditPerson | null;
  /** Operation of the contract, such as `webhooks.pause`; `actionWords` makes a sentence of it. */
  readonly action: string;
  /** Null for acts that are not asked for a reason. */
  readonly reason: string | null;
  readonly outcome: AuditOutcome;
  readonly upstreamRequestId: string | null;
  readonly requestId: string;
}

/** `GET /api/<org>/webhooks/<id>/notes`, newest first. */
export interface WebhookNotesView {
  readonly notes: readonly WebhookNote[];
  /** True: older ones exist. Acts outside Watchfloor are in no such list. */
  readonly isCut: boolean;
}
