import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPath, buildQuery } from "./address";
import { anyCharacter } from "./witness/any-character";

describe("buildPath", () => {
  it("encodes each parameter into its own segment", () => {
    expect(buildPath("/a/{x}/b/{y}", { x: "p/q?r#s", y: "ä %\\" })).toBe(
      "/a/p%2Fq%3Fr%23s/b/%C3%A4%20%25%5C",
    );
  });

  it("does not expand replacement patterns or braces in values", () => {
    expect(buildPath("/{x}/{y}", { x: "$&$1{y}", y: "b" })).toBe("/%24%26%241%7By%7D/b");
  });

  it.each(["", ".", "..", "...", "..;x", "a\0", "a\r\n", "\u0085", "\ud800"])(
    "throws for the value %j",
    (x) => {
      expect(() => buildPath("/a/{x}", { x })).toThrow(TypeError);
    },
  );

  it("throws for a parameter that was not given, also when a prototype has that name", () => {
    expect(() => buildPath("/a/{x}", {})).toThrow("x is missing");
    expect(() => buildPath("/a/{constructor}", {})).toThrow("constructor is missing");
  });

  it("never throws anything but TypeError and never changes the number of segments", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (x) => {
        let path: string;
        try {
          path = buildPath("/a/{x}/c", { x });
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        expect(new URL(path, "https://upstream.test").pathname.split("/")).toHaveLength(4);
        expect(decodeURIComponent(path.split("/")[2] ?? "")).toBe(x);
      }),
    );
  });
});

describe("buildQuery", () => {
  it("is empty when nothing is asked", () => {
    expect(buildQuery({})).toBe("");
    expect(buildQuery({ a: undefined, b: null, c: [] })).toBe("");
  });

  it("repeats the key of an array and leaves absent members out", () => {
    expect(buildQuery({ workspaceIds: ["a", "b"], query: undefined, year: 2026, enabled: false })).toBe(
      "?workspaceIds=a&workspaceIds=b&year=2026&enabled=false",
    );
  });

  it("sends the plus of an offset as %2B", () => {
    expect(buildQuery({ createdAt: "2026-04-15T20:00:00.1234567+00:00" })).toBe(
      "?createdAt=2026-04-15T20%3A00%3A00.1234567%2B00%3A00",
    );
  });

  it("survives the way through URLSearchParams", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, text, (key, value) => {
        expect([...new URLSearchParams(buildQuery({ [`k${key}`]: value }))]).toEqual([[`k${key}`, value]]);
      }),
    );
  });

  it.each([{ a: {} }, { a: [["b"]] }, { a: () => 1 }, { a: 1n }])("throws for what is no scalar", (query) => {
    expect(() => buildQuery(query)).toThrow(TypeError);
  });
});
