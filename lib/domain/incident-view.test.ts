import { describe, expect, it } from "vitest";
import {
  clearFilter,
  defaultView,
  isLocallyNarrowed,
  isNarrowed,
  isOpenWork,
  toWalkFilter,
  type ViewFilter,
} from "./incident-view";

const filter = (over: Partial<ViewFilter> = {}): ViewFilter => ({ ...defaultView.filter, ...over });

const nowMs = Date.UTC(2026, 10, 24, 12);

describe("toWalkFilter: what goes upstream", () => {
  it("is the window, the statuses and nothing that was not chosen", () => {
    expect(toWalkFilter(filter(), nowMs)).toEqual({
      sources: [],
      timeFilterSelection: { type: "TwentyFourHours" },
      statuses: ["Active", "New"],
    });
  });

  it("names both ends of a custom range, the owners and the text", () => {
    expect(
      toWalkFilter(
        filter({
          window: { type: "Custom", from: "2026-11-23T00:00:00.000Z", to: "2026-11-24T00:00:00.000Z" },
          statuses: [],
          severities: ["High"],
          sources: ["Splunk"],
          text: "fin-042",
          owners: { unassigned: true, emails: ["zoe@x.test"] },
        }),
        nowMs,
      ),
    ).toEqual({
      sources: ["Splunk"],
      timeFilterSelection: {
        type: "Custom",
        customStartUtc: "2026-11-23T00:00:00.000Z",
        customEndUtc: "2026-11-24T00:00:00.000Z",
      },
      severities: ["High"],
      query: "fin-042",
      assigneeEmails: ["zoe@x.test"],
      includeUnassigned: true,
    });
  });

  it("asks for a window that upstream has no name for by its ends", () => {
    expect(toWalkFilter(filter({ window: { type: "SevenDays" } }), nowMs).timeFilterSelection).toEqual({
      type: "Custom",
      customStartUtc: "2026-11-17T12:00:00.000Z",
      customEndUtc: "2026-11-24T12:00:00.000Z",
    });
  });

  it("does not change with the filters over loaded rows, so that these never start a new walk", () => {
    const local = { mode: "none" as const, values: ["x"] };
    expect(toWalkFilter(filter({ workspaces: local, tactics: local, products: local }), nowMs)).toEqual(
      toWalkFilter(filter(), nowMs),
    );
  });
});

describe("isNarrowed: may clearing the filters show more?", () => {
  it("not on open work, all statuses or another window", () => {
    expect(isNarrowed(filter())).toBe(false);
    expect(isNarrowed(filter({ statuses: [] }))).toBe(false);
    expect(isNarrowed(filter({ window: { type: "ThreeHours" } }))).toBe(false);
  });
  it.each<Partial<ViewFilter>>([
    { statuses: ["Closed"] },
    { statuses: ["New"] },
    { sources: ["Splunk"] },
    { severities: ["Low"] },
    { text: "x" },
    { owners: { unassigned: true, emails: [] } },
    { owners: { unassigned: false, emails: ["a@x.test"] } },
    { workspaces: { mode: "any", values: ["w"] } },
    { tactics: { mode: "none", values: ["Impact"] } },
    { products: { mode: "any", values: ["P"] } },
  ])("with %o, and clearFilter undoes it but keeps the window", (over) => {
    const narrowed = filter({ ...over, window: { type: "SixHours" } });
    expect(isNarrowed(narrowed)).toBe(true);
    expect(isNarrowed(clearFilter(narrowed))).toBe(false);
    expect(clearFilter(narrowed).window).toEqual({ type: "SixHours" });
  });
  it("tells local filters apart, since they hide rows that are loaded", () => {
    expect(isLocallyNarrowed(filter({ text: "x" }))).toBe(false);
    expect(isLocallyNarrowed(filter({ tactics: { mode: "any", values: ["Impact"] } }))).toBe(true);
  });
});

describe("isOpenWork", () => {
  it("is New and Active, no more and no less", () => {
    expect(isOpenWork(filter())).toBe(true);
    for (const statuses of [[], ["New"], ["New", "Active", "Closed"], ["New", "Closed"]])
      expect(isOpenWork(filter({ statuses }))).toBe(false);
  });
});
