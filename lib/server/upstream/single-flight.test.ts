import { describe, expect, it } from "vitest";
import { type Flight, SingleFlight } from "./single-flight";
import { settle } from "./testing/fake-clock";

function setUp() {
  const flights = new SingleFlight();
  const started: { flight: Flight; resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const start = (flight: Flight) =>
    new Promise<string>((resolve, reject) => {
      started.push({ flight, resolve, reject });
      flight.signal.addEventListener("abort", () => reject(flight.signal.reason as Error));
    });
  const join = (key: string, signal?: AbortSignal, priority: "interactive" | "background" = "interactive") =>
    flights.join(key, { signal, priority }, start);
  return { flights, started, join };
}

describe("single-flight", () => {
  it("joins 500 equal calls into one and gives all of them its answer", async () => {
    const { flights, started, join } = setUp();
    const calls = Array.from({ length: 500 }, () => join("key"));
    expect(started).toHaveLength(1);
    started[0]?.resolve("answer");
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["answer"]));
    expect(flights.underWay).toBe(0);
  });

  it("keeps different keys apart", () => {
    const { started, join } = setUp();
    void join("a");
    void join("b");
    expect(started).toHaveLength(2);
  });

  it("answers the others when the one who came first leaves", async () => {
    const { started, join } = setUp();
    const first = new AbortController();
    const left = join("key", first.signal).catch((error: Error) => error.message);
    const stayed = join("key");
    first.abort(new Error("gone"));
    expect(await left).toBe("gone");
    expect(started[0]?.flight.signal.aborted).toBe(false);
    started[0]?.resolve("answer");
    expect(await stayed).toBe("answer");
  });

  it("ends the call when the last one leaves, and starts anew for the next", async () => {
    const { started, join } = setUp();
    const leavers = [new AbortController(), new AbortController()];
    const left = leavers.map((each) => join("key", each.signal).catch((error: Error) => error.message));
    for (const each of leavers) each.abort(new Error("gone"));
    expect(await Promise.all(left)).toEqual(["gone", "gone"]);
    expect(started[0]?.flight.signal.aborted).toBe(true);
    const next = join("key");
    expect(started).toHaveLength(2);
    started[1]?.resolve("fresh");
    expect(await next).toBe("fresh");
  });

  it("shares an error once and does not keep it", async () => {
    const { started, join } = setUp();
    const calls = [join("key"), join("key")].map((call) => call.catch((error: Error) => error.message));
    started[0]?.reject(new Error("broken"));
    expect(await Promise.all(calls)).toEqual(["broken", "broken"]);
    void join("key");
    await settle();
    expect(started).toHaveLength(2);
  });

  it("does not start for somebody who has left already", async () => {
    const { started, join } = setUp();
    await expect(join("key", AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
    expect(started).toHaveLength(0);
  });

  it("has the highest priority of those who joined", () => {
    const { started, join } = setUp();
    void join("key", undefined, "background");
    expect(started[0]?.flight.priority()).toBe("background");
    void join("key", undefined, "interactive");
    expect(started[0]?.flight.priority()).toBe("interactive");
  });
});
