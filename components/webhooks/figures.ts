import type { DeliveryHealth } from "@/lib/domain/delivery-health";

/** A share 0–1 as "98.7 %", rounded down, so that nothing looks whole that is not; null: a dash. */
export function percentText(share: number | null): string {
  if (share === null) return "–";
  // The added trifle undoes what binary fractions lack: 0.57 * 1000 is 569.9….
  const tenths = Math.floor(share * 1000 + 1e-9) / 10;
  return `${tenths.toLocaleString("en", { minimumFractionDigits: tenths === 100 ? 0 : 1 })} %`;
}

/** A short duration: "812 ms", "9.8 s", "4 min 10 s"; null: a dash. */
export function latencyText(ms: number | null): string {
  if (ms === null) return "–";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600)
    return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, "0")} min`;
}

export const count = (figure: number): string => figure.toLocaleString("en");

/** What a success rate rests on: "311 of at least 312 attempts". */
export function restsOn(health: DeliveryHealth): string {
  const ended = health.delivered + health.failed;
  if (ended === 0) return health.pending > 0 ? `${count(health.pending)} still pending` : "nothing was sent";
  return `${count(health.delivered)} of ${health.isComplete ? "" : "at least "}${count(ended)}`;
}
