import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Coverage,
  type CoverageEntry,
  coverageKey,
  coverageStates,
  describeCoverage,
  mergeCoverage,
  summariseCoverage,
} from "./coverage";

const entry = (over: Partial<CoverageEntry> = {}): CoverageEntry => ({
  workspaceId: "w1",
  workspaceName: "Contoso",
  source: "Sentinel",
  state: "read",
  rows: 0,
  since: null,
  reason: null,
  ...over,
});
const coverage = (entries: readonly CoverageEntry[], over: Partial<Coverage> = {}): Coverage => ({
  asOf: "2026-11-24T14:00:00.000Z",
  entries,
  unreadableRows: 0,
  ...over,
});
const clock = (iso: string) => iso.slice(11, 16);
const say = (entries: readonly CoverageEntry[], over: Partial<Coverage> = {}) =>
  describeCoverage(summariseCoverage(coverage(entries, over)), clock);

describe("mergeCoverage: a step changes only what it names", () => {
  it("replaces by workspace × source and keeps the rest", () => {
    const merged = mergeCoverage(
      coverage([entry(), entry({ source: "Splunk", state: "reading" })]),
      coverage([entry({ source: "Splunk", state: "read", rows: 7 })], { asOf: "2026-11-24T14:01:00.000Z" }),
    );
    expect(merged.entries).toEqual([entry(), entry({ source: "Splunk", rows: 7 })]);
    expect(merged.asOf).toBe("2026-11-24T14:01:00.000Z");
  });

  it("drops the placeholder of a workspace once one of its sources is known", () => {
    const held = coverage([
      entry({ source: null, state: "missing" }),
      entry({ workspaceId: "w2", source: null }),
    ]);
    const merged = mergeCoverage(held, coverage([entry({ workspaceId: "W1" })]));
    expect(merged.entries.map(coverageKey)).toEqual(["w2 *", "w1 Sentinel"]);
    expect(mergeCoverage(null, coverage([entry(), entry({ source: null })])).entries).toEqual([entry()]);
  });

  it("takes the newest time and the highest running total of unreadable rows", () => {
    const merged = mergeCoverage(
      coverage([], { asOf: "2026-11-24T15:00:00.000Z", unreadableRows: 3 }),
      coverage([], { asOf: "2026-11-24T14:59:00.000Z", unreadableRows: 1 }),
    );
    expect(merged).toEqual(coverage([], { asOf: "2026-11-24T15:00:00.000Z", unreadableRows: 3 }));
  });

  it("changes nothing when the same step is merged again", () => {
    const anyEntry = fc.record({
      workspaceId: fc.constantFrom("w1", "W1", "w2"),
      workspaceName: fc.constantFrom("Contoso", null),
      source: fc.constantFrom("Sentinel", "Splunk", null),
      state: fc.constantFrom(...coverageStates),
      rows: fc.nat(9),
      since: fc.constantFrom("2026-11-24T13:00:00.000Z", null),
      reason: fc.constant(null),
    });
    const anyCoverage = fc
      .tuple(fc.array(anyEntry), fc.nat(3))
      .map(([entries, unreadableRows]) => coverage(entries, { unreadableRows }));
    fc.assert(
      fc.property(anyCoverage, anyCoverage, (first, second) => {
        const once = mergeCoverage(mergeCoverage(null, first), second);
        expect(mergeCoverage(once, second)).toEqual(once);
      }),
    );
  });
});

describe("summariseCoverage: no bare number for data that was not read", () => {
  it("is incomplete while nothing is known, so that an empty list is never 'all quiet'", () => {
    for (const empty of [null, coverage([])])
      expect(summariseCoverage(empty)).toMatchObject({ workspacesTotal: 0, complete: false, atLeast: true });
  });

  it("is complete when every pair was read or confirmed quiet", () => {
    const summary = summariseCoverage(coverage([entry(), entry({ source: "Splunk", state: "quiet" })]));
    expect(summary).toMatchObject({
      workspacesTotal: 1,
      workspacesCurrent: 1,
      pairsTotal: 2,
      pairsRead: 2,
      complete: true,
      atLeast: false,
    });
  });

  it("counts a workspace once: reading before missing before current", () => {
    const summary = summariseCoverage(
      coverage([
        entry({ state: "reading" }),
        entry({ workspaceId: "W1", source: "Splunk", state: "missing" }),
        entry({ workspaceId: "w2", workspaceName: "Fabrikam" }),
        entry({ workspaceId: "w2", workspaceName: "Fabrikam", source: "Splunk", state: "cut-short" }),
        entry({ workspaceId: "w3", workspaceName: "Litware" }),
      ]),
    );
    expect(summary).toMatchObject({ workspacesTotal: 3, workspacesReading: 1, workspacesCurrent: 1 });
    expect(summary.workspacesMissing).toEqual([
      { workspaceId: "w2", name: "Fabrikam", sources: ["Splunk"], whole: false, since: null, reason: null },
    ]);
  });

  it("every state that is neither read nor quiet makes a count a lower bound", () => {
    for (const state of coverageStates) {
      const summary = summariseCoverage(coverage([entry(), entry({ workspaceId: "w2", state })]));
      expect(summary.atLeast, state).toBe(state !== "read" && state !== "quiet");
      expect(summary.workspacesMissing.length, state).toBe(
        ["missing", "cut-short", "failed"].includes(state) ? 1 : 0,
      );
    }
  });

  it("rows that could not be read make a count a lower bound, too", () => {
    expect(summariseCoverage(coverage([entry()], { unreadableRows: 1 }))).toMatchObject({
      complete: true,
      atLeast: true,
    });
  });

  it("gives a workspace's oldest silence, and null when one source was never read", () => {
    const at = (hour: string) => `2026-11-24T${hour}:00:00.000Z`;
    const bad = (source: string, since: string | null) => entry({ source, state: "missing", since });
    const since = (entries: readonly CoverageEntry[]) =>
      summariseCoverage(coverage(entries)).workspacesMissing[0]?.since;
    expect(since([bad("Sentinel", at("14")), bad("Splunk", at("12"))])).toBe(at("12"));
    expect(since([bad("Sentinel", at("14")), bad("Splunk", null)])).toBeNull();
    expect(since([bad("Sentinel", at("14")), entry({ source: "Splunk", since: at("09") })])).toBe(at("14"));
  });
});

describe("describeCoverage: the status line's sentence", () => {
  const many = (count: number, over: Partial<CoverageEntry> = {}) =>
    Array.from({ length: count }, (_, at) =>
      entry({ workspaceId: `x${at}`, workspaceName: `Customer ${at}`, ...over }),
    );
  const gone = (name: string, since: string | null, over: Partial<CoverageEntry> = {}) =>
    entry({ workspaceId: name, workspaceName: name, state: "missing", since, ...over });

  it("names who is missing and since when", () => {
    const at = "2026-11-24T14:02:00.000Z";
    expect(say([...many(38), gone("Fabrikam", at), gone("Contoso", at)])).toBe(
      "38 of 40 workspaces current · Contoso, Fabrikam not read since 14:02",
    );
  });

  it("says how many are still being read", () => {
    expect(
      say([...many(12), ...many(3, { state: "reading" }).map((e, at) => ({ ...e, workspaceId: `r${at}` }))]),
    ).toBe("3 of 15 workspaces still reading");
  });

  it("shortens a long list, longest silence first", () => {
    const late = ["A", "B", "C", "D", "E"].map((name) => gone(name, "2026-11-24T14:02:00.000Z"));
    expect(say([...many(1), ...late, gone("Never", null)])).toBe(
      "1 of 7 workspaces current · Never never read so far · A, B, C and 2 more not read since 14:02",
    );
  });

  it("names the source when only a part of a workspace is missing", () => {
    expect(
      say([entry(), entry({ source: "Splunk", state: "missing", since: "2026-11-24T14:02:00.000Z" })]),
    ).toBe("0 of 1 workspace current · Contoso (Splunk) not read since 14:02");
  });

  it("falls back to the start of the id for a workspace without a name", () => {
    expect(say([gone("6eca6a1f-b7d1", null, { workspaceName: null, source: null })])).toBe(
      "0 of 1 workspace current · Workspace 6eca6a1f never read so far",
    );
  });

  it("mentions rows that could not be read", () => {
    expect(say(many(2), { unreadableRows: 1 })).toBe("2 of 2 workspaces current · 1 row could not be read");
    expect(say(many(2), { unreadableRows: 5 })).toBe("2 of 2 workspaces current · 5 rows could not be read");
  });

  it("does not claim calm when nothing has answered", () => {
    expect(say([])).toBe("No workspace has answered yet");
  });
});
