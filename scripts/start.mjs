import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import {
  addressHeader,
  callerOf,
  describeListenFault,
  isPlainTarget,
  readHost,
  readPort,
} from "./lib/front-door.mjs";
import { answerLiveStream, isLiveStream } from "./lib/live-streams.mjs";
import { root } from "./lib/run.mjs";
import { answerUpstreamCall, isUpstreamCall } from "./lib/upstream-calls.mjs";

/**
 * `npm start`: the production server. Next runs in this very process behind our own HTTP server, which knows three things that Next's
 * does not: that the port is free before anything is opened, who is at the other end, and how to end in an orderly way. Calls that go through to
 * upstream are answered by the proxy directly, and so are live streams: Next's way to a route handler costs several times what the proxy itself does.
 */

/** Requests under way get this long after SIGTERM. */
const graceMs = 5_000;

function refuse(sentence) {
  process.stderr.write(`Watchfloor cannot start: ${sentence}\n`);
  process.exit(1);
}

/** Variables of .env.local and .env, as Next would read them; what is set already wins. */
function loadEnvironmentFiles() {
  for (const name of [".env.local", ".env"]) {
    const path = join(root, name);
    if (existsSync(path)) process.loadEnvFile(path);
  }
}

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

/** The answer until the app is ready. */
function answerStarting(_request, response) {
  response.writeHead(503, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "retry-after": "1",
  });
  response.end(
    JSON.stringify({
      type: "about:blank",
      title: "Watchfloor is starting",
      status: 503,
      code: "STORE_UNAVAILABLE",
    }),
  );
}

/** The answer to an address that could mean two things. */
function refuseTarget(response) {
  const requestId = randomUUID();
  response.writeHead(400, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": requestId,
  });
  const title = "The address of this call is malformed";
  response.end(JSON.stringify({ type: "about:blank", title, status: 400, code: "INVALID_PATH", requestId }));
}

function makeServer() {
  let answer = answerStarting;
  const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 70_000 }, (request, response) => {
    if (!isPlainTarget(request.url)) {
      refuseTarget(response);
      return;
    }
    request.headers[addressHeader] = callerOf(
      request.socket.remoteAddress,
      request.headers["x-forwarded-for"],
    );
    answer(request, response);
  });
  // Nothing here speaks another protocol over the same connection.
  server.on("upgrade", (_request, socket) =>
    socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n"),
  );
  return {
    server,
    answerWith(handler) {
      answer = handler;
    },
  };
}

/** Stops accepting, lets requests under way end, closes the store, ends with 0. */
function endOnSignals(server) {
  let isEnding = false;
  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    const closed = new Promise((resolve) => server.close(resolve));
    // Set by lib/server/startup-process.ts, under the name that its `processWide` makes.
    const hooks = globalThis[Symbol.for("watchfloor.shutdown")]?.value;
    // Live streams would never end by themselves.
    hooks?.announceEnd?.();
    server.closeIdleConnections();
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(timer);
    await hooks?.shutDown?.();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => void end());
}

async function main() {
  process.chdir(root);
  loadEnvironmentFiles();
  process.env.NODE_ENV = "production";
  let port;
  try {
    port = readPort(process.env.PORT);
  } catch (error) {
    refuse(error.message);
  }
  const host = readHost(process.env.HOSTNAME);
  if (!existsSync(join(root, ".next", "BUILD_ID"))) refuse("there is no build yet; run npm run build first.");

  const { server, answerWith } = makeServer();
  await listen(server, port, host).catch((error) => refuse(describeListenFault(error, port, host)));
  endOnSignals(server);

  const { default: next } = await import("next");
  const app = next({ dev: false, dir: root, hostname: host, port });
  // Runs instrumentation.ts, which ends the process with its own sentence when something is wrong.
  await app.prepare();
  const handle = app.getRequestHandler();
  answerWith((request, response) => {
    // Set by lib/server/startup-process.ts, under the name that its `processWide` makes; until then Next's own way leads to the proxy.
    const door = globalThis[Symbol.for("watchfloor.front-door")]?.value;
    if (door?.answer && isUpstreamCall(request.url)) void answerUpstreamCall(door.answer, request, response);
    else if (door?.stream && isLiveStream(request)) void answerLiveStream(door.stream, request, response);
    else void handle(request, response);
  });
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  refuse("an unexpected fault, described above.");
});
