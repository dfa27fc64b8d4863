import { describe, expect, test } from "vitest";
import { createdAfter, deliveryRow, failedRow } from "./delivery-fixture";
import { deliveryHealth, percentile } from "./delivery-health";
import { forecastDisable } from "./disable-forecast";

const window = { from: "2026-11-23T10:00:00Z", to: "2026-11-24T10:30:00Z", isComplete: true };
const at = (seconds: number, id = `log-${seconds}`) => ({
  id,
  eventId: `event-${id}`,
  createdAt: createdAfter(seconds),
});

describe("health of a webhook", () => {
  test("of nothing: no rate, no percentile, no last, and no failure", () => {
    expect(deliveryHealth([], window)).toEqual({
      ...window,
      delivered: 0,
      failed: 0,
      pending: 0,
      undecided: 0,
      leftOut: { tests: 0, redeliveries: 0 },
      successRate: null,
      lastDeliveredAt: null,
      lastFailure: null,
      p95LatencyMs: null,
      latencySamples: 0,
      failedEventsInARow: 0,
      isRunCut: false,
      runFrom: null,
      runTo: null,
    });
  });

  test("tests and redeliveries are left out of every figure, and counted as left out", () => {
    const health = deliveryHealth(
      [
        deliveryRow({ ...at(1), latencyMs: 10 }),
        failedRow({ ...at(2) }),
        failedRow({ ...at(3), isTest: true, latencyMs: 9_999 }),
        deliveryRow({ ...at(4), originalDeliveryId: "log-2", latencyMs: 9_999 }),
        failedRow({ ...at(5), isTest: true, originalDeliveryId: "log-3" }),
      ],
      window,
    );
    expect(health).toMatchObject({
      delivered: 1,
      failed: 1,
      successRate: 0.5,
      p95LatencyMs: 10,
      latencySamples: 1,
      leftOut: { tests: 2, redeliveries: 1 },
      lastDeliveredAt: createdAfter(1),
      lastFailure: { logId: "log-2", httpStatusCode: 503, message: "The receiver answered 503." },
    });
  });

  test("what waits or says nothing is in no rate", () => {
    const health = deliveryHealth(
      [
        deliveryRow(at(1)),
        deliveryRow({ ...at(2), httpStatusCode: null, completedAt: null }),
        deliveryRow({ ...at(3), httpStatusCode: null }),
      ],
      window,
    );
    expect(health).toMatchObject({ delivered: 1, failed: 0, pending: 1, undecided: 1, successRate: 1 });
  });

  test("a cut reading says from when on it holds", () => {
    const health = deliveryHealth([failedRow(at(60)), failedRow(at(120))], { ...window, isComplete: false });
    expect(health).toMatchObject({ from: "2026-11-24T10:01:00.000Z", isComplete: false, isRunCut: true });
  });

  test("failed events in a row: retries of one event count once, one delivery ends the row", () => {
    const rows = [
      failedRow({ ...at(10, "a1"), eventId: "a" }),
      failedRow({ ...at(20, "a2"), eventId: "a" }),
      failedRow({ ...at(30, "b1"), eventId: "b" }),
      // Failed first, delivered in the end: no failure.
      failedRow({ ...at(4, "c1"), eventId: "c" }),
      deliveryRow({ ...at(5, "c2"), eventId: "c" }),
      failedRow({ ...at(1, "d1"), eventId: "d" }),
    ];
    expect(deliveryHealth(rows, window)).toMatchObject({
      failedEventsInARow: 2,
      isRunCut: false,
      runFrom: createdAfter(10),
      runTo: createdAfter(30),
    });
  });

  test("an event that waits neither makes nor breaks the row", () => {
    const rows = [
      failedRow(at(1)),
      deliveryRow({ ...at(2), httpStatusCode: null, completedAt: null }),
      failedRow(at(3)),
    ];
    expect(deliveryHealth(rows, window).failedEventsInARow).toBe(2);
  });

  test("percentile by nearest rank", () => {
    expect(percentile([], 0.95)).toBeNull();
    expect(percentile([7], 0.95)).toBe(7);
    expect(
      percentile(
        [...Array(100).keys()].map((n) => n + 1),
        0.95,
      ),
    ).toBe(95);
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
  });
});

describe("the forecast of being disabled", () => {
  const now = Date.UTC(2026, 10, 24, 10, 30);
  const failing = (count: number) =>
    deliveryHealth(
      Array.from({ length: count }, (_, n) => failedRow(at(n * 60))),
      window,
    );
  const active = { status: "Active", consecutiveFailures: null };

  test.each([
    [0, "none"],
    [2, "none"],
    [3, "watch"],
    [5, "watch"],
    [6, "near"],
    [10, "near"],
    [14, "near"],
  ] as const)("%i failed events in a row: %s, by our count and a guessed threshold", (count, level) => {
    expect(forecastDisable(active, failing(count), now)).toMatchObject({
      level,
      failures: count,
      countedBy: "log",
      threshold: 10,
      isThresholdGuess: true,
    });
  });

  test("upstream's own count wins, also over a log that could not be read", () => {
    const forecast = forecastDisable({ status: "Active", consecutiveFailures: 8 }, null, now);
    expect(forecast).toMatchObject({
      level: "near",
      failures: 8,
      countedBy: "upstream",
      isAtLeast: false,
      expectedAt: null,
    });
  });

  test("neither count nor log: none is known, and that is said as at least", () => {
    expect(forecastDisable(active, null, now)).toMatchObject({ level: "none", failures: 0, isAtLeast: true });
  });

  test("at the pace of the row, and never in the past", () => {
    // Six failures, one a minute, the last at 10:05: four to go.
    expect(forecastDisable(active, failing(6), Date.UTC(2026, 10, 24, 10, 6)).expectedAt).toBe(
      "2026-11-24T10:09:00.000Z",
    );
    expect(forecastDisable(active, failing(6), now).expectedAt).toBe("2026-11-24T10:30:00.000Z");
  });

  test("a paused one is sent nothing; a disabled one is past warning", () => {
    expect(forecastDisable({ status: "Paused", consecutiveFailures: 9 }, null, now).level).toBe("none");
    expect(forecastDisable({ status: "Disabled", consecutiveFailures: 10 }, null, now).level).toBe(
      "disabled",
    );
  });
});
