import { object, withRaw } from "../object-reader";
import {
  flag,
  id,
  instant,
  isPlain,
  known,
  list,
  number,
  raw,
  type Reader,
  rows,
  text,
  reshaped,
  workspaceId,
} from "../readers";
import type { Reading } from "../reading";
import { connectorTypes } from "../vocabulary";

/**
 * A data connector. It tells whether it is connected and nothing about its health. `icon` may be an address: never
 * fetch it. `parametersHelper` may hold configuration: do not log it.
 */
export const datasource = object({
  dataConnectorId: id,
  name: text,
  icon: text,
  provider: text,
  description: text,
  connectorType: known(connectorTypes),
  connected: flag,
  modificationDateTime: instant,
  parametersHelper: list(object({ propertyName: text, propertyValue: raw })),
});
export type Datasource = ReturnType<typeof datasource>;

const group = object(
  { workspaceId, workspaceName: text, dataSources: rows(datasource) },
  {
    aliases: {
      workspaceId: ["accountId", "id"],
      workspaceName: ["accountName", "name"],
      dataSources: ["datasources", "connectors", "connectedDatasources", "items"],
    },
  },
);
export type DatasourceGroup = ReturnType<typeof group>;

/** Connectors by workspace: a list of groups, or a map from workspace id to connectors (both a guess). */
export const datasourceGroups: Reader<DatasourceGroup[]> = (value, reading) => {
  if (!isPlain(value)) return rows(group)(value, reading);
  const wrapped = value.workspaces ?? value.items;
  if (Array.isArray(wrapped)) return rows(group)(wrapped, reading);
  const groups = Object.entries(value).map(([key, connectors]) => ({
    workspaceId: key,
    ...(isPlain(connectors) ? connectors : { dataSources: connectors }),
  }));
  return rows(group)(groups, reading);
};

const anomaly = withRaw(
  reshaped(
    object(
      {
        workspaceId: text,
        workspaceName: text,
        connectorId: text,
        connectorName: text,
        tableName: text,
        lastReceived: instant,
        date: instant,
        expected: number,
        actual: number,
        score: number,
        message: text,
      },
      {
        aliases: {
          workspaceId: ["accountId"],
          workspaceName: ["accountName", "workspace"],
          connectorId: ["dataConnectorId", "datasourceId", "dataSourceId", "id"],
          connectorName: ["dataConnectorName", "dataSourceName", "datasourceName", "name", "title"],
          tableName: ["dataType", "table"],
          lastReceived: ["lastReceivedAt", "lastReceivedTime", "lastDataReceived"],
          date: ["detectedAt", "timestamp", "createdAt"],
          expected: ["baseline", "expectedCount"],
          actual: ["count", "actualCount", "observed"],
          message: ["description", "reason"],
        },
      },
    ),
    (found) => ({ ...found, workspaceId: found.workspaceId?.toLowerCase() ?? null }),
  ),
);
export type DatasourceAnomaly = ReturnType<typeof anomaly>;

interface Owner {
  readonly workspaceId?: unknown;
  readonly workspaceName?: unknown;
}

const deepest = 3;

/**
 * Finds the anomalies in an object whose form nobody has told us: any array of objects down to depth 3. An object
 * that itself holds such an array is a group and hands its workspace down to what is inside.
 */
function collect(value: unknown, depth: number, owner: Owner, found: Record<string, unknown>[]): void {
  if (depth > deepest) return;
  if (Array.isArray(value)) {
    for (const item of value) if (isPlain(item)) collectItem(item, depth, owner, found);
    return;
  }
  if (!isPlain(value)) return;
  const named = ownerOf(value, owner);
  for (const [key, inner] of Object.entries(value)) {
    const byId = /^[\da-f-]{36}$/i.test(key) ? { ...named, workspaceId: key } : named;
    if (typeof inner === "object") collect(inner, depth + 1, byId, found);
  }
}

function ownerOf(value: Record<string, unknown>, owner: Owner): Owner {
  return {
    workspaceId: value.workspaceId ?? value.accountId ?? owner.workspaceId,
    workspaceName: value.workspaceName ?? value.accountName ?? owner.workspaceName,
  };
}

const holdsObjects = (value: unknown): boolean => Array.isArray(value) && value.some(isPlain);

function collectItem(
  item: Record<string, unknown>,
  depth: number,
  owner: Owner,
  found: Record<string, unknown>[],
): void {
  const isGroup = Object.values(item).some(holdsObjects);
  if (isGroup && depth < deepest) collect(item, depth, owner, found);
  else if (!isEmptyGroup(item)) found.push({ ...owner, ...item });
}

const groupMembers = new Set(["workspaceid", "workspacename", "accountid", "accountname", "id", "name"]);

/** A workspace with an empty list and nothing else but its names and counts: it says that there is nothing. */
function isEmptyGroup(item: Record<string, unknown>): boolean {
  const others = Object.entries(item).filter(([key]) => !groupMembers.has(key.toLowerCase()));
  const isHollow = (value: unknown) =>
    value === null || typeof value === "number" || (Array.isArray(value) && value.length === 0);
  return others.some(([, value]) => Array.isArray(value)) && others.every(([, value]) => isHollow(value));
}

/** Silent or unusual connectors. `raw` is the whole object as it came, for the day the guess proves wrong. */
export const anomalies: Reader<{ anomalies: DatasourceAnomaly[]; raw: unknown }> = (
  value: unknown,
  reading: Reading,
) => {
  const found: Record<string, unknown>[] = [];
  collect(value, 0, {}, found);
  return { anomalies: rows(anomaly)(found, reading), raw: raw(value, reading) };
};
