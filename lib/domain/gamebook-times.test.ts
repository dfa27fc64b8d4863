import { describe, expect, it } from "vitest";
import { makePlaybook, makeRun } from "./gamebook-fixture";
import { inOrder, runDuration, stepTimes, timeLine } from "./gamebook-times";

const at = (time: string) => `2026-11-24T${time}Z`;
const now = Date.parse(at("12:00:00"));

describe("stepTimes: what upstream tells wins, and clocks that contradict each other tell nothing", () => {
  it.each([
    [
      "told",
      { startingDate: at("10:00:00"), finishingDate: at("10:00:09"), executionTime: "00:00:12.5" },
      12_500,
      "told",
    ],
    ["measured", { startingDate: at("10:00:00"), finishingDate: at("10:00:09") }, 9_000, "measured"],
    [
      "a span nobody can read",
      { startingDate: at("10:00:00"), finishingDate: at("10:00:09"), executionTime: "9s" },
      9_000,
      "measured",
    ],
    [
      "clocks apart by a second",
      { startingDate: at("10:00:01"), finishingDate: at("10:00:00") },
      0,
      "measured",
    ],
    ["clocks apart by a minute", { startingDate: at("10:01:00"), finishingDate: at("10:00:00") }, null, null],
    ["running", { status: "Running", startingDate: at("11:59:00") }, 60_000, "running"],
    ["running from the future", { status: "Running", startingDate: at("12:01:00") }, 0, "running"],
    ["ended without an end", { status: "Failed", startingDate: at("10:00:00") }, null, null],
    ["never begun", { status: "Pending" }, null, null],
  ] as const)("%s", (_, own, durationMs, basis) => {
    expect(stepTimes(makePlaybook(own), now)).toMatchObject({ durationMs, basis });
  });

  it("says that times contradict each other also where upstream told the duration", () => {
    const own = { startingDate: at("10:01:00"), finishingDate: at("10:00:00"), executionTime: "00:00:05" };
    expect(stepTimes(makePlaybook(own), now)).toMatchObject({ durationMs: 5_000, isContradictory: true });
  });
});

describe("runDuration", () => {
  const run = makeRun({ id: "r", creationDate: at("10:00:00"), modificationDate: at("10:30:00") });
  it("is from the first start to the last end where the playbooks are known", () => {
    const playbooks = [
      makePlaybook({ startingDate: at("10:20:00"), finishingDate: at("10:21:00") }),
      makePlaybook({ startingDate: at("10:21:00"), finishingDate: at("10:25:00") }),
    ];
    expect(runDuration(run, playbooks, now)).toEqual({ ms: 300_000, basis: "playbooks" });
  });
  it("else from creation to the last change, and says that waiting is in it", () => {
    expect(runDuration(run, null, now)).toEqual({ ms: 1_800_000, basis: "whole" });
    expect(runDuration(run, [makePlaybook()], now)).toEqual({ ms: 1_800_000, basis: "whole" });
  });
  it("goes on while the run has not ended, and never backwards", () => {
    expect(runDuration({ ...run, status: "PendingApproval" }, null, now)).toEqual({
      ms: 7_200_000,
      basis: "waiting",
    });
    expect(runDuration({ ...run, status: "Running", creationDate: at("12:00:01") }, null, now).ms).toBe(0);
  });
  it.each([
    ["no creation", { creationDate: null }],
    ["no change", { modificationDate: null }],
    ["a change before the creation", { modificationDate: at("09:00:00") }],
  ])("%s: nobody knows", (_, own) => {
    expect(runDuration({ ...run, ...own }, null, now)).toEqual({ ms: null, basis: null });
  });
});

describe("timeLine", () => {
  it("puts the playbooks on one line, and leaves out what has no place on it", () => {
    const line = timeLine(
      [
        makePlaybook({ startingDate: at("10:00:00"), finishingDate: at("10:00:30") }),
        makePlaybook({ startingDate: at("10:00:30"), executionTime: "00:01:10" }),
        makePlaybook({ status: "Pending" }),
        makePlaybook({ startingDate: at("10:00:40"), finishingDate: at("10:00:10") }),
      ],
      now,
    );
    expect(line).toEqual({
      fromMs: Date.parse(at("10:00:00")),
      toMs: Date.parse(at("10:01:40")),
      bars: [{ left: 0, width: 0.3 }, { left: 0.3, width: 0.7 }, null, null],
    });
  });
  it("is none when nothing has begun, and does not divide by no time", () => {
    expect(timeLine([makePlaybook({ status: "Pending" })], now)).toBeNull();
    const moment = makePlaybook({ startingDate: at("10:00:00"), finishingDate: at("10:00:00") });
    expect(timeLine([moment], now)?.bars).toEqual([{ left: 0, width: 0 }]);
  });
});

it("playbooks stand in the order in which they run", () => {
  const list = [
    makePlaybook({ id: "c", startingDate: at("10:00:02") }),
    makePlaybook({ id: "d" }),
    makePlaybook({ id: "b", sequence: 2 }),
    makePlaybook({ id: "a", sequence: 1, startingDate: at("11:00:00") }),
  ];
  expect(inOrder(list).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
});
