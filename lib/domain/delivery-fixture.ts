import type { DeliveryLog } from "@/lib/contract";

/** A made-up log row for tests: a first attempt that the receiver took; `over` changes what matters. */
export function deliveryRow(over: Partial<DeliveryLog> = {}): DeliveryLog {
  return {
    id: "log-1",
    eventId: "event-1",
    eventType: "incident.created.v1",
    status: "Succeeded",
    httpStatusCode: 200,
    errorMessage: null,
    eventSourceAccountId: "aaaaaaaa-0000-4000-8000-000000000001",
    eventSourceAccountName: "Contoso",
    eventSubjectId: "incident-1",
    eventSubjectDisplayName: "Impossible travel",
    eventSubjectAttributes: {},
    webhookConfigurationId: "hook-1",
    isTest: false,
    originalDeliveryId: null,
    attemptNumber: 1,
    latencyMs: 100,
    responseSnippet: null,
    eventPayload: null,
    eventOccurredAt: "2026-11-24T10:00:00Z",
    completedAt: "2026-11-24T10:00:01Z",
    redeliveryRequestedAt: null,
    createdAt: "2026-11-24T10:00:00.0000000+00:00",
    ...over,
  };
}

/** The same for an attempt that failed. */
export const failedRow = (over: Partial<DeliveryLog> = {}): DeliveryLog =>
  deliveryRow({ status: "Failed", httpStatusCode: 503, errorMessage: "The receiver answered 503.", ...over });

/** A `createdAt` so many seconds after ten o'clock, in upstream's own spelling. */
export const createdAfter = (seconds: number): string =>
  `${new Date(Date.UTC(2026, 10, 24, 10) + seconds * 1000).toISOString().slice(0, 23)}0000+00:00`;
