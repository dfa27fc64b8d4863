import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillPlaces, isCovered, type Place, windowsOf } from "./row-window";

describe("windowsOf: however many rows there are, few are in the page", () => {
  it("draws at most 120 rows, also compact ones on a screen of 2160 lines", () => {
    expect(windowsOf(700_000, 2000, 28, 50_000).drawn.count).toBeLessThanOrEqual(120);
  });

  it("covers the view with rows to spare on both sides, and never more rows than there are", () => {
    fc.assert(
      fc.property(
        fc.nat(2_000_000),
        fc.integer({ min: 0, max: 2200 }),
        fc.constantFrom(28, 36, 48, 60),
        fc.nat(50_000),
        (scrollTop, height, rowPx, total) => {
          const { seen, drawn } = windowsOf(scrollTop, height, rowPx, total);
          for (const { first, count } of [seen, drawn]) {
            expect(first).toBeGreaterThanOrEqual(0);
            expect(count).toBeGreaterThanOrEqual(0);
            expect(first + count).toBeLessThanOrEqual(total);
          }
          expect(drawn.first).toBeLessThanOrEqual(seen.first);
          expect(drawn.first + drawn.count).toBeGreaterThanOrEqual(seen.first + seen.count);
          const bottom = Math.max(0, total * rowPx - height);
          const clamped = Math.min(scrollTop, bottom);
          if (total > 0) {
            expect(seen.first * rowPx).toBeLessThanOrEqual(clamped);
            expect((seen.first + seen.count) * rowPx).toBeGreaterThanOrEqual(
              Math.min(clamped + height, total * rowPx),
            );
          }
        },
      ),
    );
  });

  it("stands still while a row or two are scrolled", () => {
    const at = (row: number) => windowsOf(row * 36, 720, 36, 1000).drawn;
    expect(at(101)).toEqual(at(100));
    expect(at(105)).not.toEqual(at(100));
  });

  it("is empty without rows, and shows the end when the list has become shorter than the position", () => {
    expect(windowsOf(500, 720, 36, 0).drawn).toEqual({ first: 0, count: 0 });
    expect(windowsOf(90_000, 720, 36, 30).drawn).toEqual({ first: 0, count: 30 });
  });
});

describe("fillPlaces: elements of rows that left the view show those that came", () => {
  const at = (row: number, total = 10_000) => windowsOf(row * 36, 720, 36, total);
  const indexes = (places: readonly Place[]) => places.map(({ index }) => index);
  const rested = (row: number) => fillPlaces([], at(row), 10_000, true);

  it("draws the whole window in the order of the rows at rest, and is the same array when nothing changes", () => {
    const places = rested(100);
    expect(indexes(places)).toEqual(Array.from({ length: 46 }, (_, n) => 90 + n));
    expect(fillPlaces(places, at(100), 10_000, true)).toBe(places);
    expect(fillPlaces(places, at(101), 10_000, false)).toBe(places);
  });

  it("keeps the element of a row that stays, and moves none while scrolling", () => {
    const before = rested(100);
    const after = fillPlaces(before, at(105), 10_000, false);
    expect(after.map(({ slot }) => slot)).toEqual(before.map(({ slot }) => slot));
    for (const { slot, index } of before.filter(({ index }) => index >= 95))
      expect(after).toContainEqual({ slot, index });
    expect(indexes(after).sort((a, b) => a - b)).toEqual(Array.from({ length: 46 }, (_, n) => 95 + n));
  });

  it("fills no more than is seen after a leap, and the rest when it rests", () => {
    const before = rested(100);
    const leapt = fillPlaces(before, at(5_000), 10_000, false);
    expect(isCovered(leapt, at(5_000).seen)).toBe(true);
    expect(indexes(leapt).filter((index) => !indexes(before).includes(index))).toHaveLength(21);
    const after = fillPlaces(leapt, at(5_000), 10_000, true);
    expect(indexes(after)).toEqual(indexes(rested(5_000)));
  });

  it("shows what is seen, each row once, none that is not there, in few elements, wherever one scrolls", () => {
    const step = fc.record({
      row: fc.nat(400),
      height: fc.integer({ min: 0, max: 2200 }),
      total: fc.nat(400),
      isResting: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let places: readonly Place[] = [];
        for (const { row, height, total, isResting } of steps) {
          const windows = windowsOf(row * 28, height, 28, total);
          places = fillPlaces(places, windows, total, isResting);
          expect(isCovered(places, windows.seen)).toBe(true);
          expect(new Set(indexes(places)).size).toBe(places.length);
          expect(new Set(places.map(({ slot }) => slot)).size).toBe(places.length);
          expect(Math.max(-1, ...indexes(places))).toBeLessThan(total);
          expect(places.length).toBeLessThanOrEqual(120);
          if (isResting)
            expect(indexes(places)).toEqual(
              Array.from({ length: windows.drawn.count }, (_, n) => windows.drawn.first + n),
            );
          if (isResting) expect(fillPlaces(places, windows, total, true)).toBe(places);
        }
      }),
    );
  });
});
