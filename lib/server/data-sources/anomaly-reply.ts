import "server-only";
import { isPlain } from "@/lib/contract/readers";
import type { DatasourceAnomaly } from "@/lib/contract/shapes/datasource";
import { parseInstant } from "@/lib/contract/instant";
import { isGuid } from "@/lib/domain/guid";
import { type AnomalyKey, anomalyKey, rawText, storable } from "./anomaly-key";

/** An anomaly as one reply tells it, in the form of its table. */
export interface Sighting extends AnomalyKey {
  /** Lower case; empty where the row names no workspace. */
  readonly workspaceId: string;
  readonly workspaceName: string | null;
  readonly connectorId: string | null;
  readonly connectorName: string | null;
  readonly tableName: string | null;
  readonly message: string | null;
  readonly lastReceivedAt: string | null;
  readonly reportedAt: string | null;
  readonly expected: number | null;
  readonly actual: number | null;
  readonly score: number | null;
  readonly raw: string;
}

/** What a reply of `datasources.anomalies` says. */
export interface AnomalyReply {
  readonly sightings: readonly Sighting[];
  /** Workspaces that it names, with or without an anomaly, by lower-case id. */
  readonly named: ReadonlyMap<string, string | null>;
  /** What no row could be made of, as text; null when there is nothing of the kind. */
  readonly remainder: string | null;
}

const deepest = 3;
const longestName = 300;
const longestMessage = 2_000;

/** Reads what was parsed, and the reply as it came (`raw`) for the workspaces it names without an anomaly. */
export function readAnomalyReply(found: {
  readonly anomalies: readonly DatasourceAnomaly[];
  readonly raw: unknown;
}): AnomalyReply {
  const named = new Map<string, string | null>();
  nameWorkspaces(found.raw, 0, named);
  const keys = new Map<string, number>();
  const sightings = found.anomalies.map((row) => {
    const sighting = sightingOf(row);
    const { workspaceId, workspaceName } = sighting;
    if (workspaceId !== "") named.set(workspaceId, workspaceName ?? named.get(workspaceId) ?? null);
    return numbered(sighting, keys);
  });
  const remainder = remainderOf(found.raw, found.anomalies.length);
  return { sightings, named, remainder: remainder === undefined ? null : rawText(remainder) };
}

function sightingOf(row: DatasourceAnomaly): Sighting {
  const text = (value: string | null, longest: number) => (value === null ? null : storable(value, longest));
  return {
    ...anomalyKey(row),
    workspaceId: storable(row.workspaceId ?? "", longestName),
    workspaceName: text(row.workspaceName, longestName),
    connectorId: text(row.connectorId, longestName),
    connectorName: text(row.connectorName, longestName),
    tableName: text(row.tableName, longestName),
    message: text(row.message, longestMessage),
    lastReceivedAt: row.lastReceived,
    reportedAt: row.date,
    expected: row.expected,
    actual: row.actual,
    score: row.score,
    raw: rawText(row.raw),
  };
}

/** Two rows of one reply about the same thing stay two: the second and further ones are numbered. */
function numbered(sighting: Sighting, keys: Map<string, number>): Sighting {
  const key = JSON.stringify([sighting.workspaceId, sighting.connectorKey, sighting.detailKey]);
  const before = keys.get(key) ?? 0;
  keys.set(key, before + 1);
  return before === 0 ? sighting : { ...sighting, detailKey: `${sighting.detailKey} #${before + 1}` };
}

/** Every workspace that is named down to depth 3, as a member `workspaceId` or as the key of a map. */
function nameWorkspaces(value: unknown, depth: number, named: Map<string, string | null>): void {
  if (depth > deepest || typeof value !== "object" || value === null) return;
  if (isPlain(value)) {
    const id = value.workspaceId ?? value.accountId;
    const name = value.workspaceName ?? value.accountName;
    if (typeof id === "string" && isGuid(id)) enter(named, id, name);
    for (const [key, inner] of Object.entries(value))
      if (isGuid(key) && typeof inner === "object" && inner !== null) enter(named, key, null);
  }
  for (const inner of Object.values(value)) nameWorkspaces(inner, depth + 1, named);
}

function enter(named: Map<string, string | null>, id: string, name: unknown): void {
  const held = named.get(id.toLowerCase()) ?? null;
  const told = typeof name === "string" && name !== "" ? storable(name, longestName) : null;
  named.set(id.toLowerCase(), told ?? held);
}

const namesSomebody = new Set(["workspacename", "accountname", "name"]);

/** Whether there is anything to read in it: a text other than a date, an id or a name. */
function isHollow(value: unknown): boolean {
  if (typeof value === "string") return value === "" || isGuid(value) || parseInstant(value) !== null;
  if (Array.isArray(value)) return value.every(isHollow);
  if (!isPlain(value)) return true;
  return Object.entries(value).every(
    ([key, inner]) => isHollow(inner) || (typeof inner === "string" && namesSomebody.has(key.toLowerCase())),
  );
}

/** What no row was made of: all of the reply when no row was, else what stands in its lists and is no object. */
function remainderOf(raw: unknown, rows: number): unknown {
  if (rows === 0) return isHollow(raw) ? undefined : raw;
  const odd: unknown[] = [];
  collectOdd(raw, 0, odd);
  return odd.length === 0 ? undefined : odd;
}

function collectOdd(value: unknown, depth: number, odd: unknown[]): void {
  if (depth >= deepest || typeof value !== "object" || value === null) return;
  const isListOfObjects = Array.isArray(value) && value.some(isPlain);
  for (const inner of Object.values(value)) {
    if (isListOfObjects && !isPlain(inner) && !isHollow(inner)) odd.push(inner);
    else collectOdd(inner, depth + 1, odd);
  }
}
