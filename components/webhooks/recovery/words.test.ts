import { describe, expect, it } from "vitest";
import type { RecoveryCounts } from "@/lib/domain/recovery";
import { planFaults, planRequest, readRate } from "./plan-form";
import { minutesLeft, progressOf, progressText } from "./words";

const counts = (over: Partial<RecoveryCounts> = {}): RecoveryCounts => ({
  total: 0,
  waiting: 0,
  sending: 0,
  redelivered: 0,
  skipped: 0,
  refused: 0,
  unknown: 0,
  results: { pending: 0, delivered: 0, failed: 0, unread: 0 },
  ...over,
});

describe("how far a recovery is", () => {
  it("counts what was dealt with, and leaves out what was never to be sent", () => {
    const now = counts({
      total: 70,
      waiting: 18,
      sending: 1,
      redelivered: 40,
      unknown: 1,
      skipped: 10,
      results: { pending: 0, delivered: 38, failed: 2, unread: 0 },
    });
    expect(progressOf(now)).toEqual({ done: 41, all: 60 });
    expect(progressText(now)).toBe(
      "41 of 60 events dealt with: 38 delivered, 2 failed again, 1 not known whether sent",
    );
    expect(minutesLeft(now, 10)).toBe(2);
    expect(minutesLeft(now, 60)).toBe(1);
  });
  it("has nothing left when nothing waits", () => {
    expect(minutesLeft(counts({ redelivered: 3 }), 60)).toBeNull();
    expect(progressText(counts())).toBe("0 of 0 events dealt with");
  });
});

describe("the plan's form", () => {
  const fields = {
    webhookIds: ["w"],
    fromMs: Date.UTC(2026, 10, 24, 10),
    toMs: Date.UTC(2026, 10, 24, 11),
    statusClasses: [],
    perMinute: "60",
    reason: "SIEM was down",
  };
  it("names each fault at its field", () => {
    expect(planFaults(fields, null)).toEqual({});
    const faults = planFaults(
      { ...fields, webhookIds: [], perMinute: "0", reason: "x" },
      "The end has to come after the start.",
    );
    expect(Object.keys(faults).sort()).toEqual(["perMinute", "reason", "to", "webhookIds"]);
  });
  it.each([
    ["", null],
    ["0", null],
    ["1201", null],
    ["1.5", null],
    ["1e2", null],
    ["1", 1],
    [" 60 ", 60],
    ["1200", 1200],
  ])("a rate of %j is %s", (text, rate) => expect(readRate(text)).toBe(rate));
  it("asks in UTC", () => {
    expect(planRequest(fields)).toMatchObject({
      from: "2026-11-24T10:00:00.000Z",
      to: "2026-11-24T11:00:00.000Z",
      perMinute: 60,
      webhookIds: ["w"],
    });
  });
});
