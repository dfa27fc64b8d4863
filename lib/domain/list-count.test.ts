import { describe, expect, it } from "vitest";
import { describeLoaded } from "./list-count";

const runs = { one: "run", many: "runs" };
const list = (loaded: number, total: number | null, isComplete: boolean, unreadableRows = 0) =>
  describeLoaded({ loaded, total, isComplete, unreadableRows }, runs);

describe("what is said of a list read in part", () => {
  it.each([
    [list(0, 0, true), "no runs"],
    [list(1, 1, true), "1 run read"],
    [list(12, null, true), "all 12 runs read"],
    [list(100, 1204, false), "100 of 1,204 runs read"],
    [list(0, null, false), "no runs read yet"],
    [list(100, null, false), "at least 100 runs"],
    [list(1, null, false), "at least 1 run"],
    // The list shrank while it was read: a total below what is shown is no total.
    [list(100, 90, false), "at least 100 runs"],
    [list(12, 14, true, 2), "all 12 runs read, 2 rows unreadable"],
    [list(12, 13, true, 1), "all 12 runs read, 1 row unreadable"],
  ])("%s", (said, expected) => expect(said).toBe(expected));
});
