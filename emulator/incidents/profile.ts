import {
  cloudApplications,
  countries,
  fileNames,
  hostName,
  lureUrls,
  malwareNames,
  privateAddress,
  publicAddress,
} from "../data/network";
import { employeeOf } from "../data/people";
import { templatesFor } from "../data/templates/catalogue";
import type { IncidentTemplate, SeverityName } from "../data/templates/template";
import { between, mix, pick, weighted } from "../random/hash";
import type { Stream, Stub } from "../world/model";

const severityNames: readonly SeverityName[] = ["High", "Medium", "Low", "Informational"];
/** A provider's usual mix, in percent. */
const severityWeights = [8, 27, 45, 20];

/** Hash of one incident; every property of it hangs on this. */
export function incidentHash(stream: Stream, stub: Stub): number {
  return mix(stream.hash, stub.seq);
}

/** Hash that decides which detection fired: shared within a burst. */
function detectionHash(stream: Stream, stub: Stub): number {
  return stub.burst === 0 ? incidentHash(stream, stub) : mix(stream.hash, stub.burst);
}

export function severityOf(stream: Stream, stub: Stub): SeverityName {
  const changed = stream.changes.get(stub.seq)?.severity;
  return changed ?? ownSeverity(stream, stub);
}

function ownSeverity(stream: Stream, stub: Stub): SeverityName {
  return severityNames[weighted(detectionHash(stream, stub), 41, severityWeights)] ?? "Low";
}

export function templateOf(stream: Stream, stub: Stub): IncidentTemplate {
  return pick(detectionHash(stream, stub), 42, templatesFor(stream.source, ownSeverity(stream, stub)));
}

/** The things a detection names; title, entities, alerts, evidence and logs of one incident agree on them. */
export interface Cast {
  readonly user: string;
  readonly userName: string;
  readonly upn: string;
  readonly host: string;
  readonly otherHost: string;
  readonly ip: string;
  readonly officeIp: string;
  readonly country: string;
  readonly app: string;
  readonly file: string;
  readonly malware: string;
  readonly mailbox: string;
  readonly url: string;
  readonly count: number;
}

let lastCast: { stream: Stream; stub: Stub; cast: Cast } | null = null;

/** Title, description and entities of one row ask for the same cast one after the other, so the last one is kept. */
export function castOf(stream: Stream, stub: Stub): Cast {
  if (lastCast?.stub !== stub || lastCast.stream !== stream)
    lastCast = { stream, stub, cast: makeCast(stream, stub) };
  return lastCast.cast;
}

/** In a burst the attacker's side (address, country, file, lure) is common, the victims differ. */
function makeCast(stream: Stream, stub: Stub): Cast {
  const own = incidentHash(stream, stub);
  const shared = detectionHash(stream, stub);
  const employee = employeeOf(own, 51);
  const upn = `${employee.alias}@${stream.workspace.domain}`;
  return {
    user: employee.displayName,
    userName: employee.alias,
    upn,
    host: hostName(own, 53),
    otherHost: hostName(mix(own, 54), 55),
    ip: publicAddress(shared, 56),
    officeIp: privateAddress(own, 59),
    country: pick(shared, 63, countries),
    app: pick(shared, 64, cloudApplications),
    file: pick(shared, 65, fileNames),
    malware: pick(shared, 66, malwareNames),
    mailbox: `${employeeOf(own, 67).alias}@${stream.workspace.domain}`,
    url: pick(shared, 68, lureUrls).replace("{user}", encodeURIComponent(upn)),
    count: between(own, 69, 4, 180),
  };
}

function fill(text: string, cast: Cast): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = (cast as unknown as Record<string, string | number>)[name];
    return value === undefined ? whole : String(value);
  });
}

export function titleOf(stream: Stream, stub: Stub): string {
  const changed = stream.changes.get(stub.seq)?.title;
  if (changed !== undefined) return changed;
  const { title } = templateOf(stream, stub);
  return title.includes("{") ? fill(title, castOf(stream, stub)) : title;
}

const boilerplate =
  "This alert was raised by a detection rule of the provider's content library. Follow the standard operating procedure, record each step on the ticket, and tell the customer's duty contact before any containment. ";

/** Text, `null` where the detection says nothing; some have line breaks of both kinds, some are very long. */
export function descriptionOf(stream: Stream, stub: Stub): string | null {
  const changed = stream.changes.get(stub.seq)?.description;
  if (changed !== undefined) return changed;
  const about = fill(templateOf(stream, stub).about, castOf(stream, stub));
  if (about === "") return null;
  const form = between(incidentHash(stream, stub), 71, 0, 11);
  if (form === 0)
    return `${about}\r\n\r\nSteps:\r\n1. Verify with the user\r\n2. Check the last 24 h\n3. Close or escalate`;
  if (form === 1) return `${about}\n\n${boilerplate.repeat(9)}`;
  if (form === 2) return `${about} Customer: ${stream.workspace.name}.`;
  return about;
}
