import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Feed, type FeedTools } from "./feed";
import { FakeChannels, FakeLocks, FakeServer } from "./testing";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const signedOut = () =>
  Response.json(
    { type: "about:blank", title: "Sign in to continue", status: 401, code: "NOT_SIGNED_IN", requestId: "r" },
    { status: 401 },
  );

function browser() {
  const [locks, channels, server] = [new FakeLocks(), new FakeChannels(), new FakeServer()];
  const shared: FeedTools = {
    ...{ fetch: server.fetch, random: () => 0.5, locks, openChannel: channels.openChannel },
  };
  function tab(tools: Partial<FeedTools> = {}, name: string | null = "live") {
    const heard: string[] = [];
    const states: string[] = [];
    const feed = new Feed("/api/main/events", name, { ...shared, ...tools });
    feed.start();
    feed.add({
      onMessage: (message) => heard.push(message.kind === "event" ? message.event.topic : "resync"),
      onState: ({ kind }) => states.push(kind),
    });
    return { feed, heard, states };
  }
  return { locks, channels, server, tab };
}

/** Several tabs with the stream open and its first sign of life heard. */
async function opened(count: number) {
  const one = browser();
  const tabs = Array.from({ length: count }, () => one.tab());
  await pass(200);
  one.server.hb("first");
  await pass(0);
  return { ...one, tabs };
}

describe("one stream for all tabs", () => {
  test("ten tabs hold one, and each hears everything, its gap before first", async () => {
    const { server, tabs } = await opened(10);
    server.coverage("second");
    await pass(0);
    expect(server.asked).toHaveLength(1);
    for (const { heard, states } of tabs) {
      expect(heard).toEqual(["resync", "coverage"]);
      expect(states).toEqual(["connecting", "live"]);
    }
  });

  test("the next one goes on within a second from where the leader was, and nobody notices", async () => {
    const { server, tabs } = await opened(3);
    server.coverage("second");
    await pass(0);
    tabs[0]!.feed.stop();
    await pass(1_000);
    expect(server.asked.map(({ lastId }) => lastId)).toEqual([null, "second"]);
    server.hb("third");
    server.coverage("fourth");
    await pass(0);
    for (const { heard, states } of tabs.slice(1)) {
      expect(heard).toEqual(["resync", "coverage", "coverage"]);
      expect(states).toEqual(["connecting", "live"]);
    }
  });

  test("a tab that comes later hears its gap, then the same as the others", async () => {
    const { server, tab } = await opened(1);
    const late = tab();
    await pass(0);
    server.coverage("second");
    await pass(0);
    expect([late.heard, late.states]).toEqual([
      ["resync", "coverage"],
      ["connecting", "live"],
    ]);
    expect(server.asked).toHaveLength(1);
  });

  test("a leader that sleeps is succeeded, and steps back when it wakes", async () => {
    const { server, tab, channels } = browser();
    let isAsleep = false;
    const sleeper = tab({
      openChannel: (name) => {
        const channel = channels.openChannel(name);
        const say = channel.postMessage.bind(channel);
        channel.postMessage = (data) => !isAsleep && say(data);
        return channel;
      },
    });
    const other = tab();
    await pass(200);
    server.hb("first");
    await pass(0);
    isAsleep = true;
    // Its own stream goes on; it only does not say so any more.
    for (let n = 0; n < 4; n += 1) {
      await pass(11_500);
      server.hb(`sign ${n}`);
    }
    await pass(200);
    server.hb("next");
    await pass(0);
    expect(server.asked.at(-1)?.lastId).toBe("first");
    expect(server.open.size).toBe(1);
    expect(other.states).toEqual(["connecting", "live", "late", "live"]);
    server.coverage("last");
    await pass(0);
    expect([sleeper.heard, other.heard]).toEqual([
      ["resync", "coverage"],
      ["resync", "coverage"],
    ]);
  });

  test("people of the same browser hear nothing of each other", async () => {
    const { server, tab } = browser();
    tab({}, "live of one");
    tab({ locks: new FakeLocks() }, "live of another");
    await pass(200);
    expect(server.asked).toHaveLength(2);
  });

  test.each([
    ["Web Locks", { locks: null }],
    ["BroadcastChannel", { openChannel: null }],
  ])("without %s each tab has its own", async (_what, missing) => {
    const { server, tab } = browser();
    const tabs = [tab(missing), tab(missing)];
    await pass(200);
    server.hb("first");
    await pass(0);
    expect(server.asked).toHaveLength(2);
    expect(tabs.map(({ heard }) => heard)).toEqual([["resync"], ["resync"]]);
  });

  test("after a stop nothing is held, and a page that comes back hears its gap", async () => {
    const { server, tabs } = await opened(1);
    const [{ feed, heard }] = tabs as [(typeof tabs)[number]];
    feed.stop();
    await pass(0);
    expect(server.open.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    feed.start();
    await pass(200);
    server.hb("second");
    await pass(0);
    expect(heard).toEqual(["resync", "resync"]);
  });
});

describe("a stream that breaks", () => {
  test("is made anew from where it broke, with nothing said to be missed", async () => {
    const { server, tabs } = await opened(2);
    server.send("retry: 4000\n\n");
    server.coverage("second");
    await pass(0);
    server.cut();
    await pass(0);
    expect(tabs.map(({ states }) => states.at(-1))).toEqual(["late", "late"]);
    await pass(3_900);
    expect(server.asked).toHaveLength(1);
    await pass(200);
    server.hb("third");
    await pass(0);
    expect(server.asked.at(-1)?.lastId).toBe("second");
    for (const { states, heard } of tabs) {
      expect(states.at(-1)).toBe("live");
      expect(heard).toEqual(["resync", "coverage"]);
    }
  });

  test("SSE-02: 40 seconds of silence are a broken one", async () => {
    const { server, tabs } = await opened(1);
    await pass(39_900);
    expect(tabs[0]!.states.at(-1)).toBe("live");
    await pass(200);
    expect(tabs[0]!.states.at(-1)).toBe("late");
    expect(server.open.size).toBe(0);
    await pass(1_500);
    expect(server.asked).toHaveLength(2);
  });

  test.each([
    ["503", () => new Response("{}", { status: 503 })],
    ["a 502 of something in between", () => new Response("<html>", { status: 502 })],
    ["a page", () => new Response("<html>", { headers: { "content-type": "text/html" } })],
    ["a 404 that is not ours", () => new Response("<html>", { status: 404 })],
    [
      "no network",
      () => {
        throw new TypeError("Failed to fetch");
      },
    ],
  ])(
    "SSE-03: %s is tried again, ever slower, never faster than once a second, and found within 15 s",
    async (_what, refusal) => {
      const { server, tab } = browser();
      server.refusal = refusal;
      const { states } = tab();
      await pass(60_000);
      const times = server.asked.map(({ atMs }) => atMs);
      const gaps = times.slice(1).map((atMs, index) => atMs - times[index]!);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
      expect(gaps.length).toBeGreaterThan(4);
      expect(states.at(-1)).toBe("late");
      server.refusal = null;
      await pass(15_000);
      server.hb("first");
      await pass(0);
      expect(states.at(-1)).toBe("live");
    },
  );

  test("a server that cuts at once is not asked faster than once a second", async () => {
    const { server } = await opened(1);
    server.send("retry: 0\n\n");
    await pass(0);
    for (let n = 0; n < 100; n += 1) {
      server.hb("x");
      await pass(0);
      server.cut();
      await pass(100);
    }
    const times = server.asked.map(({ atMs }) => atMs);
    expect(Math.min(...times.slice(1).map((atMs, index) => atMs - times[index]!))).toBeGreaterThanOrEqual(
      1_000,
    );
  });

  test("signed out is the end: nothing more is asked", async () => {
    const { server, tabs } = await opened(3);
    server.refusal = signedOut;
    server.cut();
    await pass(600_000);
    // Each finds out by itself: another tab may have signed in since.
    expect(server.asked).toHaveLength(4);
    for (const { states } of tabs) expect(states.at(-1)).toBe("off");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("gone is the end, without being asked again", async () => {
    const { server, tabs } = await opened(1);
    server.send("event: gone\nid:\ndata: {}\n\n");
    await pass(60_000);
    expect(tabs[0]!.states.at(-1)).toBe("off");
    expect(server.asked).toHaveLength(1);
  });

  test("a place that the server gave up is not asked for again", async () => {
    const { server, tabs } = await opened(1);
    server.send("event: resync\nid:\ndata: {}\n\n");
    await pass(0);
    server.cut();
    await pass(2_000);
    server.hb("third");
    await pass(0);
    expect(server.asked.at(-1)?.lastId).toBeNull();
    expect(tabs[0]!.heard).toEqual(["resync", "resync", "resync"]);
  });
});
