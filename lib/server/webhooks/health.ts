import "server-only";
import { coversWorkspace } from "@/lib/domain/access";
import { deliveryHealth } from "@/lib/domain/delivery-health";
import { forecastDisable } from "@/lib/domain/disable-forecast";
import type { WebhookHealth, WebhookHealthView } from "@/lib/domain/webhook-health";
import { webhookState } from "@/lib/domain/webhook-state";
import type { DeskContext } from "./context";
import { type HealthReading, healthReading, type ReadLog } from "./health-reading";

type Scope = DeskContext["membership"]["scope"];

function healthOf(log: ReadLog, reading: HealthReading, scope: Scope): WebhookHealth {
  const { webhook, failure, isComplete } = log;
  const rows = log.rows.filter((row) => coversWorkspace(scope, row.eventSourceAccountId));
  const window = {
    from: new Date(reading.fromMs).toISOString(),
    to: new Date(reading.asOfMs).toISOString(),
    isComplete,
  };
  const health = failure ? null : deliveryHealth(rows, window);
  return {
    webhookId: webhook.id,
    state: webhookState(webhook),
    health,
    failure: failure && { code: failure.code, detail: failure.message },
    forecast: forecastDisable(webhook, health, reading.asOfMs),
  };
}

/**
 * Health of every webhook over the last 24 hours, over the deliveries that the person may see.
 * @throws Failure UPSTREAM_* when the list of webhooks could not be read
 */
export async function viewHealth(context: DeskContext): Promise<WebhookHealthView> {
  const { scope } = context.membership;
  const reading = await healthReading(context);
  return {
    asOf: new Date(reading.asOfMs).toISOString(),
    from: new Date(reading.fromMs).toISOString(),
    to: new Date(reading.asOfMs).toISOString(),
    webhooks: reading.logs.map((log) => healthOf(log, reading, scope)),
    unreadableRows: scope.kind === "all" ? reading.logs.reduce((sum, log) => sum + log.unreadableRows, 0) : 0,
    isLimited: scope.kind !== "all",
  };
}
