import type { Analyst } from "../data/people";
import { sourceDisplayNames } from "../data/templates/catalogue";
import { between, chance, guid, hashText, mix } from "../random/hash";
import type { Instant } from "../time/clock";
import { dateTime } from "../time/instant";
import type { Stream, Stub } from "../world/model";
import { entitiesOf } from "./entities";
import { displayIdOf, idOf, numberOf } from "./identity";
import { stateAt, verdictOf } from "./lifecycle";
import { descriptionOf, incidentHash, severityOf, templateOf, titleOf } from "./profile";

/** What a row depends on beside the incident itself. */
export interface Telling {
  readonly now: Instant;
  readonly analysts: readonly Analyst[];
  readonly pace: number;
}

const typeNames: Partial<Record<string, string>> = {
  Sentinel: "Microsoft.SecurityInsights/Incidents",
  DefenderXDR: "microsoft.graph.security.incident",
};

function ruleIdsOf(stream: Stream, stub: Stub): readonly string[] {
  const rule = hashText(templateOf(stream, stub).title, stream.workspace.hash);
  if (stream.source !== "Sentinel") return chance(rule, 1, 0.4) ? [guid(rule, 2)] : [];
  const base = `/subscriptions/${guid(stream.workspace.hash, 31)}/resourceGroups/rg-soc/providers/Microsoft.OperationalInsights/workspaces/law-${stream.workspace.index}`;
  return [`${base}/providers/Microsoft.SecurityInsights/alertRules/${guid(rule, 3)}`];
}

/** Number of alerts behind an incident; big ones are rare. */
export function alertsCountOf(stream: Stream, stub: Stub): number {
  const hash = incidentHash(stream, stub);
  return chance(hash, 111, 0.72)
    ? 1
    : chance(hash, 112, 0.9)
      ? between(hash, 113, 2, 9)
      : between(hash, 114, 10, 140);
}

/** One incident as `POST incidents/across-workspaces` sends it. */
export function incidentRow(stream: Stream, stub: Stub, telling: Telling): Record<string, unknown> {
  const hash = incidentHash(stream, stub);
  const state = stateAt(stream, stub, telling.analysts, telling.pace, telling.now);
  const verdict = state.status === "Closed" ? verdictOf(stream, stub) : null;
  const id = idOf(stream, stub);
  const detection = templateOf(stream, stub);
  // One spelling of times per stream, as one connector writes them; seven digits, three or none.
  const form = mix(stream.hash, 5);
  return {
    id,
    name: stream.source === "Sentinel" ? id : null,
    displayId: displayIdOf(stream, stub),
    title: titleOf(stream, stub),
    description: descriptionOf(stream, stub),
    number: numberOf(stream, stub),
    type: typeNames[stream.source] ?? null,
    source: stream.source,
    sourceDisplayName: sourceDisplayNames[stream.source],
    lastModificationTime: dateTime(state.modifiedAt, form),
    creationTime: dateTime(stub.at, form),
    lastActivityTime: chance(hash, 115, 0.1)
      ? null
      : dateTime(Math.max(stub.at, state.modifiedAt - 1_500), form),
    severity: severityOf(stream, stub),
    classification: verdict?.classification ?? null,
    comment: verdict?.comment ?? null,
    classificationReason: verdict?.reason ?? null,
    classificationComment: verdict?.comment ?? null,
    tactics: detection.tactics.length === 0 && chance(hash, 116, 0.5) ? null : detection.tactics,
    ruleIds: ruleIdsOf(stream, stub),
    alertProductNames: [detection.product],
    user: state.user ?? { id: null, displayName: null, email: null },
    // The vendor's own sample says true with nobody assigned; some rows here do the same.
    isAssigned: state.user !== null || chance(hash, 117, 0.15),
    productId: stream.source === "Sentinel" ? `law-${stream.workspace.index}` : null,
    status: state.status,
    alertsCount: chance(hash, 118, 0.03) ? null : alertsCountOf(stream, stub),
    entities: entitiesOf(stream, stub),
    workspaceId: stream.workspace.id,
    workspaceName: chance(hash, 119, 0.02) ? null : stream.workspace.name,
  };
}
