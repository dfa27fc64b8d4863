import { describe, expect, it } from "vitest";
import { nextIndex } from "./menu-keys";

const lines = ["Dark", "Light", "Like the system"];

describe("nextIndex: menus are usable without a pointer", () => {
  it("goes round the ends with the arrows", () => {
    expect(nextIndex("ArrowDown", -1, lines)).toBe(0);
    expect(nextIndex("ArrowDown", 2, lines)).toBe(0);
    expect(nextIndex("ArrowUp", 0, lines)).toBe(2);
    expect(nextIndex("ArrowUp", -1, lines)).toBe(2);
  });

  it("jumps to the ends", () => {
    expect(nextIndex("Home", 2, lines)).toBe(0);
    expect(nextIndex("End", 0, lines)).toBe(2);
  });

  it("finds the next line by its first letter, whatever the case, and again from the top", () => {
    expect(nextIndex("l", 0, lines)).toBe(1);
    expect(nextIndex("L", 1, lines)).toBe(2);
    expect(nextIndex("l", 2, lines)).toBe(1);
    expect(nextIndex("d", 0, lines)).toBe(0);
  });

  it("leaves other keys to the browser", () => {
    for (const key of ["Enter", " ", "Escape", "x", "F5"]) expect(nextIndex(key, 0, lines)).toBeNull();
    expect(nextIndex("ArrowDown", -1, [])).toBeNull();
  });
});
