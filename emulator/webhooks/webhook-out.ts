import { dateTime } from "../time/instant";
import type { Organisation } from "../world/organisation";
import type { Delivery, Webhook } from "./webhook";

const orNull = (at: number | null) => (at === null ? null : dateTime(at, 0));

/** @param alternate the state as two booleans in place of one word */
export function webhookOut(
  webhook: Webhook,
  organisation: Organisation,
  alternate: boolean,
): Record<string, unknown> {
  return {
    id: webhook.id,
    accountId: organisation.id,
    name: webhook.name,
    description: webhook.description,
    url: webhook.url,
    eventTypes: webhook.eventTypes,
    authenticationType: webhook.credentials.authenticationType,
    hasSigningToken: webhook.credentials.signingToken !== null,
    ...(alternate
      ? { isActive: webhook.status === "Active", isPaused: webhook.status === "Paused" }
      : { status: webhook.status }),
    consecutiveFailures: webhook.consecutiveFailures,
    disabledAt: orNull(webhook.disabledAt),
    disabledReason: webhook.disabledReason,
    createdAt: dateTime(webhook.createdAt, 0),
    lastModifiedAt: dateTime(webhook.lastModifiedAt, 0),
  };
}

/** The partition key of a log row: seven digits and an offset, to travel back unchanged. */
export function partitionKeyOf(row: Delivery): string {
  return dateTime(row.createdAt, 0);
}

export function deliveryOut(row: Delivery, webhook: Webhook): Record<string, unknown> {
  const { event } = row;
  return {
    id: row.id,
    eventId: event.id,
    eventType: event.type,
    status: row.status,
    httpStatusCode: row.httpStatusCode,
    errorMessage: row.errorMessage,
    eventSourceAccountId: event.accountId,
    eventSourceAccountName: event.accountName,
    eventSubjectId: event.subjectId,
    eventSubjectDisplayName: event.subjectName,
    eventSubjectAttributes: event.attributes,
    webhookConfigurationId: webhook.id,
    isTest: row.isTest,
    originalDeliveryId: row.originalDeliveryId,
    attemptNumber: row.attemptNumber,
    latencyMs: row.latencyMs,
    responseSnippet: row.responseSnippet,
    eventPayload: row.payload,
    eventOccurredAt: dateTime(event.occurredAt, 0),
    completedAt: orNull(row.completedAt),
    redeliveryRequestedAt: orNull(row.redeliveryRequestedAt),
    createdAt: partitionKeyOf(row),
  };
}
