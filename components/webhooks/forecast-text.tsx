"use client";

import { useFormatTime } from "@/components/data/use-format-time";
import type { DisableForecast } from "@/lib/domain/disable-forecast";

/** Whether ContraForce is about to give a webhook up, as the second half of a sentence: "has failed 7 times in a row…". */
export function ForecastText({ forecast }: { readonly forecast: DisableForecast }) {
  const formatTime = useFormatTime();
  return forecastSentence(forecast, formatTime);
}

/** The same as text. The threshold is never told as a fact: the vendor does not give it. */
export function forecastSentence(forecast: DisableForecast, formatTime: (iso: string) => string): string {
  const { level, failures, isAtLeast, countedBy, threshold, expectedAt } = forecast;
  if (level === "disabled")
    return "was disabled by ContraForce after repeated failures. Nothing is sent until it is enabled.";
  const many = `${isAtLeast ? "at least " : ""}${failures}`;
  const said = `has failed to deliver ${many} events in a row (counted ${countedBy === "upstream" ? "by ContraForce" : "in its log"}).`;
  const guess = `ContraForce disables a webhook after repeated failures; how many is not documented, about ${threshold} is our guess.`;
  const when = expectedAt === null ? "" : ` At this pace that is reached about ${formatTime(expectedAt)}.`;
  return `${said} ${guess}${when}`;
}
