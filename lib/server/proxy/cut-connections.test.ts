import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { type OperationId, operationIds, registry } from "@/lib/contract";
import { closePools } from "@/lib/server/upstream/pools";
import { testConnection } from "@/lib/server/upstream/testing/test-connection";
import { someId } from "@/lib/server/upstream/testing/test-upstream";
import { bodyOf, proxyHarness } from "./testing/harness";

/** Every change of a webhook, with an input of its form. */
const one = { params: { id: someId } };
const inputs: Partial<Record<OperationId, { params?: object; query?: object; body?: unknown }>> = {
  "webhooks.create": {
    body: {
      name: "New",
      url: "http://127.0.0.1:1/hook",
      eventTypes: ["incident.created.v1"],
      token: "canary-token",
    },
  },
  "webhooks.update": { ...one, body: { name: "Other" } },
  "webhooks.delete": one,
  "webhooks.pause": one,
  "webhooks.resume": one,
  "webhooks.enable": one,
  "webhooks.credentials": { ...one, body: { authenticationType: "BearerToken", token: "canary-token" } },
  "webhooks.test": one,
  "webhooks.redeliver": {
    params: { id: someId, logId: someId },
    query: { createdAt: "2026-11-24T10:00:00.0000000+00:00" },
  },
};
const changes = operationIds.filter((id) => id.startsWith("webhooks.") && registry[id].kind === "mutation");

/** What upstream saw of a call, on the level of bytes. */
interface Upstream {
  readonly baseUrl: string;
  connections: number;
  /** Requests that came in whole. */
  requests: number;
  /** What was done: a change is, when the whole request is there and upstream gets to it. */
  effects: number;
  readonly server: Server;
}

type Point =
  | "before it connects"
  | "after it connects"
  | "after the headers"
  | "after the body"
  | "when it is done, before the answer"
  | "in the middle of the answer";

const half =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 400\r\n\r\n{"data":{"id":"6e';

/** How much of a request has come in; `isWhole` by its own content-length. */
function progress(bytes: string): { readonly hasHeaders: boolean; readonly isWhole: boolean } {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return { hasHeaders: false, isWhole: false };
  const length = Number(/content-length: (\d+)/i.exec(bytes.slice(0, end))?.[1] ?? 0);
  return { hasHeaders: true, isWhole: Buffer.byteLength(bytes.slice(end + 4)) >= length };
}

function cutAt(point: Point, upstream: Upstream, socket: Socket): void {
  upstream.connections += 1;
  socket.on("error", () => undefined);
  if (point === "after it connects") return void socket.resetAndDestroy();
  let bytes = "";
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.toString("utf8");
    const { hasHeaders, isWhole } = progress(bytes);
    if (hasHeaders && point === "after the headers") return void socket.resetAndDestroy();
    if (!isWhole) return;
    upstream.requests += 1;
    if (point === "after the body") return void socket.resetAndDestroy();
    upstream.effects += 1;
    if (point === "when it is done, before the answer") return void socket.resetAndDestroy();
    socket.write(half, () => socket.resetAndDestroy());
  });
}

const running: Server[] = [];
async function upstreamThatCuts(point: Point): Promise<Upstream> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const upstream: Upstream = {
    baseUrl: `http://127.0.0.1:${port}/api/v2`,
    connections: 0,
    requests: 0,
    effects: 0,
    server,
  };
  server.on("connection", (socket) => cutAt(point, upstream, socket));
  // Nobody listens there any more.
  if (point === "before it connects") await new Promise((resolve) => server.close(resolve));
  else running.push(server);
  return upstream;
}
afterEach(async () => {
  for (const server of running.splice(0)) await new Promise((resolve) => server.close(resolve));
});
afterAll(closePools);

/** Code of the answer and outcome in the audit. */
type End = readonly [code: string, outcome: string];
const unknown: End = ["OUTCOME_UNKNOWN", "unknown"];
/** Not a byte was sent: that is known, and said. */
const notSent: End = ["UPSTREAM_UNREACHABLE", "failed"];

const table: { point: Point; ends: readonly End[]; effects: number; connections: number }[] = [
  { point: "before it connects", ends: [notSent], effects: 0, connections: 0 },
  // Whether the first byte was on its way when the reset came is chance; what is said fits what was seen.
  { point: "after it connects", ends: [notSent, unknown], effects: 0, connections: 1 },
  { point: "after the headers", ends: [unknown], effects: 0, connections: 1 },
  { point: "after the body", ends: [unknown], effects: 0, connections: 1 },
  { point: "when it is done, before the answer", ends: [unknown], effects: 1, connections: 1 },
  { point: "in the middle of the answer", ends: [unknown], effects: 1, connections: 1 },
];

test("the table knows every change of a webhook, and none may be repeated", () => {
  expect(changes).toHaveLength(9);
  expect(Object.keys(inputs).sort()).toEqual([...changes].sort());
  expect(changes.map((id) => registry[id].repeat)).toEqual(changes.map(() => "once"));
});

describe.each(table)("the connection breaks $point", ({ point, ends, effects, connections }) => {
  test.each(changes)(`%s: ${ends.join(" or ")}, ${effects} effects`, async (id) => {
    const upstream = await upstreamThatCuts(point);
    const harness = proxyHarness(testConnection(upstream.baseUrl), ["canary-token"]);
    const answer = await harness.call(id, inputs[id] ?? {});
    const code = String((await bodyOf(answer)).code);
    // Long enough for a repetition to show itself: the client's pauses are milliseconds here.
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([upstream.connections, upstream.effects]).toEqual([connections, effects]);
    expect(upstream.requests).toBeLessThanOrEqual(1);
    const [intent, end] = harness.audit;
    expect([intent?.action, intent?.detail.phase, intent?.outcome]).toEqual([id, "intent", "unknown"]);
    expect([end?.action, end?.detail.phase, harness.audit.length]).toEqual([id, "outcome", 2]);
    expect(ends).toContainEqual([code, end?.outcome]);
    expect(harness.canary.scan().hits).toEqual([]);
  });
});
