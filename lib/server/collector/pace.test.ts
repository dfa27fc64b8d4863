import { describe, expect, test } from "vitest";
import { backfillDays, backoffMs, dayMs, dueAfter, estimateSeconds, nextPace, nextWindow } from "./pace";

const minute = 60_000;

test("readings move apart while nothing happens, five beats at most, and are back at once", () => {
  const paces = [1];
  for (let n = 0; n < 6; n += 1) paces.push(nextPace(paces.at(-1)!, false));
  expect(paces).toEqual([1, 2, 3, 4, 5, 5, 5]);
  expect(nextPace(5, true)).toBe(1);
});

describe("the next reading", () => {
  test("is a beat after the beginning of this one", () => {
    expect(dueAfter({ startedMs: 0, endedMs: 5_000 }, minute, 1)).toBe(minute);
    expect(dueAfter({ startedMs: 0, endedMs: 5_000 }, minute, 3)).toBe(3 * minute);
  });
  test("leaves a pause when this one took longer than a beat", () => {
    expect(dueAfter({ startedMs: 0, endedMs: 90_000 }, minute, 1)).toBe(105_000);
  });
  test("is twice as far away with each failure, ten minutes at most, and never sooner than upstream asked", () => {
    expect([1, 2, 3, 4, 5, 9].map((n) => backoffMs(minute, n, undefined) / minute)).toEqual([
      1, 2, 4, 8, 10, 10,
    ]);
    expect(backoffMs(minute, 1, 1_800)).toBe(30 * minute);
    expect(backoffMs(minute, 1, 5)).toBe(minute);
    expect(backoffMs(60 * minute, 3, undefined)).toBe(60 * minute);
  });
});

describe("a back-fill", () => {
  const at = (doneDays: number, steps = 0, spentMs = 0) => ({
    fromMs: 30 * dayMs,
    untilMs: 0,
    doneToMs: (30 - doneDays) * dayMs,
    steps,
    spentMs,
  });

  test("goes from new to old in windows that touch, and ends", () => {
    let doneToMs = 2.5 * dayMs;
    const windows = [];
    for (;;) {
      const window = nextWindow({ doneToMs, untilMs: 0 });
      if (!window) break;
      windows.push([window.fromMs / dayMs, window.toMs / dayMs]);
      doneToMs = window.fromMs;
    }
    expect(windows).toEqual([
      [1.5, 2.5],
      [0.5, 1.5],
      [0, 0.5],
    ]);
  });

  test("counts days", () => {
    expect([at(0), at(12), at(30)].map(backfillDays)).toEqual([
      { done: 0, total: 30 },
      { done: 12, total: 30 },
      { done: 30, total: 30 },
    ]);
  });

  test("estimates from what was measured: nothing before that, nothing left at the end", () => {
    expect(estimateSeconds(at(0))).toBeNull();
    expect(estimateSeconds(at(12, 12, 12 * 20_000))).toBe(360);
    expect(estimateSeconds(at(30, 30, 600_000))).toBe(0);
  });
});
