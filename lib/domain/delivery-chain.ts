import type { DeliveryLog } from "@/lib/contract";
import { createdMs, type DecidingRow, deliveryOutcome, type DeliveryOutcome } from "./delivery-outcome";

/** The members of a log row that chains are made of. */
export type ChainRow = DecidingRow &
  Pick<
    DeliveryLog,
    "id" | "eventId" | "webhookConfigurationId" | "originalDeliveryId" | "createdAt" | "isTest"
  >;

/** All attempts of one event at one webhook, oldest first: those of the vendor's schedule and those that people asked for. */
export interface DeliveryChain<Row extends ChainRow> {
  /** Stable while rows are added. */
  readonly key: string;
  readonly webhookId: string | null;
  readonly eventId: string | null;
  readonly attempts: readonly Row[];
  /** `delivered` as soon as one attempt was; else what the newest attempt says. */
  readonly outcome: DeliveryOutcome;
  /** True when an attempt names an original that is not among the rows: older attempts exist and were not read. */
  readonly isCut: boolean;
}

const oldestFirst = (a: ChainRow, b: ChainRow) => (createdMs(a) ?? 0) - (createdMs(b) ?? 0);

/** Ids of originals, followed to the first one; a redelivery of a redelivery belongs to the same chain. */
function rootOf(row: ChainRow, byId: ReadonlyMap<string, ChainRow>): string {
  const seen = new Set<string>();
  let at = row;
  while (at.originalDeliveryId !== null && at.originalDeliveryId !== "" && !seen.has(at.id)) {
    seen.add(at.id);
    const original = byId.get(at.originalDeliveryId);
    if (original === undefined) return at.originalDeliveryId;
    at = original;
  }
  return at.id;
}

function chainOf<Row extends ChainRow>(
  key: string,
  rows: readonly Row[],
  byId: ReadonlyMap<string, Row>,
): DeliveryChain<Row> {
  const attempts = [...rows].sort(oldestFirst);
  const newest = attempts.at(-1);
  const isDelivered = attempts.some((row) => deliveryOutcome(row) === "delivered");
  return {
    key,
    webhookId: newest?.webhookConfigurationId ?? null,
    eventId: newest?.eventId ?? null,
    attempts,
    outcome: isDelivered ? "delivered" : newest ? deliveryOutcome(newest) : "unknown",
    isCut: attempts.some((row) => row.originalDeliveryId !== null && !byId.has(row.originalDeliveryId)),
  };
}

/**
 * Groups attempts into chains: same webhook and same event id, or linked by `originalDeliveryId` where an event id is missing. The order
 * of chains is that of their first row in `rows`. Two rows with the same id count once.
 */
export function deliveryChains<Row extends ChainRow>(rows: readonly Row[]): readonly DeliveryChain<Row>[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const groups = new Map<string, Row[]>();
  for (const row of byId.values()) {
    const root = byId.get(rootOf(row, byId));
    const eventId = row.eventId || root?.eventId;
    const key = `${row.webhookConfigurationId ?? ""} ${eventId ? `event ${eventId}` : `log ${rootOf(row, byId)}`}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, group]) => chainOf(key, group, byId));
}
