import type { Sequence } from "../random/sequence";

/** A waiting time: constant, or log-normal given by its median and 99th percentile. Milliseconds. */
export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The 99th percentile of the standard normal distribution. */
const z99 = 2.3263;

/** Draws one waiting time. With equal percentiles it is exactly that time. */
export function drawLatencyMs(latency: Latency, dice: Sequence): number {
  if (latency.p50Ms <= 0) return 0;
  if (latency.p99Ms <= latency.p50Ms) return latency.p50Ms;
  const sigma = Math.log(latency.p99Ms / latency.p50Ms) / z99;
  return latency.p50Ms * Math.exp(sigma * dice.normal());
}

/** Waits, unless the caller leaves first. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
