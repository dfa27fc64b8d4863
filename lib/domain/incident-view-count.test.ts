import { describe, expect, it } from "vitest";
import { type CoverageEntry, type CoverageState, summariseCoverage } from "./coverage";
import { type CountInput, describeCount, describeProgress } from "./incident-view-count";

const clock = (iso: string) => iso.slice(11, 16);
const entry = (state: CoverageState, n: number, since: string | null = null): CoverageEntry => ({
  workspaceId: `w${n}`,
  workspaceName: `Workspace ${n}`,
  source: "Sentinel",
  state,
  rows: 0,
  since,
  reason: null,
});
const coverage = (states: readonly CoverageEntry[], unreadableRows = 0) =>
  summariseCoverage({ asOf: "2026-11-24T14:00:00.000Z", entries: states, unreadableRows });
const all = (state: CoverageState, count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => entry(state, from + n));
const say = (over: Partial<CountInput>) =>
  describeCount(
    {
      matching: 240,
      loaded: 240,
      narrowed: false,
      kind: "open",
      phase: "complete",
      finished: null,
      current: null,
      ...over,
    },
    clock,
  );

describe("describeCount: a number stands alone only when everything was read", () => {
  const everything = coverage(all("read", 40));
  const oneMissing = coverage([...all("read", 39), entry("missing", 39, "2026-11-24T14:02:00.000Z")]);

  it("complete", () => expect(say({ finished: everything })).toBe("240 open"));

  it("while the first pass runs", () => {
    expect(say({ phase: "reading" })).toBe("240 open loaded · Waiting for the first answer");
    const current = coverage([...all("read", 37), ...all("reading", 3, 37)]);
    expect(say({ phase: "reading", current })).toBe("240 open loaded · 3 of 40 workspaces still reading");
  });

  it("with a workspace missing", () => {
    expect(say({ loaded: 4812, finished: oneMissing })).toBe(
      "At least 4,812 open · 1 of 40 workspaces not read since 14:02",
    );
  });

  it("gives no time when one of the missing was never read", () => {
    const finished = coverage([
      ...all("read", 1),
      entry("missing", 8, "2026-11-24T14:02:00.000Z"),
      entry("failed", 9),
    ]);
    expect(say({ finished })).toBe("At least 240 open · 2 of 3 workspaces not read");
  });

  it("with rows that could not be read", () => {
    expect(say({ finished: coverage(all("read", 40), 1) })).toBe(
      "At least 240 open · 1 row could not be read",
    );
    expect(say({ finished: coverage(all("read", 40), 2) })).toContain("2 rows could not be read");
  });

  it("with a filter over what is loaded", () => {
    expect(say({ matching: 37, narrowed: true, finished: everything })).toBe("37 of 240 open");
    expect(say({ matching: 0, narrowed: true, finished: oneMissing })).toBe(
      "None of 240 open matches · 1 of 40 workspaces not read since 14:02",
    );
    expect(say({ matching: 240, narrowed: true, finished: everything })).toBe("240 open");
  });

  it("with nothing at all says so in words, and whether that is certain", () => {
    const nothing = { matching: 0, loaded: 0 };
    expect(say({ ...nothing, finished: everything })).toBe("No open incidents");
    expect(say({ ...nothing, finished: oneMissing })).toBe(
      "No open incidents found · 1 of 40 workspaces not read since 14:02",
    );
    expect(say({ ...nothing, kind: "incidents", finished: everything })).toBe("No incidents");
    expect(say({ ...nothing, phase: "reading" })).toBe("Waiting for the first answer");
    expect(say({ ...nothing, phase: "reading", current: coverage(all("reading", 2)) })).toBe(
      "No open incidents so far · 2 of 2 workspaces still reading",
    );
  });

  it("when the first pass stopped or is paused", () => {
    const current = coverage([...all("read", 37), ...all("reading", 3, 37)]);
    expect(say({ phase: "failed", current })).toBe(
      "At least 240 open · reading stopped · 3 of 40 workspaces not finished",
    );
    expect(say({ phase: "paused", current })).toContain("At least 240 open · reading is paused");
    expect(say({ phase: "failed", loaded: 0 })).toBe("No open incidents found · reading stopped");
  });

  it("keeps what it knows while rows are read anew", () => {
    expect(say({ finished: everything, phase: "reading", current: coverage(all("reading", 40)) })).toBe(
      "240 open loaded · reading anew",
    );
    expect(say({ finished: oneMissing, phase: "failed" })).toBe(
      "At least 240 open loaded · 1 of 40 workspaces not read since 14:02 · reading stopped",
    );
  });

  it("never gives a bare number for any coverage that is not all read", () => {
    for (const state of ["reading", "missing", "cut-short", "failed"] as const)
      for (const phase of ["reading", "paused", "failed", "complete"] as const) {
        const summary = coverage([...all("read", 3), entry(state, 3)]);
        for (const where of [{ finished: summary }, { current: summary }])
          expect(say({ phase, ...where }), `${state} ${phase}`).toMatch(/At least|still reading/);
      }
  });

  it("names what is missing already while the first pass goes on", () => {
    const current = coverage([entry("read", 1), entry("missing", 2)]);
    expect(say({ phase: "reading", current })).toBe(
      "240 open loaded · still reading · 1 of 2 workspaces not read",
    );
  });
});

describe("describeProgress", () => {
  it("counts pairs and rows", () => {
    expect(
      describeProgress(coverage([...all("read", 2), ...all("quiet", 1, 2), ...all("reading", 1, 3)]), 1204),
    ).toBe("Reading 3 of 4 workspace × source · 1,204 rows");
    expect(describeProgress(coverage(all("reading", 1)), 1)).toBe(
      "Reading 0 of 1 workspace × source · 1 row",
    );
  });
  it("does not invent a total before anything answered", () => {
    expect(describeProgress(null, 0)).toBe("Waiting for the first answer");
    expect(describeProgress(coverage([]), 0)).toBe("Waiting for the first answer");
  });
});
