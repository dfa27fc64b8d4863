import { guid, hashText } from "../random/hash";
import type { Instant } from "../time/clock";
import type { Organisation } from "../world/organisation";
import { eventTime } from "./events";
import type { Webhook, WebhookEvent } from "./webhook";

/** What a test delivery carries: the first event type that the webhook subscribes to, with made-up data (a guess). */
export function testEvent(webhook: Webhook, organisation: Organisation, now: Instant): WebhookEvent {
  const type = webhook.eventTypes[0] ?? "incident.created.v1";
  const subject = { incidentId: "INC-12345", title: "Test event: Suspicious sign-in activity" };
  const at = eventTime(now);
  return {
    id: guid(hashText(`test ${webhook.id} ${now}`), 1),
    type,
    occurredAt: now,
    accountId: organisation.id,
    accountName: organisation.name,
    subjectId: subject.incidentId,
    subjectName: subject.title,
    attributes: {},
    data: {
      accountId: organisation.id,
      accountName: organisation.name,
      ...subject,
      incidentNumber: 12_345,
      description: null,
      severity: "High",
      source: "sentinel",
      sourceDisplayName: "Microsoft Sentinel",
      owner: { displayName: "Alex Analyst", email: "alex@example.com" },
      createdAt: at,
      lastActivityAt: at,
      occurredAt: at,
      alertProductNames: ["Microsoft Sentinel"],
      alerts: [
        {
          title: "Impossible travel",
          severity: "High",
          productName: "Microsoft Sentinel",
          vendorName: "Microsoft",
        },
      ],
      entities: [{ type: "IP", displayName: "203.0.113.42" }],
    },
  };
}
