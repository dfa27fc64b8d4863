import "server-only";
import { z } from "zod";
import { parseQuery } from "@/lib/contract/query";
import { Failure } from "@/lib/errors";
import { readJson } from "@/lib/server/request-guard";
import type { CallValues } from "@/lib/server/upstream/outgoing";
import { walkRequestBody } from "@/lib/server/walk/request";
import type { Located } from "./locate";

const MOST_ERRORS = 50;
const LONGEST_FIELD = 120;

/** zod's findings as the errors map of a problem: field path → messages, the empty path for the whole input. */
function errorsOf(error: z.ZodError): Record<string, string[]> {
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

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof z.ZodError) throw new Failure("INVALID_INPUT", { errors: errorsOf(error) });
    throw error;
  }
}

/** The walk's body is ours, not upstream's: a filter and a sealed cursor. */
function bodySchema({ id, operation }: Located): z.ZodType | null {
  return id === "incidents.acrossWorkspaces" ? walkRequestBody : operation.body;
}

async function parseBody(located: Located, request: Request): Promise<unknown> {
  if (located.operation.method === "GET") return undefined;
  const json = await readJson(request);
  const schema = bodySchema(located);
  if (schema) return parsed(() => schema.parse(json));
  if (json !== undefined) throw new Failure("INVALID_INPUT", { errors: { "": ["this call takes no body"] } });
  return undefined;
}

/**
 * The input of a call in exactly the operation's form; unknown members are refused, never dropped.
 * Throws `INVALID_INPUT` with the errors map, or what `readJson` throws.
 */
export async function parseInput(located: Located, request: Request): Promise<CallValues> {
  const { operation, params, search } = located;
  return {
    // Every path parameter is text, and its schema gives text back.
    params: parsed(() => operation.params.parse(params)) as CallValues["params"],
    query: parsed(() => parseQuery(operation, search)),
    body: await parseBody(located, request),
  };
}
