import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerRequest, route, sceneOf } from "./api/dispatch";
import { answerControl } from "./control/control";
import type { Emulator } from "./emulator";
import { drawLatencyMs, wait } from "./http/latency";
import { ApiProblem } from "./http/problem";
import { plainJson, problemAnswer } from "./http/reply";
import { leaving, readAll, send, strikeBefore } from "./http/transport";

/** Where the API begins; control lies beside it, under `/_emulator/`. */
export const basePath = "/api/v2";

function splitTarget(target: string): { rawPath: string; rawQuery: string | null } {
  const mark = target.indexOf("?");
  if (mark < 0) return { rawPath: target, rawQuery: null };
  return { rawPath: target.slice(0, mark), rawQuery: target.slice(mark + 1) };
}

/** How long to wait before anything is done: the standing latency and that of the faults, in milliseconds. */
function latencyOf(
  emulator: Emulator,
  scene: { operation: string | null; workspaceId: string | null },
): number {
  const { world } = emulator;
  let ms = drawLatencyMs(emulator.latency, world.dice);
  for (const fault of world.faults.strikeAll("latency", scene))
    ms += drawLatencyMs({ p50Ms: fault.p50Ms, p99Ms: fault.p99Ms ?? fault.p50Ms }, world.dice);
  return ms;
}

async function handleApi(
  emulator: Emulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world } = emulator;
  const method = request.method ?? "";
  const { rawPath, rawQuery } = splitTarget(request.url ?? "");
  const path = rawPath.startsWith(`${basePath}/`) ? rawPath.slice(basePath.length) : null;
  const routed =
    path === null ? new ApiProblem("NOT_FOUND", "There is no API under this address.") : route(method, path);
  const scene = sceneOf(routed);
  const record = emulator.stats.record({
    operation: routed instanceof ApiProblem ? null : routed.id,
    method,
    rawPath,
    rawQuery,
    status: 0,
    at: new Date().toISOString(),
    headerNames: request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
  });
  emulator.stats.opened();
  response.once("close", () => emulator.stats.closed());
  const signal = leaving(response);
  if (await strikeBefore(world, scene, response)) return;
  const body = await readAll(request);
  await wait(latencyOf(emulator, scene), signal);
  if (signal.aborted) return;
  emulator.catchUp();
  const requestId = emulator.requestIds.next();
  const answer =
    body === null
      ? problemAnswer(new ApiProblem("PAYLOAD_TOO_LARGE", "The request body is larger than 16 MB."), {
          instance: rawPath,
          requestId,
          now: world.clock.now(),
        })
      : await answerRequest(world, routed, {
          method,
          rawPath,
          search: new URLSearchParams(rawQuery ?? ""),
          authorization: request.headers.authorization,
          contentType: request.headers["content-type"],
          body,
          requestId,
        });
  record.status = answer.status;
  record.status = await send(world, scene, response, answer);
}

async function handle(emulator: Emulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if ((request.url ?? "").startsWith("/_emulator/")) {
    const answer = await answerControl(emulator, request);
    response.writeHead(answer.status, { ...answer.headers, "content-length": String(answer.body.length) });
    response.end(answer.body);
    return;
  }
  await handleApi(emulator, request, response);
}

/** A request that node's parser refuses (bad method, control characters in the path) is on record too. */
function recordMalformed(emulator: Emulator, error: Error & { rawPacket?: unknown }): void {
  const packet = Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString("latin1") : "";
  const [method = "", target = ""] = (packet.split("\r\n", 1)[0] ?? "").split(" ");
  const { rawPath, rawQuery } = splitTarget(target);
  emulator.stats.record({
    operation: null,
    method,
    rawPath,
    rawQuery,
    status: 400,
    at: new Date().toISOString(),
    headerNames: [],
  });
}

/** The emulator's HTTP server, not yet listening. */
export function makeServer(emulator: Emulator): Server {
  const server = createServer({ keepAliveTimeout: 75_000, noDelay: true }, (request, response) => {
    handle(emulator, request, response).catch((error: unknown) => {
      // The caller has left in the middle of its request, or control failed: there is nobody to tell, or one to tell.
      if (response.headersSent || response.destroyed) response.destroy();
      else {
        const answer = plainJson(500, { error: error instanceof Error ? error.message : String(error) });
        response.writeHead(answer.status, answer.headers).end(answer.body);
      }
    });
  });
  server.on("clientError", (error, socket) => {
    recordMalformed(emulator, error);
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
  });
  return server;
}
