import { type Call, type HandlersOf, ok } from "../api/handler";
import { invalid, notFound } from "../http/problem";
import { alertsOf } from "../incidents/alerts";
import { commentsOf } from "../incidents/comments";
import { type EntityOut, entitiesOf } from "../incidents/entities";
import { evidenceOf } from "../incidents/evidence";
import { type IncidentFilter, Matcher, windowOf } from "../incidents/filter";
import { idOf } from "../incidents/identity";
import { type Found, requireIncident } from "../incidents/lookup";
import { pageOf } from "../incidents/page";
import { titleOf } from "../incidents/profile";
import { incidentRow } from "../incidents/row";
import { gamebookOut } from "../gamebooks/gamebook-out";
import { rulesFor } from "../gamebooks/rules";
import { findStream } from "../world/organisation";
import { walk } from "./incident-walk";

type OneIncident = Call<
  "incidents.get" | "incidents.evidence" | "incidents.lastGamebook" | "incidents.comments"
>;

function incidentOf(call: Pick<OneIncident, "workspace" | "params">): Found {
  return requireIncident(call.workspace, call.params.source, call.params.incidentId);
}

/** The detail: everything about one incident; without details the last three members are null (a guess). */
function detail(call: Call<"incidents.get">): Record<string, unknown> {
  const { stream, stub } = incidentOf(call);
  const withDetails = call.query.withDetails === true;
  const rules = rulesFor(titleOf(stream, stub), call.workspace);
  return {
    source: stream.source,
    incident: incidentRow(stream, stub, call.realm.telling(call.now)),
    investigationDetails: withDetails
      ? { entities: entitiesOf(stream, stub), alerts: alertsOf(stream, stub) }
      : null,
    evidence: withDetails ? evidenceOf(stream, stub) : null,
    gamebookCatalog: withDetails
      ? { recommended: rules.filter((rule) => rule.isRecommended), available: rules }
      : null,
  };
}

/** The values by which an entity can be found. */
function namesOf(entity: EntityOut): string[] {
  return [
    "displayName",
    "friendlyName",
    "userUpn",
    "aadUserId",
    "hostName",
    "deviceId",
    "address",
    "url",
    "hash",
    "mailbox",
    "fileName",
  ]
    .map((member) => entity[member])
    .filter((value): value is string => typeof value === "string")
    .map((value) => value.toLowerCase());
}

/** A wrong filter gives no matches and no error, as the vendor says. */
function related(call: Call<"incidents.byEntity">): Record<string, unknown>[] {
  const { query, workspace, now } = call;
  const stream = findStream(workspace, call.params.source);
  const filter: IncidentFilter = {
    timeFilterSelection: {
      type: query.TimeFilteringType ?? "TwentyFourHours",
      customStartUtc: query.StartDate,
      customEndUtc: query.EndDate,
    },
  };
  const window = windowOf(filter.timeFilterSelection, now);
  if ("errors" in window) throw invalid(window.errors);
  const wanted = query.EntityFilter?.toLowerCase();
  if (stream === null || wanted === undefined) return [];
  const kind = query.EntityKind?.toLowerCase();
  const telling = call.realm.telling(now);
  const { stubs } = pageOf(stream, new Matcher(filter, window, telling), null, 100_000);
  return stubs
    .filter((stub) => idOf(stream, stub) !== query.IncidentId)
    .filter((stub) =>
      entitiesOf(stream, stub).some(
        (entity) =>
          (kind === undefined || entity.kind.toLowerCase() === kind) && namesOf(entity).includes(wanted),
      ),
    )
    .slice(0, 50)
    .map((stub) => {
      const row = incidentRow(stream, stub, telling);
      const { creationTime, number, title, description, severity, status, id, source, workspaceId } = row;
      const { classification, classificationComment } = row;
      return {
        creationTime,
        number,
        title,
        description,
        severity,
        status,
        id,
        source,
        workspaceId,
        classification,
        classificationComment,
      };
    });
}

export const incidentHandlers: HandlersOf<"incidents"> = {
  "incidents.get": (call) => ok(detail(call)),
  "incidents.evidence": (call) => {
    const { stream, stub } = incidentOf(call);
    return ok(evidenceOf(stream, stub));
  },
  "incidents.comments": (call) => {
    const { stream, stub } = incidentOf(call);
    const agent = call.realm.organisation.staff.find((person) => person.isAgent) ?? null;
    return ok(commentsOf(stream, stub, call.realm.telling(call.now), agent));
  },
  "incidents.lastGamebook": (call) => {
    const { stream, stub } = incidentOf(call);
    const [last] = call.realm.gamebooks.ofIncident(stream, stub, call.now);
    if (last === undefined) throw notFound("Gamebook for incident", call.params.incidentId);
    return ok(gamebookOut(last, call.now, "full"));
  },
  "incidents.byEntity": (call) => {
    const incidents = related(call);
    return ok(call.alternate ? incidents : { incidents });
  },
  "incidents.acrossWorkspaces": walk,
};
