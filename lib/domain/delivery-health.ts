import type { DeliveryLog } from "@/lib/contract";
import { type ChainRow, deliveryChains } from "./delivery-chain";
import { createdMs, deliveryOutcome, isRedelivery, newerFirst } from "./delivery-outcome";

export type HealthRow = ChainRow & Pick<DeliveryLog, "latencyMs">;

/** The newest attempt that failed. */
export interface DeliveryFailure {
  readonly logId: string;
  /** As upstream wrote it: the log row is read with it. */
  readonly createdAt: string | null;
  readonly httpStatusCode: number | null;
  readonly message: string | null;
}

/** How deliveries of one webhook went, without tests and without redeliveries. */
export interface DeliveryHealth {
  /** What was read: ISO instants, both included. `from` is later than asked for when the reading was cut. */
  readonly from: string;
  readonly to: string;
  /** False: the reading was cut at its bound, and every count means "at least". */
  readonly isComplete: boolean;
  readonly delivered: number;
  readonly failed: number;
  readonly pending: number;
  /** Rows that say nothing that decides. */
  readonly undecided: number;
  readonly leftOut: { readonly tests: number; readonly redeliveries: number };
  /** Share 0–1 of `delivered` in `delivered + failed`; null when nothing has ended. */
  readonly successRate: number | null;
  /** `createdAt` of the newest attempt that was delivered, as upstream wrote it; null: none in what was read. */
  readonly lastDeliveredAt: string | null;
  readonly lastFailure: DeliveryFailure | null;
  /** 95th percentile (nearest rank) over `latencySamples` delivered attempts; null without any. */
  readonly p95LatencyMs: number | null;
  readonly latencySamples: number;
  /** Events in a row, newest first, whose attempts have all failed so far. */
  readonly failedEventsInARow: number;
  /** True: the row of failures reaches the end of what was read and may be longer. */
  readonly isRunCut: boolean;
  /** `createdAt` of the oldest and newest attempt of that row of failures. */
  readonly runFrom: string | null;
  readonly runTo: string | null;
}

/** Nearest-rank percentile; null for no values. `share` is 0–1. */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

function failureRun(rows: readonly HealthRow[], isComplete: boolean) {
  // Newest attempt first; an event stands where its newest attempt stands, and one that waits says nothing yet.
  const chains = deliveryChains([...rows].sort(newerFirst)).filter(
    ({ outcome }) => outcome === "delivered" || outcome === "failed",
  );
  const end = chains.findIndex(({ outcome }) => outcome === "delivered");
  const run = end < 0 ? chains : chains.slice(0, end);
  return {
    failedEventsInARow: run.length,
    isRunCut: end < 0 && run.length > 0 && !isComplete,
    runFrom: run.at(-1)?.attempts[0]?.createdAt ?? null,
    runTo: run[0]?.attempts.at(-1)?.createdAt ?? null,
  };
}

/**
 * Health over the rows of one webhook within a window.
 * @param reading what was asked for, and whether all of it was read; ISO instants
 */
export function deliveryHealth(
  rows: readonly HealthRow[],
  reading: { readonly from: string; readonly to: string; readonly isComplete: boolean },
): DeliveryHealth {
  const tests = rows.filter((row) => row.isTest === true);
  const redeliveries = rows.filter((row) => row.isTest !== true && isRedelivery(row));
  const own = rows.filter((row) => row.isTest !== true && !isRedelivery(row)).sort(newerFirst);
  const of = (outcome: ReturnType<typeof deliveryOutcome>) =>
    own.filter((row) => deliveryOutcome(row) === outcome);
  const [delivered, failed] = [of("delivered"), of("failed")];
  const ended = delivered.length + failed.length;
  const latencies = delivered.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs]));
  const oldest = own.map(createdMs).filter((ms) => ms !== null);
  const readFrom = reading.isComplete || oldest.length === 0 ? null : Math.min(...oldest);
  const [last] = failed;
  return {
    ...reading,
    from: readFrom === null ? reading.from : new Date(readFrom).toISOString(),
    delivered: delivered.length,
    failed: failed.length,
    pending: of("pending").length,
    undecided: of("unknown").length,
    leftOut: { tests: tests.length, redeliveries: redeliveries.length },
    successRate: ended === 0 ? null : delivered.length / ended,
    lastDeliveredAt: delivered[0]?.createdAt ?? null,
    lastFailure: last
      ? {
          logId: last.id,
          createdAt: last.createdAt,
          httpStatusCode: last.httpStatusCode,
          message: last.errorMessage,
        }
      : null,
    p95LatencyMs: percentile(latencies, 0.95),
    latencySamples: latencies.length,
    ...failureRun(own, reading.isComplete),
  };
}
