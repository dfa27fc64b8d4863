import "server-only";
import { z } from "zod";
import { parseQuery } from "@/lib/contract/query";
import { Failure } from "@/lib/errors";
import { errorsOf } from "@/lib/server/field-errors";
import { readJson } from "@/lib/server/request-guard";
import type { CallValues } from "@/lib/server/upstream/outgoing";
import { walkRequestBody } from "@/lib/server/walk/request";
import type { Located } from "./locate";

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
