import { describe, expect, it } from "vitest";
import { applySetChange, parseTags, tagFault, tagMax, tidyTag } from "./workspace-profile";

describe("tags: one spelling each, however they are typed", () => {
  it("spaces, case and compatible characters make no other tag", () => {
    expect(["  Tier\u00a0 1 ", "TIER 1", "\uff34ier 1"].map(tidyTag)).toEqual(["tier 1", "tier 1", "tier 1"]);
    expect(parseTags("EU, tier 1;eu\n,, on-call/north ")).toEqual(["eu", "on-call/north", "tier 1"]);
    expect(parseTags(" , ")).toEqual([]);
  });

  it("says what is wrong with one", () => {
    expect(["eu", "on-call/north", "größe 2", "a+b #1: c&d", "x".repeat(tagMax)].map(tagFault)).toEqual(
      Array.from({ length: 5 }, () => null),
    );
    for (const bad of ["", "-x", "a,b", "<b>", "a\u0000", "a\u202eb", "x".repeat(tagMax + 1)])
      expect(tagFault(bad), bad).toMatch(/tag/);
  });
});

describe("applySetChange", () => {
  it("adds and takes away, each once and in order; what is in both is added", () => {
    expect(applySetChange(["b", "a"], { add: ["c", "a"], remove: ["b", "c", "z"] })).toEqual(["a", "c"]);
  });
});
