import { describe, expect, it } from "vitest";
import { Breaker, type Ending } from "./breaker";
import { policy } from "./policy";
import { FakeClock } from "./testing/fake-clock";

function setUp() {
  const clock = new FakeClock();
  const breaker = new Breaker(clock, policy.breaker);
  const call = (ending: Ending): boolean => {
    const passage = breaker.enter();
    if (passage.pass) passage.done(ending);
    return passage.pass;
  };
  const callMany = (count: number, ending: Ending) => {
    for (let index = 0; index < count; index += 1) call(ending);
  };
  return { clock, breaker, call, callMany };
}

describe("the breaker", () => {
  it("opens after 15 failures in a row and not after 14", () => {
    const { breaker, callMany } = setUp();
    callMany(14, "fault");
    callMany(1, "answered");
    callMany(14, "fault");
    expect(breaker.isOpen).toBe(false);
    callMany(1, "fault");
    expect(breaker.isOpen).toBe(true);
  });

  it("opens at half of 50 calls within the window, not at half of 48", () => {
    const { breaker, call } = setUp();
    for (let pair = 0; pair < 24; pair += 1) {
      call("answered");
      call("fault");
    }
    expect(breaker.isOpen).toBe(false);
    call("answered");
    call("fault");
    expect(breaker.isOpen).toBe(true);
  });

  it("stays closed at a third of failures, however many", () => {
    const { breaker, call } = setUp();
    for (let index = 0; index < 3_000; index += 1) call(index % 3 === 0 ? "fault" : "answered");
    expect(breaker.isOpen).toBe(false);
  });

  it("forgets what is older than the window", async () => {
    const { clock, breaker, call, callMany } = setUp();
    for (let round = 0; round < 3; round += 1) {
      callMany(14, "fault");
      call("answered");
    }
    await clock.advance(31_000);
    callMany(10, "fault");
    expect(breaker.isOpen).toBe(false);
  });

  it("does not count calls that we gave up ourselves", () => {
    const { breaker, callMany } = setUp();
    callMany(14, "fault");
    callMany(100, "dropped");
    expect(breaker.isOpen).toBe(false);
    callMany(1, "fault");
    expect(breaker.isOpen).toBe(true);
  });

  it("lets one probe through per interval, which doubles from 5 s to 60 s", async () => {
    const { clock, callMany, call, breaker } = setUp();
    callMany(15, "fault");
    const intervals: number[] = [];
    for (let probe = 0; probe < 6; probe += 1) {
      let waited = 0;
      while (!call("fault")) {
        await clock.advance(1_000);
        waited += 1_000;
      }
      intervals.push(waited);
    }
    expect(intervals).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    expect(breaker.isOpen).toBe(true);
  });

  it("refuses everybody else while a probe is under way, and closes when it is answered", async () => {
    const { clock, breaker, callMany, call } = setUp();
    callMany(15, "fault");
    await clock.advance(5_000);
    const probe = breaker.enter();
    expect(call("answered")).toBe(false);
    if (!probe.pass) throw new Error("the probe must pass");
    probe.done("answered");
    expect(breaker.isOpen).toBe(false);
    callMany(14, "fault");
    expect(breaker.isOpen).toBe(false);
  });

  it("lets the next one probe when a probe was given up", async () => {
    const { clock, breaker, callMany, call } = setUp();
    callMany(15, "fault");
    await clock.advance(5_000);
    expect(call("dropped")).toBe(true);
    expect(call("answered")).toBe(true);
    expect(breaker.isOpen).toBe(false);
  });

  it("is not closed by a call from before the outage that comes home late", () => {
    const { breaker, callMany } = setUp();
    const early = breaker.enter();
    callMany(15, "fault");
    if (early.pass) early.done("answered");
    expect(breaker.isOpen).toBe(true);
  });
});
