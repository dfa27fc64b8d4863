import { describe, expect, it } from "vitest";
import type { WalkFilter } from "@/lib/domain/walk";
import { type ProbedRow, surelyMatches } from "./expectation";

const nowMs = Date.parse("2026-11-24T12:00:00.000Z");
const filter: WalkFilter = { sources: [], timeFilterSelection: { type: "ThreeHours" } };
const row: ProbedRow = {
  workspaceId: "w",
  workspaceName: "W",
  source: "Sentinel",
  severity: "High",
  status: "New",
  creationTime: "2026-11-24T10:00:00.000Z",
  lastModificationTime: "2026-11-24T11:00:00.000Z",
};
const matches = (over: Partial<WalkFilter>, ofRow: Partial<ProbedRow> = {}) =>
  surelyMatches({ ...filter, ...over }, { ...row, ...ofRow }, nowMs);

describe("surelyMatches: only what cannot be read otherwise", () => {
  it("takes a row that every member of the filter takes", () => {
    expect(matches({})).toBe(true);
    expect(matches({ sources: ["Sentinel"], severities: ["High"], statuses: ["New", "Active"] })).toBe(true);
  });

  it("does not take a row that any member refuses", () => {
    for (const over of [{ sources: ["Splunk"] }, { severities: ["Low"] }, { statuses: ["Closed"] }])
      expect(matches(over)).toBe(false);
    expect(matches({ severities: ["High"] }, { severity: null })).toBe(false);
  });

  it("needs both times inside the window, and not at its very edge", () => {
    for (const edge of [
      "2026-11-24T08:59:00.000Z",
      "2026-11-24T09:05:00.000Z",
      "2026-11-24T12:00:01.000Z",
      null,
    ]) {
      expect(matches({}, { creationTime: edge }), String(edge)).toBe(false);
      expect(matches({}, { lastModificationTime: edge }), String(edge)).toBe(false);
    }
  });

  it("takes a custom window by its instants and never a half one", () => {
    const custom = {
      type: "Custom",
      customStartUtc: "2026-11-24T09:00:00Z",
      customEndUtc: "2026-11-24T11:30:00Z",
    } as const;
    expect(matches({ timeFilterSelection: custom })).toBe(true);
    expect(matches({ timeFilterSelection: { ...custom, customEndUtc: "2026-11-24T10:30:00Z" } })).toBe(false);
    expect(matches({ timeFilterSelection: { ...custom, customEndUtc: undefined } })).toBe(false);
  });

  it("does not judge free text and owners, whose matching is upstream's secret", () => {
    const opaque: Partial<WalkFilter>[] = [
      { query: "x" },
      { assigneeIds: ["a"] },
      { assigneeEmails: ["a@b.test"] },
      { includeUnassigned: true },
    ];
    for (const over of opaque) expect(matches(over)).toBe(false);
  });
});
