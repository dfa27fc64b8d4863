import { describe, expect, it } from "vitest";
import type { CoverageEntry } from "./coverage";
import {
  describeWorkspaces,
  filterWorkspaces,
  readAtOf,
  readStateOf,
  sortWorkspaces,
  undoOf,
  type WorkspaceFilter,
  workspaceRows,
} from "./workspace-desk";
import type { WorkspaceProfile, WorkspacesOverview } from "./workspace-profile";

const at = (minute: number) => `2026-11-24T10:${String(minute).padStart(2, "0")}:00.000Z`;
const profile = (id: string, more: Partial<WorkspaceProfile> = {}): WorkspaceProfile => ({
  id,
  ownName: null,
  upstreamName: `Customer ${id}`,
  learnedFrom: "rows",
  firstSeenAt: at(0),
  lastSeenAt: at(1),
  tags: [],
  groupIds: [],
  hidden: null,
  revision: 0,
  changedAt: null,
  changedBy: null,
  open: {},
  ...more,
});
const entry = (
  workspaceId: string,
  state: CoverageEntry["state"],
  since: string | null,
  source = "Sentinel",
): CoverageEntry => ({ workspaceId, workspaceName: null, source, state, rows: 0, since, reason: null });

function rowsOf(workspaces: readonly WorkspaceProfile[], entries: readonly CoverageEntry[] = []) {
  const overview: WorkspacesOverview = {
    workspaces,
    groups: [
      { id: "n", name: "Night", isForSight: false, mayChange: true },
      { id: "d", name: "Day", isForSight: true, mayChange: false },
    ],
    basis: {
      asOf: at(5),
      coverage: { asOf: at(5), entries, unreadableRows: 0 },
      window: { isCovered: true, isReached: true, coveredFrom: null, uncovered: [], moreUncovered: 0 },
    },
    mayManage: true,
    mayKeepGroups: true,
  };
  return workspaceRows(overview);
}

const everything: WorkspaceFilter = {
  text: "",
  tags: [],
  groupIds: [],
  state: null,
  isHiddenShown: false,
};
const hidden = { at: at(0), reason: "Left us", by: "Ada" };
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).join("");

describe("how current a workspace is, by its worst source", () => {
  it("one source that was never read, or none that is known, is not all quiet", () => {
    expect(readStateOf([])).toBe("unread");
    expect(readStateOf([entry("a", "read", at(1)), entry("a", "missing", null, "Other")])).toBe("unread");
    expect(readStateOf([entry("a", "quiet", at(1)), entry("a", "failed", at(0), "Other")])).toBe("behind");
    expect(readStateOf([entry("a", "quiet", at(1)), entry("a", "read", at(0), "Other")])).toBe("current");
  });

  it("is as old as its oldest source", () => {
    expect(readAtOf([entry("a", "read", at(3)), entry("a", "read", at(2), "Other")])).toBe(at(2));
    expect(readAtOf([entry("a", "read", at(3)), entry("a", "missing", null, "Other")])).toBeNull();
    expect(readAtOf([])).toBeNull();
  });
});

describe("filterWorkspaces", () => {
  const rows = rowsOf(
    [
      profile("a", { ownName: "Contoso", tags: ["eu", "tier 1"], groupIds: ["n"] }),
      profile("b", { tags: ["us"], groupIds: ["d"] }),
      profile("c", { hidden, tags: ["eu"] }),
    ],
    [entry("a", "read", at(1))],
  );
  const find = (more: Partial<WorkspaceFilter>) => filterWorkspaces(rows, { ...everything, ...more });

  it("hidden ones are left out and counted, never silently", () => {
    expect([ids(find({}).rows), find({}).hidden]).toEqual(["ab", 1]);
    expect([ids(find({ tags: ["eu"] }).rows), find({ tags: ["eu"] }).hidden]).toEqual(["a", 1]);
    expect([ids(find({ isHiddenShown: true }).rows), find({ isHiddenShown: true }).hidden]).toEqual([
      "abc",
      0,
    ]);
    expect(describeWorkspaces(find({}), 3)).toBe("2 of 3 workspaces · 1 not current · 1 hidden");
  });

  it("finds every word in either name, id, tag, group or reason", () => {
    expect(ids(find({ text: "CONTOSO night" }).rows)).toBe("a");
    expect(ids(find({ text: "customer tier" }).rows)).toBe("a");
    expect(ids(find({ text: "left", isHiddenShown: true }).rows)).toBe("c");
    expect(ids(find({ text: "day eu" }).rows)).toBe("");
  });

  it("takes one of several tags or groups, and both kinds together", () => {
    expect(ids(find({ tags: ["us", "eu"] }).rows)).toBe("ab");
    expect(ids(find({ tags: ["us", "eu"], groupIds: ["n"] }).rows)).toBe("a");
    expect(ids(find({ state: "unread" }).rows)).toBe("b");
  });
});

describe("sortWorkspaces", () => {
  it("by what people call them; the unnamed come last in either direction", () => {
    const rows = rowsOf([
      profile("a", { upstreamName: null }),
      profile("b", { ownName: "Alpine", upstreamName: "Zeta" }),
      profile("c", { upstreamName: "Customer 10" }),
      profile("d", { upstreamName: "Customer 9" }),
    ]);
    expect(ids(sortWorkspaces(rows, { column: "name", descending: false }))).toBe("bdca");
    expect(ids(sortWorkspaces(rows, { column: "name", descending: true }))).toBe("cdba");
  });

  it("one High weighs more than any number of others", () => {
    const rows = rowsOf([
      profile("a", { open: { Low: 90, Medium: 20 } }),
      profile("b", { open: { High: 1 } }),
      profile("c", { open: { High: 1, Low: 1 } }),
    ]);
    expect(ids(sortWorkspaces(rows, { column: "open", descending: true }))).toBe("cba");
  });

  it("never read is older than any reading", () => {
    const rows = rowsOf(
      [profile("a"), profile("b"), profile("c")],
      [entry("a", "read", at(2)), entry("c", "read", at(1))],
    );
    expect(ids(sortWorkspaces(rows, { column: "read", descending: false }))).toBe("bca");
  });
});

describe("undoOf: each workspace comes back to what it was", () => {
  it("takes off only what was put on, and hides again with the reason of before", () => {
    const before = [
      profile("a", { tags: ["eu"], groupIds: ["n"] }),
      profile("b", { hidden }),
      profile("c", { tags: ["eu"], groupIds: ["n"] }),
    ];
    const undo = undoOf(before, {
      workspaceIds: ["a", "b", "c"],
      tags: { add: ["eu", "x"], remove: ["y"] },
      groups: { add: [], remove: ["n"] },
      hidden: null,
    });
    expect(undo).toEqual([
      {
        workspaceIds: ["a", "c"],
        tags: { add: [], remove: ["x"] },
        groups: { add: ["n"], remove: [] },
        hidden: null,
      },
      {
        workspaceIds: ["b"],
        tags: { add: [], remove: ["eu", "x"] },
        groups: { add: [], remove: [] },
        hidden: { reason: "Left us" },
      },
    ]);
  });
});
