import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Failure } from "@/lib/errors";
import { parseFields } from "./field-errors";

const schema = z.strictObject({
  name: z.string().min(1, "Enter a name.").regex(/^a/, "Begins with a."),
  scope: z.strictObject({ ids: z.array(z.number()) }).optional(),
});

function refused(value: unknown): unknown {
  try {
    parseFields(schema, value);
  } catch (error) {
    return error instanceof Failure && error.code === "INVALID_INPUT" ? error.details.errors : error;
  }
  return "accepted";
}

describe("bad input is told at its field", () => {
  test("what fits comes back in the schema's form", () => {
    expect(parseFields(schema, { name: "ab" })).toEqual({ name: "ab" });
  });

  test.each([
    [{ name: "" }, { name: ["Enter a name.", "Begins with a."] }],
    [{ name: "a", scope: { ids: [1, "x"] } }, { "scope.ids.1": [expect.any(String)] }],
    [
      { name: "a", extra: 1, scope: { ids: [], more: 1 } },
      { "scope.more": ["is not known"], extra: ["is not known"] },
    ],
    ["text", { "": [expect.any(String)] }],
  ])("%j", (value, errors) => {
    expect(refused(value)).toEqual(errors);
  });

  test("an input that is wrong everywhere is not answered with everything", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`${n}`.repeat(100), n]));
    const errors = refused({ name: "a", ...many }) as Record<string, string[]>;
    expect(Object.keys(errors)).toHaveLength(50);
    expect(Object.keys(errors).every((field) => field.length <= 120)).toBe(true);
  });
});
