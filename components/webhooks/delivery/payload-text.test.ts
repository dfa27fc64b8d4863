import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { payloadText } from "./payload-text";

describe("payloadText: what was sent, for the eye", () => {
  it("indents JSON", () => {
    expect(payloadText('{"a":[1,{"b":"x, {y}: \\"z\\""}],"c":{},"d":[]}')).toBe(
      '{\n  "a": [\n    1,\n    {\n      "b": "x, {y}: \\"z\\""\n    }\n  ],\n  "c": {},\n  "d": []\n}',
    );
  });
  it("changes no value: long numbers, repeated keys and escapes stay as they were sent", () => {
    const text = payloadText('{"n":12345678901234567890.10,"n":1e400,"u":"\\u00fc"}');
    expect(text).toContain("12345678901234567890.10");
    expect(text.match(/"n"/g)).toHaveLength(2);
    expect(text).toContain("\\u00fc");
  });
  it.each(["", "<html><script>alert(1)</script></html>", '{"cut":"off', "12", '"word"', "null", "{'a':1}"])(
    "leaves %j as it is",
    (payload) => expect(payloadText(payload)).toBe(payload),
  );
  it("shows for any JSON the same text as an indenting serialiser", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        if (typeof value !== "object" || value === null) return;
        expect(payloadText(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });
});
