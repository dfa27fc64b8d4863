import { describe, expect, it } from "vitest";
import { defaultView } from "./incident-view";
import { parseQuery } from "./incident-view-codec";
import { builtInViews, viewNameKey, withinSight } from "./saved-view";

describe("the views that everybody has", () => {
  it("are views that the list can show, each with a key of its own", () => {
    const views = builtInViews("Ada@Example.test");
    expect(views.map(({ key }) => key)).toEqual(["open", "high-unowned", "mine", "everything"]);
    for (const { query } of views) expect(parseQuery(query).notes).toEqual([]);
    expect(parseQuery(views[0]?.query ?? "x").view).toEqual(defaultView);
    expect(parseQuery(views[1]?.query ?? "").view.filter).toMatchObject({
      severities: ["High"],
      statuses: ["Active", "New"],
      owners: { unassigned: true, emails: [] },
    });
    expect(parseQuery(views[2]?.query ?? "").view.filter.owners.emails).toEqual(["ada@example.test"]);
    expect(parseQuery(views[3]?.query ?? "").view.filter.statuses).toEqual([]);
  });

  it("do not offer one's own work where nobody knows who one is", () =>
    expect(builtInViews("").map(({ key }) => key)).not.toContain("mine"));
});

describe("a view for somebody who sees some workspaces", () => {
  const of = (mode: "any" | "none", ...values: string[]) => ({
    ...defaultView,
    filter: { ...defaultView.filter, workspaces: { mode, values } },
  });
  const isVisible = (id: string) => id === "a";

  it("names those only", () => expect(withinSight(of("any", "a", "b"), isVisible)).toEqual(of("any", "a")));

  it("is none where it is about others only, and whole where others are left out", () => {
    expect(withinSight(of("any", "b"), isVisible)).toBeNull();
    expect(withinSight(of("none", "b"), isVisible)).toEqual(defaultView);
  });

  it("stays the same object when nothing is foreign", () => {
    const view = of("any", "a");
    expect(withinSight(view, isVisible)).toBe(view);
  });
});

it("compares names without regard to case and form", () =>
  expect(viewNameKey("  Ｍy SHIFT ")).toBe(viewNameKey("my shift")));
