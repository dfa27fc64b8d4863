import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Principal, WorkspaceScope } from "@/lib/domain/access";
import type { LiveSubject } from "@/lib/domain/live";
import { Failure } from "@/lib/errors";
import { listenTo, type OpenDatabase } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { actors } from "@/lib/server/proxy/testing/access-table";
import { storedCallers } from "@/lib/server/proxy/testing/stored-callers";
import { renewCaller, requireCaller } from "@/lib/server/auth/caller";
import { type Hub, hubTimes } from "./hub";
import { type LiveDependencies, liveEvents } from "./handle";
import { appendEvents, liveChannel, pruneEvents } from "./log";
import { storedLog } from "./production";
import { contoso, fabrikam, type Heard, incident, Listener, makeHub } from "./testing";

/** The longest time that a timer takes. */
const never = 2 ** 31 - 1;
const keys = [new Uint8Array(32).fill(7)] as const;
const context = { params: Promise.resolve({ org: "one" }) };
const idOf = (heard: Heard) => heard.data.incidentId;

forEachEngine("the live stream", (open) => {
  let store: OpenDatabase;
  let org = "";
  let scope: WorkspaceScope;
  let person: string;
  /** Null: signed out. */
  let isThere: boolean;
  const hubs: Hub[] = [];

  beforeAll(async () => {
    store = await open();
  });
  beforeEach(async () => {
    await emptyStore(store);
    const [made] = await withPlatform((tx) =>
      tx.insert(organisations).values({ slug: "one", name: "One" }).returning(),
    );
    org = made!.id;
    scope = { kind: "all" };
    person = randomUUID();
    isThere = true;
  });
  afterEach(() => {
    vi.useRealTimers();
    for (const one of hubs.splice(0)) one.end();
  });

  const callerNow = (): Principal => {
    const place = { organisationId: org, organisationSlug: "one", organisationName: "One" };
    const who = { personId: person, sessionId: `session of ${person}`, email: "v@x.test", name: "V" };
    return { ...who, memberships: [{ ...place, role: "viewer", scope }] };
  };
  const instance = (options: Partial<Parameters<typeof makeHub>[0]> = {}): Hub => {
    const made = makeHub({ logOf: storedLog, listen: (onRing) => listenTo(liveChannel, onRing), ...options });
    hubs.push(made);
    return made;
  };
  const depsOf = (hub: Hub): LiveDependencies => ({
    requireCaller: () =>
      isThere ? Promise.resolve(callerNow()) : Promise.reject(new Failure("NOT_SIGNED_IN")),
    renewCaller: () => Promise.resolve(isThere ? callerNow() : null),
    positionKeys: () => keys,
    now: () => Date.now(),
    hub: () => hub,
  });
  async function connect(hub: Hub, lastId = "", deps = depsOf(hub)): Promise<Listener> {
    const headers: HeadersInit = lastId === "" ? {} : { "last-event-id": lastId };
    const answer = await liveEvents(deps)(new Request("http://x/api/one/events", { headers }), context);
    expect(answer.status).toBe(200);
    return new Listener(answer.body!);
  }
  const happen = (...events: LiveSubject[]) => withOrganisation(org, (tx) => appendEvents(tx, events));

  test("an answer that is neither kept nor changed on its way, with its first word at once", async () => {
    const answer = await liveEvents(depsOf(instance()))(new Request("http://x/api/one/events"), context);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    const listener = new Listener(answer.body!);
    expect(await listener.next()).toMatchObject({ name: "hb", data: { at: expect.any(String) } });
    expect(listener.text.join("")).toMatch(/^retry: \d{4,5}\n\n/);
    await listener.leave();
  });

  test("rings on commit: what happens is told without waiting for a poll", async () => {
    const listener = await connect(instance({ times: { ...hubTimes, pollMs: never } }));
    await listener.until("hb");
    await happen(incident("1"), { topic: "coverage", workspaceId: null });
    expect(await listener.until("incident")).toMatchObject({
      data: {
        topic: "incident",
        workspaceId: contoso,
        source: "Sentinel",
        incidentId: "1",
        change: "changed",
      },
    });
    expect(await listener.until("coverage")).toMatchObject({ data: { topic: "coverage" } });
    await listener.leave();
  });

  test("HA-03: without the bell it comes with the next poll", async () => {
    const hub = instance({
      listen: () => Promise.reject(new Error("no bell")),
      times: { ...hubTimes, tickMs: 20, pollMs: 20 },
    });
    const listener = await connect(hub);
    await listener.until("hb");
    await happen(incident("1"));
    expect(idOf(await listener.until("incident"))).toBe("1");
    await listener.leave();
  });

  test("SSE-01: cut at random and going on at either of two instances, nothing is missed and nothing repeated", async () => {
    const both = [instance(), instance()] as const;
    const total = 600;
    // Any seed will do; this one gives the same cuts each time.
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const writing = (async () => {
      for (let n = 0; n < total; ) {
        const batch = Math.min(total - n, 1 + Math.floor(random() * 40));
        await happen(...Array.from({ length: batch }, (_, index) => incident(String(n + index))));
        n += batch;
      }
    })();
    const first = await Promise.all(Array.from({ length: 20 }, () => connect(both[0])));
    const begun = await Promise.all(first.map((listener) => listener.until("hb")));
    const follow = async (listener: Listener, from: Heard): Promise<{ heard: unknown[]; cuts: number }> => {
      const heard: unknown[] = [];
      let cuts = 0;
      let current = listener;
      let lastId = from.id ?? "";
      for (;;) {
        let left = Math.floor(random() * 60);
        while (left-- > 0 && heard.at(-1) !== String(total - 1)) {
          const one = await current.next();
          if (one === null) throw new Error("The stream ended.");
          if (one.name === "resync") throw new Error("A place was lost.");
          if (one.name === "incident") heard.push(idOf(one));
          lastId = one.id ?? lastId;
        }
        await current.leave();
        if (heard.at(-1) === String(total - 1)) return { heard, cuts };
        cuts += 1;
        current = await connect(both[random() < 0.5 ? 0 : 1], lastId);
      }
    };
    const followed = await Promise.all(first.map((listener, index) => follow(listener, begun[index]!)));
    await writing;
    expect(followed.reduce((sum, { cuts }) => sum + cuts, 0)).toBeGreaterThan(120);
    for (const { heard } of followed) {
      const whole = Array.from({ length: total }, (_, n) => String(n));
      // Writing went on while they came: each begins somewhere and misses nothing from there on.
      expect(heard).toEqual(whole.slice(Number(heard[0])));
    }
  });

  describe("SSE-09: rights", () => {
    const one: WorkspaceScope = { kind: "list", ids: new Set([contoso]) };

    test("each is told of their own workspaces and of what is everybody's, and no more", async () => {
      const hub = instance();
      scope = one;
      const theirs = await connect(hub);
      await theirs.until("hb");
      scope = { kind: "all" };
      person = randomUUID();
      const all = await connect(hub);
      await all.until("hb");
      await happen(incident("1", fabrikam), incident("2"), incident("3", fabrikam));
      await happen({ topic: "coverage", workspaceId: null });
      expect(idOf(await theirs.until("incident"))).toBe("2");
      expect((await theirs.next())?.name).toBe("coverage");
      expect(theirs.text.join("")).not.toContain(fabrikam);
      expect([await all.next(), await all.next(), await all.next()].map((heard) => idOf(heard!))).toEqual([
        "1",
        "2",
        "3",
      ]);
      await Promise.all([theirs.leave(), all.leave()]);
    });

    test("a place tells nothing: two of the same moment differ, and each is as long as any other", async () => {
      scope = one;
      const hub = instance();
      const [a, b] = [await connect(hub), await connect(hub)];
      const [x, y] = [(await a.until("hb")).id!, (await b.until("hb")).id!];
      expect(x).not.toBe(y);
      await happen(...Array.from({ length: 5 }, (_, n) => incident(String(n), fabrikam)), incident("own"));
      expect((await a.until("incident")).id).toHaveLength(x.length);
      await Promise.all([a.leave(), b.leave()]);
    });

    test("whoever sees other workspaces than before is told to ask anew, also with a place from before", async () => {
      const hub = instance({ times: { ...hubTimes, tickMs: 10, rightsMs: 0 } });
      const listener = await connect(hub);
      // Before its first word it has no place yet: what happens until then is not told, but read.
      await listener.until("hb");
      await happen(incident("1", fabrikam));
      const { id } = await listener.until("incident");
      scope = one;
      expect((await listener.rest()).filter(({ name }) => name !== "hb")).toMatchObject([
        { name: "resync", id: "" },
      ]);
      const again = await connect(hub, id!);
      expect(await again.next()).toMatchObject({ name: "resync" });
      await happen(incident("2", fabrikam), incident("3"));
      expect(idOf(await again.until("incident"))).toBe("3");
      await again.leave();
    });

    test("with the right gone the stream says so and ends", async () => {
      const listener = await connect(instance({ times: { ...hubTimes, tickMs: 10, rightsMs: 0 } }));
      await listener.until("hb");
      isThere = false;
      expect((await listener.rest()).at(-1)).toMatchObject({ name: "gone" });
    });

    test("on rights that are too old nothing is handed out: they are read first", async () => {
      const hub = instance({ times: { ...hubTimes, tickMs: never, oldestRightsMs: 0 } });
      const listener = await connect(hub);
      await listener.until("hb");
      scope = one;
      await happen(incident("1", fabrikam));
      expect(await listener.rest()).toMatchObject([{ name: "resync" }]);
    });

    test("while they cannot be read nothing is handed out either: the stream ends, and its place is good", async () => {
      let isDown = false;
      const hub = instance({ times: { ...hubTimes, tickMs: 10, rightsMs: 0, oldestRightsMs: 30 } });
      const deps = {
        ...depsOf(hub),
        renewCaller: () =>
          isDown ? Promise.reject(new Failure("STORE_UNAVAILABLE")) : Promise.resolve(callerNow()),
      };
      const listener = await connect(hub, "", deps);
      await listener.until("hb");
      isDown = true;
      expect(await listener.rest()).toEqual([]);
      isDown = false;
      await happen(incident("1"));
      const again = await connect(hub, listener.lastId, deps);
      expect(await again.next()).toMatchObject({ name: "hb" });
      expect(idOf(await again.until("incident"))).toBe("1");
      await again.leave();
    });

    test.each(["viewer of A", "a display of A"])(
      "%s: a workspace taken away is out within five seconds",
      async (name) => {
        const actor = actors.find(
          (one) =>
            one.standing === (name.startsWith("a display") ? "display" : "viewer") &&
            one.org === "main" &&
            !one.ended,
        )!;
        await emptyStore(store);
        vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now: Date.now() });
        const callers = await storedCallers(() => undefined);
        org = callers.organisationId;
        await callers.place(new Map([[actor, { kind: "list", ids: new Set([contoso, fabrikam]) }]]));
        const hub = instance();
        const deps = { ...depsOf(hub), requireCaller, renewCaller };
        const request = new Request("http://x/api/main/events", { headers: callers.headersOf(actor) });
        const main = { params: Promise.resolve({ org: "main" }) };
        const answer = await liveEvents(deps)(request, main);
        const listener = new Listener(answer.body!);
        await listener.until("hb");
        await happen(incident("1", fabrikam));
        expect(idOf(await listener.until("incident"))).toBe("1");
        await callers.place(new Map([[actor, one]]));
        // Production's own times: the clock is brought to five seconds later, and no further.
        await vi.advanceTimersByTimeAsync(5_000);
        await happen(incident("2", fabrikam));
        expect((await listener.rest()).map((heard) => heard.name)).toEqual(["resync"]);
        expect(listener.text.join("")).not.toContain('"2"');
      },
    );
  });

  describe("a place that the log does not reach", () => {
    test("is answered with resync, and the stream goes on from there", async () => {
      const hub = instance();
      const first = await connect(hub);
      const { id } = await first.until("hb");
      await first.leave();
      await happen(incident("1"));
      await withOrganisation(org, (tx) => pruneEvents(tx, { olderThan: "2100-01-01T00:00:00.000Z" }));
      const again = await connect(hub, id!);
      expect(await again.next()).toMatchObject({ name: "resync", id: expect.stringMatching(/.{20}/) });
      await happen(incident("2"));
      expect(idOf(await again.until("incident"))).toBe("2");
      await again.leave();
    });

    test("neither do another person's, an unreadable one, and one of a log that was set back", async () => {
      const hub = instance();
      await happen(incident("1"));
      const first = await connect(hub);
      const { id } = await first.until("hb");
      await first.leave();
      person = randomUUID();
      for (const place of [id!, "bm90LXNlYWxlZC1ieS11cw", "x".repeat(5_000)]) {
        const listener = await connect(hub, place);
        expect(await listener.next()).toMatchObject({ name: "resync" });
        await listener.leave();
      }
    });

    test("under a stream that is open, it is told the same", async () => {
      const hub = instance({ times: { ...hubTimes, pollMs: never } });
      const listener = await connect(hub);
      await listener.until("hb");
      // The server was stopped for a day: what happened meanwhile is forgotten already.
      await withOrganisation(org, async (tx) => {
        await appendEvents(tx, [incident("1"), incident("2")]);
        await pruneEvents(tx, { olderThan: "2100-01-01T00:00:00.000Z" });
      });
      expect(await listener.until("resync")).toBeTruthy();
      await happen(incident("3"));
      expect(idOf(await listener.until("incident"))).toBe("3");
      await listener.leave();
    });
  });

  test("SSE-06: of 200 streams those that are not read end with a resync; the others are told everything", async () => {
    const hub = instance();
    const some = async (count: number) => {
      person = randomUUID();
      return Promise.all(Array.from({ length: count }, () => connect(hub)));
    };
    const slow = await some(20);
    const quick = [...(await some(90)), ...(await some(90))];
    await Promise.all(quick.map((listener) => listener.until("hb")));
    const told = quick.map(async (listener) => {
      const heard: unknown[] = [];
      while (heard.length < 500) heard.push(idOf(await listener.until("incident")));
      await listener.leave();
      return heard;
    });
    for (let n = 0; n < 500; n += 50)
      await happen(...Array.from({ length: 50 }, (_, index) => incident(String(n + index))));
    const whole = Array.from({ length: 500 }, (_, n) => String(n));
    for (const heard of await Promise.all(told)) expect(heard).toEqual(whole);
    for (const listener of slow) {
      expect((await listener.rest()).map(({ name }) => name)).toEqual(["resync"]);
      // From where it was cut off on it misses nothing.
      expect(listener.lastId).not.toBe("");
    }
  });

  test("SSE-05: 10,000 that come and leave, half of them at once, leave nothing behind", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now: Date.now() });
    let listeners = 0;
    const hub = instance({
      listen: async (onRing) => {
        const stop = await listenTo(liveChannel, onRing);
        listeners += 1;
        return async () => {
          await stop();
          listeners -= 1;
        };
      },
    });
    const deps = depsOf(hub);
    for (let round = 0; round < 10_000; round += 50) {
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const leaving = new AbortController();
          const request = new Request("http://x/api/one/events", { signal: leaving.signal });
          const answer = await liveEvents(deps)(request, context);
          const listener = new Listener(answer.body!);
          if (index % 2 === 0) await listener.until("hb");
          if (index % 4 === 0) await listener.leave();
          leaving.abort();
          // Held until here: a request that is collected before no longer passes the signal on.
          expect(request.signal.aborted).toBe(true);
        }),
      );
    }
    expect(hub.held()).toEqual({ streams: 0, audiences: 0, logs: 1, timers: 1, listeners: 1 });
    await vi.advanceTimersByTimeAsync(hubTimes.lingerMs + hubTimes.tickMs);
    expect(hub.held()).toEqual({ streams: 0, audiences: 0, logs: 0, timers: 0, listeners: 0 });
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    await vi.waitFor(() => expect(listeners).toBe(0));
  });

  test("when the server ends every stream does, without a word lost, and a new one at once", async () => {
    const hub = instance();
    const listener = await connect(hub);
    await listener.until("hb");
    await happen(incident("1"));
    expect(idOf(await listener.until("incident"))).toBe("1");
    hub.end();
    expect(await listener.rest()).toEqual([]);
    expect(await (await connect(hub)).rest()).toEqual([]);
    await happen(incident("2"));
    const elsewhere = await connect(instance(), listener.lastId);
    expect(idOf(await elsewhere.until("incident"))).toBe("2");
    await elsewhere.leave();
  });

  test("one session holds a hundred streams and no more", async () => {
    const hub = instance();
    const held = await Promise.all(Array.from({ length: 100 }, () => connect(hub)));
    const refused = await liveEvents(depsOf(hub))(new Request("http://x/api/one/events"), context);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "30"]);
    await held[0]!.leave();
    await (await connect(hub)).leave();
    await Promise.all(held.map((listener) => listener.leave()));
  });

  test("a question for the head alone opens nothing", async () => {
    const hub = instance();
    const asked = new Request("http://x/api/one/events", { method: "HEAD" });
    const answer = await liveEvents(depsOf(hub))(asked, context);
    expect([answer.status, answer.body]).toEqual([200, null]);
    expect(hub.held().streams).toBe(0);
  });
});
