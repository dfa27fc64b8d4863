import type { DeliveryOutcome, StatusClass } from "./delivery-outcome";
import { anyDelivery, type DeliveryFilter } from "./webhook-deliveries";

/** How far back a log is shown; `all`: as far as upstream keeps it. */
export const deliveryRanges = ["1h", "24h", "7d", "30d", "all"] as const;
export type DeliveryRange = (typeof deliveryRanges)[number];

/** `own`: neither tests nor redeliveries. */
export const deliveryKinds = ["own", "tests", "redeliveries"] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

/** What the address of a log says. `from` and `to` (ISO instants, both) win over `range`. */
export interface DeliveryView {
  readonly range: DeliveryRange;
  readonly from: string | null;
  readonly to: string | null;
  readonly webhook: string | null;
  readonly outcome: DeliveryOutcome | null;
  readonly status: StatusClass | null;
  readonly event: string | null;
  readonly account: string | null;
  readonly kind: DeliveryKind | null;
  readonly q: string | null;
}

const hourMs = 3_600_000;
const backMs: Readonly<Record<DeliveryRange, number | null>> = {
  "1h": hourMs,
  "24h": 24 * hourMs,
  "7d": 7 * 24 * hourMs,
  "30d": 30 * 24 * hourMs,
  all: null,
};

const kinds: Readonly<Record<DeliveryKind, Pick<DeliveryFilter, "isTest" | "isRedelivery">>> = {
  own: { isTest: false, isRedelivery: false },
  tests: { isTest: true, isRedelivery: null },
  redeliveries: { isTest: null, isRedelivery: true },
};

/** The fixed window of a view; null when it names none, or names one that is not a window. */
export function fixedWindow(
  view: Pick<DeliveryView, "from" | "to">,
): { readonly from: string; readonly to: string } | null {
  const [from, to] = [Date.parse(view.from ?? ""), Date.parse(view.to ?? "")];
  if (Number.isNaN(from) || Number.isNaN(to) || from >= to) return null;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

const one = <Value>(value: Value | null): readonly Value[] => (value === null ? [] : [value]);

/** The filter that the server is asked for. @param nowMs what a range counts back from */
export function deliveryFilterOf(view: DeliveryView, nowMs: number): DeliveryFilter {
  const back = backMs[view.range];
  const window = fixedWindow(view) ?? {
    from: back === null ? null : new Date(nowMs - back).toISOString(),
    to: null,
  };
  return {
    ...anyDelivery,
    ...window,
    webhookIds: one(view.webhook),
    outcomes: one(view.outcome),
    statusClasses: one(view.status),
    eventTypes: one(view.event),
    accountIds: one(view.account),
    subject: view.q,
    ...(view.kind === null ? {} : kinds[view.kind]),
  };
}
