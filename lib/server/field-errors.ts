import "server-only";
import type { z } from "zod";
import { Failure } from "@/lib/errors";

const MOST_ERRORS = 50;
const LONGEST_FIELD = 120;

/** zod's findings as the errors map of a problem: field path → messages, the empty path for the whole input. */
export function errorsOf(error: z.ZodError): Record<string, string[]> {
  const errors = new Map<string, string[]>();
  for (const issue of error.issues.slice(0, MOST_ERRORS)) {
    const parents = issue.path.map(String);
    const found =
      issue.code === "unrecognized_keys"
        ? issue.keys
            .slice(0, MOST_ERRORS)
            .map((key) => ({ path: [...parents, key], message: "is not known" }))
        : [{ path: parents, message: issue.message }];
    for (const { path, message } of found) {
      const field = path.join(".").slice(0, LONGEST_FIELD);
      errors.set(field, [...(errors.get(field) ?? []), message]);
    }
  }
  return Object.fromEntries(errors);
}

/** The input in the schema's form. Throws `INVALID_INPUT` with the errors map, which forms show at their fields. */
export function parseFields<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Failure("INVALID_INPUT", { errors: errorsOf(parsed.error) });
}
