import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windowOf } from "./row-window";

describe("windowOf: however many rows there are, few are in the page", () => {
  it("draws at most 120 rows, also compact ones on a screen of 2160 lines", () => {
    expect(windowOf(700_000, 2000, 28, 50_000).count).toBeLessThanOrEqual(120);
  });

  it("covers the view with rows to spare on both sides, and never more rows than there are", () => {
    fc.assert(
      fc.property(
        fc.nat(2_000_000),
        fc.integer({ min: 0, max: 2200 }),
        fc.constantFrom(28, 36, 48, 60),
        fc.nat(50_000),
        (scrollTop, height, rowPx, total) => {
          const { first, count } = windowOf(scrollTop, height, rowPx, total);
          expect(first).toBeGreaterThanOrEqual(0);
          expect(count).toBeGreaterThanOrEqual(0);
          expect(first + count).toBeLessThanOrEqual(total);
          const bottom = Math.max(0, total * rowPx - height);
          const clamped = Math.min(scrollTop, bottom);
          if (total > 0) {
            expect(first * rowPx).toBeLessThanOrEqual(clamped);
            expect((first + count) * rowPx).toBeGreaterThanOrEqual(Math.min(clamped + height, total * rowPx));
          }
        },
      ),
    );
  });

  it("stands still while a row or two are scrolled", () => {
    const at = (row: number) => windowOf(row * 36, 720, 36, 1000);
    expect(at(101)).toEqual(at(100));
    expect(at(105)).not.toEqual(at(100));
  });

  it("is empty without rows, and shows the end when the list has become shorter than the position", () => {
    expect(windowOf(500, 720, 36, 0)).toEqual({ first: 0, count: 0 });
    expect(windowOf(90_000, 720, 36, 30)).toEqual({ first: 0, count: 30 });
  });
});
