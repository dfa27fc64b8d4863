import type { Webhook } from "@/lib/contract";
import type { DeliveryHealth } from "./delivery-health";
import { parseInstant } from "./time";
import { webhookState } from "./webhook-state";

/** So many failed events in a row disable a webhook. Upstream does not say; this is our guess, and is told as one. */
export const guessedDisableAfter = 10;
/** From these shares of it on somebody should look, and somebody must. */
const watchShare = 0.3;
const nearShare = 0.6;

/** `none`: no row of failures worth a word. `disabled`: it has happened. */
export type DisableLevel = "none" | "watch" | "near" | "disabled";

/** Whether a webhook is about to be disabled by upstream, and what that rests on. */
export interface DisableForecast {
  readonly level: DisableLevel;
  /** Failed events in a row. */
  readonly failures: number;
  /** Whose count it is: upstream's own, or ours over the delivery log. */
  readonly countedBy: "upstream" | "log";
  /** True: there may be more than `failures`. */
  readonly isAtLeast: boolean;
  readonly threshold: number;
  /** Always true until the vendor documents the threshold. */
  readonly isThresholdGuess: true;
  /** ISO instant at which it would be reached if failures go on at their pace; null when that cannot be said. */
  readonly expectedAt: string | null;
}

type Known = Pick<Webhook, "status" | "consecutiveFailures">;

/** When the threshold is reached at the pace of the row of failures so far; never before now. */
function expectedAt(health: DeliveryHealth, remaining: number, nowMs: number): string | null {
  const from = parseInstant(health.runFrom);
  const to = parseInstant(health.runTo);
  if (from === null || to === null || health.failedEventsInARow < 2 || to <= from) return null;
  const eachMs = (to - from) / (health.failedEventsInARow - 1);
  return new Date(Math.max(nowMs, to + remaining * eachMs)).toISOString();
}

/**
 * @param health null when the log could not be read: upstream's own count, if it gives one, still stands
 * @param nowMs milliseconds since 1970
 */
export function forecastDisable(
  webhook: Known,
  health: DeliveryHealth | null,
  nowMs: number,
): DisableForecast {
  const byLog = health?.failedEventsInARow ?? 0;
  const countedBy = webhook.consecutiveFailures === null ? "log" : "upstream";
  const failures = webhook.consecutiveFailures ?? byLog;
  const base = {
    failures,
    countedBy,
    isAtLeast: countedBy === "log" && (health === null || health.isRunCut),
    threshold: guessedDisableAfter,
    isThresholdGuess: true,
  } as const;
  const state = webhookState(webhook);
  if (state === "disabled") return { ...base, level: "disabled", expectedAt: null };
  const share = failures / guessedDisableAfter;
  // A paused one is sent nothing, so nothing can fail.
  if (state === "paused" || share < watchShare) return { ...base, level: "none", expectedAt: null };
  const remaining = Math.max(0, guessedDisableAfter - failures);
  return {
    ...base,
    level: share >= nearShare ? "near" : "watch",
    expectedAt: health === null ? null : expectedAt(health, remaining, nowMs),
  };
}
