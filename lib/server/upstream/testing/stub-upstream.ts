import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface SeenRequest {
  readonly method: string;
  /** As it stood on the request line, nothing decoded. */
  readonly rawPath: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void;

/** An upstream in this process that does as it is told and remembers every request. */
export interface StubUpstream {
  readonly baseUrl: string;
  readonly requests: SeenRequest[];
  /** What every further request gets. */
  answer: Answer;
  /** Sockets that are open at this moment. */
  readonly openSockets: number;
  /** Resolves when a request has come in that was not there before. */
  nextRequest(): Promise<SeenRequest>;
  /** Resolves when no socket is open any more. */
  allClosed(): Promise<void>;
  /** Requests that have come in and are neither answered nor cut off. */
  readonly underWay: number;
  /** Resolves when nothing is under way. */
  noneUnderWay(): Promise<void>;
  stop(): Promise<void>;
}

/** Answers with an envelope around `data`. */
export function envelope(data: unknown, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
    response.end(
      JSON.stringify({
        data,
        meta: { requestId: "0HNLBAGCRD4RN:00000003", timestamp: "2026-04-15T20:00:00Z" },
      }),
    );
  };
}

/** Answers with a problem document. */
export function problem(status: number, members: object = {}, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/problem+json", ...headers });
    response.end(JSON.stringify({ type: "about:blank", title: "Trouble", status, ...members }));
  };
}

/** Answers each request with the next of `answers`, and with the last one for ever. */
export function inTurn(...answers: Answer[]): Answer {
  let next = 0;
  return (response, request) => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    answer?.(response, request);
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** Resolves at the next call of a listener, or at once when it is so already. */
function once(listeners: Set<() => void>, isSo: boolean): Promise<void> {
  if (isSo) return Promise.resolve();
  return new Promise((resolve) => {
    const listener = () => {
      listeners.delete(listener);
      resolve();
    };
    listeners.add(listener);
  });
}

export async function startStubUpstream(): Promise<StubUpstream> {
  const sockets = new Set<Socket>();
  const requestListeners = new Set<(request: SeenRequest) => void>();
  const closeListeners = new Set<() => void>();
  const idleListeners = new Set<() => void>();
  let underWay = 0;
  const server = createServer((message, response) => {
    underWay += 1;
    response.on("close", () => {
      underWay -= 1;
      if (underWay === 0) for (const listener of idleListeners) listener();
    });
    void bodyOf(message).then(
      (body) => {
        const seen = {
          method: message.method ?? "",
          rawPath: message.url ?? "",
          headers: message.headers,
          body,
        };
        stub.requests.push(seen);
        for (const listener of requestListeners) listener(seen);
        stub.answer(response, seen);
      },
      // The caller went away while it was still sending.
      () => undefined,
    );
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      if (sockets.size === 0) for (const listener of closeListeners) listener();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stub: StubUpstream = {
    baseUrl: `http://127.0.0.1:${port}/api/v2`,
    requests: [],
    answer: envelope(null),
    get openSockets() {
      return sockets.size;
    },
    nextRequest: () =>
      new Promise((resolve) => {
        const listener = (seen: SeenRequest) => {
          requestListeners.delete(listener);
          resolve(seen);
        };
        requestListeners.add(listener);
      }),
    allClosed: () => once(closeListeners, sockets.size === 0),
    get underWay() {
      return underWay;
    },
    noneUnderWay: () => once(idleListeners, underWay === 0),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return stub;
}
