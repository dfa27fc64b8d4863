import { describe, expect, it } from "vitest";
import type { CoverageEntry } from "@/lib/domain/coverage";
import { describeEntry, groupCoverage } from "./coverage-groups";

const entry = (over: Partial<CoverageEntry>): CoverageEntry => ({
  workspaceId: "w1",
  workspaceName: "Contoso",
  source: "Sentinel",
  state: "read",
  rows: 0,
  since: null,
  reason: null,
  ...over,
});

describe("groupCoverage: who is in trouble comes first", () => {
  it("orders by trouble, then by name, and adds up the rows", () => {
    const groups = groupCoverage([
      entry({ workspaceId: "b", workspaceName: "Bravo", rows: 2 }),
      entry({ workspaceId: "B", workspaceName: "Bravo", source: "Splunk", rows: 3 }),
      entry({ workspaceId: "a", workspaceName: "Alpha" }),
      entry({ workspaceId: "r", workspaceName: "Reading", state: "reading" }),
      entry({ workspaceId: "z", workspaceName: "Zulu" }),
      entry({ workspaceId: "z", workspaceName: "Zulu", source: "Splunk", state: "cut-short" }),
    ]);
    expect(groups.map(({ name, state, rows }) => [name, state, rows])).toEqual([
      ["Zulu", "missing", 0],
      ["Reading", "reading", 0],
      ["Alpha", "current", 0],
      ["Bravo", "current", 5],
    ]);
    expect(groups[3]?.sources.map(({ source }) => source)).toEqual(["Sentinel", "Splunk"]);
  });

  it("takes the name from whichever source told it, and lives without one", () => {
    const groups = groupCoverage([
      entry({ workspaceName: null }),
      entry({ source: "Splunk" }),
      entry({ workspaceId: "x", workspaceName: null, source: null, state: "missing" }),
    ]);
    expect(groups.map(({ name }) => name)).toEqual([null, "Contoso"]);
  });

  it("is empty without entries", () => expect(groupCoverage([])).toEqual([]));
});

describe("describeEntry", () => {
  const clock = (iso: string) => iso.slice(11, 16);
  it.each([
    [entry({}), "read"],
    [entry({ state: "quiet" }), "nothing for this filter"],
    [entry({ state: "reading", since: "2026-11-24T14:02:00Z" }), "still reading"],
    [entry({ state: "missing" }), "did not answer, never read so far"],
    [
      entry({ state: "failed", since: "2026-11-24T14:02:00Z", reason: "403, no role there" }),
      "could not be read since 14:02 (403, no role there)",
    ],
  ])("%#", (given, text) => expect(describeEntry(given, clock)).toBe(text));
});
