import { describe, expect, test } from "vitest";
import { coversWorkspace, isWithin, type WorkspaceScope } from "./access";

const all: WorkspaceScope = { kind: "all" };
const list = (...ids: string[]): WorkspaceScope => ({ kind: "list", ids: new Set(ids) });

describe("what a scope covers", () => {
  test.each([
    ["everything, for who sees all", all, "a", true],
    ["what names no workspace, for who sees all", all, null, true],
    ["an empty name, for who sees all", all, "", true],
    ["a workspace of the list", list("a", "b"), "b", true],
    ["the same in capitals", list("a"), "A", true],
    ["no other workspace", list("a"), "c", false],
    ["nothing that names none", list("a"), null, false],
    ["nothing that names an empty one, even by a list that holds it", list("a", ""), "", false],
    ["nothing at all by an empty list", list(), "a", false],
  ])("%s", (_, scope, id, covered) => expect(coversWorkspace(scope, id)).toBe(covered));

  test.each([
    ["all within all", all, all, true],
    ["a list within all", list("a"), all, true],
    ["all within a list", all, list("a"), false],
    ["a part of a list", list("A"), list("a", "b"), true],
    ["more than a list", list("a", "c"), list("a", "b"), false],
    ["an empty list within any", list(), list(), true],
  ])("%s", (_, inner, outer, within) => expect(isWithin(inner, outer)).toBe(within));
});
