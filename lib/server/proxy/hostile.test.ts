import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { browserExampleOf } from "@/emulator/testing/examples";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { type OperationId, operationIds, registry } from "@/lib/contract";
import { buildPath, buildQuery } from "@/lib/contract/address";
import { closePools } from "@/lib/server/upstream/pools";
import {
  envelope,
  type SeenRequest,
  startStubUpstream,
  type StubUpstream,
} from "@/lib/server/upstream/testing/stub-upstream";
import { testConnection, testPair, testSecret } from "@/lib/server/upstream/testing/test-connection";
import { handleUpstreamCall } from "./handle";
import { hostileHeaders } from "./testing/hostile-headers";
import { type Harness, origin, ownHeaders, proxyHarness } from "./testing/harness";

interface Example {
  readonly id: OperationId;
  readonly params: Readonly<Record<string, string>>;
  readonly query: object;
  readonly body: unknown;
}

let stub: StubUpstream;
let emulator: RunningEmulator;
let harness: Harness;
let examples: Example[];

beforeAll(async () => {
  stub = await startStubUpstream();
  emulator = await startEmulator({ scenario: "quiet-night" });
  examples = [];
  for (const id of operationIds) {
    const { params = {}, query = {}, body } = await browserExampleOf(emulator, id);
    examples.push({ id, params: params as Record<string, string>, query, body });
  }
});
beforeEach(() => {
  stub.requests.length = 0;
  stub.answer = envelope(null);
  harness = proxyHarness(testConnection(stub.baseUrl), [testSecret, testPair]);
});
afterAll(async () => {
  await closePools();
  await stub.stop();
  await emulator.stop();
});

/** Put into an address as they stand. */
const hostile = [
  ".",
  "..",
  "%2e",
  "%2e%2e",
  "%2E%2E",
  ".%2e",
  "%2e%2e%2f",
  "%2e%2e%2f%2e%2e%2fservice-accounts",
  "..%2f..%2fusers",
  "%252e%252e%252f",
  "%25252e",
  "..;",
  "..;x=1",
  "%2e%2e;",
  "%2e%2e%3b",
  "...",
  ";",
  "a;b=c",
  ";jsessionid=1",
  "%3b",
  "\\",
  "\\\\evil.test",
  "%5c",
  "%5c%5cevil.test",
  "..%5c..%5cusers",
  "%2f",
  "%2f%2fevil.test",
  "//evil.test",
  "/",
  "/x",
  "http:%2f%2fevil.test",
  "http://evil.test",
  "@evil.test",
  "user:pass@evil.test",
  ":80",
  "%00",
  "a%00b",
  "%0d%0a",
  "a%0d%0aX-Evil:%201",
  "%0a",
  "%09",
  "%7f",
  "%c2%85",
  "%e2%80%ae",
  "%ff",
  "%c0%ae%c0%ae",
  "%zz",
  "%",
  "%u002e",
  "?",
  "%3f",
  "?a=b",
  "%3fa=b",
  "#",
  "%23",
  "#x",
  "*",
  "é",
  "%ef%bc%8f",
  "%ef%bc%8e%ef%bc%8e",
  "%e2%81%84",
  "a".repeat(4_000),
  "%61".repeat(2_000),
  "__proto__",
  "constructor",
  "profile",
  "workspace",
  "across-workspaces",
  "by-entity",
  "%20",
  "%20..",
];

const pattern = new Map<OperationId, RegExp>(
  operationIds.map((id) => [
    id,
    // What may stand for a parameter is what encodeURIComponent leaves, and never only dots.
    new RegExp(
      `^/api/v2${registry[id].path.replace(/\{\w+\}/g, "(?!\\.+(?:/|$))(?:[\\w\\-.!~*'()]|%[0-9A-F]{2})+")}$`,
    ),
  ]),
);

function isOwn(id: OperationId, seen: SeenRequest): boolean {
  const [path = ""] = seen.rawPath.split("?");
  return seen.method === registry[id].method && (pattern.get(id)?.test(path) ?? false);
}

/** The addresses of a call with one path parameter replaced, raw. */
function inPlaceOfParameters({ id, params }: Example): ((raw: string) => string)[] {
  return Object.keys(params).map(
    (name) => (raw: string) =>
      registry[id].path.replace(/\{(\w+)\}/g, (_, each: string) =>
        each === name ? raw : encodeURIComponent(params[each] ?? ""),
      ),
  );
}

/** The address with something before or behind it. Some of these are addresses of other operations, by right. */
function around({ id, params }: Example): ((raw: string) => string)[] {
  const whole = buildPath(registry[id].path, { ...params });
  return [(raw) => `${whole}/${raw}`, (raw) => `${whole}${raw}`, (raw) => `/${raw}${whole}`];
}

const aroundIt = [
  "..",
  "%2e%2e%2f",
  "..;x",
  ";a=b",
  "\\..\\users",
  "%5c",
  "/evil.test",
  "%2f",
  "%00",
  "%0d%0a",
  "%252e%252e",
  "%ff",
];

const isSomebodys = (seen: SeenRequest) => operationIds.some((id) => isOwn(id, seen));
const shown = (seen: SeenRequest) => `${seen.method} ${seen.rawPath}`;

async function tryOne(example: Example, path: string): Promise<number> {
  const { id, query, body } = example;
  const { method } = registry[id];
  const address = `${origin}/api/main/v2${path}${path.includes("?") ? "" : buildQuery({ ...query })}`;
  if (!URL.canParse(address)) return 400;
  const request = new Request(address, {
    method,
    headers: method === "GET" ? {} : ownHeaders,
    body: method === "GET" || body === undefined ? undefined : JSON.stringify(body),
  });
  return (await harness.canary.sawResponse(await handleUpstreamCall(request, harness.deps))).status;
}

describe("SEC-02: hostile path segments", () => {
  it.each([...operationIds])("on %s: nothing but its own template goes upstream", async (id) => {
    const example = examples.find((each) => each.id === id)!;
    for (const address of inPlaceOfParameters(example))
      for (const raw of hostile) {
        stub.requests.length = 0;
        const path = address(raw);
        const status = await tryOne(example, path);
        expect(stub.requests.filter((seen) => !isOwn(id, seen)).map(shown), path).toEqual([]);
        expect(stub.requests.length, path).toBeLessThanOrEqual(1);
        if (status >= 400 && status !== 502) expect(stub.requests.map(shown), path).toEqual([]);
      }
    for (const address of around(example))
      for (const raw of aroundIt) {
        stub.requests.length = 0;
        await tryOne(example, address(raw));
        expect(stub.requests.filter((seen) => !isSomebodys(seen)).map(shown), address(raw)).toEqual([]);
      }
  });

  it("a value arrives upstream as it was meant, decoded and encoded exactly once", async () => {
    const example = examples.find(({ id }) => id === "gamebooks.rules")!;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), async (title) => {
        stub.requests.length = 0;
        await tryOne(example, buildPathSafely(example, title));
        for (const seen of stub.requests) {
          expect(isOwn(example.id, seen)).toBe(true);
          expect(decodeURIComponent(seen.rawPath.split("/").at(-1) ?? "")).toBe(title);
        }
        if (/^[\p{L}\p{N} "'/\\%;?#]+$/u.test(title)) expect(stub.requests).toHaveLength(1);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

/** Without our own builder's checks, so that the proxy meets the odd ones as well. */
function buildPathSafely({ params }: Example, title: string): string {
  const encoded = title.isWellFormed() ? encodeURIComponent(title) : "%ff";
  return `/workspaces/${params.workspaceId}/gamebooks/rules/${encoded}`;
}

describe("SEC-02: hostile queries", () => {
  it("on every operation: an unknown or repeated parameter is refused, and nothing is sent", async () => {
    for (const example of examples) {
      const path = buildPath(registry[example.id].path, { ...example.params });
      for (const query of [
        "?surprise=1",
        "?__proto__=1",
        "?constructor=1",
        "?%00=1",
        "?currentPage=1&currentPage=2&x=1",
      ]) {
        stub.requests.length = 0;
        expect(await tryOne(example, path + query), path + query).toBe(400);
        expect(stub.requests).toEqual([]);
      }
    }
  });
});

/** An answer without what differs from call to call. */
function withoutIds(body: unknown): unknown {
  const { meta: _meta, requestId: _id, ...rest } = body as Record<string, unknown>;
  return rest;
}

describe("SEC-03: hostile headers", () => {
  it("on every operation: a change of protocol and a credential of the caller's own are refused", async () => {
    for (const { id, params, query, body } of examples)
      for (const headers of [
        { upgrade: "websocket", connection: "upgrade" },
        { upgrade: "h2c" },
        { authorization: "Basic eDp5" },
        { "proxy-authorization": "Basic eDp5" },
      ] as readonly Readonly<Record<string, string>>[]) {
        stub.requests.length = 0;
        const response = await harness.call(id, { params, query, body }, { headers });
        expect([id, response.status, stub.requests.length]).toEqual([id, 400, 0]);
        await response.body?.cancel();
      }
  });

  it("at least forty, on every operation: upstream sees only ours, and so does the caller", async () => {
    expect(Object.keys(hostileHeaders).length).toBeGreaterThanOrEqual(40);
    for (const example of examples) {
      const { id, params, query, body } = example;
      const before = await harness.call(id, { params, query, body });
      const told = withoutIds(await before.json());
      stub.requests.length = 0;
      const { method } = registry[id];
      const headers = { ...(method === "GET" ? {} : ownHeaders), ...hostileHeaders };
      const response = await harness.call(id, { params, query, body }, { headers });
      expect([id, response.status, withoutIds(await response.clone().json())]).toEqual([
        id,
        before.status,
        told,
      ]);
      for (const [name, value] of response.headers) {
        expect(["cache-control", "content-type", "x-content-type-options", "x-request-id"], name).toContain(
          name,
        );
        expect(value).not.toMatch(/evil|chosen/);
      }
      for (const seen of stub.requests) {
        const { host: _host, connection: _connection, "content-length": _length, ...ours } = seen.headers;
        expect(
          Object.keys(ours)
            .filter((name) => name !== "content-type")
            .sort(),
          id,
        ).toEqual(["accept", "accept-encoding", "authorization", "user-agent", "x-request-id"]);
        expect(JSON.stringify(ours)).not.toMatch(/evil|chosen|stolen|text\/html/);
      }
    }
  });
});

describe("SEC-02: raw bytes on the wire of a front door", () => {
  it("that no URL can hold, and forms that a front door may leave as they are", async () => {
    // What Next does with a request line: the path is resolved against the server's own address.
    const door = createServer((message, response) => {
      const base = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
      const url = URL.canParse(message.url ?? "", base) ? new URL(message.url ?? "", base) : null;
      if (!url) return void response.writeHead(400).end();
      const body =
        message.method === "GET" ? undefined : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
      const request = new Request(url, { method: message.method, body, duplex: "half" } as RequestInit);
      void handleUpstreamCall(request, harness.deps).then(async (answer) => {
        response.writeHead(answer.status).end(await answer.text());
      });
    });
    await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
    const { port } = door.address() as AddressInfo;
    const send = (line: string) =>
      new Promise<void>((resolve) => {
        const socket = connect(port, "127.0.0.1", () =>
          socket.write(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`),
        );
        socket.on("error", () => undefined);
        socket.on("close", () => resolve());
        socket.resume();
      });
    const base = "/api/main/v2";
    const targets = [
      `${base}/users/a\u0000b`,
      `${base}/users/a\\..\\..\\service-accounts`,
      `//evil.test${base}/users/u`,
      `http://evil.test${base}/users/u`,
      `${base}//users/u`,
      `${base}/users/../users/u`,
      `\\\\evil.test${base}/users/u`,
      `${base}/users/u HTTP/1.1\r\nX-Evil: 1`,
      `${base}/users/\tu`,
      `${base}/users/\u00e9`,
      `evil.test:80`,
      "*",
      `${base}\\users\\u`,
      `${base}/users/u#/../x`,
    ];
    for (const target of targets) await send(`GET ${target} HTTP/1.1`);
    await new Promise((resolve) => door.close(resolve));
    // A URL parser turns backslashes and removes dot segments: what then stands there is that other operation's address.
    for (const seen of stub.requests) {
      expect(["GET /api/v2/users/u", "GET /api/v2/service-accounts"]).toContain(shown(seen));
      expect(seen.headers["x-evil"]).toBeUndefined();
    }
    expect(stub.requests.length).toBeGreaterThan(0);
  });
});

describe("SEC-01: no secret", () => {
  it("leaves by any of this", async () => {
    await tryOne(examples.find(({ id }) => id === "users.list")!, "/users");
    const { hits, lines, others } = harness.canary.scan();
    expect([hits, lines > 0, others > 0]).toEqual([[], true, true]);
  });
});
