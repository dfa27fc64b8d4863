import "server-only";
import type { z } from "zod";
import { Failure } from "@/lib/errors";
import { originFor } from "@/lib/server/auth/origin";
import { env } from "@/lib/server/env";

/**
 * Refuses a call that another site's page could have made (RELIABILITY SEC-06): it must carry our header, which a foreign page cannot add
 * without being asked first, and come from our own origin wherever the browser says where it comes from.
 * @throws Failure CROSS_SITE
 */
export function requireOwnCall(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const own = originFor(env().publicUrl, request.headers.get("host"));
  const isForeign = site !== null ? site !== "same-origin" : origin !== null && origin !== own;
  if (isForeign || request.headers.get("x-watchfloor") !== "1") throw new Failure("CROSS_SITE");
}

/** The body as text, up to a bound. Throws `Failure("BODY_TOO_LARGE")`. */
export async function readBoundedText(request: Request, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Failure("BODY_TOO_LARGE");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Field path → sentences, as the problem document carries them. */
function fieldErrors(error: z.ZodError): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const issue of error.issues) (errors[issue.path.map(String).join(".")] ??= []).push(issue.message);
  return errors;
}

/**
 * A small JSON body of a hand-written route, parsed.
 * @throws Failure UNSUPPORTED_MEDIA, BODY_TOO_LARGE or INVALID_INPUT (with a sentence for each field)
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  mostBytes: number,
): Promise<z.output<Schema>> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? ""))
    throw new Failure("UNSUPPORTED_MEDIA");
  const text = await readBoundedText(request, mostBytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Failure("INVALID_INPUT", { detail: "The body is not JSON." });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Failure("INVALID_INPUT", { errors: fieldErrors(parsed.error) });
  return parsed.data;
}
