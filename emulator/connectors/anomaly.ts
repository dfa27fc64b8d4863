import { between, chance, mix } from "../random/hash";
import type { Instant } from "../time/clock";
import { dateTime, dayMs, hourMs } from "../time/instant";
import type { Workspace } from "../world/model";
import { type Connector, connectorsOf, silentSince } from "./connector";

/** A silence shorter than this is nothing unusual. */
const patienceMs = 2 * hourMs;

function silence(connector: Connector, since: Instant, now: Instant): Record<string, unknown> {
  const hours = Math.round((now - since) / hourMs);
  return {
    tableName: connector.kind.table,
    lastReceived: dateTime(since, 1),
    date: dateTime(since + patienceMs, 1),
    expected: between(connector.hash, 21, 2_000, 900_000),
    actual: 0,
    score: Math.min(1, 0.6 + hours / 100),
    message: `No ${connector.kind.table} rows for ${hours} h.`,
  };
}

/** Today's volume far from the usual, for a few connectors that are not silent. */
function volume(connector: Connector, silentShare: number, now: Instant): Record<string, unknown> | null {
  const day = Math.floor(now / dayMs);
  const hash = mix(connector.hash, day);
  if (!connector.connected || !chance(hash, 22, silentShare / 2)) return null;
  const expected = between(connector.hash, 21, 2_000, 900_000);
  const actual = Math.round(expected * (chance(hash, 23, 0.5) ? 0.04 : 6.3));
  return {
    tableName: connector.kind.table,
    lastReceived: dateTime(now - between(hash, 24, 1, 240) * 1_000, 1),
    date: dateTime(day * dayMs, 3),
    expected,
    actual,
    score: 0.71,
    message: null,
  };
}

export interface WorkspaceAnomalies {
  readonly workspace: Workspace;
  readonly items: readonly Record<string, unknown>[];
}

/** What is unusual about a customer's connectors now. */
export function anomaliesOf(workspace: Workspace, silentShare: number, now: Instant): WorkspaceAnomalies {
  const items: Record<string, unknown>[] = [];
  for (const connector of connectorsOf(workspace)) {
    const since = silentSince(connector, silentShare, now);
    const found =
      since !== null && now - since >= patienceMs
        ? silence(connector, since, now)
        : volume(connector, silentShare, now);
    if (found !== null)
      items.push({ connectorId: connector.id, connectorName: connector.kind.name, ...found });
  }
  return { workspace, items };
}
