import { describe, expect, it } from "vitest";
import { enumerations, outline } from "./outline";

describe("a probe's report holds no values of the tenant", () => {
  it("turns every value into its type", () => {
    const secretive = {
      id: "3c90c3cc-0d44-4b50-8888-8dd25736052a",
      title: "Jane was here",
      count: 3,
      on: true,
      none: null,
      at: "2026-04-15T20:00:00.0000000+00:00",
      number: "42",
    };
    const text = JSON.stringify(outline(secretive));
    for (const value of ["Jane", "3c90", "2026", "42"]) expect(text).not.toContain(value);
    expect(outline(secretive)).toMatchObject({
      id: "uuid",
      title: "text",
      count: "number",
      on: "boolean",
      none: "null",
      number: "digits as text",
    });
  });

  it("joins the items of a list, so that rare members show", () => {
    expect(outline([{ a: 1 }, { b: "x" }])).toEqual([{ a: "number", b: "text" }]);
    expect(outline([1, "x"])).toEqual([["number", "text"]]);
    expect(outline([])).toEqual([]);
  });

  it("lists words of known enumerations only", () => {
    const found = enumerations({
      status: "Pending",
      title: "Pending",
      items: [{ status: "Failed" }, { status: "not a word!" }],
    });
    expect([...found].map(([key, words]) => [key, [...words]])).toEqual([["status", ["Pending", "Failed"]]]);
  });
});
