import { describe, expect, it } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { countFacet, localTest, upstreamTest } from "./incident-filter";
import { defaultView, type LocalFilter, type ViewFilter } from "./incident-view";
import { makeRow } from "./incident-view-fixture";

const filter = (over: Partial<ViewFilter> = {}): ViewFilter => ({ ...defaultView.filter, ...over });
const any = (...values: string[]): LocalFilter => ({ mode: "any", values });
const none = (...values: string[]): LocalFilter => ({ mode: "none", values });
const keeps = (over: Partial<ViewFilter>, row: Partial<IncidentRow>) => {
  const test = localTest(filter(over));
  if (test === null) throw new Error("expected a filter");
  return test(makeRow(row));
};
const zoe = { id: "z", displayName: "Zoë", email: "Zoe@x.test" };

describe("localTest: filters over what is loaded", () => {
  it("is null without a filter, and for what upstream answers alone", () => {
    expect(localTest(filter())).toBeNull();
    expect(localTest(filter({ severities: ["High"], sources: ["Splunk"], text: "x" }))).toBeNull();
  });

  it("keeps rows with one of several values", () => {
    expect(keeps({ tactics: any("Impact", "Execution") }, { tactics: ["Execution", "Discovery"] })).toBe(
      true,
    );
    expect(keeps({ tactics: any("Impact") }, { tactics: ["Discovery"] })).toBe(false);
    expect(keeps({ tactics: any("Impact") }, { tactics: [] })).toBe(false);
  });

  it("negated, drops them; a row without any value stays", () => {
    expect(keeps({ products: none("Lab") }, { alertProductNames: ["Lab", "XDR"] })).toBe(false);
    expect(keeps({ products: none("Lab") }, { alertProductNames: [] })).toBe(true);
  });

  it("compares ids and words without regard to case", () => {
    expect(keeps({ workspaces: any("abc") }, { workspaceId: "ABC" })).toBe(true);
    expect(keeps({ tactics: any("impact") }, { tactics: ["Impact"] })).toBe(true);
  });

  it("asks for all filters at once", () => {
    const both = { workspaces: any("w1"), tactics: none("Impact") };
    expect(keeps(both, { workspaceId: "w1", tactics: [] })).toBe(true);
    expect(keeps(both, { workspaceId: "w1", tactics: ["Impact"] })).toBe(false);
    expect(keeps(both, { workspaceId: "w2", tactics: [] })).toBe(false);
  });

  it("checks the owner again: nobody, somebody, or either", () => {
    const nobody = { owners: { unassigned: true, emails: [] } };
    expect(keeps(nobody, { user: null })).toBe(true);
    expect(keeps(nobody, { user: zoe })).toBe(false);
    const hers = { owners: { unassigned: false, emails: ["zoe@x.test"] } };
    expect(keeps(hers, { user: zoe })).toBe(true);
    expect(keeps(hers, { user: null })).toBe(false);
    expect(keeps(hers, { user: { ...zoe, email: null } })).toBe(false);
    const either = { owners: { unassigned: true, emails: ["zoe@x.test"] } };
    expect(keeps(either, { user: null }) && keeps(either, { user: zoe })).toBe(true);
  });
});

describe("upstreamTest: which known rows may stay while a changed filter is read", () => {
  const now = Date.parse("2026-11-24T14:00:00.000Z");
  const test = (over: Partial<ViewFilter>, row: Partial<IncidentRow> = {}) =>
    upstreamTest(filter(over), now)?.(makeRow(row));

  it("cannot say for a text search", () => expect(upstreamTest(filter({ text: "x" }), now)).toBeNull());

  it("goes by creation and window, both ends", () => {
    expect(test({}, { creationTime: "2026-11-23T14:00:00.000Z" })).toBe(true);
    expect(test({}, { creationTime: "2026-11-23T13:59:59.999Z" })).toBe(false);
    expect(test({ window: { type: "FourtyEightHours" } }, { creationTime: "2026-11-23T13:00:00.000Z" })).toBe(
      true,
    );
    const window = {
      type: "Custom" as const,
      from: "2026-11-20T00:00:00.000Z",
      to: "2026-11-21T00:00:00.000Z",
    };
    expect(test({ window }, { creationTime: "2026-11-20T12:00:00.000Z" })).toBe(true);
    expect(test({ window }, { creationTime: "2026-11-21T00:00:00.001Z" })).toBe(false);
    expect(test({}, { creationTime: null })).toBe(false);
  });

  it.each<[Partial<ViewFilter>, Partial<IncidentRow>, boolean]>([
    [{ severities: ["Low"] }, { severity: "Low" }, true],
    [{ severities: ["Low"] }, { severity: "High" }, false],
    [{ severities: ["Low"] }, { severity: null }, false],
    [{ statuses: [] }, { status: "Closed" }, true],
    [{}, { status: "Closed" }, false],
    [{ sources: ["Splunk"] }, { source: "Sentinel" }, false],
    [{ owners: { unassigned: true, emails: [] } }, { user: zoe }, false],
  ])("%o and %o: %s", (over, row, expected) => expect(test(over, row)).toBe(expected));
});

describe("countFacet: counts over the loaded rows", () => {
  const rows = [
    makeRow({ id: "1", tactics: ["Impact", "Impact"], user: zoe }),
    makeRow({ id: "2", tactics: ["Impact", "Discovery"], severity: null }),
    makeRow({
      id: "3",
      workspaceId: "W9",
      workspaceName: null,
      user: { id: null, displayName: "X", email: null },
    }),
  ];
  it("counts a row once per value, the most frequent first", () => {
    expect(countFacet(rows, "tactic")).toEqual([
      { value: "Impact", label: "Impact", rows: 2 },
      { value: "Discovery", label: "Discovery", rows: 1 },
    ]);
  });
  it("leaves out what is unknown rather than inventing a value", () => {
    expect(countFacet(rows, "severity")).toEqual([{ value: "High", label: "High", rows: 2 }]);
  });
  it("names owners and workspaces, and falls back to what identifies them", () => {
    expect(countFacet(rows, "owner")).toEqual([
      { value: "unassigned", label: "Nobody", rows: 1 },
      { value: "zoe@x.test", label: "Zoë", rows: 1 },
    ]);
    expect(countFacet(rows, "workspace").map(({ value, label }) => [value, label])).toEqual([
      ["11111111-1111-4111-8111-111111111111", "Contoso"],
      ["w9", "W9"],
    ]);
  });
  it("is empty for no rows", () => expect(countFacet([], "source")).toEqual([]));
});
