import { describe, expect, it } from "vitest";
import { withOwnNames } from "./own-names";

const id = "aaaaaaaa-0000-4000-8000-000000000001";
const names = new Map([[id, "Ours"]]);

describe("withOwnNames", () => {
  it("calls a workspace what people here call it, wherever it stands by id and name", () => {
    const answer = {
      items: [
        { workspaceId: id.toUpperCase(), workspaceName: "Theirs", title: "workspaceName" },
        { workspaceId: "other", workspaceName: "Other" },
      ],
      coverage: { entries: [{ workspaceId: id, workspaceName: null }] },
    };
    const before = structuredClone(answer);
    expect(withOwnNames(answer, names)).toEqual({
      items: [
        { workspaceId: id.toUpperCase(), workspaceName: "Ours", title: "workspaceName" },
        { workspaceId: "other", workspaceName: "Other" },
      ],
      coverage: { entries: [{ workspaceId: id, workspaceName: "Ours" }] },
    });
    // Other callers share it.
    expect(answer).toEqual(before);
  });

  it("adds no name where none stands, touches nothing that came raw, and makes nothing anew without need", () => {
    for (const answer of [
      { workspaceId: id },
      { raw: [{ workspaceId: id, workspaceName: "Theirs" }] },
      { workspaceId: "other", workspaceName: "Other" },
      [null, 3, "text"],
    ])
      expect(withOwnNames(answer, names)).toBe(answer);
    const named = { workspaceId: id, workspaceName: "Theirs" };
    expect(withOwnNames(named, new Map())).toBe(named);
  });
});
