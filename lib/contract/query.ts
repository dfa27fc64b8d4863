import { z } from "zod";
import type { Operation } from "./operation";

/** The schema inside `.optional()` and the like. */
function bare(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? bare(schema.unwrap())
    : schema;
}

/** Text of an address → what the schema wants, where that is unambiguous; else the text, for the schema to refuse. */
function coerce(schema: unknown, value: string): unknown {
  if (schema instanceof z.ZodBoolean) return value === "true" ? true : value === "false" ? false : value;
  if (schema instanceof z.ZodNumber) return /^-?(?:0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
  return value;
}

/**
 * Reads the query of an address by the operation's schema: repeated keys become arrays where the schema wants one,
 * `true`/`false` booleans, digits integers. Unknown keys and repeated scalar keys are errors.
 * @throws z.ZodError, like the schema's own `parse`
 */
export function parseQuery<O extends Operation>(operation: O, search: URLSearchParams): z.output<O["query"]> {
  const input: [string, unknown][] = [];
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key);
    const schema = bare(Object.hasOwn(operation.query.shape, key) ? operation.query.shape[key] : undefined);
    if (schema instanceof z.ZodArray) input.push([key, values.map((value) => coerce(schema.element, value))]);
    // More than one value for a scalar stays an array, which the schema refuses.
    else input.push([key, values.length === 1 ? coerce(schema, values[0] ?? "") : values]);
  }
  // Generic over O, the compiler loses that `query` parses to its own output.
  return operation.query.parse(Object.fromEntries(input)) as z.output<O["query"]>;
}
