import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeOverlay } from "./place-overlay";

const viewport = { width: 1280, height: 800 };

describe("placeOverlay", () => {
  it("hangs under its trigger, left edges together", () => {
    const placed = placeOverlay(
      { left: 100, top: 40, width: 80, height: 32 },
      { width: 200, height: 300 },
      viewport,
    );
    expect(placed).toEqual({ left: 100, top: 76, maxHeight: 716 });
  });

  it("lines right edges up when asked", () => {
    const trigger = { left: 1000, top: 40, width: 80, height: 32 };
    expect(placeOverlay(trigger, { width: 200, height: 300 }, viewport, "end").left).toBe(880);
    expect(placeOverlay(trigger, { width: 200, height: 300 }, viewport, "center").left).toBe(940);
  });

  it("turns upwards at the foot of the screen, and stands on its trigger", () => {
    const placed = placeOverlay(
      { left: 0, top: 760, width: 80, height: 28 },
      { width: 200, height: 300 },
      viewport,
    );
    expect(placed).toEqual({ left: 8, top: 456, maxHeight: 748 });
  });

  it("never leaves the viewport sideways and never gets a negative height", () => {
    const px = fc.integer({ min: -200, max: 3000 });
    const length = fc.integer({ min: 0, max: 2000 });
    fc.assert(
      fc.property(px, px, length, length, length, (left, top, width, height, size) => {
        const trigger = { left, top, width, height: Math.min(height, 60) };
        const placed = placeOverlay(trigger, { width: size, height }, viewport);
        expect(placed.left).toBeGreaterThanOrEqual(8);
        expect(placed.maxHeight).toBeGreaterThanOrEqual(0);
        if (size <= viewport.width - 16) expect(placed.left + size).toBeLessThanOrEqual(viewport.width - 8);
      }),
    );
  });
});
