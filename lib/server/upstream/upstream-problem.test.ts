import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "./plain-text";
import { readUpstreamProblem } from "./upstream-problem";

const secret = "canary~client+secret/with=odd&characters";

describe("upstream's error body", () => {
  it("is read as a problem document", () => {
    const body = {
      title: "Validation failed",
      detail: "Two fields are wrong",
      code: "VALIDATION_ERROR",
      requestId: "0HNLBAGCRD4RN:00000003",
      errors: {
        name: ["too long", "too odd"],
        "": ["whole"],
        mixed: "one",
        numbers: [1, 2],
        nested: { a: 1 },
      },
    };
    expect(readUpstreamProblem(body, [])).toEqual({
      code: "VALIDATION_ERROR",
      requestId: "0HNLBAGCRD4RN:00000003",
      detail: "Two fields are wrong",
      errors: { name: ["too long", "too odd"], "": ["whole"], mixed: ["one"] },
    });
  });

  it("is read in its older form", () => {
    const body = {
      error: { code: "NOT_FOUND", message: "No such thing" },
      meta: { requestId: "0HN8Q3V0001" },
    };
    expect(readUpstreamProblem(body, [])).toEqual({
      code: "NOT_FOUND",
      requestId: "0HN8Q3V0001",
      detail: "No such thing",
      errors: null,
    });
  });

  it("is bounded in fields, messages and lengths", () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`f${index}`, Array(50).fill("x".repeat(5_000))]),
    );
    const { errors } = readUpstreamProblem({ errors: many, detail: "y".repeat(5_000) }, []);
    expect(Object.keys(errors ?? {})).toHaveLength(50);
    expect(errors?.f0).toHaveLength(10);
    expect(errors?.f0?.[0]).toHaveLength(300);
  });

  it("keeps a field called __proto__ a field", () => {
    const { errors } = readUpstreamProblem(JSON.parse('{"errors":{"__proto__":["bad"]}}'), []);
    expect(Object.getPrototypeOf(errors)).toBe(Object.prototype);
    expect(Object.keys(errors ?? {})).toEqual(["__proto__"]);
  });

  it("is not shown at all when it repeats our credential, however it is escaped", () => {
    const plain = { code: "VALIDATION_ERROR", detail: `headers: ${secret}`, errors: { a: ["fine"] } };
    const escaped = JSON.parse(JSON.stringify(plain).replaceAll("canary", "\\u0063anary")) as unknown;
    for (const body of [plain, escaped])
      expect(readUpstreamProblem(body, [secret])).toEqual({
        code: "VALIDATION_ERROR",
        requestId: null,
        detail: null,
        errors: null,
      });
  });

  it("never throws, whatever is sent", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void readUpstreamProblem(value, [secret])));
    const deep = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`) as unknown;
    expect(readUpstreamProblem({ detail: "x", errors: { a: deep } }, [secret]).detail).toBeNull();
  });
});

describe("text of upstream", () => {
  it("loses line breaks, escapes, direction overrides and lone surrogates", () => {
    expect(plainText("a\r\nb\u001b[31mc\u202Ed\u2028e\uD800f\u0000")).toBe("a b [31mc d e f");
  });

  it("is cut at 300 characters, and is null when nothing is left or it is no text", () => {
    expect(plainText("z".repeat(400))).toHaveLength(300);
    expect([plainText("\n\t"), plainText(7), plainText(null), plainText({})]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
