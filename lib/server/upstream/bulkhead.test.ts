import { describe, expect, it } from "vitest";
import { Failure } from "@/lib/errors";
import { Bulkhead, type Priority } from "./bulkhead";
import { FakeClock, settle } from "./testing/fake-clock";

const signal = new AbortController().signal;

function setUp(sizes = { running: 1, queued: 2, waitMs: 2_000 }) {
  const clock = new FakeClock();
  const bulkhead = new Bulkhead(clock, sizes, () => 0.5);
  const order: string[] = [];
  const enter = async (name: string, priority: Priority = "interactive", by: AbortSignal = signal) => {
    try {
      const release = await bulkhead.enter(() => priority, by);
      order.push(name);
      return release;
    } catch (error) {
      order.push(`${name} ${error instanceof Failure ? error.code : "left"}`);
      return () => undefined;
    }
  };
  return { clock, bulkhead, order, enter };
}

describe("the bulkhead", () => {
  it("admits as many as may run, and the next when a place comes free", async () => {
    const { enter, order, bulkhead } = setUp();
    const release = await enter("first");
    void enter("second");
    await settle();
    expect([bulkhead.running, bulkhead.queued, order]).toEqual([1, 1, ["first"]]);
    release();
    release();
    await settle();
    expect([bulkhead.running, bulkhead.queued, order]).toEqual([1, 0, ["first", "second"]]);
  });

  it("admits the most important first, and the earliest among equals", async () => {
    const { enter, order } = setUp({ running: 1, queued: 10, waitMs: 2_000 });
    let release = await enter("running");
    const waiting = [
      enter("background", "background"),
      enter("display 1", "display"),
      enter("interactive 1"),
      enter("display 2", "display"),
      enter("interactive 2"),
    ];
    const releases = waiting.map((entry) => entry.then((done) => (release = done)));
    for (let round = 0; round < 5; round += 1) {
      release();
      await settle();
    }
    await Promise.all(releases);
    expect(order.slice(1)).toEqual([
      "interactive 1",
      "interactive 2",
      "display 1",
      "display 2",
      "background",
    ]);
  });

  it("sends the least important and latest waiter away when somebody more important finds the queue full", async () => {
    const { enter, order, bulkhead } = setUp();
    await enter("running");
    void enter("background", "background");
    void enter("display", "display");
    void enter("interactive");
    await settle();
    expect(order).toEqual(["running", "background UPSTREAM_BUSY"]);
    void enter("another display", "display");
    await settle();
    expect(order.at(-1)).toBe("another display UPSTREAM_BUSY");
    expect(bulkhead.queued).toBe(2);
  });

  it("refuses after 2 s of waiting, with a time to come back", async () => {
    const { clock, bulkhead, enter } = setUp();
    await enter("running");
    const refused = bulkhead.enter(() => "interactive", signal).catch((error: unknown) => error);
    await clock.advance(2_000);
    expect(await refused).toMatchObject({ code: "UPSTREAM_BUSY", details: { retryAfterSeconds: 3 } });
    expect([bulkhead.queued, clock.pending]).toEqual([0, 0]);
  });

  it("frees the place in the queue of somebody who leaves, and leaves no timer", async () => {
    const { clock, bulkhead, enter, order } = setUp();
    await enter("running");
    const controller = new AbortController();
    void enter("leaver", "interactive", controller.signal);
    await settle();
    controller.abort(new Error("gone"));
    await settle();
    expect([order.at(-1), bulkhead.queued, bulkhead.running, clock.pending]).toEqual([
      "leaver left",
      0,
      1,
      0,
    ]);
  });

  it("asks for the priority anew, so that a shared call rises when it is joined", async () => {
    const { enter, order, bulkhead } = setUp();
    const release = await enter("running");
    let shared: Priority = "background";
    void bulkhead.enter(() => shared, signal).then(() => order.push("shared"));
    void enter("display", "display");
    await settle();
    shared = "interactive";
    release();
    await settle();
    expect(order).toEqual(["running", "shared"]);
  });
});
