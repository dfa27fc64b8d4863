import type { z } from "zod";
import type { Operation } from "@/lib/contract";
import { parseQuery } from "@/lib/contract/query";
import { incidentSources } from "@/lib/contract/vocabulary";
import { ZodError } from "zod";
import { ApiProblem, invalid } from "../http/problem";

type Issue = z.core.$ZodIssue;

function errorsOf(issues: readonly Issue[]): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const issue of issues) {
    const key = issue.path.map(String).join(".");
    (errors[key] ??= []).push(issue.message);
  }
  return errors;
}

function refusal(error: unknown): ApiProblem {
  if (error instanceof ZodError) return invalid(errorsOf(error.issues));
  throw error;
}

/** The source in a path is matched without regard to case, as the vendor's framework binds enumerations. */
function spellSource(params: Record<string, string>): Record<string, string> {
  const wanted = params.source?.toLowerCase();
  const source = incidentSources.find((name) => name.toLowerCase() === wanted);
  return source === undefined ? params : { ...params, source };
}

/** @throws ApiProblem 400 */
export function readParams<O extends Operation>(
  operation: O,
  params: Record<string, string>,
): z.output<O["params"]> {
  const read = operation.params.safeParse(spellSource(params));
  if (!read.success) throw invalid(errorsOf(read.error.issues));
  // Generic over O, the compiler loses that `params` parses to its own output.
  return read.data as z.output<O["params"]>;
}

/** Query names are bound without regard to case, and unknown ones ignored, as the vendor's framework does. */
export function readQuery<O extends Operation>(operation: O, search: URLSearchParams): z.output<O["query"]> {
  const spelling = new Map(Object.keys(operation.query.shape).map((name) => [name.toLowerCase(), name]));
  const known = new URLSearchParams();
  for (const [name, value] of search) {
    const spelled = spelling.get(name.toLowerCase());
    if (spelled !== undefined && value !== "") known.append(spelled, value);
  }
  try {
    return parseQuery(operation, known);
  } catch (error) {
    throw refusal(error);
  }
}

/** Takes out of a copy of `value` what the issues find too much: unknown members, and nulls where none is allowed. */
function withoutSurplus(value: unknown, issues: readonly Issue[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const issue of issues) {
    const surplus =
      issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of surplus) removeAt(copy, path, issue.code !== "unrecognized_keys");
  }
  return copy;
}

function removeAt(root: unknown, path: readonly PropertyKey[], onlyNull: boolean): void {
  let holder: unknown = root;
  for (const step of path.slice(0, -1)) {
    holder = typeof holder === "object" && holder !== null ? Reflect.get(holder, step) : undefined;
  }
  const last = path[path.length - 1];
  if (typeof holder !== "object" || holder === null || Array.isArray(holder) || last === undefined) return;
  if (!onlyNull || Reflect.get(holder, last) === null) Reflect.deleteProperty(holder, last);
}

/**
 * The body by the operation's schema, but read as the vendor's framework reads: unknown members are ignored and a
 * null member counts as absent.
 * @throws ApiProblem 400
 */
export function readBody(schema: z.ZodType, json: unknown): unknown {
  const first = schema.safeParse(json);
  if (first.success) return first.data;
  const second = schema.safeParse(withoutSurplus(json, first.error.issues));
  if (second.success) return second.data;
  throw invalid(errorsOf(second.error.issues));
}

/** @throws ApiProblem 400 BAD_REQUEST for a body that is no JSON, 415 for another media type */
export function parseJson(bytes: Buffer, contentType: string | undefined): unknown {
  if (bytes.length === 0) throw new ApiProblem("BAD_REQUEST", "The request body is empty.");
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType ?? ""))
    throw new ApiProblem("UNSUPPORTED_MEDIA_TYPE", "The request body must be application/json.");
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new ApiProblem("BAD_REQUEST", "The request body is not valid JSON.");
  }
}
