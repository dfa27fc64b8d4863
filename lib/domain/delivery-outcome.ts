import type { DeliveryLog } from "@/lib/contract";
import { parseInstant } from "./time";

/**
 * What became of one delivery attempt. `unknown`: the row says two things at once, or nothing that decides; it is counted
 * neither as delivered nor as failed.
 */
export const deliveryOutcomes = ["delivered", "failed", "pending", "unknown"] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

/** Classes of the receiver's answer; `none`: there was no answer. */
export const statusClasses = ["2xx", "3xx", "4xx", "5xx", "none"] as const;
export type StatusClass = (typeof statusClasses)[number];

/** The members of a log row that decide; a row without payload will do. */
export type DecidingRow = Pick<DeliveryLog, "status" | "httpStatusCode" | "completedAt" | "errorMessage">;

const successWords: ReadonlySet<string> = new Set(["succeeded", "success", "delivered", "completed"]);

/**
 * The outcome by the receiver's status and by whether the attempt has ended. The vendor's status word is an open set of which one member is
 * documented, so it is asked only where an ended attempt has neither status nor error.
 */
export function deliveryOutcome(row: DecidingRow): DeliveryOutcome {
  const code = row.httpStatusCode;
  if (code !== null) return code >= 200 && code < 300 ? "delivered" : "failed";
  if (row.errorMessage !== null && row.errorMessage !== "") return "failed";
  if (row.completedAt === null) return "pending";
  return successWords.has((row.status ?? "").toLowerCase()) ? "unknown" : "failed";
}

export function statusClass(httpStatusCode: number | null): StatusClass {
  if (httpStatusCode === null || httpStatusCode < 200) return "none";
  if (httpStatusCode < 300) return "2xx";
  if (httpStatusCode < 400) return "3xx";
  return httpStatusCode < 500 ? "4xx" : "5xx";
}

/** True for a row that a person asked for: it says nothing about how the webhook fares by itself. */
export function isRedelivery(row: Pick<DeliveryLog, "originalDeliveryId">): boolean {
  return row.originalDeliveryId !== null && row.originalDeliveryId !== "";
}

/** Milliseconds since 1970 of a row's `createdAt`, which is kept as upstream wrote it; null when it cannot be read. */
export function createdMs(row: Pick<DeliveryLog, "createdAt">): number | null {
  return parseInstant(row.createdAt);
}

/** Milliseconds from the event to the end of the attempt; null while that is not known or makes no sense. */
export function deliveryLagMs(row: Pick<DeliveryLog, "eventOccurredAt" | "completedAt">): number | null {
  const from = parseInstant(row.eventOccurredAt);
  const to = parseInstant(row.completedAt);
  return from === null || to === null || to < from ? null : to - from;
}

/** Newest first; rows of the same instant by id, rows without a readable time last. */
export function newerFirst(
  a: Pick<DeliveryLog, "createdAt" | "id">,
  b: Pick<DeliveryLog, "createdAt" | "id">,
): number {
  const [left, right] = [createdMs(a), createdMs(b)];
  if (left !== right) return (right ?? Number.NEGATIVE_INFINITY) - (left ?? Number.NEGATIVE_INFINITY);
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
