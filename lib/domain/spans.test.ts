import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gapsIn, mergeSpans } from "./spans";

const span = (from: number, to: number) => ({ from, to });

describe("mergeSpans", () => {
  test("what touches is one, a gap of one millisecond is not", () => {
    expect(mergeSpans([span(5, 9), span(1, 5)])).toEqual([span(1, 9)]);
    expect(mergeSpans([span(6, 9), span(1, 5)])).toEqual([span(1, 5), span(6, 9)]);
  });

  test("one within another, repeats, empty and turned ones", () => {
    expect(mergeSpans([span(1, 9), span(2, 3), span(1, 9), span(4, 4), span(20, 10)])).toEqual([span(1, 9)]);
    expect(mergeSpans([])).toEqual([]);
  });
});

describe("gapsIn", () => {
  test("what is covered has none; ends count", () => {
    expect(gapsIn(span(2, 8), [span(2, 8)])).toEqual([]);
    expect(gapsIn(span(2, 8), [span(0, 5), span(5, 9)])).toEqual([]);
    expect(gapsIn(span(2, 8), [])).toEqual([span(2, 8)]);
    expect(gapsIn(span(2, 8), [span(8, 9), span(0, 2)])).toEqual([span(2, 8)]);
    expect(gapsIn(span(2, 8), [span(3, 4), span(6, 7)])).toEqual([span(2, 3), span(4, 6), span(7, 8)]);
  });

  test("gaps and spans together cover each instant exactly when they should", () => {
    const spans = fc.array(fc.tuple(fc.nat(30), fc.nat(30)).map(([from, to]) => span(from, to)));
    fc.assert(
      fc.property(spans, fc.nat(30), fc.integer({ min: 1, max: 20 }), (held, from, length) => {
        const asked = span(from, from + length);
        const gaps = gapsIn(asked, held);
        for (let at = asked.from; at < asked.to; at += 1) {
          const isIn = (list: readonly { from: number; to: number }[]) =>
            list.some((each) => each.from <= at && at < each.to);
          expect(isIn(gaps)).toBe(!isIn(held));
        }
      }),
    );
  });
});
