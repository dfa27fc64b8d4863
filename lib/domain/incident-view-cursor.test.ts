import { describe, expect, it } from "vitest";
import { cursorAt, locateCursor, moveCursor } from "./incident-view-cursor";
import { makeRows } from "./incident-view-fixture";

const rows = makeRows(10);
const at = (index: number) => cursorAt(rows, index);

describe("the cursor is bound to the incident", () => {
  it("follows its row when rows enter above", () => {
    const more = [...makeRows(3, "new"), ...rows];
    expect(locateCursor(more, at(4))).toEqual({ key: at(4)?.key, index: 7 });
  });

  it("goes to the row that took its place when its own left", () => {
    const without = rows.filter((_, index) => index !== 4);
    expect(locateCursor(without, at(4))).toEqual({ key: at(5)?.key, index: 4 });
  });

  it("goes to the last row when the end of the list left", () => {
    expect(locateCursor(rows.slice(0, 3), at(9))).toEqual(at(2));
  });

  it("is nowhere in an empty list or without a cursor", () => {
    expect(locateCursor([], at(4))).toBeNull();
    expect(locateCursor(rows, null)).toBeNull();
  });

  it("stays the same object while nothing changed, so that nothing is drawn again", () => {
    const cursor = at(4);
    expect(locateCursor(rows, cursor)).toBe(cursor);
  });
});

describe("moveCursor stops at the ends", () => {
  it.each([
    ["next", 4, 5],
    ["next", 9, 9],
    ["previous", 4, 3],
    ["previous", 0, 0],
    ["first", 7, 0],
    ["last", 2, 9],
    ["pageDown", 2, 6],
    ["pageDown", 8, 9],
    ["pageUp", 7, 3],
    ["pageUp", 1, 0],
  ] as const)("%s from %i goes to %i", (move, from, to) =>
    expect(moveCursor(rows, at(from), move, 4)).toEqual(at(to)),
  );

  it("starts at the first row in view, whichever key is pressed first", () => {
    expect(moveCursor(rows, null, "next", 4, 6)).toEqual(at(6));
    expect(moveCursor(rows, null, "previous", 4, 6)).toEqual(at(6));
    expect(moveCursor(rows, null, "first", 4, 6)).toEqual(at(0));
  });

  it("goes on from the neighbour when its own row left", () => {
    const without = rows.filter((_, index) => index !== 4);
    expect(moveCursor(without, at(4), "next", 4)?.key).toBe(at(6)?.key);
  });

  it("has nowhere to go in an empty list", () => expect(moveCursor([], at(1), "last", 4)).toBeNull());
});
