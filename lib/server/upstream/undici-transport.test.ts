import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CallOperation } from "./call";
import { systemClock } from "./clock";
import { closePools } from "./pools";
import { Canary } from "./testing/canary";
import { envelope, startStubUpstream, type StubUpstream } from "./testing/stub-upstream";
import { testConnection, testPair, testSecret } from "./testing/test-connection";
import { testDestinations } from "./testing/loopback";
import { asked, noInput, someId, testUpstream } from "./testing/test-upstream";
import { type OutgoingRequest, TransportFault } from "./transport";
import { undiciTransport } from "./undici-transport";

let stub: StubUpstream;
let call: CallOperation;
const canary = new Canary([testSecret, testPair]);
const webhook = envelope({ id: someId });

beforeAll(async () => {
  stub = await startStubUpstream();
});
beforeEach(async () => {
  await closePools();
  await stub.allClosed();
  stub.requests.length = 0;
  call = testUpstream({ log: canary.log });
});
afterAll(async () => {
  await closePools();
  await stub.stop();
});

const read = (signal?: AbortSignal) =>
  call(testConnection(stub.baseUrl), "webhooks.get", noInput, asked({ signal }));
const settled = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error: Error) => error.message,
  );

describe("on the wire", () => {
  it("goes nothing but our own seven headers, one of them the pair", async () => {
    stub.answer = webhook;
    await read();
    const [seen] = stub.requests;
    expect(Object.keys(seen?.headers ?? {}).sort()).toEqual([
      "accept",
      "accept-encoding",
      "authorization",
      "connection",
      "host",
      "user-agent",
      "x-request-id",
    ]);
    expect(seen?.headers.authorization).toBe(`Basic ${testPair}`);
    expect(seen?.rawPath).toBe(`/api/v2/webhooks/${someId}`);
  });

  it("reads share a kept connection, changes have one of their own each", async () => {
    stub.answer = webhook;
    for (let count = 0; count < 20; count += 1) await read();
    // undici marks a connection free a moment after it has handed the reply over, so a second one may come in.
    expect(stub.openSockets).toBeLessThanOrEqual(2);
    stub.answer = envelope(true);
    await call(testConnection(stub.baseUrl), "webhooks.test", noInput, asked());
    expect(stub.requests.at(-1)?.headers.connection).toBe("close");
  });

  it("a connection that the other side closed while idle costs a read nothing", async () => {
    stub.answer = (response, request) => {
      response.on("finish", () => response.socket?.destroy());
      webhook(response, request);
    };
    for (let count = 0; count < 20; count += 1) expect(await settled(read())).toBe("ok");
  });
});

describe("work that nobody waits for stops", () => {
  it("the request is cut off upstream when the last waiter leaves, and not before", async () => {
    stub.answer = () => undefined;
    const [first, second] = [new AbortController(), new AbortController()];
    const arrived = stub.nextRequest();
    const ends = [settled(read(first.signal)), settled(read(second.signal))];
    await arrived;
    first.abort(new Error("first left"));
    expect(await ends[0]).toBe("first left");
    expect([stub.requests.length, stub.underWay]).toEqual([1, 1]);
    second.abort(new Error("second left"));
    expect(await ends[1]).toBe("second left");
    // undici opens an idle connection in the place of the one it closed; the request itself is gone from upstream.
    await stub.noneUnderWay();
    expect(stub.requests).toHaveLength(1);
  });

  it("a thousand reads abandoned at any moment leave no socket open", async () => {
    stub.answer = (response, request) => {
      if (stub.requests.length % 3 === 0) webhook(response, request);
    };
    for (let round = 0; round < 25; round += 1) {
      const callers = Array.from({ length: 40 }, () => new AbortController());
      const reads = callers.map(({ signal }, index) =>
        settled(
          call(
            testConnection(stub.baseUrl),
            "webhooks.deliveryLogs",
            { params: { id: someId }, query: { pageSize: index }, body: undefined },
            asked({ signal }),
          ),
        ),
      );
      if (round % 2 === 0) await stub.nextRequest();
      for (const caller of callers) caller.abort(new Error("left"));
      expect(new Set(await Promise.all(reads)).has("left")).toBe(true);
    }
    await closePools();
    await stub.allClosed();
    expect(stub.openSockets).toBe(0);
  });
});

describe("whether a request left the house", () => {
  const transport = undiciTransport(systemClock, 1_000, () => testDestinations);
  const request = (baseUrl: string): OutgoingRequest => ({
    method: "POST",
    url: new URL(`${baseUrl}/webhooks`),
    headers: {},
    body: "{}",
    budget: { totalMs: 1_000, headersMs: 1_000, idleBodyMs: 1_000, maxBodyBytes: 1_000 },
    isFreshConnection: true,
  });
  const faultOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.catch((reason: unknown) => reason);
    if (!(error instanceof TransportFault)) throw new Error("a fault was expected");
    return [error.kind, error.wasSent];
  };

  it("is known when it was given up before a connection stood", async () => {
    const controller = new AbortController();
    const sending = faultOf(transport(request(stub.baseUrl), controller.signal));
    controller.abort(new Error("left"));
    expect(await sending).toEqual(["aborted", false]);
    expect(await faultOf(transport(request(stub.baseUrl), AbortSignal.abort(new Error("left"))))).toEqual([
      "aborted",
      false,
    ]);
    // The request that was given up never arrives: the next one is the first that upstream sees.
    stub.answer = webhook;
    await transport(request(stub.baseUrl), new AbortController().signal);
    expect(stub.requests).toHaveLength(1);
  });

  it("is known when it was given up afterwards", async () => {
    stub.answer = () => undefined;
    const controller = new AbortController();
    const arrived = stub.nextRequest();
    const sending = faultOf(transport(request(stub.baseUrl), controller.signal));
    await arrived;
    controller.abort(new Error("left"));
    expect(await sending).toEqual(["aborted", true]);
  });

  it("is known when the name does not resolve", async () => {
    const sending = transport(request("https://nowhere.invalid/api"), new AbortController().signal);
    expect(await faultOf(sending)).toEqual(["unreachable", false]);
  });
});
