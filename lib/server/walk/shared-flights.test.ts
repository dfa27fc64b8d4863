import { describe, expect, it } from "vitest";
import { SharedFlights } from "./shared-flights";

/** A piece of work that ends when the test says so. */
function work() {
  const seen: AbortSignal[] = [];
  let finish: (value: string) => void = () => undefined;
  const start = (signal: AbortSignal) => {
    seen.push(signal);
    return new Promise<string>((resolve, reject) => {
      finish = resolve;
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    });
  };
  return { start, seen, finish: (value: string) => finish(value) };
}

describe("SharedFlights: one piece of work for all who ask at the same time", () => {
  it("shares the result, and starts anew once it is there", async () => {
    const flights = new SharedFlights<string>();
    const { start, seen, finish } = work();
    const both = Promise.all([flights.join("k", undefined, start), flights.join("k", undefined, start)]);
    finish("page");
    expect(await both).toEqual(["page", "page"]);
    const again = flights.join("k", undefined, start);
    finish("other");
    expect(await again).toBe("other");
    expect(seen).toHaveLength(2);
  });

  it("goes on for the others when one leaves, who is let go at once", async () => {
    const flights = new SharedFlights<string>();
    const { start, seen, finish } = work();
    const leaving = new AbortController();
    const left = flights.join("k", leaving.signal, start);
    const stays = flights.join("k", undefined, start);
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    expect(seen[0]?.aborted).toBe(false);
    finish("page");
    expect(await stays).toBe("page");
  });

  it("is aborted when the last one leaves, and a newcomer starts his own", async () => {
    const flights = new SharedFlights<string>();
    const { start, seen, finish } = work();
    const leaving = new AbortController();
    const left = flights.join("k", leaving.signal, start);
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    expect(seen[0]?.aborted).toBe(true);
    const next = flights.join("k", undefined, start);
    finish("page");
    expect(await next).toBe("page");
    expect(seen).toHaveLength(2);
  });

  it("does not start for someone who has left already", async () => {
    const { start, seen } = work();
    const gone = AbortSignal.abort(new Error("gone"));
    await expect(new SharedFlights<string>().join("k", gone, start)).rejects.toThrow("gone");
    expect(seen).toHaveLength(0);
  });

  it("hands the work's own failure to everybody and keeps none", async () => {
    const flights = new SharedFlights<string>();
    const fail = () => Promise.reject(new Error("down"));
    const both = [flights.join("k", undefined, fail), flights.join("k", undefined, fail)];
    for (const each of both) await expect(each).rejects.toThrow("down");
    expect(await flights.join("k", undefined, async () => "page")).toBe("page");
  });
});
