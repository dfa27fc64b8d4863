import { describe, expect, it } from "vitest";
import { backoffMs } from "./backoff";
import { policy } from "./policy";

describe("the pause before a retry", () => {
  it("is spread over its whole range, from 100 ms to at most 2 s", () => {
    expect(backoffMs(policy.backoff, 1, () => 0)).toBe(100);
    expect(backoffMs(policy.backoff, 1, () => 1)).toBe(500);
    expect(backoffMs(policy.backoff, 2, () => 0)).toBe(100);
    expect(backoffMs(policy.backoff, 2, () => 1)).toBe(2_000);
    expect(backoffMs(policy.backoff, 9, () => 1)).toBe(2_000);
  });
});
