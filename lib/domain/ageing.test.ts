import { describe, expect, it } from "vitest";
import { ageMs, ageWeight, dataAge, formatAge, lateAfterMs } from "./ageing";

const minute = 60_000;
const hour = 60 * minute;
const now = Date.parse("2026-11-24T14:00:00.000Z");
const before = (ms: number) => new Date(now - ms).toISOString();

describe("ageMs: the age of a row is never invented", () => {
  it("is the difference to now", () => expect(ageMs(before(90_000), now)).toBe(90_000));
  it("is zero for a time in the future, since clocks differ", () =>
    expect(ageMs(before(-5000), now)).toBe(0));
  it("is null without a time or with an unreadable one", () => {
    expect(ageMs(null, now)).toBeNull();
    expect(ageMs("yesterday", now)).toBeNull();
  });
});

describe("formatAge", () => {
  it.each([
    [null, "–"],
    [0, "< 1 min"],
    [minute - 1, "< 1 min"],
    [minute, "1 min"],
    [59 * minute + 59_999, "59 min"],
    [hour, "1 h 00"],
    [3 * hour + 5 * minute, "3 h 05"],
    [24 * hour - 1, "23 h 59"],
    [24 * hour, "1 d 0 h"],
    [52 * hour, "2 d 4 h"],
  ])("%s ms reads %s", (ms, text) => expect(formatAge(ms)).toBe(text));
});

describe("ageWeight follows the backlog bands", () => {
  it.each([
    [null, "fresh"],
    [hour - 1, "fresh"],
    [hour, "settled"],
    [4 * hour, "old"],
    [24 * hour, "stale"],
  ])("%s ms is %s", (ms, weight) => expect(ageWeight(ms)).toBe(weight));
});

describe("dataAge: a page says how old its picture is", () => {
  it("is unknown before the first answer", () => expect(dataAge(null, now)).toBeNull());
  it("turns late at five minutes, not before", () => {
    expect(dataAge(before(lateAfterMs - 1), now)).toMatchObject({ late: false, text: "4 min ago" });
    expect(dataAge(before(lateAfterMs), now)).toMatchObject({ late: true, text: "5 min ago" });
  });
  it("says just now for the first minute", () => expect(dataAge(before(1000), now)?.text).toBe("just now"));
});
