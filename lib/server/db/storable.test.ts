import { describe, expect, it } from "vitest";
import { storableJson, storableText } from "./storable";

describe("what PostgreSQL refuses is replaced, and nothing else", () => {
  it.each([
    ["NUL \0 in between", "NUL \uFFFD in between"],
    ["half \ud800 and \udc00", "half \uFFFD and \uFFFD"],
    ["whole \u{1F600}", "whole \u{1F600}"],
    ["\\u0000 written out", "\\u0000 written out"],
    ["", ""],
  ])("%j", (text, expected) => {
    expect(storableText(text)).toBe(expected);
    expect(JSON.parse(storableJson({ [text]: [text] }))).toEqual({ [expected]: [expected] });
  });

  it("a backslash before an escape is no escape", () =>
    expect(JSON.parse(storableJson("\\\0 \\\\u0000 \\"))).toBe("\\\uFFFD \\\\u0000 \\"));
});
