import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawLatencyMs } from "../http/latency";
import { between, exponential, guid, hashText, mix, pick, sequenceGuid, unit, weighted } from "./hash";
import { Sequence } from "./sequence";

const word = fc.nat(0xffff_ffff);

describe("hashes", () => {
  it("never give one id to two things of a stream: mix is a bijection of its second word", () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => b === c || mix(a, b) !== mix(a, c)),
      { seed: 7 },
    );
    const ids = new Set(Array.from({ length: 50_000 }, (_, index) => sequenceGuid(12_345, index)));
    expect(ids.size).toBe(50_000);
  });

  it("make version 4 GUIDs", () => {
    fc.assert(
      fc.property(word, word, (hash, salt) => {
        expect(guid(hash, salt)).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
      }),
      { seed: 7 },
    );
  });

  it("stay within their bounds and spread evenly", () => {
    const counts = [0, 0, 0, 0];
    let sum = 0;
    for (let i = 0; i < 20_000; i += 1) {
      const drawn = between(i, 3, 2, 5);
      expect(drawn >= 2 && drawn <= 5).toBe(true);
      counts[drawn - 2] = (counts[drawn - 2] ?? 0) + 1;
      sum += exponential(i, 4, 10);
    }
    for (const count of counts) expect(Math.abs(count / 20_000 - 0.25)).toBeLessThan(0.02);
    expect(Math.abs(sum / 20_000 - 10)).toBeLessThan(0.5);
  });

  it("choose by weight, and never what weighs nothing", () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < 10_000; i += 1) {
      const chosen = weighted(i, 1, [3, 0, 1]);
      counts[chosen] = (counts[chosen] ?? 0) + 1;
    }
    expect(counts[1]).toBe(0);
    expect(Math.abs((counts[0] ?? 0) / 10_000 - 0.75)).toBeLessThan(0.03);
  });

  it("tell texts apart, and refuse to pick from nothing", () => {
    expect(new Set(["Sentinel", "DefenderXDR", "sentinel", ""].map((text) => hashText(text))).size).toBe(4);
    expect(unit(1, 2)).toBe(unit(1, 2));
    expect(() => pick(1, 2, [])).toThrow(RangeError);
  });
});

describe("latency", () => {
  const draws = (p50Ms: number, p99Ms: number) => {
    const dice = new Sequence(7);
    return Array.from({ length: 20_000 }, () => drawLatencyMs({ p50Ms, p99Ms }, dice)).sort((a, b) => a - b);
  };

  it("has the median and the 99th percentile that were asked for", () => {
    const sorted = draws(120, 900);
    expect(Math.abs((sorted[10_000] ?? 0) / 120 - 1)).toBeLessThan(0.05);
    expect(Math.abs((sorted[19_800] ?? 0) / 900 - 1)).toBeLessThan(0.1);
  });

  it("is exactly constant when both are equal, and nothing when there is none", () => {
    expect(new Set(draws(50, 50))).toEqual(new Set([50]));
    expect(new Set(draws(0, 0))).toEqual(new Set([0]));
  });
});
