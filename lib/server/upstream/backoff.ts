import type { Policy } from "./policy";

/**
 * Pause in milliseconds before retry number `retry` (1 is the first). Full jitter: after a common failure the callers
 * come back spread out instead of together.
 */
export function backoffMs(policy: Policy["backoff"], retry: number, random: () => number): number {
  const ceiling = Math.min(policy.longestMs, policy.firstMs * policy.growth ** (retry - 1));
  return policy.shortestMs + random() * (ceiling - policy.shortestMs);
}
