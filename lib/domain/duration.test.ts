import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, parseTimeSpan } from "./duration";

describe("parseTimeSpan: the time span of .NET, and nothing that only looks like one", () => {
  it.each([
    ["00:00:12.3450000", 12_345],
    ["00:00:00", 0],
    ["23:59:59.9999999", 86_400_000],
    ["1.02:03:04.5000000", 93_784_500],
    ["10675199.02:48:05.4775807", 922_337_203_685_478],
    [" 00:01:00 ", 60_000],
    ["0:1:2", 62_000],
  ])("%s", (text, ms) => expect(parseTimeSpan(text)).toBe(ms));

  it.each([
    null,
    "",
    "12.3",
    "PT12S",
    "-00:00:05",
    "24:00:00",
    "00:60:00",
    "00:00:61",
    "1.00:00",
    "a:b:c",
    "00:00:01.",
  ])("%s is none", (text) => expect(parseTimeSpan(text)).toBeNull());

  it("reads back what .NET writes, whatever the length", () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(86_399_999), (days, rest) => {
        const pad = (value: number, width: number) => String(value).padStart(width, "0");
        const clock = `${pad(Math.floor(rest / 3_600_000), 2)}:${pad(Math.floor(rest / 60_000) % 60, 2)}:${pad(Math.floor(rest / 1000) % 60, 2)}.${pad(rest % 1000, 3)}0000`;
        expect(parseTimeSpan(days === 0 ? clock : `${days}.${clock}`)).toBe(days * 86_400_000 + rest);
      }),
    );
  });
});

describe("formatDuration: two units at most, and no unit that overflows", () => {
  it.each([
    [null, "–"],
    [0, "0.0 s"],
    [449, "0.4 s"],
    [9_949, "9.9 s"],
    [9_960, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min 00 s"],
    [245_000, "4 min 05 s"],
    [3_599_700, "1 h 00 min"],
    [11_100_000, "3 h 05 min"],
    [86_390_000, "1 d 0 h"],
    [187_200_000, "2 d 4 h"],
  ])("%s ms reads %s", (ms, text) => expect(formatDuration(ms)).toBe(text));
});
