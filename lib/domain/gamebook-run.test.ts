import { describe, expect, it } from "vitest";
import { countPlaybooks, runKey, startedBy, starterText, waitsFor, yearCandidates } from "./gamebook-run";

describe("startedBy", () => {
  const run = { isAutoRun: null, triggedByUserId: null, displayName: null };
  it.each([
    [{ ...run, isAutoRun: true, displayName: "Automation" }, "automatic", "Automation"],
    [{ ...run, isAutoRun: true, triggedByUserId: "u1" }, "automatic", "Automatic"],
    [{ ...run, triggedByUserId: "u1", displayName: "Zoë" }, "person", "Zoë"],
    [{ ...run, triggedByUserId: "u1", displayName: "  " }, "person", "A person, not named"],
    [{ ...run, isAutoRun: false, displayName: "Triage agent" }, "agent", "Triage agent"],
    [run, "unknown", "Not known"],
  ] as const)("%o", (given, kind, text) => {
    expect(startedBy(given).kind).toBe(kind);
    expect(starterText(startedBy(given))).toBe(text);
  });
});

describe("waitsFor: three marks, none of them documented", () => {
  const run = { status: "Pending", isAdminRequired: false, isQueued: true };
  it.each([
    [run, "queued"],
    [{ ...run, isAdminRequired: true }, "approval"],
    [{ ...run, isAdminRequired: true, isQueued: null }, "approval"],
    [{ ...run, status: "PendingApproval", isQueued: false }, "approval"],
    [{ ...run, status: "Hibernating" }, "queued"],
    [{ ...run, status: "Hibernating", isAdminRequired: true }, "approval"],
    [{ ...run, status: "Hibernating", isQueued: null }, null],
    [{ ...run, status: null, isQueued: null, isAdminRequired: true }, null],
    [{ ...run, status: "Running", isAdminRequired: true }, null],
    [{ ...run, status: "Failed", isAdminRequired: true }, null],
    [{ ...run, status: "Rejected", isAdminRequired: true }, null],
  ] as const)("%o", (given, wanted) => expect(waitsFor(given)).toBe(wanted));
});

describe("countPlaybooks", () => {
  it("counts what failed in part as failed, and what neither failed nor succeeded apart", () => {
    const list = ["Succeeded", "Failed", "PartiallySucceeded", "Cancelled", "Pending", null];
    expect(countPlaybooks(list.map((status) => ({ status })))).toEqual({
      succeeded: 1,
      failed: 2,
      other: 3,
      total: 6,
    });
  });
});

describe("yearCandidates: the year of a run is UTC's, and its neighbour at New Year", () => {
  const now = Date.UTC(2026, 10, 24);
  it.each([
    ["2026-06-01T00:00:00Z", [2026, 2025, 2027]],
    ["2027-01-01T00:00:10Z", [2027, 2026, 2028]],
    ["2026-12-31T23:59:50Z", [2026, 2027, 2025]],
    // In UTC this is the year before, whatever the offset shows.
    ["2027-01-01T01:00:00+02:00", [2026, 2027, 2025]],
    ["2100-12-31T23:00:00Z", [2100, 2099]],
    [null, [2026, 2025]],
    ["yesterday", [2026, 2025]],
  ])("%s", (creationDate, years) => expect(yearCandidates(creationDate, now)).toEqual(years));
});

it("the same id in two workspaces is two runs, and spelling of a workspace is none", () => {
  expect(runKey({ id: "1", workspaceId: "A" })).toBe(runKey({ id: "1", workspaceId: "a" }));
  expect(runKey({ id: "1", workspaceId: "a" })).not.toBe(runKey({ id: "1", workspaceId: "b" }));
  expect(runKey({ id: "1", workspaceId: null })).toBe("/1");
});
