import { sourceDisplayNames } from "../data/templates/catalogue";
import { alertsOf } from "../incidents/alerts";
import { entitiesOf } from "../incidents/entities";
import { idOf, numberOf } from "../incidents/identity";
import { stateAt, verdictOf } from "../incidents/lifecycle";
import { descriptionOf, incidentHash, severityOf, templateOf, titleOf } from "../incidents/profile";
import type { Telling } from "../incidents/row";
import { between, chance, guid, hashText } from "../random/hash";
import type { Instant } from "../time/clock";
import type { Stream, Stub } from "../world/model";
import type { WebhookEvent } from "./webhook";

/** Date-times as the webhook samples write them: whole seconds and `Z`. */
export function eventTime(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function identity(stream: Stream, stub: Stub): Record<string, unknown> {
  return {
    accountId: stream.workspace.id,
    accountName: stream.workspace.name,
    incidentId: idOf(stream, stub),
    // Declared as never null, so that sources without a number get their running one.
    incidentNumber: numberOf(stream, stub) ?? stream.numberBase + stub.seq,
    title: titleOf(stream, stub),
    severity: severityOf(stream, stub),
    // Lower case, unlike the REST API.
    source: stream.source.toLowerCase(),
  };
}

function event(
  type: string,
  stream: Stream,
  stub: Stub,
  occurredAt: Instant,
  data: Record<string, unknown>,
): WebhookEvent {
  const id = idOf(stream, stub);
  return {
    id: guid(hashText(`${type} ${stream.workspace.id} ${stream.source} ${id}`), 1),
    type,
    occurredAt,
    accountId: stream.workspace.id,
    accountName: stream.workspace.name,
    subjectId: id,
    subjectName: titleOf(stream, stub),
    attributes: { severity: severityOf(stream, stub), source: stream.source.toLowerCase() },
    data,
  };
}

/** `incident.created.v1`, with the members that the vendor's samples read. */
export function incidentCreated(stream: Stream, stub: Stub, telling: Telling): WebhookEvent {
  const { user } = stateAt(stream, stub, telling.analysts, telling.pace, telling.now);
  return event("incident.created.v1", stream, stub, stub.at, {
    ...identity(stream, stub),
    description: descriptionOf(stream, stub),
    sourceDisplayName: sourceDisplayNames[stream.source],
    owner: user === null ? null : { displayName: user.displayName, email: user.email },
    createdAt: eventTime(stub.at),
    lastActivityAt: eventTime(stub.at),
    occurredAt: eventTime(stub.at),
    alertProductNames: [templateOf(stream, stub).product],
    alerts: alertsOf(stream, stub).map(({ title, severity, productName, vendorName }) => ({
      title,
      severity,
      productName,
      vendorName,
    })),
    entities: entitiesOf(stream, stub).map(({ type, displayName, friendlyName }) => ({
      type,
      displayName: displayName ?? friendlyName,
    })),
  });
}

/** `agent.investigation.completed.v1`. Its payload is a guess as a whole. */
export function investigationCompleted(stream: Stream, stub: Stub, completedAt: Instant): WebhookEvent {
  const verdict = verdictOf(stream, stub);
  return event("agent.investigation.completed.v1", stream, stub, completedAt, {
    ...identity(stream, stub),
    classification: verdict.classification,
    classificationReason: verdict.reason,
    maliciousScore: between(incidentHash(stream, stub), 161, 0, 100),
    summary: verdict.comment,
    completedAt: eventTime(completedAt),
  });
}

/** Whether the agent looks at an incident, and how long it takes. `null` when it does not. */
export function investigationMs(stream: Stream, stub: Stub): number | null {
  const hash = incidentHash(stream, stub);
  const severity = severityOf(stream, stub);
  const isTaken = (severity === "High" || severity === "Medium") && chance(hash, 162, 0.5);
  return isTaken ? between(hash, 163, 90, 600) * 1_000 : null;
}
