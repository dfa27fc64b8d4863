import "server-only";
import { Failure } from "@/lib/errors";

/** Largest body that a caller may send. A filter or a form is a few kilobytes. */
export const MOST_BODY_BYTES = 256 * 1024;
const DEEPEST = 20;
const LONGEST_LIST = 1_000;

/**
 * Headers that no honest caller sends here. Our credential goes upstream, never theirs; a connection that turns into
 * another protocol would leave every check behind.
 */
const refusedHeaders = ["authorization", "proxy-authorization", "upgrade"];

/** Throws `HEADER_REFUSED` naming the header. */
export function refuseHeaders(headers: Headers): void {
  const refused = refusedHeaders.find((name) => headers.has(name));
  if (refused) throw new Failure("HEADER_REFUSED", { detail: `The header ${refused} is not accepted here.` });
}

/**
 * Is the call from a page of ours, as far as the browser says so? Scripts send neither header and pass: they hold no cookie
 * that a stranger could ride on. `publicOrigin` is the configured one, never the request's own `Host`.
 */
function isFromOutside(headers: Headers, publicOrigin: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin";
  const origin = headers.get("origin");
  return origin !== null && origin !== publicOrigin;
}

/**
 * For every call with a body, whether it reads or changes: our own header (which no foreign page can send without asking),
 * the browser's word for its origin, and JSON. Throws `CROSS_SITE` or `UNSUPPORTED_MEDIA`.
 */
export function guardWrite(headers: Headers, publicOrigin: string): void {
  if (headers.get("x-watchfloor") !== "1")
    throw new Failure("CROSS_SITE", { detail: "The header X-Watchfloor: 1 is missing." });
  if (isFromOutside(headers, publicOrigin)) throw new Failure("CROSS_SITE");
  const mediaType = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json" || headers.has("content-encoding"))
    throw new Failure("UNSUPPORTED_MEDIA", { detail: "Send application/json, uncompressed." });
}

/**
 * For reads that leave a trace somewhere: a link on a foreign page must not start them. A person may still open the
 * address by hand (`none`). Throws `CROSS_SITE`.
 */
export function guardTracedRead(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  if (site === "cross-site" || site === "same-site") throw new Failure("CROSS_SITE");
}

function tooLarge(): Failure {
  return new Failure("BODY_TOO_LARGE", { detail: "At most 256 kB are accepted." });
}

function unusable(message: string): Failure {
  return new Failure("INVALID_INPUT", { errors: { "": [message] } });
}

async function readBytes(request: Request): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > MOST_BODY_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // The length is only what the caller says; what counts is what comes.
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Walks without recursion: the depth that is to be refused must not be what ends the process. */
function refuseOddShapes(json: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value: json, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth >= DEEPEST) throw unusable(`is nested deeper than ${DEEPEST} levels`);
    if (Array.isArray(value) && value.length > LONGEST_LIST)
      throw unusable(`holds a list of more than ${LONGEST_LIST} items`);
    if (Object.hasOwn(value, "__proto__")) throw unusable("holds a member called __proto__");
    for (const inner of Object.values(value)) open.push({ value: inner, depth: depth + 1 });
  }
}

/**
 * The body as JSON, `undefined` when there is none. Throws `BODY_TOO_LARGE` (256 kB), or `INVALID_INPUT` for what is no
 * JSON in UTF-8, is nested deeper than 20 levels or holds a list of more than 1,000 items.
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw unusable("is no JSON");
  }
  refuseOddShapes(json);
  return json;
}
