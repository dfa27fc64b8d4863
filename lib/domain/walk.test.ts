import { describe, expect, it } from "vitest";
import { canonicalFilter, type WalkFilter } from "./walk";

const base: WalkFilter = {
  sources: ["Splunk", "Sentinel"],
  timeFilterSelection: { type: "TwentyFourHours" },
};

describe("canonicalFilter: equal wishes have equal spellings", () => {
  it("does not depend on order, repeats, blanks or empty members", () => {
    const one = canonicalFilter({
      ...base,
      severities: ["Low", "High"],
      statuses: [],
      query: " phish ",
      includeUnassigned: false,
    });
    const other = canonicalFilter({
      includeUnassigned: undefined,
      query: "phish",
      severities: ["High", "Low", "High"],
      timeFilterSelection: { type: "TwentyFourHours" },
      sources: ["Sentinel", "Splunk", "Splunk"],
    });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(one).toEqual({
      sources: ["Sentinel", "Splunk"],
      timeFilterSelection: { type: "TwentyFourHours" },
      severities: ["High", "Low"],
      query: "phish",
    });
  });

  it("keeps every member that narrows or widens the result", () => {
    const full: WalkFilter = {
      sources: ["QRadar"],
      timeFilterSelection: {
        type: "Custom",
        customStartUtc: "2026-11-01T00:00:00.000Z",
        customEndUtc: "2026-11-02T00:00:00.000Z",
      },
      severities: ["High"],
      statuses: ["New"],
      query: "x",
      assigneeIds: ["a"],
      assigneeEmails: ["a@b.test"],
      includeUnassigned: true,
    };
    expect(canonicalFilter(full)).toEqual(full);
  });

  it("drops custom instants where the window is a named one: upstream ignores them there", () => {
    const filter = canonicalFilter({
      ...base,
      timeFilterSelection: { type: "ThreeHours", customStartUtc: "2026-11-01T00:00:00.000Z" },
    });
    expect(filter.timeFilterSelection).toEqual({ type: "ThreeHours" });
  });

  it("does not change its input", () => {
    const frozen = Object.freeze({ ...base, sources: Object.freeze(["b", "a"]) });
    expect(canonicalFilter(frozen).sources).toEqual(["a", "b"]);
    expect(frozen.sources).toEqual(["b", "a"]);
  });
});
