import { describe, expect, test } from "vitest";
import { createdAfter, deliveryRow } from "./delivery-fixture";
import { createdMs, deliveryLagMs, deliveryOutcome, newerFirst, statusClass } from "./delivery-outcome";

describe("what became of an attempt", () => {
  test.each([
    ["2xx, whatever the word", { httpStatusCode: 204, status: "Whatever" }, "delivered"],
    ["2xx that says failed", { httpStatusCode: 200, status: "Failed" }, "delivered"],
    [
      "2xx while the word still says pending",
      { httpStatusCode: 200, status: "Pending", completedAt: null },
      "delivered",
    ],
    ["a redirect", { httpStatusCode: 302, status: "Succeeded" }, "failed"],
    ["401", { httpStatusCode: 401 }, "failed"],
    ["503", { httpStatusCode: 503 }, "failed"],
    ["no answer, ended, failed", { httpStatusCode: null, status: "Failed" }, "failed"],
    ["no answer, ended, a word nobody knows", { httpStatusCode: null, status: "GaveUp" }, "failed"],
    ["no answer, ended, no word at all", { httpStatusCode: null, status: null }, "failed"],
    [
      "no answer, ended, and yet a success by its word",
      { httpStatusCode: null, status: "Succeeded" },
      "unknown",
    ],
    ["no answer, not ended", { httpStatusCode: null, completedAt: null, status: "Pending" }, "pending"],
    [
      "no answer, not ended, a word nobody knows",
      { httpStatusCode: null, completedAt: null, status: "Sending" },
      "pending",
    ],
    [
      "no answer, not ended, but an error",
      { httpStatusCode: null, completedAt: null, errorMessage: "reset" },
      "failed",
    ],
  ] as const)("%s: %j → %s", (_what, over, outcome) => {
    expect(deliveryOutcome(deliveryRow(over))).toBe(outcome);
  });

  test("classes of the receiver's status", () => {
    expect([null, 0, 102, 200, 299, 301, 404, 500, 599].map(statusClass)).toEqual([
      "none",
      "none",
      "none",
      "2xx",
      "2xx",
      "3xx",
      "4xx",
      "5xx",
      "5xx",
    ]);
  });
});

describe("times", () => {
  test("seven fraction digits and an offset are read", () => {
    expect(createdMs({ createdAt: "2026-11-24T10:00:00.1234567+01:00" })).toBe(
      Date.UTC(2026, 10, 24, 9, 0, 0, 123),
    );
    expect(createdMs({ createdAt: "yesterday" })).toBeNull();
    expect(createdMs({ createdAt: null })).toBeNull();
  });

  test("lag from event to end, and none where it cannot be", () => {
    expect(deliveryLagMs(deliveryRow())).toBe(1_000);
    expect(deliveryLagMs(deliveryRow({ completedAt: null }))).toBeNull();
    expect(deliveryLagMs(deliveryRow({ eventOccurredAt: null }))).toBeNull();
    expect(deliveryLagMs(deliveryRow({ eventOccurredAt: "2026-11-24T11:00:00Z" }))).toBeNull();
  });

  test("newest first, ids break ties, unreadable times last", () => {
    const rows = [
      deliveryRow({ id: "b", createdAt: createdAfter(1) }),
      deliveryRow({ id: "x", createdAt: null }),
      deliveryRow({ id: "a", createdAt: createdAfter(1) }),
      deliveryRow({ id: "c", createdAt: createdAfter(2) }),
    ];
    expect(rows.sort(newerFirst).map(({ id }) => id)).toEqual(["c", "a", "b", "x"]);
  });
});
