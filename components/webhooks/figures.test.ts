import { describe, expect, it } from "vitest";
import { deliveryHealth } from "@/lib/domain/delivery-health";
import { deliveryRow, failedRow } from "@/lib/domain/delivery-fixture";
import { latencyText, percentText, restsOn } from "./figures";

describe("percentText: never rounds up to whole", () => {
  it.each([
    [null, "–"],
    [0, "0.0 %"],
    [0.57, "57.0 %"],
    [0.9999, "99.9 %"],
    [1, "100 %"],
    [1 / 3, "33.3 %"],
  ])("%s is %s", (share, text) => expect(percentText(share)).toBe(text));
});

describe("latencyText", () => {
  it.each([
    [null, "–"],
    [0, "0 ms"],
    [999, "999 ms"],
    [1000, "1.0 s"],
    [59_949, "59.9 s"],
    [59_950, "1 min"],
    [61_000, "1 min 1 s"],
    [3_599_600, "1 h 00 min"],
    [3_660_000, "1 h 01 min"],
  ])("%s is %s", (ms, text) => expect(latencyText(ms)).toBe(text));
});

describe("restsOn: what a rate rests on", () => {
  const reading = { from: "2026-11-24T00:00:00Z", to: "2026-11-25T00:00:00Z" };
  const rows = [deliveryRow({ id: "a", eventId: "a" }), failedRow({ id: "b", eventId: "b" })];
  it("says how many of how many, and at least when the reading was cut", () => {
    expect(restsOn(deliveryHealth(rows, { ...reading, isComplete: true }))).toBe("1 of 2");
    expect(restsOn(deliveryHealth(rows, { ...reading, isComplete: false }))).toBe("1 of at least 2");
  });
  it("tells nothing sent from nothing ended", () => {
    expect(restsOn(deliveryHealth([], { ...reading, isComplete: true }))).toBe("nothing was sent");
    const pending = deliveryRow({ httpStatusCode: null, completedAt: null, status: "Pending" });
    expect(restsOn(deliveryHealth([pending], { ...reading, isComplete: true }))).toBe("1 still pending");
  });
});
