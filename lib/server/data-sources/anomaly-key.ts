import "server-only";
import { createHash } from "node:crypto";
import type { DatasourceAnomaly } from "@/lib/contract/shapes/datasource";
import { parseInstant } from "@/lib/contract/instant";

/** What an anomaly is recognised by from one reading to the next. */
export interface AnomalyKey {
  readonly connectorKey: string;
  readonly detailKey: string;
}

const longestKey = 200;
const longestRaw = 8_000;

/** Text that every engine stores: no NUL, no half of a surrogate pair; cut to a bound. */
export function storable(text: string, longest: number): string {
  return text.replaceAll("\0", "").slice(0, longest).toWellFormed();
}

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 24);

/**
 * What of a value stays the same while the anomaly goes on: its texts without digits and dates, by member. Counts, scores
 * and "silent for 14 h" move with each reading and would make a new anomaly of it every time.
 */
function lasting(value: unknown): unknown {
  if (typeof value === "string") return parseInstant(value) === null ? value.replace(/\d+/g, "#") : null;
  if (Array.isArray(value)) return value.map(lasting);
  if (typeof value !== "object" || value === null) return null;
  const members = Object.entries(value)
    .map(([key, inner]) => [key, lasting(inner)] as const)
    .filter(([, inner]) => inner !== null);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const bounded = (text: string) => (text.length <= longestKey ? storable(text, longestKey) : digest(text));

/** The key of a reported row. One of which nothing is understood is known by what of it does not change. */
export function anomalyKey(
  row: Pick<DatasourceAnomaly, "connectorId" | "connectorName" | "tableName" | "raw">,
): AnomalyKey {
  const connector = (row.connectorId ?? row.connectorName ?? "").trim().toLowerCase();
  const table = (row.tableName ?? "").trim().toLowerCase();
  if (connector !== "" || table !== "")
    return { connectorKey: bounded(connector), detailKey: bounded(table) };
  return { connectorKey: "", detailKey: digest(JSON.stringify(lasting(row.raw))) };
}

/** JSON text of what was sent, for people to read; cut to a bound, and it says so. */
export function rawText(value: unknown): string {
  const text = JSON.stringify(value, null, 2) ?? "null";
  const more = text.length - longestRaw;
  const kept = storable(text, longestRaw);
  return more > 0 ? `${kept}\n… ${more} more characters` : kept;
}
