import { Readable } from "node:stream";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { calls, documents, everywhere } from "./answer-headers.mjs";

/** Below this many bytes packing costs more than it spares. */
const leastPacked = 1_024;
const pack = promisify(gzip);
/** The proxy reads the path alone; our public origin comes from the environment, never from a request. */
const placeholder = "http://watchfloor.invalid";

/** Whether a plain request target is a call that goes through to upstream. Anything spelt another way is left to Next, which ends at the same proxy. */
export function isUpstreamCall(target) {
  return /^\/api\/[^/?#]+\/v2\//.test(target);
}

/** The call as the Fetch API has it. `signal` ends when the caller leaves. */
export function toRequest(incoming, signal) {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    for (const item of Array.isArray(value) ? value : [value]) headers.append(name, item);
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  return new Request(placeholder + incoming.url, {
    method: incoming.method,
    headers,
    signal,
    ...(hasBody ? { body: Readable.toWeb(incoming), duplex: "half" } : {}),
  });
}

const takesGzip = (incoming) =>
  /(^|[\s,])gzip\s*(;\s*q=(1|0\.\d*[1-9])\s*)?(,|$)/i.test(incoming.headers["accept-encoding"] ?? "");

/** The headers of an answer with those that all of ours carry. */
export function headersOf(answer) {
  const headers = Object.fromEntries(answer.headers);
  for (const { key, value } of [...everywhere, ...documents, ...calls]) headers[key.toLowerCase()] = value;
  return headers;
}

async function send(answer, incoming, outgoing) {
  const headers = headersOf(answer);
  let body = Buffer.from(await answer.arrayBuffer());
  if (body.length >= leastPacked) {
    headers.vary = "accept-encoding";
    if (takesGzip(incoming)) {
      body = await pack(body, { level: 4 });
      headers["content-encoding"] = "gzip";
    }
  }
  if (outgoing.destroyed) return;
  headers["content-length"] = String(body.length);
  outgoing.writeHead(answer.status, headers);
  outgoing.end(body);
  // A body that nobody read would be taken for the next request on this connection.
  incoming.resume();
}

/**
 * Answers one call over `node:http` with a `(Request) → Promise<Response>` function that never throws. What the Fetch API cannot express
 * (methods such as TRACE, malformed headers) is refused here.
 */
export async function answerUpstreamCall(answer, incoming, outgoing) {
  const leaving = new AbortController();
  outgoing.on("close", () => {
    if (!outgoing.writableFinished) leaving.abort();
  });
  let request;
  try {
    request = toRequest(incoming, leaving.signal);
  } catch {
    outgoing.writeHead(400, { "cache-control": "no-store", connection: "close" }).end();
    return;
  }
  try {
    await send(await answer(request), incoming, outgoing);
  } catch {
    outgoing.destroy();
  }
}
