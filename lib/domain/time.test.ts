import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  formatInstant,
  formatInstantShort,
  formatRangeShort,
  formatTimeOfDay,
  otherZone,
  parseInstant,
  zoneName,
} from "./time";

const at = Date.UTC(2026, 10, 24, 14, 2, 31);

describe("time on the screen: an instant reads the same way wherever it is drawn", () => {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = "America/Chicago";
  });
  afterAll(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  it("gives UTC and local in full, each with its zone", () => {
    expect(formatInstant(at, "utc")).toBe("24 Nov 2026 14:02:31 UTC");
    expect(formatInstant(at, "local")).toBe("24 Nov 2026 08:02:31 GMT-6");
    expect(zoneName("utc", at)).toBe("UTC");
    expect(zoneName("local", Date.UTC(2026, 6, 1))).toBe("GMT-5");
  });

  it("uses a 24-hour clock that starts at 00", () => {
    const midnight = Date.UTC(2026, 10, 24, 0, 0, 5);
    expect(formatTimeOfDay(midnight, "utc")).toBe("00:00");
    expect(formatTimeOfDay(midnight, "utc", true)).toBe("00:00:05");
  });

  it("leaves out the day only on the same day of the shown zone, and the year only in the same year", () => {
    const now = Date.UTC(2026, 10, 24, 23, 0);
    expect(formatInstantShort(at, "utc", now)).toBe("14:02");
    expect(formatInstantShort(Date.UTC(2026, 10, 24, 3), "local", now)).toBe("23 Nov 21:00");
    expect(formatInstantShort(Date.UTC(2026, 10, 23, 14), "utc", now)).toBe("23 Nov 14:00");
    expect(formatInstantShort(Date.UTC(2025, 10, 24, 14), "utc", now)).toBe("24 Nov 2025 14:00");
  });

  it("names the other zone", () => {
    expect(otherZone("utc")).toBe("local");
    expect(otherZone("local")).toBe("utc");
  });
});

describe("parseInstant", () => {
  it("reads an instant, and gives null for what is none", () => {
    expect(parseInstant("2026-11-24T14:02:31.000Z")).toBe(at);
    for (const nothing of [null, undefined, "", "soon"]) expect(parseInstant(nothing)).toBeNull();
  });
});

describe("a span says its days where there is a doubt", () => {
  const now = Date.UTC(2026, 10, 24, 17, 30);
  const utc = (text: string) => Date.parse(`${text}Z`);
  it.each([
    ["2026-11-24T14:02:00", "2026-11-24T15:10:00", "14:02 – 15:10"],
    ["2026-11-23T14:02:00", "2026-11-23T15:10:00", "23 Nov 14:02 – 15:10"],
    ["2026-11-17T17:30:00", "2026-11-24T17:30:00", "17 Nov 17:30 – 24 Nov 17:30"],
    ["2026-11-24T23:00:00", "2026-11-25T01:00:00", "24 Nov 23:00 – 25 Nov 01:00"],
    ["2025-11-24T14:00:00", "2025-11-24T15:00:00", "24 Nov 2025 14:00 – 15:00"],
    ["2025-11-24T14:00:00", "2026-11-24T15:00:00", "24 Nov 2025 14:00 – 24 Nov 15:00"],
  ])("%s to %s", (from, to, said) => expect(formatRangeShort(utc(from), utc(to), "utc", now)).toBe(said));
});
