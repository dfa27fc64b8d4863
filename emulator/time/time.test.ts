import { describe, expect, it } from "vitest";
import { Clock } from "./clock";
import { dateTime, parseInstant, vendorTimestamp } from "./instant";

const noon = Date.parse("2026-11-24T12:00:00.123Z");

describe("the clock", () => {
  it("runs with the real time from where it was set", () => {
    let real = 1_000;
    const clock = new Clock({ startAt: noon, real: () => real });
    expect(clock.now()).toBe(noon);
    real += 250;
    expect(clock.now()).toBe(noon + 250);
    clock.advance(1_000);
    expect(clock.now()).toBe(noon + 1_250);
    clock.reset();
    expect(clock.now()).toBe(noon);
  });

  it("stands still while frozen, can be moved, and runs on from there", () => {
    let real = 0;
    const clock = new Clock({ real: () => real });
    clock.freeze();
    real += 500;
    expect(clock.now()).toBe(0);
    clock.set(noon);
    real += 500;
    expect(clock.now()).toBe(noon);
    clock.run();
    real += 7;
    expect([clock.now(), clock.frozen]).toEqual([noon + 7, false]);
  });
});

describe("date-times", () => {
  it("are written in the vendor's different ways, all of the same second", () => {
    const written = [0, 1, 2, 3].map((form) => dateTime(noon, form));
    expect(written).toEqual([
      "2026-11-24T12:00:00.1230000+00:00",
      "2026-11-24T12:00:00.1230000Z",
      "2026-11-24T12:00:00.123Z",
      "2026-11-24T12:00:00Z",
    ]);
    expect(written.slice(0, 3).map(parseInstant)).toEqual([noon, noon, noon]);
    expect(vendorTimestamp(noon)).toBe(written[0]);
  });

  it.each([
    ["2026-11-24T12:00:00+02:00", "2026-11-24T10:00:00.000Z"],
    ["2026-11-24T12:00:00", "2026-11-24T12:00:00.000Z"],
    ["2026-11-24", "2026-11-24T00:00:00.000Z"],
    ["24.11.2026", null],
    ["2026-13-40T00:00:00Z", null],
    ["", null],
  ])("%s reads as %s", (text, expected) => {
    const at = parseInstant(text);
    expect(at === null ? null : new Date(at).toISOString()).toBe(expected);
  });
});
