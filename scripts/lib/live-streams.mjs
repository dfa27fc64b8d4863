import { once } from "node:events";
import { headersOf, toRequest } from "./upstream-calls.mjs";

/** Whether a call is for the live stream of an organisation. Anything spelt another way is left to Next, which ends at the same function. */
export function isLiveStream({ method, url }) {
  return method === "GET" && /^\/api\/[^/?#%]+\/events$/.test(url);
}

/**
 * Hands a body on piece by piece, as fast as it is taken. A body that fails cuts the connection, also while its reader takes nothing.
 */
async function pour(body, outgoing) {
  const reader = body.getReader();
  reader.closed.catch(() => outgoing.destroy());
  outgoing.on("close", () => void reader.cancel().catch(() => undefined));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!outgoing.write(value) && !outgoing.destroyed)
      await Promise.race([once(outgoing, "drain"), once(outgoing, "close")]);
  }
  outgoing.end();
}

/**
 * Answers one call over `node:http` with a `(Request) → Promise<Response>` function that never throws, and whose answer may go on for hours: Next
 * would not cut off who has stopped reading, and each event costs it several times as much.
 */
export async function answerLiveStream(answer, incoming, outgoing) {
  const leaving = new AbortController();
  outgoing.on("close", () => leaving.abort());
  try {
    const response = await answer(toRequest(incoming, leaving.signal));
    if (outgoing.destroyed) {
      await response.body?.cancel();
      return;
    }
    // What ends after hours, or with the server, leaves no idle connection behind that the server would wait for. With the connection the
    // stream ends as well, so that its pieces need no lengths: each is written as it is, in one go.
    outgoing.useChunkedEncodingByDefault = false;
    outgoing.writeHead(response.status, { ...headersOf(response), connection: "close" });
    outgoing.flushHeaders();
    await pour(response.body, outgoing);
  } catch {
    outgoing.destroy();
  }
}
