import "server-only";
import type { z } from "zod";
import { Failure } from "@/lib/errors";
import { parseFields } from "./field-errors";

/**
 * The query of the request's address in the schema's form. A member of `lists` may be given more than once, any other one only once.
 * @throws Failure INVALID_INPUT
 */
export function parseSearch<Schema extends z.ZodType>(
  schema: Schema,
  request: Request,
  lists: readonly string[] = [],
): z.output<Schema> {
  const search = new URL(request.url).searchParams;
  const members = [...new Set(search.keys())].map((name) => {
    const values = search.getAll(name);
    if (lists.includes(name)) return [name, values];
    if (values.length === 1) return [name, values[0]];
    throw new Failure("INVALID_INPUT", { errors: { [name]: ["is given more than once"] } });
  });
  return parseFields(schema, Object.fromEntries(members));
}
