import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Chime } from "./chime";

/** A sound system that notes when each tone begins, in seconds. */
function fakeAudio(state: "running" | "suspended" = "running") {
  const starts: number[] = [];
  const param = {
    value: 0,
    setValueAtTime: vi.fn(),
    linearRampToValueAtTime: vi.fn(),
    exponentialRampToValueAtTime: vi.fn(),
  };
  const context = {
    state,
    currentTime: 0,
    destination: {},
    onstatechange: null as (() => void) | null,
    createGain: () => ({ gain: param, connect: (to: unknown) => to }),
    createOscillator: () => ({
      frequency: param,
      connect: (to: unknown) => to,
      start: (at: number) => starts.push(at),
      stop: vi.fn(),
    }),
    resume: vi.fn(async () => undefined),
    close: vi.fn(async () => undefined),
  };
  // Only what the chime uses.
  return { starts, context, open: () => context as unknown as AudioContext };
}

describe("the chime", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("sounds two notes, again every eight seconds, until it is stopped; begun twice it sounds once", () => {
    const { starts, open } = fakeAudio();
    const chime = new Chime(open);
    chime.start();
    chime.start();
    expect(starts).toEqual([0, 0.22]);
    vi.advanceTimersByTime(16_000);
    expect(starts).toHaveLength(6);
    chime.stop();
    vi.advanceTimersByTime(60_000);
    expect(starts).toHaveLength(6);
  });

  it("owes one stroke, and no more, for all the time that the browser did not allow a sound", () => {
    const { starts, context, open } = fakeAudio("suspended");
    const onChange = vi.fn();
    const chime = new Chime(open, onChange);
    chime.start();
    vi.advanceTimersByTime(24_000);
    expect(starts).toEqual([]);
    expect(chime.isBlocked).toBe(true);
    expect(onChange).toHaveBeenCalled();
    context.state = "running";
    context.onstatechange?.();
    context.onstatechange?.();
    expect(starts).toHaveLength(2);
    expect(chime.isBlocked).toBe(false);
  });

  it("is silent and harmless where there is no sound at all, and lets the device go at its end", () => {
    const none = new Chime(() => {
      throw new Error("no audio device");
    });
    none.start();
    none.close();
    const { context, open } = fakeAudio();
    const chime = new Chime(open);
    chime.start();
    chime.close();
    expect(context.close).toHaveBeenCalledTimes(1);
  });
});
