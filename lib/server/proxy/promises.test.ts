import { Writable } from "node:stream";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { callOperation } from "@/emulator/testing/caller";
import { browserExampleOf, exampleOf } from "@/emulator/testing/examples";
import { type OperationId, operationIds, registry } from "@/lib/contract";
import { logOptions } from "@/lib/server/log";
import { testConnection, testSecret } from "@/lib/server/upstream/testing/test-connection";
import { testUpstream } from "@/lib/server/upstream/testing/test-upstream";
import type { Transport } from "@/lib/server/upstream/transport";
import { emptyPage, type Harness, origin, ownHeaders, proxyHarness } from "./testing/harness";
import type { Values } from "./testing/matrix-input";

const examples = new Map<OperationId, Values>();
const replies = new Map<OperationId, { status: number; text: string }>();
let emulator: RunningEmulator;
let sent: { body: string | null }[] = [];
let lines: string[] = [];
/** What the upstream of these tests answers. */
let answerOf: (id: OperationId) => { status: number; text: string };
let asking: OperationId = "webhooks.list";
let harness: Harness;

beforeAll(async () => {
  emulator = await startEmulator({ scenario: "quiet-night", seed: 7 });
  for (const id of operationIds) {
    const example = await exampleOf(emulator, id);
    const { status, text } = await callOperation(emulator, id, example as object);
    expect([id, status < 300]).toEqual([id, true]);
    replies.set(id, { status, text });
    examples.set(id, await browserExampleOf(emulator, id));
  }
});
afterAll(() => emulator.stop());

beforeEach(() => {
  sent = [];
  lines = [];
  answerOf = (id) => replies.get(id) ?? { status: 500, text: "" };
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const log = pino(logOptions, sink);
  const transport: Transport = (request) => {
    sent.push({ body: request.body });
    const { status, text } = answerOf(asking);
    return Promise.resolve({
      status,
      body: Buffer.from(text),
      mediaType: status < 300 ? "application/json" : "application/problem+json",
      retryAfter: null,
    });
  };
  harness = proxyHarness(testConnection("http://127.0.0.1:1/api/v2"), [testSecret], {
    callUpstream: testUpstream({ log, transport }),
    ownNames: () => Promise.resolve(new Map()),
    walkIncidents: () => Promise.resolve(emptyPage),
    log,
  });
});

const valuesOf = (id: OperationId): Values => examples.get(id) ?? {};

async function ask(id: OperationId, values: Values, headers: Readonly<Record<string, string>> = {}) {
  asking = id;
  sent.length = 0;
  return harness.call(id, values, { headers });
}

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value with these members added to one object of it at a time; `copies` has one entry for each object. */
function withExtras(value: unknown, extras: Plain): unknown[] {
  const own = isPlain(value) ? [{ ...value, ...extras }] : [];
  const inner = Object.entries(typeof value === "object" && value !== null ? value : {}).flatMap(
    ([key, member]) =>
      withExtras(member, extras).map((changed) =>
        Array.isArray(value)
          ? value.map((item: unknown, index) => (String(index) === key ? changed : item))
          : { ...(value as Plain), [key]: changed },
      ),
  );
  return [...own, ...inner];
}

/** The value with these members added to every object of it. */
function everywhere(value: unknown, extras: Plain): unknown {
  if (Array.isArray(value)) return value.map((item) => everywhere(item, extras));
  if (!isPlain(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, everywhere(member, extras)]);
  return { ...Object.fromEntries(members), ...extras } as Plain;
}

describe("SEC-05: no member that nobody declared passes", () => {
  const intruders = {
    role: "admin",
    isAdmin: true,
    organizationId: "o",
    clientSecret: "planted",
    $where: "1",
  };

  test("five members too many, at each level of each body: refused, and nothing is sent", async () => {
    let tried = 0;
    for (const id of operationIds) {
      const values = valuesOf(id);
      for (const [name, value] of Object.entries(intruders))
        for (const body of withExtras(values.body, { [`x${name}`]: value })) {
          const response = await ask(id, { ...values, body });
          const { code } = (await response.json()) as { code: unknown };
          expect([id, response.status, code, sent.length], JSON.stringify(body)).toEqual([
            id,
            400,
            "INVALID_INPUT",
            0,
          ]);
          tried += 1;
        }
    }
    expect(tried).toBeGreaterThan(100);
  });

  test("five secret-looking members in every object of every answer: none reaches the browser", async () => {
    const planted = "planted-canary-value";
    const extras = {
      clientSecretHash: planted,
      internalToken: planted,
      passwordHash: planted,
      signingKeyPrivate: { nested: planted },
      connectionString: [planted],
    };
    for (const id of operationIds) {
      if (id === "incidents.acrossWorkspaces") continue;
      answerOf = (each) => {
        const reply = replies.get(each);
        const text = reply?.text ? JSON.stringify(everywhere(JSON.parse(reply.text), extras)) : "";
        return { status: reply?.status ?? 500, text };
      };
      const response = await ask(id, valuesOf(id));
      const text = await response.text();
      expect([id, response.status < 300, sent.length]).toEqual([id, true, 1]);
      expect([id, text.includes(planted)]).toEqual([id, false]);
    }
  });
});

describe("SEC-06: forged cross-site requests fail", () => {
  const right = { ...ownHeaders };
  const without = (name: keyof typeof ownHeaders) => {
    const { [name]: _gone, ...rest } = right;
    return rest;
  };
  const site = (value: string) => ({ ...right, "sec-fetch-site": value });
  /** Fourteen ways to ask for a change. */
  const combinations: readonly (readonly [string, Readonly<Record<string, string>>, boolean])[] = [
    ["as our own page does", right, true],
    ["an old browser on our page", { ...without("sec-fetch-site"), origin }, true],
    ["from another site", site("cross-site"), false],
    ["from a sibling host", site("same-site"), false],
    ["typed into the address line", site("none"), false],
    ["with a header that no browser sends", site("SAME-ORIGIN"), false],
    ["an old browser on another site", { ...without("sec-fetch-site"), origin: "https://evil.test" }, false],
    [
      "an old browser on a sibling host",
      { ...without("sec-fetch-site"), origin: "https://a.watchfloor.test" },
      false,
    ],
    ["from a sandbox", { ...without("sec-fetch-site"), origin: "null" }, false],
    ["without our header", without("x-watchfloor"), false],
    ["with another value in it", { ...right, "x-watchfloor": "true" }, false],
    ["as a form", { ...right, "content-type": "application/x-www-form-urlencoded" }, false],
    ["as plain text", { ...right, "content-type": "text/plain" }, false],
    ["as a form with files", { ...right, "content-type": "multipart/form-data; boundary=x" }, false],
  ];

  test("each operation that is not a plain read, in fourteen ways: only ours pass", async () => {
    expect(combinations).toHaveLength(14);
    const unsafe = operationIds.filter((id) => registry[id].method !== "GET");
    expect(unsafe.length).toBeGreaterThan(25);
    for (const id of unsafe)
      for (const [name, headers, isRight] of combinations) {
        const { method, path } = registry[id];
        const values = valuesOf(id);
        const address = path.replace(/\{(\w+)\}/g, (_, each: string) =>
          encodeURIComponent(String((values.params as Plain)[each])),
        );
        const query = new URLSearchParams(values.query as Record<string, string>).toString();
        asking = id;
        sent.length = 0;
        const { handleUpstreamCall } = await import("./handle");
        const response = await handleUpstreamCall(
          new Request(`${origin}/api/main/v2${address}${query ? `?${query}` : ""}`, {
            method,
            headers,
            body: values.body === undefined ? undefined : JSON.stringify(values.body),
          }),
          harness.deps,
        );
        const isAnswered = response.status < 300;
        expect([id, name, isAnswered]).toEqual([id, name, isRight]);
        if (!isRight)
          expect([id, name, [403, 415].includes(response.status), sent.length]).toEqual([id, name, true, 0]);
        expect(response.headers.get("access-control-allow-origin")).toBeNull();
        await response.body?.cancel();
      }
  });

  test("plain reads change nothing; those that leave a trace at ContraForce are not started by another site", async () => {
    for (const id of operationIds.filter((each) => registry[each].method === "GET")) {
      expect(registry[id].kind).toBe("query");
      const statuses = [];
      for (const value of ["cross-site", "same-site", "same-origin"])
        statuses.push((await ask(id, valuesOf(id), { "sec-fetch-site": value })).status < 300);
      expect([id, statuses]).toEqual([id, registry[id].audited ? [false, false, true] : [true, true, true]]);
    }
  });
});

describe("SEC-13: errors and logs tell nothing useful, and one event is one line", () => {
  const hostile = 'x\r\n{"level":"error","msg":"forged"}\n\u001b[31mred\u2028\u0000</script>';

  test("whatever stands in parameters, queries, bodies and upstream's own words", async () => {
    answerOf = () => ({
      status: 422,
      text: JSON.stringify({
        title: hostile,
        detail: hostile,
        code: hostile,
        requestId: hostile,
        errors: { [hostile]: [hostile] },
      }),
    });
    let answered = 0;
    for (const id of operationIds) {
      if (id === "incidents.acrossWorkspaces") continue;
      const values = valuesOf(id);
      const response = await ask(id, values, { "x-request-id": "forged", "user-agent": "a b" });
      const text = await response.text();
      const problem = JSON.parse(text) as Plain;
      expect([id, response.status >= 400, response.headers.get("content-type")]).toEqual([
        id,
        true,
        "application/problem+json",
      ]);
      expect(problem).toMatchObject({
        code: expect.stringMatching(/^[A-Z_]+$/) as string,
        status: response.status,
      });
      expect(problem.requestId).toBe(response.headers.get("x-request-id"));
      // Text of upstream's is for people: no control character is left in what is shown.
      for (const shown of [
        problem.detail,
        problem.title,
        ...Object.keys((problem.errors as Plain | undefined) ?? {}),
      ])
        expect(String(shown ?? ""), id).not.toMatch(/[\u0000-\u001f\u007f\u2028\u2029]/);
      answered += 1;
    }
    expect(answered).toBe(operationIds.length - 1);
  });

  test("a crash is logged as one record per event, with the caller's words inside it", async () => {
    for (const message of [hostile, `${hostile}\n    at forged (file.js:1:1)`]) {
      const { handleUpstreamCall } = await import("./handle");
      lines.length = 0;
      const response = await handleUpstreamCall(new Request(`${origin}/api/main/v2/webhooks`), {
        ...harness.deps,
        connectionFor: () => Promise.reject(new Error(message)),
      });
      expect([response.status, lines.length]).toEqual([500, 1]);
      const [line = ""] = lines;
      expect(line.trimEnd().split(/[\r\n]/)).toHaveLength(1);
      expect(line).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
      expect(JSON.parse(line)).toMatchObject({ level: "error", err: { message } });
      expect(await response.text()).not.toContain("forged");
    }
  });
});

describe("SEC-15: no cache may keep an answer", () => {
  test("each operation's, whether it went well, was refused or failed: no-store, and no cookie", async () => {
    const upstreams = [
      (id: OperationId) => replies.get(id) ?? { status: 500, text: "" },
      () => ({ status: 403, text: "{}" }),
      () => ({ status: 404, text: "{}" }),
      () => ({ status: 500, text: "oops" }),
    ];
    for (const upstream of upstreams)
      for (const id of operationIds) {
        answerOf = upstream;
        const responses = [
          await ask(id, valuesOf(id)),
          await ask(id, { ...valuesOf(id), query: { surprise: 1 } }),
        ];
        harness.as(null);
        responses.push(await ask(id, valuesOf(id)));
        harness.as((await import("./testing/harness")).person());
        for (const response of responses) {
          const { headers } = response;
          expect([id, headers.get("cache-control"), headers.get("set-cookie"), headers.get("etag")]).toEqual([
            id,
            "no-store",
            null,
            null,
          ]);
          await response.body?.cancel();
        }
      }
  });
});
