import { describe, expect, it } from "vitest";
import { InProcessCoolDowns } from "./cool-down";
import { policy } from "./policy";
import { FakeClock } from "./testing/fake-clock";

function setUp() {
  const clock = new FakeClock();
  return { clock, coolDowns: new InProcessCoolDowns(clock, policy.coolDown) };
}

describe("the cool-down of a credential", () => {
  it("lasts as long as upstream named, for that credential alone", async () => {
    const { clock, coolDowns } = setUp();
    coolDowns.refused("a", 3_000);
    expect([coolDowns.remainingMs("a"), coolDowns.remainingMs("b")]).toEqual([3_000, 0]);
    await clock.advance(2_999);
    expect(coolDowns.remainingMs("a")).toBe(1);
    await clock.advance(1);
    expect(coolDowns.remainingMs("a")).toBe(0);
  });

  it("is not shortened by a late answer to an earlier call", () => {
    const { coolDowns } = setUp();
    coolDowns.refused("a", 9_000);
    coolDowns.refused("a", 1_000);
    coolDowns.answered("a");
    expect(coolDowns.remainingMs("a")).toBe(9_000);
  });

  it("doubles from 1 s to 60 s when upstream names no time, and starts over after an answer", async () => {
    const { clock, coolDowns } = setUp();
    const waits: number[] = [];
    for (let count = 0; count < 8; count += 1) {
      coolDowns.refused("a", null);
      waits.push(coolDowns.remainingMs("a"));
      await clock.advance(coolDowns.remainingMs("a"));
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    coolDowns.answered("a");
    coolDowns.refused("a", null);
    expect(coolDowns.remainingMs("a")).toBe(1_000);
  });

  it("obeys a huge time up to one hour, and a time of zero not at all", () => {
    const { coolDowns } = setUp();
    coolDowns.refused("a", 1e15);
    coolDowns.refused("b", 0);
    expect([coolDowns.remainingMs("a"), coolDowns.remainingMs("b")]).toEqual([3_600_000, 0]);
  });
});
