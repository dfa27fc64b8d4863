import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldRetries } from "./gamebook-chains";
import { makePlaybook, makeRun } from "./gamebook-fixture";
import { failsMoreOften, reliabilityOf, retrySummary, sortReliability, wilson } from "./gamebook-reliability";

const read = (
  id: string,
  own: Parameters<typeof makeRun>[0] | object,
  ...playbooks: ReturnType<typeof makePlaybook>[]
) => ({
  run: makeRun({ ...own, id }),
  playbooks,
});
const step = (name: string, status: string, executionTime: string | null = null) =>
  makePlaybook({ name, status, executionTime });

describe("reliabilityOf: failed of n, by playbook and workspace", () => {
  const found = reliabilityOf([
    read("1", {}, step("Block IP", "Failed", "00:00:10"), step("Reset password", "Succeeded")),
    read("2", { originalGamebookId: "1" }, step("Block IP", "Failed", "00:00:20")),
    read(
      "3",
      { originalGamebookId: "1", isRetryGamebook: true },
      step(" Block IP ", "Succeeded", "00:00:40"),
    ),
    read(
      "4",
      { workspaceId: "W2", workspaceName: "Adatum" },
      step("Block IP", "PartiallySucceeded"),
      step("Block IP", "Cancelled"),
    ),
    read(
      "5",
      { workspaceId: "w2", workspaceName: null },
      step("Block IP", "Running"),
      makePlaybook({ name: null, referenceId: null }),
    ),
  ]);
  const row = (name: string) => found.rows.find(({ playbook }) => playbook === name);

  it("a retry that succeeds at last leaves its two failures in the figure", () => {
    expect(row("Block IP")?.byWorkspace.get("w1")).toEqual({
      n: 3,
      failed: 2,
      undecided: 0,
      retries: 2,
      medianMs: 20_000,
    });
  });
  it("what ended without a verdict or has not ended is not in n", () => {
    expect(row("Block IP")?.byWorkspace.get("w2")).toEqual({
      n: 1,
      failed: 1,
      undecided: 2,
      retries: 0,
      medianMs: null,
    });
    expect(row("Block IP")?.all).toMatchObject({ n: 4, failed: 3, undecided: 2 });
  });
  it("hides no playbook because it has no name, and no workspace because one row lacks its name", () => {
    expect(row("(no name)")?.all.n).toBe(1);
    expect(found.workspaces.map(({ id, name, all }) => [id, name, all.n])).toEqual([
      ["w2", "Adatum", 2],
      ["w1", "Contoso", 4],
    ]);
  });
  it("rests on nothing without runs", () => {
    expect(reliabilityOf([])).toEqual({ rows: [], workspaces: [] });
    expect(reliabilityOf([read("1", {})])).toEqual({ rows: [], workspaces: [] });
  });
  it("the cells of a row add up to its whole", () => {
    for (const { all, byWorkspace } of found.rows)
      for (const figure of ["n", "failed", "undecided", "retries"] as const)
        expect([...byWorkspace.values()].reduce((sum, cell) => sum + cell[figure], 0)).toBe(all[figure]);
  });
  it("the median of an even number lies between the middle two", () => {
    const [only] = reliabilityOf([
      read(
        "1",
        {},
        ...["00:00:10", "00:00:20", "00:00:40", "00:10:00"].map((time) => step("A", "Succeeded", time)),
      ),
    ]).rows;
    expect(only?.all.medianMs).toBe(30_000);
  });
});

describe("wilson: how much a rate says", () => {
  it.each([
    // Reference values: R, prop.test(x, n, correct = FALSE)$conf.int
    [0, 10, 0, 0.2775],
    [1, 1, 0.2065, 1],
    [1, 10, 0.0179, 0.4042],
    [14, 100, 0.0853, 0.2214],
    [50, 100, 0.4038, 0.5962],
  ])("%s of %s", (failed, n, low, high) => {
    const interval = wilson(failed, n);
    expect(interval?.low).toBeCloseTo(low, 3);
    expect(interval?.high).toBeCloseTo(high, 3);
  });
  it("says nothing about nothing, and always holds the share itself", () => {
    expect(wilson(0, 0)).toBeNull();
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const failed = Math.round(share * n);
          const interval = wilson(failed, n);
          expect(interval!.low).toBeLessThanOrEqual(failed / n + 1e-12);
          expect(interval!.high).toBeGreaterThanOrEqual(failed / n - 1e-12);
          expect(interval!.low).toBeGreaterThanOrEqual(0);
          expect(interval!.high).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe("sortReliability", () => {
  const { rows } = reliabilityOf([
    read("1", {}, step("B", "Failed"), step("A", "Succeeded"), step("A", "Failed"), step("C", "Running")),
    read("2", {}, step("D", "Failed"), step("D", "Failed")),
    read("3", { workspaceId: "w2" }, step("A", "Succeeded")),
  ]);
  const order = (by: string, isDescending: boolean) =>
    sortReliability(rows, { by, isDescending }).map(({ playbook }) => playbook);
  it("by rate: of two equal ones the one that rests on more; what has no figure comes last both ways", () => {
    expect(order("rate", true)).toEqual(["D", "B", "A", "C"]);
    expect(order("rate", false)).toEqual(["A", "D", "B", "C"]);
  });
  it("by name, by n, by one workspace", () => {
    expect(order("playbook", false)).toEqual(["A", "B", "C", "D"]);
    expect(order("n", true)).toEqual(["A", "D", "B", "C"]);
    expect(order("w2", true)).toEqual(["A", "B", "C", "D"]);
  });
});

it("retrySummary tells what became of what was tried again", () => {
  const chains = foldRetries([
    makeRun({
      id: "5",
      originalGamebookId: "gone",
      status: "Succeeded",
      creationDate: "2026-11-24T15:00:00Z",
    }),
    makeRun({ id: "4", originalGamebookId: "3", status: "Running", creationDate: "2026-11-24T14:00:00Z" }),
    makeRun({ id: "3", status: "Failed", creationDate: "2026-11-24T13:00:00Z" }),
    makeRun({ id: "2", originalGamebookId: "1", status: "Failed", creationDate: "2026-11-24T12:00:00Z" }),
    makeRun({ id: "1", status: "Failed", creationDate: "2026-11-24T11:00:00Z" }),
    makeRun({ id: "0", status: "Failed", creationDate: "2026-11-24T10:00:00Z" }),
  ]);
  expect(retrySummary(chains)).toEqual({ chains: 3, succeeded: 1, failing: 1, other: 1, withoutFirst: 1 });
});

it.each([
  [1, 1, 2, 10, false],
  [3, 3, 12, 100, true],
  [9, 10, 20, 200, true],
  [0, 10, 0, 10, false],
  [0, 0, 1, 5, false],
])("%s of %s against %s of %s overall", (failed, n, allFailed, allN, worse) =>
  expect(failsMoreOften({ failed, n }, { failed: allFailed, n: allN })).toBe(worse),
);
