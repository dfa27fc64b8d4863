import { between, chance, guid, mix, pick } from "../random/hash";
import { dateTime, minuteMs } from "../time/instant";
import type { Stream, Stub } from "../world/model";
import { entitiesOf } from "./entities";
import { incidentHash, severityOf, templateOf, titleOf } from "./profile";
import { alertsCountOf } from "./row";

const vendors: Partial<Record<string, string>> = {
  CrowdStrike: "CrowdStrike",
  SentinelOne: "SentinelOne",
  QRadar: "IBM",
  Splunk: "Splunk",
};

/** The alerts behind an incident, newest first; never more than fifty, whatever the count says. */
export function alertsOf(stream: Stream, stub: Stub): readonly Record<string, unknown>[] {
  const hash = incidentHash(stream, stub);
  const detection = templateOf(stream, stub);
  const entities = entitiesOf(stream, stub);
  const count = Math.min(50, alertsCountOf(stream, stub));
  return Array.from({ length: count }, (_, index) => {
    const own = mix(hash, 500 + index);
    const at = stub.at - between(own, 1, 0, 25) * minuteMs;
    return {
      id: guid(own, 2),
      title: index === 0 ? titleOf(stream, stub) : detection.title.replace(/\{\w+\}/g, "…"),
      description: chance(own, 3, 0.4) ? null : `Detected by ${detection.product}`,
      severity: index === 0 ? severityOf(stream, stub) : pick(own, 4, detection.severities),
      status: pick(own, 5, ["New", "InProgress", "Resolved"]),
      productName: detection.product,
      vendorName: vendors[stream.source] ?? "Microsoft",
      creationTime: dateTime(at, own),
      lastModificationTime: dateTime(at + minuteMs, own),
      tactics: detection.tactics,
      entities: entities.slice(0, between(own, 6, 0, entities.length)),
    };
  });
}
