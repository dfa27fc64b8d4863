import type { DeliveryLog } from "@/lib/contract";
import { type ChainRow, deliveryChains } from "./delivery-chain";
import { createdMs, deliveryOutcome, newerFirst, statusClass } from "./delivery-outcome";
import type { RecoveryRequest } from "./recovery";

/** What a plan needs of a log row. */
export type PlanRow = ChainRow &
  Pick<
    DeliveryLog,
    | "eventType"
    | "eventSourceAccountId"
    | "eventSourceAccountName"
    | "eventSubjectId"
    | "eventSubjectDisplayName"
    | "redeliveryRequestedAt"
  >;

/** One event that never arrived. */
export interface PlannedDelivery {
  /** The newest failed attempt: what is asked to be delivered again. */
  readonly row: PlanRow;
  /** Failed attempts found. */
  readonly attempts: number;
  /** Why it is not to be sent; null: it is. */
  readonly why: string | null;
}

export interface PlannedLog {
  /** Oldest failure first. */
  readonly deliveries: readonly PlannedDelivery[];
  /** Events with a failed attempt in the window that arrived later. */
  readonly deliveredLater: number;
}

type Wish = Pick<RecoveryRequest, "from" | "to" | "eventTypes" | "accountIds" | "statusClasses">;

const has = <T>(wanted: readonly T[], value: T) => wanted.length === 0 || wanted.includes(value);

/** Is it one of the failed attempts that the outage is about? Both bounds count. */
function isWished(row: PlanRow, wish: Wish): boolean {
  const at = createdMs(row);
  return (
    row.isTest !== true &&
    deliveryOutcome(row) === "failed" &&
    at !== null &&
    at >= Date.parse(wish.from) &&
    at <= Date.parse(wish.to) &&
    has(wish.statusClasses, statusClass(row.httpStatusCode)) &&
    has(wish.eventTypes, row.eventType ?? "") &&
    has(
      wish.accountIds.map((id) => id.toLowerCase()),
      (row.eventSourceAccountId ?? "").toLowerCase(),
    )
  );
}

/**
 * What to deliver again of one webhook's log: each event with a failed attempt in the window that no attempt has delivered, up to now.
 * @param rows everything from the window's beginning to now, in any order; rows of events outside the wish do no harm
 */
export function planRecovery(rows: readonly PlanRow[], wish: Wish): PlannedLog {
  const deliveries: PlannedDelivery[] = [];
  let deliveredLater = 0;
  for (const { attempts, outcome } of deliveryChains(rows)) {
    if (!attempts.some((row) => isWished(row, wish))) continue;
    if (outcome === "delivered") {
      deliveredLater += 1;
      continue;
    }
    const failed = attempts.filter((row) => deliveryOutcome(row) === "failed").sort(newerFirst);
    // One of them is in the window, so the newest has a time, without which it could not be asked for.
    const [row] = failed;
    if (row)
      deliveries.push({
        row,
        attempts: failed.length,
        why: outcome === "pending" ? "An attempt was still under way when the plan was made." : null,
      });
  }
  deliveries.sort((a, b) => newerFirst(b.row, a.row));
  return { deliveries, deliveredLater };
}
