import { describe, expect, it } from "vitest";
import { policy } from "./policy";
import { RetryBucket } from "./retry-bucket";

describe("the retry fund", () => {
  it("starts full and pays for exactly its capacity of retries in an outage", () => {
    const bucket = new RetryBucket(policy.bucket);
    const taken = Array.from({ length: 100 }, () => bucket.takeRetry()).filter(Boolean);
    expect(taken).toHaveLength(20);
    expect(bucket.level).toBe(0);
  });

  it("needs two successes for one retry and never holds more than its capacity", () => {
    const bucket = new RetryBucket(policy.bucket);
    for (let count = 0; count < 50; count += 1) bucket.success();
    expect(bucket.level).toBe(20);
    while (bucket.takeRetry());
    bucket.success();
    expect(bucket.takeRetry()).toBe(false);
    expect(bucket.level).toBe(0.5);
    bucket.success();
    expect(bucket.takeRetry()).toBe(true);
  });
});
