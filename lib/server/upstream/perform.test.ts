import { describe, expect, it } from "vitest";
import { Failure } from "@/lib/errors";
import type { CallOperation } from "./call";
import { policy } from "./policy";
import { Canary } from "./testing/canary";
import { FakeClock } from "./testing/fake-clock";
import { type Behaviour, fakeTransport, fine, type SentRequest, status } from "./testing/fake-transport";
import { testConnection, testPair, testSecret } from "./testing/test-connection";
import { asked, noInput, someId, testUpstream } from "./testing/test-upstream";

interface World {
  readonly clock: FakeClock;
  readonly call: CallOperation;
  readonly sent: SentRequest[];
  /** Starts a read; the text of its end appears in `ends` with the time it took. */
  read(name: string, credentialId?: string, signal?: AbortSignal): Promise<void>;
  readonly ends: { name: string; end: string; at: number; failure?: Failure }[];
}

/** The real policy and its real numbers on a clock that the test moves. */
function world(behaviour: Behaviour, random: () => number = () => 0): World {
  const clock = new FakeClock();
  const start = clock.now();
  const { transport, sent } = fakeTransport(clock, behaviour);
  const { log } = new Canary([testSecret, testPair]);
  const call = testUpstream({ log, policy, clock, transport, random });
  const ends: World["ends"] = [];
  let count = 0;
  const read: World["read"] = async (name, credentialId = "credential-main", signal = undefined) => {
    count += 1;
    const connection = testConnection("http://upstream.test/api/v2", { credentialId });
    // A page size of its own, so that no two reads of a test are joined.
    const values = { params: { id: someId }, query: { pageSize: count }, body: undefined };
    try {
      await call(connection, "webhooks.deliveryLogs", values, asked({ signal }));
      ends.push({ name, end: "ok", at: clock.now() - start });
    } catch (error) {
      const failure = error instanceof Failure ? error : undefined;
      ends.push({ name, end: failure?.code ?? "left", at: clock.now() - start, failure });
    }
  };
  return { clock, call, sent, read, ends };
}

const page = { items: [], continuationToken: null, hasMore: false };
const at = ({ sent }: World) => sent.map((entry) => entry.at - 1_000_000);

describe("a 429 is obeyed by everybody who uses the credential", () => {
  it.each([
    ["seconds", "3", 3_000],
    ["an HTTP-date", "Tue, 24 Nov 2026 12:16:44 GMT", 3_990],
    ["nothing", null, 1_000],
    ["garbage", "in a while", 1_000],
  ])("named by %s: not a call before it is over, then the read succeeds", async (_form, header, waitMs) => {
    const w = world((number) =>
      number === 1 ? { afterMs: 10, reply: status(429, header) } : { afterMs: 10, reply: fine(page) },
    );
    void w.read("first");
    await w.clock.advance(20);
    void w.read("second");
    void w.read("other tenant", "credential-other");
    await w.clock.advance(11_000);
    const [first, other, ...later] = at(w);
    expect([first, other]).toEqual([0, 20]);
    expect(later).toHaveLength(2);
    for (const time of later) expect(time).toBeGreaterThanOrEqual(10 + waitMs);
    expect(w.ends.map((end) => end.end)).toEqual(["ok", "ok", "ok"]);
  });

  it.each(["0", "Tue, 24 Nov 2026 11:00:00 GMT"])("named as %s: only the usual pause", async (header) => {
    const w = world((number) =>
      number === 1 ? { afterMs: 10, reply: status(429, header) } : { afterMs: 10, reply: fine(page) },
    );
    void w.read("first");
    await w.clock.advance(1_000);
    expect(at(w)).toEqual([0, 110]);
  });

  it("longer than the call may take: fails at once with the time, and so does everybody else", async () => {
    const w = world(() => ({ afterMs: 10, reply: status(429, "60") }));
    void w.read("first");
    await w.clock.advance(1_000);
    void w.read("second");
    await w.clock.advance(1);
    expect(w.ends.map(({ end, failure }) => [end, failure?.details.retryAfterSeconds])).toEqual([
      ["UPSTREAM_RATE_LIMITED", 60],
      ["UPSTREAM_RATE_LIMITED", 60],
    ]);
    expect(w.sent).toHaveLength(1);
  });

  it("huge: held for one hour at most", async () => {
    const w = world((number) =>
      number === 1 ? { afterMs: 10, reply: status(429, "99999999999") } : { afterMs: 10, reply: fine(page) },
    );
    void w.read("first");
    await w.clock.advance(3_599_000);
    void w.read("too early");
    await w.clock.advance(20_000);
    void w.read("after");
    await w.clock.advance(1_000);
    expect(w.ends.map(({ end }) => end)).toEqual(["UPSTREAM_RATE_LIMITED", "ok", "ok"]);
    expect(at(w)[1]).toBeGreaterThanOrEqual(3_600_000);
  });

  it("that came while a call stood in the queue holds that call back as well", async () => {
    const w = world((number) =>
      number <= 40 ? { afterMs: 100, reply: status(429, "5") } : { afterMs: 10, reply: fine(page) },
    );
    for (let index = 0; index < 41; index += 1) void w.read(`read ${index}`);
    await w.clock.advance(150);
    expect(w.sent).toHaveLength(40);
    await w.clock.advance(4_900);
    expect(w.sent).toHaveLength(40);
    await w.clock.advance(100);
    expect(w.sent.length).toBeGreaterThan(40);
  });

  it("a Retry-After beside a 503 is obeyed as well", async () => {
    const w = world((number) =>
      number === 1 ? { afterMs: 10, reply: status(503, "4") } : { afterMs: 10, reply: fine(page) },
    );
    void w.read("first");
    await w.clock.advance(10_000);
    expect(at(w)).toEqual([0, 4_010]);
    expect(w.ends[0]?.end).toBe("ok");
  });
});

describe("every call ends in time", () => {
  it("after 12 s when upstream is silent, with the attempt given up and no timer left", async () => {
    const w = world(() => null);
    void w.read("silent");
    await w.clock.advance(11_999);
    expect(w.ends).toEqual([]);
    await w.clock.advance(1);
    expect(w.ends).toMatchObject([{ end: "UPSTREAM_TIMEOUT", at: 12_000 }]);
    expect([w.sent.length, w.sent[0]?.wasAborted, w.clock.pending]).toEqual([1, true, 0]);
  });

  it("after 30 s for a call across workspaces", async () => {
    const w = world(() => null);
    const connection = testConnection("http://upstream.test/api/v2");
    const ended = w
      .call(
        connection,
        "gamebooks.acrossHistory",
        { params: {}, query: { currentPage: 1 }, body: undefined },
        asked(),
      )
      .catch((error: unknown) => error);
    await w.clock.advance(29_999);
    expect(w.clock.pending).toBe(1);
    await w.clock.advance(1);
    expect(await ended).toMatchObject({ code: "UPSTREAM_TIMEOUT" });
  });

  it("with what the attempts met, not with the deadline, when retries ran into it", async () => {
    const w = world(() => ({ afterMs: 5_900, reply: status(500) }));
    void w.read("slow");
    await w.clock.advance(13_000);
    expect(w.ends).toMatchObject([{ end: "UPSTREAM_UNAVAILABLE" }]);
    expect(w.ends[0]?.at).toBeLessThanOrEqual(12_000);
  });

  it("10,000 reads that are walked away from leave no timer and no attempt behind", async () => {
    const w = world(() => null);
    for (let round = 0; round < 250; round += 1) {
      const callers = Array.from({ length: 40 }, () => new AbortController());
      const reads = callers.map(({ signal }) => w.read("left", "credential-main", signal));
      for (const caller of callers) caller.abort(new Error("gone"));
      await Promise.all(reads);
    }
    expect(w.ends).toHaveLength(10_000);
    expect(w.clock.pending).toBe(0);
    expect(w.sent.every((entry) => entry.wasAborted)).toBe(true);
    // The places came free as well: the next read goes straight out.
    const before = w.sent.length;
    void w.read("next");
    await w.clock.advance(1);
    expect(w.sent).toHaveLength(before + 1);
  });

  it("a change runs to its end although the person left", async () => {
    const w = world(() => ({ afterMs: 500, reply: fine(true) }));
    const controller = new AbortController();
    const ended = w.call(
      testConnection("http://upstream.test/api/v2"),
      "webhooks.test",
      noInput,
      asked({ signal: controller.signal }),
    );
    await w.clock.advance(100);
    controller.abort(new Error("gone"));
    await w.clock.advance(500);
    expect(await ended).toMatchObject({ data: { ok: true } });
    expect(w.sent[0]?.wasAborted).toBe(false);
  });
});

describe("retries do not amplify an outage", () => {
  it("the fund pays 20 of them; after that each read is one call", async () => {
    // Each 15th attempt is answered, so that the breaker stays out of it.
    const w = world((number) => ({ afterMs: 1, reply: number % 15 === 0 ? status(404) : status(500) }));
    for (let index = 0; index < 30; index += 1) {
      void w.read(`read ${index}`);
      await w.clock.advance(2_000);
    }
    const answered = w.sent.filter((_, index) => (index + 1) % 15 === 0).length;
    expect(w.sent.length).toBeLessThanOrEqual(30 + 20 + Math.floor(answered / 2));
    expect(w.sent.length).toBeGreaterThanOrEqual(30 + 20);
  });

  it("a broken upstream is left alone: one probe per interval, and found again within 10 s", async () => {
    let isBroken = true;
    const w = world(() => ({ afterMs: 10, reply: isBroken ? status(500) : fine(page) }));
    for (let second = 0; second < 60; second += 1) {
      void w.read(`read ${second}`);
      await w.clock.advance(1_000);
    }
    const opened = w.ends.findIndex(({ failure }) => failure?.details.detail?.includes("left alone"));
    expect(opened).toBeGreaterThan(0);
    expect(opened).toBeLessThan(30);
    // 60 s of outage cost the calls that opened it and the probes after 5, 10, 20 s.
    expect(w.sent.length).toBeLessThanOrEqual(15 + 20 + 3);
    isBroken = false;
    for (let second = 0; second < 40; second += 1) {
      void w.read(`later ${second}`);
      await w.clock.advance(1_000);
    }
    expect(w.ends.slice(-5).map(({ end }) => end)).toEqual(["ok", "ok", "ok", "ok", "ok"]);
  });

  it("one tenant's open breaker leaves another tenant untouched", async () => {
    const w = world(() => ({ afterMs: 10, reply: status(500) }));
    for (let index = 0; index < 20; index += 1) {
      void w.read(`read ${index}`, "broken");
      await w.clock.advance(3_000);
    }
    const before = w.sent.length;
    void w.read("refused", "broken");
    await w.clock.advance(1);
    expect(w.sent).toHaveLength(before);
    void w.read("other", "sound");
    await w.clock.advance(1);
    expect(w.sent).toHaveLength(before + 1);
  });

  it("at 30 % faults and 2 s latency: at least 96 % succeed at no more than 1.45 times the load, breaker closed", async () => {
    let seed = 7;
    // Park and Miller: the same run every time.
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const w = world(() => ({ afterMs: 2_000, reply: random() < 0.3 ? status(500) : fine(page) }), random);
    const asking = 1_200;
    // Ten minutes at two reads a second.
    for (let index = 0; index < asking; index += 1) {
      void w.read(`read ${index}`);
      await w.clock.advance(500);
    }
    await w.clock.advance(12_000);
    const succeeded = w.ends.filter(({ end }) => end === "ok").length;
    expect(w.ends).toHaveLength(asking);
    expect(succeeded / asking).toBeGreaterThanOrEqual(0.96);
    expect(w.sent.length / asking).toBeLessThanOrEqual(1.45);
    expect(w.ends.some(({ failure }) => failure?.details.detail?.includes("left alone"))).toBe(false);
    const times = w.ends.map((end, index) => end.at - index * 500).sort((one, other) => one - other);
    expect(times[Math.floor(asking * 0.99)]).toBeLessThanOrEqual(9_000);
  });
});

describe("overload drops the least useful work", () => {
  it("40 run, 50 wait, the rest is refused at once, and a person passes a display", async () => {
    const w = world(() => ({ afterMs: 5_000, reply: fine(page) }));
    const connection = testConnection("http://upstream.test/api/v2");
    const refused: string[] = [];
    const ask = (priority: "interactive" | "display", pageSize: number) =>
      w
        .call(
          connection,
          "webhooks.deliveryLogs",
          { params: { id: someId }, query: { pageSize }, body: undefined },
          asked({ priority }),
        )
        .catch((error: unknown) =>
          refused.push(`${priority} ${error instanceof Failure ? error.code : "?"}`),
        );
    for (let index = 0; index < 90; index += 1) void ask("display", index);
    await w.clock.advance(1);
    expect([w.sent.length, refused.length]).toEqual([40, 0]);
    void ask("display", 1_000);
    void ask("interactive", 1_001);
    await w.clock.advance(1);
    expect(refused).toEqual(["display UPSTREAM_BUSY", "display UPSTREAM_BUSY"]);
  });
});

describe("single-flight of the client", () => {
  it("500 identical reads are one call; other credentials and other inputs are calls of their own", async () => {
    const w = world(() => ({ afterMs: 10, reply: fine({ id: someId }) }));
    const ask = (credentialId: string, id: string, requestId: string) =>
      w.call(
        testConnection("http://upstream.test/api/v2", { credentialId }),
        "webhooks.get",
        { params: { id }, query: {}, body: undefined },
        asked({ requestId }),
      );
    const calls = Array.from({ length: 500 }, (_, index) => ask("a", someId, `request ${index}`));
    calls.push(ask("b", someId, "request b"), ask("a", "00000000-0000-4000-8000-000000000001", "request c"));
    await w.clock.advance(20);
    const replies = await Promise.all(calls);
    expect(w.sent).toHaveLength(3);
    expect(replies).toHaveLength(502);
    expect(new Set(replies.slice(0, 500).map((reply) => reply.data)).size).toBe(1);
  });

  it("identical changes are never joined", async () => {
    const w = world(() => ({ afterMs: 10, reply: fine(true) }));
    const ask = () =>
      w.call(testConnection("http://upstream.test/api/v2"), "webhooks.test", noInput, asked());
    const calls = [ask(), ask(), ask()];
    await w.clock.advance(20);
    await Promise.all(calls);
    expect(w.sent).toHaveLength(3);
  });
});
