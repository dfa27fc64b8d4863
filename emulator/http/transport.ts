import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultScene } from "../faults/faults";
import type { World } from "../world/world";
import type { Answer } from "./reply";

const bodyLimit = 16 * 1024 * 1024;

/** Reads the whole body. @returns `null` when it is larger than 16 MB */
export async function readAll(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > bodyLimit) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Aborts when the caller has left. */
export function leaving(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => controller.abort());
  return controller.signal;
}

/** Resolves when the caller has left. */
function left(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/**
 * Faults that strike before anything is read or done.
 * @returns true when the request is over
 */
export async function strikeBefore(
  world: World,
  scene: FaultScene,
  response: ServerResponse,
): Promise<boolean> {
  if (world.faults.strike("hang", scene) !== null) {
    await left(leaving(response));
    return true;
  }
  const reset = world.faults.strikeWhere("reset", scene, (fault) => (fault.after ?? "start") === "start");
  if (reset === null) return false;
  response.socket?.resetAndDestroy();
  return true;
}

function head(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { ...answer.headers, "content-length": String(answer.body.length) });
}

async function sendHalf(response: ServerResponse, answer: Answer): Promise<void> {
  head(response, answer);
  const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
  await new Promise<void>((resolve) => response.write(half, () => resolve()));
}

async function sendSlowly(
  response: ServerResponse,
  answer: Answer,
  bytes: number,
  everyMs: number,
): Promise<void> {
  head(response, answer);
  const signal = leaving(response);
  for (let sent = 0; sent < answer.body.length && !signal.aborted; sent += bytes) {
    response.write(answer.body.subarray(sent, sent + bytes));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
  response.end();
}

/**
 * Sends an answer, through the faults that spoil the sending.
 * @returns the status that reached the caller, 0 when none did
 */
export async function send(
  world: World,
  scene: FaultScene,
  response: ServerResponse,
  answer: Answer,
): Promise<number> {
  const reset = world.faults.strikeWhere(
    "reset",
    scene,
    (fault) => fault.after !== undefined && fault.after !== "start",
  );
  if (reset !== null) {
    if (reset.after === "half") await sendHalf(response, answer);
    response.socket?.resetAndDestroy();
    return 0;
  }
  if (world.faults.strike("truncate", scene) !== null) {
    await sendHalf(response, answer);
    response.socket?.destroy();
    return answer.status;
  }
  const slow = world.faults.strike("slowBody", scene);
  if (slow !== null) {
    await sendSlowly(response, answer, slow.bytes ?? 16, slow.everyMs ?? 200);
    return answer.status;
  }
  head(response, answer);
  response.end(answer.body);
  return answer.status;
}
