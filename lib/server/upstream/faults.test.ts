import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FailureCode } from "@/lib/errors";
import type { CallOperation } from "./call";
import { closePools } from "./pools";
import { Canary } from "./testing/canary";
import {
  type Answer,
  envelope,
  inTurn,
  problem,
  startStubUpstream,
  type StubUpstream,
} from "./testing/stub-upstream";
import { testConnection, testPair, testSecret } from "./testing/test-connection";
import {
  asked,
  failureOf,
  impatientPolicy,
  noInput,
  operationOf,
  someId,
  testUpstream,
} from "./testing/test-upstream";

let stub: StubUpstream;
let call: CallOperation;
const canary = new Canary([testSecret, testPair]);

beforeAll(async () => {
  stub = await startStubUpstream();
});

beforeEach(() => {
  stub.requests.length = 0;
  // A client of its own for each test: no fund, cool-down or breaker carries over.
  call = testUpstream({ log: canary.log });
});

afterAll(async () => {
  await closePools();
  await stub.stop();
});

const text = (status: number, type: string, body: string): Answer => {
  return (response) => {
    response.writeHead(status, { "content-type": type });
    response.end(body);
  };
};
const half = '{"data":{"id":"6eca6a1f-b7d1-4bb8-a0';
const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, 0x20));
const big = "x".repeat(11 * 1024 * 1024);

interface Row {
  readonly fault: string;
  readonly answer: Answer;
  /** What a read, an idempotent change and a change that must not be repeated end in. */
  readonly codes: readonly [FailureCode, FailureCode, FailureCode];
  /** How many calls upstream sees of each. */
  readonly calls: readonly [number, number, number];
  /** Upstream says nothing: the test must not wait as long as a person would. */
  readonly isSilence?: true;
}

const same = (code: FailureCode): Row["codes"] => [code, code, code];
const unknownForChanges = (code: FailureCode): Row["codes"] => [code, "OUTCOME_UNKNOWN", "OUTCOME_UNKNOWN"];

const table: Row[] = [
  {
    fault: "400 with a map of errors",
    answer: problem(400, { code: "VALIDATION_ERROR" }),
    codes: same("UPSTREAM_INVALID"),
    calls: [1, 1, 1],
  },
  {
    fault: "401",
    answer: problem(401, { code: "UNAUTHORIZED" }),
    codes: same("UPSTREAM_CREDENTIAL_REFUSED"),
    calls: [1, 1, 1],
  },
  {
    fault: "401 with an HTML page",
    answer: text(401, "text/html", "<h1>401</h1>"),
    codes: same("UPSTREAM_CREDENTIAL_REFUSED"),
    calls: [1, 1, 1],
  },
  {
    fault: "403 for the role",
    answer: problem(403, { code: "INSUFFICIENT_WORKSPACE_ROLE" }),
    codes: same("UPSTREAM_FORBIDDEN"),
    calls: [1, 1, 1],
  },
  { fault: "403 without a code", answer: problem(403), codes: same("UPSTREAM_FORBIDDEN"), calls: [1, 1, 1] },
  {
    fault: "404",
    answer: problem(404, { code: "NOT_FOUND" }),
    codes: same("UPSTREAM_NOT_FOUND"),
    calls: [1, 1, 1],
  },
  {
    fault: "404 with an HTML page",
    answer: text(404, "text/html", "<h1>IIS</h1>"),
    codes: same("UPSTREAM_UNREADABLE"),
    calls: [1, 1, 1],
  },
  { fault: "409", answer: problem(409), codes: same("UPSTREAM_CONFLICT"), calls: [1, 1, 1] },
  { fault: "422", answer: problem(422), codes: same("UPSTREAM_INVALID"), calls: [1, 1, 1] },
  {
    fault: "a code we know under a status we do not expect",
    answer: problem(418, { code: "CONFLICT" }),
    codes: same("UPSTREAM_CONFLICT"),
    calls: [1, 1, 1],
  },
  {
    fault: "429 that wants longer than we have",
    answer: problem(429, {}, { "retry-after": "60" }),
    codes: same("UPSTREAM_RATE_LIMITED"),
    calls: [1, 1, 1],
  },
  {
    fault: "500",
    answer: problem(500, { code: "INTERNAL_ERROR" }),
    codes: same("UPSTREAM_UNAVAILABLE"),
    calls: [3, 2, 1],
  },
  {
    fault: "503 with an empty body",
    answer: text(503, "text/plain", ""),
    codes: same("UPSTREAM_UNAVAILABLE"),
    calls: [3, 2, 1],
  },
  {
    fault: "502 from a gateway",
    answer: text(502, "text/html", "<h1>Bad gateway</h1>"),
    codes: unknownForChanges("UPSTREAM_UNAVAILABLE"),
    calls: [3, 2, 1],
  },
  {
    fault: "a reset before the status line",
    answer: (response) => void response.socket?.resetAndDestroy(),
    codes: unknownForChanges("UPSTREAM_UNREACHABLE"),
    calls: [3, 2, 1],
  },
  {
    fault: "a reset in the body",
    answer: (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
      response.write(half, () => response.socket?.resetAndDestroy());
    },
    codes: unknownForChanges("UPSTREAM_UNREACHABLE"),
    calls: [3, 2, 1],
  },
  {
    fault: "silence",
    isSilence: true,
    answer: () => undefined,
    codes: unknownForChanges("UPSTREAM_TIMEOUT"),
    calls: [3, 2, 1],
  },
  {
    fault: "a body that stops",
    isSilence: true,
    answer: (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write(half);
    },
    codes: unknownForChanges("UPSTREAM_TIMEOUT"),
    calls: [3, 2, 1],
  },
  {
    fault: "200 with an HTML page",
    answer: text(200, "text/html", "<h1>Sign in</h1>"),
    codes: unknownForChanges("UPSTREAM_UNREADABLE"),
    calls: [3, 2, 1],
  },
  {
    fault: "200 with cut JSON",
    answer: text(200, "application/json", half),
    codes: unknownForChanges("UPSTREAM_UNREADABLE"),
    calls: [3, 2, 1],
  },
  {
    fault: "200 with NaN",
    answer: text(200, "application/json", '{"data":NaN,"meta":{}}'),
    codes: unknownForChanges("UPSTREAM_UNREADABLE"),
    calls: [3, 2, 1],
  },
  {
    fault: "200 without an envelope",
    answer: text(200, "application/json", '[{"id":"a"}]'),
    codes: unknownForChanges("UPSTREAM_UNREADABLE"),
    calls: [1, 1, 1],
  },
  {
    fault: "200 with a problem document",
    answer: problem(200, { code: "NOT_FOUND" }),
    codes: unknownForChanges("UPSTREAM_UNREADABLE"),
    calls: [1, 1, 1],
  },
  {
    fault: "a body over the cap",
    answer: text(200, "application/json", `{"data":"${big}","meta":{}}`),
    codes: unknownForChanges("UPSTREAM_UNREADABLE"),
    calls: [1, 1, 1],
  },
  {
    fault: "a gzip bomb",
    answer: (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(bomb);
    },
    codes: unknownForChanges("UPSTREAM_UNREADABLE"),
    calls: [1, 1, 1],
  },
  {
    fault: "gzip that is none",
    answer: (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end("not gzip");
    },
    codes: unknownForChanges("UPSTREAM_UNREADABLE"),
    calls: [3, 2, 1],
  },
  {
    fault: "bytes that are no HTTP",
    answer: (response) => void response.socket?.end("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    codes: unknownForChanges("UPSTREAM_UNREADABLE"),
    calls: [3, 2, 1],
  },
];

describe("what upstream's faults become, and how often each kind of call is repeated", () => {
  for (const { fault, answer, codes, calls, isSilence } of table)
    for (const [index, repeat] of (["read", "idempotent", "once"] as const).entries())
      it(`${fault}, on a call of class ${repeat}: ${codes[index]} after ${calls[index]}`, async () => {
        stub.answer = answer;
        const caller = isSilence ? testUpstream({ log: canary.log, policy: impatientPolicy }) : call;
        const failure = await failureOf(
          caller(testConnection(stub.baseUrl), operationOf[repeat], noInput, asked()),
        );
        canary.saw(failure);
        expect(failure.code).toBe(codes[index]);
        expect(stub.requests).toHaveLength(calls[index] ?? -1);
      });

  it("a redirect is not followed and is named", async () => {
    const other = await startStubUpstream();
    stub.answer = (response) => {
      response.writeHead(302, { location: `${other.baseUrl}/webhooks/${someId}` });
      response.end();
    };
    const failure = await failureOf(call(testConnection(stub.baseUrl), "webhooks.get", noInput, asked()));
    expect(failure).toMatchObject({ code: "UPSTREAM_UNREADABLE" });
    expect(failure.details.detail).toContain("302");
    expect([stub.requests.length, other.requests.length]).toEqual([1, 0]);
    await other.stop();
  });

  it("a refused connection on a change means that nothing happened", async () => {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const { port } = listener.address() as AddressInfo;
    await new Promise((resolve) => listener.close(resolve));
    const connection = testConnection(`http://127.0.0.1:${port}/api/v2`);
    for (const id of Object.values(operationOf)) {
      const failure = await failureOf(call(connection, id, noInput, asked()));
      expect([id, failure.code]).toEqual([id, "UPSTREAM_UNREACHABLE"]);
      expect(failure.details.detail).toContain("Nothing was sent");
    }
  });

  it("an outcome that became unknown stays unknown, whatever the repetition meets", async () => {
    stub.answer = inTurn(
      (response) => void response.socket?.resetAndDestroy(),
      problem(409, { code: "CONFLICT" }),
    );
    const failure = await failureOf(
      call(testConnection(stub.baseUrl), operationOf.idempotent, noInput, asked()),
    );
    expect([failure.code, stub.requests.length]).toEqual(["OUTCOME_UNKNOWN", 2]);
  });

  it("a fault that passes is not seen by the caller", async () => {
    stub.answer = inTurn(problem(500), problem(503), envelope({ id: someId }));
    const reply = await call(testConnection(stub.baseUrl), "webhooks.get", noInput, asked());
    expect(reply).toMatchObject({
      status: 200,
      upstreamRequestId: "0HNLBAGCRD4RN:00000003",
      data: { id: someId },
    });
  });

  it("an empty body of a change is a success", async () => {
    stub.answer = (response) => {
      response.writeHead(204);
      response.end();
    };
    const reply = await call(testConnection(stub.baseUrl), "webhooks.test", noInput, asked());
    expect(reply).toMatchObject({ status: 204, data: { ok: true } });
  });

  it("a gzip body within the cap is read", async () => {
    stub.answer = (response, request) => {
      expect(request.headers["accept-encoding"]).toBe("gzip");
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(gzipSync(JSON.stringify({ data: { id: someId }, meta: {} })));
    };
    const reply = await call(testConnection(stub.baseUrl), "webhooks.get", noInput, asked());
    expect(reply.data).toMatchObject({ id: someId });
  });
});

describe("what is said about a refusal", () => {
  const refused = async (answer: Answer) => {
    stub.answer = answer;
    const failure = await failureOf(call(testConnection(stub.baseUrl), "webhooks.get", noInput, asked()));
    canary.saw(failure);
    return failure.details;
  };

  it("names the scope that is missing", async () => {
    const details = await refused(problem(403, { code: "INSUFFICIENT_SCOPE", detail: "internal words" }));
    expect(details.detail).toContain("webhooks:read");
    expect(details).toMatchObject({ upstreamCode: "INSUFFICIENT_SCOPE" });
  });

  it("passes on validation errors, cleaned, and upstream's request id", async () => {
    const details = await refused(
      problem(400, {
        code: "VALIDATION_ERROR",
        detail: "Look\r\nhere",
        requestId: "0HN8Q3V0002",
        errors: { name: ["too\u0000long", 7], nested: { a: 1 } },
      }),
    );
    expect(details).toEqual({
      detail: "Look here",
      upstreamCode: "VALIDATION_ERROR",
      upstreamRequestId: "0HN8Q3V0002",
      errors: { name: ["too long"] },
    });
  });

  it("does not show texts under codes that are not on the list", async () => {
    const details = await refused(
      problem(500, { code: "STRANGE", detail: "at Db.Connect(host=10.0.0.1)", errors: { a: ["b"] } }),
    );
    expect(JSON.stringify(details)).not.toContain("10.0.0.1");
    expect(details.errors).toBeUndefined();
  });

  it("drops codes and request ids that are no such thing", async () => {
    const details = await refused(problem(400, { code: "<script>", requestId: "a\nb", detail: "words" }));
    expect(details).toEqual({ detail: "ContraForce answered with status 400." });
  });

  it("shows nothing of a body that repeats our credential", async () => {
    const details = await refused(
      problem(400, {
        code: "VALIDATION_ERROR",
        detail: `authorization was Basic ${testPair}`,
        errors: { a: [testSecret] },
      }),
    );
    expect(details).toEqual({
      detail: "ContraForce answered with status 400.",
      upstreamCode: "VALIDATION_ERROR",
    });
  });
});

describe("the log of upstream calls", () => {
  it("has one line per attempt, without addresses, headers or values", async () => {
    const before = canary.lines.length;
    stub.answer = inTurn(
      problem(500),
      envelope({ id: someId, name: "Hidden name", surprise: "hidden value" }),
    );
    await call(testConnection(stub.baseUrl), "webhooks.get", noInput, asked({ requestId: "request-7" }));
    const lines = canary.lines.slice(before);
    const attempts = canary.records.slice(before).filter((record) => record.msg === "upstream call");
    expect(attempts).toMatchObject([
      {
        operation: "webhooks.get",
        attempt: 1,
        status: 500,
        outcome: "UPSTREAM_UNAVAILABLE",
        requestId: "request-7",
      },
      { operation: "webhooks.get", attempt: 2, status: 200, outcome: "ok", requestId: "request-7" },
    ]);
    expect(lines.join("")).toContain("data.surprise");
    expect(lines.join("")).not.toMatch(/Hidden name|hidden value|127\.0\.0\.1|6eca6a1f/);
  });

  it("names an unknown member once, however often it comes", async () => {
    stub.answer = envelope({ id: someId, anotherSurprise: 1 });
    for (let count = 0; count < 3; count += 1)
      await call(testConnection(stub.baseUrl), "webhooks.get", noInput, asked());
    expect(canary.lines.filter((line) => line.includes("anotherSurprise"))).toHaveLength(1);
  });

  it("holds the credential in no form, in no line and no failure of this suite", () => {
    const found = canary.scan();
    expect(found.lines).toBeGreaterThan(100);
    expect(found.others).toBeGreaterThan(70);
    expect(found.hits).toEqual([]);
  });
});
