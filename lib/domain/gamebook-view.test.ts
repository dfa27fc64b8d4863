import { describe, expect, it } from "vitest";
import { makeRun } from "./gamebook-fixture";
import {
  arrangeRuns,
  describeHistory,
  describeNewest,
  isWindowRead,
  newestFirst,
  oldestCreation,
  parseStates,
  parseWindow,
  parseWorkspaces,
} from "./gamebook-view";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 10, minute)).toISOString();
const ms = (minute: number) => Date.UTC(2026, 10, 24, 10, minute);
const run = (
  id: string,
  minute: number | null,
  status = "Succeeded",
  originalGamebookId: string | null = null,
) => makeRun({ id, status, originalGamebookId, creationDate: minute === null ? null : at(minute) });

describe("the address", () => {
  it("keeps what it understands and leaves out the rest", () => {
    expect(parseStates("failed,nonsense,approval,failed")).toEqual(["approval", "failed"]);
    expect(parseStates(null)).toEqual([]);
    const id = "0C2A8E4E-9D1F-4B2F-8C55-1D2E3F4A5B6C";
    expect(parseWorkspaces(`${id},x,,${id.toLowerCase()}`)).toEqual([id.toLowerCase()]);
    expect(parseWorkspaces("../secrets")).toEqual([]);
  });
  it("names a time by both its ends, in their order, or not at all", () => {
    expect(parseWindow(at(1), at(2))).toEqual({ fromMs: ms(1), toMs: ms(2) });
    expect(parseWindow(at(1), at(1))).toEqual({ fromMs: ms(1), toMs: ms(1) });
    for (const [from, to] of [
      [at(2), at(1)],
      [at(1), null],
      [null, at(1)],
      ["soon", at(1)],
    ] as const)
      expect(parseWindow(from, to)).toBeNull();
  });
});

describe("arrangeRuns", () => {
  const runs = [
    run("a", 1, "Failed"),
    run("b", 5, "Succeeded", "a"),
    run("c", 3),
    run("d", null),
    run("e", 0),
  ];
  const shape = (choice: Parameters<typeof arrangeRuns>[1], unfolded: readonly string[] = []) => {
    const { lines, matching } = arrangeRuns(runs, choice, new Set(unfolded));
    return [lines.map((line) => (line.chain ? line.run.id : `- ${line.run.id}`)), matching];
  };
  it("newest first, retries folded until they are wanted", () => {
    expect(shape({ states: [], fromMs: null, toMs: null })).toEqual([["a", "c", "e", "d"], 5]);
    expect(shape({ states: [], fromMs: null, toMs: null }, ["w1/a"])).toEqual([
      ["a", "- b", "c", "e", "d"],
      5,
    ]);
  });
  it("a chain stands for as long as one of its runs matches, and only those that match are counted", () => {
    expect(shape({ states: ["failed"], fromMs: null, toMs: null })).toEqual([["a"], 1]);
    expect(shape({ states: [], fromMs: ms(3), toMs: null })).toEqual([["a", "c", "d"], 3]);
  });
  it("a window has two ends, and holds what stands on them", () => {
    expect(shape({ states: [], fromMs: ms(1), toMs: ms(3) })).toEqual([["a", "c", "d"], 3]);
  });
  it("of the same moment, the order is always the same", () => {
    const same = [run("y", 1), run("x", 1)];
    expect(newestFirst(same)).toEqual(newestFirst([...same].reverse()));
  });
});

describe("isWindowRead: upstream has no filter by time", () => {
  it.each([
    ["not yet there", [run("a", 9), run("b", 5)], 5, false],
    ["a run before it was read", [run("a", 9), run("b", 4)], 5, true],
    ["one that arrived meanwhile came later", [run("a", 9), run("b", 7), run("n", 12), run("c", 4)], 5, true],
    ["a list in another order proves nothing", [run("a", 9), run("b", 4), run("c", 6)], 5, false],
    ["times unknown", [run("a", null)], 5, false],
    ["unknown ones among known", [run("a", 9), run("b", null), run("c", 4)], 5, true],
    ["nothing read", [], 5, false],
  ] as const)("%s", (_, runs, from, wanted) => expect(isWindowRead(runs, ms(from))).toBe(wanted));
  it("without a window there is no end of one", () => expect(isWindowRead([run("a", 1)], null)).toBe(false));
});

describe("describeHistory: never a bare count", () => {
  const so = {
    loaded: 250,
    total: 1204,
    isComplete: false,
    unreadableRows: 0,
    backTo: "23 Nov 14:02",
    matching: null,
    isCovered: false,
  };
  it.each([
    [so, "250 of 1,204 runs read, back to 23 Nov 14:02"],
    [{ ...so, total: null }, "At least 250 runs, back to 23 Nov 14:02"],
    [{ ...so, loaded: 0, total: null, backTo: null }, "No runs read yet"],
    [{ ...so, isComplete: true, loaded: 1204 }, "All 1,204 runs read"],
    [{ ...so, matching: 12 }, "At least 12 runs match · 250 of 1,204 runs read, back to 23 Nov 14:02"],
    [{ ...so, matching: 1, isCovered: true }, "1 run matches · 250 of 1,204 runs read, back to 23 Nov 14:02"],
    [
      { ...so, loaded: 0, total: 0, isComplete: true, matching: 0, isCovered: true },
      "0 runs match · no runs",
    ],
  ])("%o", (given, text) => expect(describeHistory(given)).toBe(text));
});

it("oldestCreation compares times, not text", () => {
  expect(
    oldestCreation([
      makeRun({ id: "a", creationDate: "2026-11-24T10:00:00+02:00" }),
      run("b", 0),
      run("c", null),
    ]),
  ).toBe("2026-11-24T10:00:00+02:00");
  expect(oldestCreation([])).toBeNull();
});

describe("describeNewest: what a figure rests on", () => {
  const so = { loaded: 500, total: 1204, isComplete: false, unreadableRows: 0, backTo: "3 Nov 14:02" };
  it.each([
    [so, "over the 500 newest of 1,204 runs, back to 3 Nov 14:02"],
    [{ ...so, total: null }, "over the 500 newest runs, of how many is not known, back to 3 Nov 14:02"],
    [{ ...so, isComplete: true, loaded: 1204 }, "over all 1,204 runs"],
    [{ ...so, isComplete: true, loaded: 0, total: 0 }, "over no run: there is none"],
    [{ ...so, loaded: 0, total: null, backTo: null }, "over no run: none is read yet"],
  ])("%o", (given, text) => expect(describeNewest(given)).toBe(text));
});
