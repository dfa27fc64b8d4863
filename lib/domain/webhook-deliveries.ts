import type { DeliveryLog } from "@/lib/contract";
import type { FailureCode } from "@/lib/errors";
import {
  deliveryOutcome,
  type DeliveryOutcome,
  isRedelivery,
  statusClass,
  type StatusClass,
} from "./delivery-outcome";

/** Which deliveries; a member that is null or empty filters nothing. */
export interface DeliveryFilter {
  /** Webhook ids; empty: all. */
  readonly webhookIds: readonly string[];
  /** ISO instants, both included, over `createdAt`. */
  readonly from: string | null;
  readonly to: string | null;
  readonly outcomes: readonly DeliveryOutcome[];
  readonly statusClasses: readonly StatusClass[];
  readonly eventTypes: readonly string[];
  /** Ids of accounts that events came from (workspaces, as far as is known). */
  readonly accountIds: readonly string[];
  /** Found anywhere in the subject's id or name, or equal to the event id. */
  readonly subject: string | null;
  /** Null: tests and others. */
  readonly isTest: boolean | null;
  /** Null: redeliveries and others. */
  readonly isRedelivery: boolean | null;
}

export const anyDelivery: DeliveryFilter = {
  webhookIds: [],
  from: null,
  to: null,
  outcomes: [],
  statusClasses: [],
  eventTypes: [],
  accountIds: [],
  subject: null,
  isTest: null,
  isRedelivery: null,
};

/** A log row without what is long or holds the customer's incident: that is read on the delivery's own page. */
export type DeliveryFacts = Omit<DeliveryLog, "eventPayload" | "responseSnippet" | "eventSubjectAttributes">;

export function deliveryFacts(row: DeliveryLog): DeliveryFacts {
  const { eventPayload: _payload, responseSnippet: _answer, eventSubjectAttributes: _more, ...facts } = row;
  return facts;
}

/** A delivery in a list. */
export type DeliveryRow = DeliveryFacts & {
  /** The webhook whose log it stands in; it is in the address of the delivery. */
  readonly webhookId: string;
};

/** `POST /api/<org>/webhooks/deliveries`. */
export interface DeliveriesRequest {
  readonly filter: DeliveryFilter;
  /** 1–100. */
  readonly pageSize: number;
  /** Null: from the newest. */
  readonly continuationToken: string | null;
}

export interface DeliveriesPage {
  /** Newest first over all webhooks, each delivery once. May be empty while there is more: the filter is ours. */
  readonly items: readonly DeliveryRow[];
  /** Null after the last page. */
  readonly continuationToken: string | null;
  readonly hasMore: boolean;
  /** ISO instant at which the first page was asked for; later deliveries are not in this list. */
  readonly asOf: string;
  /** Rows looked through for this page. */
  readonly examined: number;
  /** `createdAt` down to which everything has been looked through; null before the first row and after the last page. */
  readonly readTo: string | null;
  /** Webhooks whose log did not come for this page; their place is kept, and the next page asks again. */
  readonly failures: readonly {
    readonly webhookId: string;
    readonly code: FailureCode;
    readonly detail: string;
  }[];
  /** Rows of this page's reading that cannot be read, and stand in no list. */
  readonly unreadableRows: number;
}

const has = <T>(wanted: readonly T[], value: T) => wanted.length === 0 || wanted.includes(value);
const lower = (text: string | null) => (text ?? "").toLowerCase();

/** Does a row fit everything of the filter but the webhooks and the window, which upstream is asked for? */
export function fitsDeliveryFilter(filter: DeliveryFilter, row: DeliveryFacts): boolean {
  const subject = lower(filter.subject).trim();
  const accounts = filter.accountIds.map(lower);
  return (
    has(filter.outcomes, deliveryOutcome(row)) &&
    has(filter.statusClasses, statusClass(row.httpStatusCode)) &&
    has(filter.eventTypes, row.eventType ?? "") &&
    (accounts.length === 0 || accounts.includes(lower(row.eventSourceAccountId))) &&
    (subject === "" ||
      lower(row.eventSubjectDisplayName).includes(subject) ||
      lower(row.eventSubjectId).includes(subject) ||
      lower(row.eventId) === subject) &&
    (filter.isTest === null || (row.isTest === true) === filter.isTest) &&
    (filter.isRedelivery === null || isRedelivery(row) === filter.isRedelivery)
  );
}
