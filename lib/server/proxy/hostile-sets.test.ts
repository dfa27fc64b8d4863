import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { callOperation } from "@/emulator/testing/caller";
import { browserExampleOf, exampleOf } from "@/emulator/testing/examples";
import { type OperationId, operationIds, registry } from "@/lib/contract";
import { testConnection, testSecret } from "@/lib/server/upstream/testing/test-connection";
import { testUpstream } from "@/lib/server/upstream/testing/test-upstream";
import type { OutgoingRequest, Transport } from "@/lib/server/upstream/transport";
import { walkRequestBody } from "@/lib/server/walk/request";
import { handleUpstreamCall } from "./handle";
import { emptyPage, origin, ownHeaders, proxyHarness } from "./testing/harness";
import { type FineCall, type RawCall, hostileSets, shapeOf, spoil, undeclared } from "./testing/hostile-sets";

const walk: OperationId = "incidents.acrossWorkspaces";
/** `npm run soak` asks for more of them, from a seed of its own. */
const setsPerOperation = Number(process.env.HOSTILE_SETS ?? 10_000);
const seed = Number(process.env.HOSTILE_SEED ?? 20_261_124);
const headersWeSend = [
  "accept",
  "accept-encoding",
  "authorization",
  "content-type",
  "user-agent",
  "x-request-id",
];
const log = pino({ level: "silent" });

let emulator: RunningEmulator;
const fine = new Map<OperationId, FineCall>();
const replies = new Map<OperationId, { status: number; body: Buffer }>();

// A refusal is an error with a stack that nobody looks at here.
const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

beforeAll(async () => {
  emulator = await startEmulator({ scenario: "quiet-night", seed: 7 });
  for (const id of operationIds) {
    const { params = {}, query = {}, body } = await exampleOf(emulator, id);
    const { text, status } = await callOperation(emulator, id, { params, query, body } as object);
    if (status >= 300) throw new Error(`The example of ${id} answers ${status}.`);
    replies.set(id, { status, body: Buffer.from(text) });
    fine.set(id, { id, ...(await browserExampleOf(emulator, id)) } as FineCall);
  }
});
afterAll(() => emulator.stop());

const noReply = { status: 500, body: Buffer.alloc(0) };

const { signal } = new AbortController();
const headersOf = { read: new Headers(), own: new Headers(ownHeaders) };

/**
 * What the proxy reads of a request, and no more: a real one costs as much as the proxy itself, 600,000 times. Addresses are brought to
 * the form that a real one gives them; `hostile.test.ts` asks with real ones.
 */
function lightRequest(method: string, address: string, body: string | undefined): Request {
  const light = {
    method,
    url: new URL(address).href,
    headers: method === "GET" ? headersOf.read : headersOf.own,
    signal,
    body: body === undefined ? null : [Buffer.from(body)],
  };
  return light as unknown as Request;
}

/** The proxy at an upstream that answers each call of the operation as the emulator did, and keeps what it was sent. */
function proxyTo(id: OperationId) {
  const sent: OutgoingRequest[] = [];
  const walked: unknown[] = [];
  const transport: Transport = (request) => {
    sent.push(request);
    const asked = operationsAt(request);
    const { status, body } = replies.get(asked.includes(id) ? id : (asked[0] ?? id)) ?? noReply;
    return Promise.resolve({ status, body, mediaType: "application/json", retryAfter: null });
  };
  const { deps } = proxyHarness(testConnection("http://127.0.0.1:1/api/v2"), [testSecret], {
    callUpstream: testUpstream({ log, transport }),
    recordAudit: () => Promise.resolve(),
    ownNames: () => Promise.resolve(new Map()),
    walkIncidents: (_context, request) => {
      walked.push(request);
      return Promise.resolve(emptyPage);
    },
    log,
  });
  const ask = ({ path, search, body }: RawCall): Promise<Response> | null => {
    const address = `${origin}/api/main/v2${path}${search}`;
    if (!URL.canParse(address)) return null;
    return handleUpstreamCall(lightRequest(registry[id].method, address, body), deps);
  };
  return { sent, walked, ask };
}

const templates = operationIds.map((id) => ({
  id,
  method: registry[id].method,
  path: new RegExp(
    `^/api/v2${registry[id].path.replace(/\{\w+\}/g, "(?!\\.+(?:/|$))(?:[\\w\\-.!~*'()]|%[0-9A-F]{2})+")}$`,
  ),
}));
const shapes = new Map(
  operationIds.map((id) => [id, shapeOf(id === walk ? walkRequestBody : registry[id].body)]),
);

/** The operations whose own address this is. A raw `#` or `..` in an address may have made it another one's, by right. */
const operationsAt = ({ method, url }: OutgoingRequest): OperationId[] =>
  templates.filter((each) => each.method === method && each.path.test(url.pathname)).map(({ id }) => id);

/** What is wrong with a request that went out. */
function faultsOf(request: OutgoingRequest): string[] {
  const { method, url, headers, body } = request;
  const ids = operationsAt(request);
  if (ids.length === 0 || url.host !== "127.0.0.1:1") return [`address ${method} ${url.href}`];
  const known = new Set(ids.flatMap((id) => Object.keys(registry[id].query.shape)));
  const declared = ids.flatMap((id) => shapes.get(id) ?? []);
  return [
    ...[...url.searchParams.keys()].filter((name) => !known.has(name)).map((name) => `query ${name}`),
    ...Object.keys(headers)
      .filter((name) => !headersWeSend.includes(name))
      .map((name) => `header ${name}`),
    ...(body === null ? [] : undeclared(JSON.parse(body), declared).map((name) => `body ${name}`)),
  ];
}

describe("SEC-02: 10,000 generated hostile sets per operation", () => {
  const setsOf = hostileSets(seed);

  test.each(operationIds.map((id, index) => [id, index] as const))(
    "%s: no unplanned 5xx, and nothing but declared fields reaches upstream",
    { timeout: 60_000 + setsPerOperation * 6 },
    async (id, index) => {
      const call = fine.get(id);
      if (!call) throw new Error(`${id} has no example.`);
      const { sent, walked, ask } = proxyTo(id);
      const shape = shapes.get(id) ?? null;
      let refused = 0;
      let passed = 0;
      const next = setsOf(index);
      for (let set = 0; set < setsPerOperation; set += 1) {
        sent.length = 0;
        walked.length = 0;
        const raw = spoil(call, next());
        const response = await ask(raw);
        if (!response) continue;
        const faults = sent.flatMap((request) => faultsOf(request));
        faults.push(...walked.flatMap((body) => undeclared(body, shape ? [shape] : [])));
        if (response.status >= 500) faults.push(`status ${response.status}: ${await response.text()}`);
        if (sent.length > 1) faults.push("sent more than once");
        if (response.status >= 400 && response.status < 500 && sent.length + walked.length > 0)
          faults.push("refused and sent all the same");
        if (faults.length > 0)
          throw new Error(
            `${faults.join("; ")} at ${JSON.stringify(raw).slice(0, 500)} (seed ${seed}, set ${set})`,
          );
        if (response.status < 300) passed += 1;
        else refused += 1;
      }
      expect(refused).toBeGreaterThan(setsPerOperation / 20);
      expect(passed + refused).toBeGreaterThan(setsPerOperation / 2);
    },
  );

  test("each fine call itself is answered, so that a refusal is the spoiling's doing", async () => {
    for (const [id, call] of fine) {
      const { ask } = proxyTo(id);
      const response = await ask(spoil(call, { list: [], raw: null }));
      expect([id, response?.ok]).toEqual([id, true]);
    }
  });

  test("an undeclared member is found at any depth, and a declared one is none", () => {
    const shape = shapes.get("users.add");
    if (!shape) throw new Error("The operation has a body.");
    const user = { organizationalRole: "Member", email: "a@b.test" };
    expect(undeclared({ users: [user], assignToWorkspace: true }, [shape])).toEqual([]);
    expect(undeclared({ users: [{ ...user, x: 1 }], y: 1 }, [shape])).toEqual([".users[].x", ".y"]);
  });
});
