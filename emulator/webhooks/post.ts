import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

export interface PostResult {
  /** `null` when no answer came. */
  readonly status: number | null;
  readonly snippet: string | null;
  readonly error: string | null;
}

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);
const snippetLimit = 1_000;

/** The emulator never sends anything beyond this machine. */
export function isLoopback(url: URL): boolean {
  return loopback.has(url.hostname) && (url.protocol === "http:" || url.protocol === "https:");
}

/**
 * Posts a body, follows no redirect, and keeps the beginning of the answer. Never rejects.
 * @param signal ends the attempt when the emulator stops
 */
export function post(
  url: URL,
  headers: Record<string, string>,
  body: Buffer,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<PostResult> {
  if (!isLoopback(url))
    return Promise.resolve({
      status: null,
      snippet: null,
      error: "The emulator delivers to loopback addresses only.",
    });
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const failed = (error: string) => resolve({ status: null, snippet: null, error });
    // A receiver on loopback has a certificate of its own making.
    const options = {
      method: "POST",
      headers: { ...headers, "content-length": String(body.length) },
      signal,
      rejectUnauthorized: false,
    };
    const outgoing = send(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", (error) => failed(error.message));
      response.on("end", () => {
        const status = response.statusCode ?? 0;
        const snippet = Buffer.concat(chunks).toString("utf8").slice(0, snippetLimit);
        const isDone = status >= 200 && status < 300;
        resolve({ status, snippet, error: isDone ? null : `The receiver answered ${status}.` });
      });
    });
    const timer = setTimeout(
      () => outgoing.destroy(new Error(`No answer within ${timeoutMs} ms.`)),
      timeoutMs,
    );
    outgoing.on("error", (error) => failed(error.message));
    outgoing.on("close", () => clearTimeout(timer));
    outgoing.end(body);
  });
}
