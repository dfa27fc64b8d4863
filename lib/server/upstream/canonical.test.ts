import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical";

describe("the canonical form of an input", () => {
  it("does not depend on the order of members, and leaves out what is not sent", () => {
    expect(canonicalJson({ b: [2, { d: 1, c: null }], a: "x", e: undefined })).toBe(
      canonicalJson({ a: "x", b: [2, { c: null, d: 1 }] }),
    );
  });

  it("keeps the order of lists", () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });

  it("is equal for equal values only", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const isSame = canonicalJson(one) === canonicalJson(other);
        const parsed: unknown = JSON.parse(canonicalJson(one));
        expect(canonicalJson(parsed)).toBe(canonicalJson(one));
        if (isSame) expect(parsed).toEqual(JSON.parse(canonicalJson(other)));
      }),
    );
  });
});
