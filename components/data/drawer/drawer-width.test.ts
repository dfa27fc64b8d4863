import { describe, expect, it } from "vitest";
import { clampWidth, widthAfterKey } from "./drawer-width";

describe("the drawer is resizable between 560 and 760 px", () => {
  it.each([
    [100, 560],
    [600.4, 600],
    [9999, 760],
  ])("%d becomes %d", (asked, given) => expect(clampWidth(asked)).toBe(given));

  it("by keys, too: left is wider because the edge is on the left", () => {
    expect(widthAfterKey("ArrowLeft", 600)).toBe(620);
    expect(widthAfterKey("ArrowRight", 600)).toBe(580);
    expect(widthAfterKey("ArrowRight", 565)).toBe(560);
    expect(widthAfterKey("Home", 700)).toBe(560);
    expect(widthAfterKey("End", 700)).toBe(760);
    expect(widthAfterKey("j", 700)).toBeNull();
  });
});
