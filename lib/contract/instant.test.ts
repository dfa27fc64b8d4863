import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInstant } from "./instant";

describe("parseInstant", () => {
  it.each([
    ["2026-04-15T20:00:00.0000000+00:00", "2026-04-15T20:00:00.000Z"],
    ["2026-04-15T20:00:00.1239999Z", "2026-04-15T20:00:00.123Z"],
    ["2026-04-15T20:00:00Z", "2026-04-15T20:00:00.000Z"],
    ["2026-04-15T20:00:00.5Z", "2026-04-15T20:00:00.500Z"],
    ["2026-04-15T20:00:00.05+00:00", "2026-04-15T20:00:00.050Z"],
    ["2026-04-15T22:00:00+02:00", "2026-04-15T20:00:00.000Z"],
    ["2026-04-15T14:30:00.25-0530", "2026-04-15T20:00:00.250Z"],
    ["2026-04-15 20:00:00z", "2026-04-15T20:00:00.000Z"],
    ["2026-04-15T20:00", "2026-04-15T20:00:00.000Z"],
    ["2026-04-15", "2026-04-15T00:00:00.000Z"],
    ["2028-02-29T23:59:59Z", "2028-02-29T23:59:59.000Z"],
    ["2026-01-31T00:00:00Z", "2026-01-31T00:00:00.000Z"],
    [" 2026-04-15T20:00:00Z ", "2026-04-15T20:00:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it("takes a time without an offset as UTC, whatever the machine's zone", () => {
    expect(parseInstant("2026-04-15T20:00:00")).toBe("2026-04-15T20:00:00.000Z");
  });

  it.each([
    "",
    "yesterday",
    "2026-02-30T00:00:00Z",
    "2027-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-04-15T24:00:01Z",
    "2026-04-15T20:60:00Z",
    "1776870000",
    "2026-04-15T20:00:00Z<script>",
    "0001-01-01T00:00:00",
    "0001-01-01T00:00:00.0000000+00:00",
  ])("has nothing for %j", (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it("gives every instant of four-digit years back as it was, with any offset", () => {
    const instants = fc.date({
      min: new Date("1900-01-01"),
      max: new Date("9990-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const two = (value: number) => String(value).padStart(2, "0");
        const size = Math.abs(offset);
        const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
        expect(parseInstant(`${local}${zone}`)).toBe(date.toISOString());
        expect(parseInstant(date.toISOString())).toBe(date.toISOString());
      }),
    );
  });
});
