import type { IncidentSource } from "@/lib/contract/vocabulary";
import { defenderTemplates } from "./defender";
import { sentinelTemplates } from "./sentinel";
import type { IncidentTemplate, SeverityName } from "./template";
import { crowdStrikeTemplates, qradarTemplates, sentinelOneTemplates, splunkTemplates } from "./third-party";

export const templatesOf: Readonly<Record<IncidentSource, readonly IncidentTemplate[]>> = {
  Sentinel: sentinelTemplates,
  DefenderXDR: defenderTemplates,
  CrowdStrike: crowdStrikeTemplates,
  SentinelOne: sentinelOneTemplates,
  QRadar: qradarTemplates,
  Splunk: splunkTemplates,
};

export const sourceDisplayNames: Readonly<Record<IncidentSource, string>> = {
  Sentinel: "Microsoft Sentinel",
  DefenderXDR: "Microsoft Defender XDR",
  CrowdStrike: "CrowdStrike Falcon",
  SentinelOne: "SentinelOne",
  QRadar: "IBM QRadar",
  Splunk: "Splunk ES",
};

const bySeverity = new Map<string, readonly IncidentTemplate[]>();

/** The detections of a source that come with this severity; every source has at least one for each. */
export function templatesFor(source: IncidentSource, severity: SeverityName): readonly IncidentTemplate[] {
  const key = `${source} ${severity}`;
  const known = bySeverity.get(key);
  if (known !== undefined) return known;
  const found = templatesOf[source].filter((candidate) => candidate.severities.includes(severity));
  bySeverity.set(key, found);
  return found;
}
