import { describe, expect, it } from "vitest";
import { cursorAt, locateCursor, moveCursor } from "./list-cursor";

interface Row {
  readonly id: string;
}
const makeRows = (count: number, prefix = "row"): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}-${index}` }));
const keyOf = ({ id }: Row) => id;
const rows = makeRows(10);
const at = (index: number) => cursorAt(rows, keyOf, index);

describe("the cursor is bound to what its row shows", () => {
  it("follows its row when rows enter above", () => {
    const more = [...makeRows(3, "new"), ...rows];
    expect(locateCursor(more, keyOf, at(4))).toEqual({ key: at(4)?.key, index: 7 });
  });

  it("goes to the row that took its place when its own left", () => {
    const without = rows.filter((_, index) => index !== 4);
    expect(locateCursor(without, keyOf, at(4))).toEqual({ key: at(5)?.key, index: 4 });
  });

  it("goes to the last row when the end of the list left", () => {
    expect(locateCursor(rows.slice(0, 3), keyOf, at(9))).toEqual(at(2));
  });

  it("is nowhere in an empty list or without a cursor", () => {
    expect(locateCursor([], keyOf, at(4))).toBeNull();
    expect(locateCursor(rows, keyOf, null)).toBeNull();
  });

  it("stays the same object while nothing changed, so that nothing is drawn again", () => {
    const cursor = at(4);
    expect(locateCursor(rows, keyOf, cursor)).toBe(cursor);
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
    expect(moveCursor(rows, keyOf, at(from), move, { page: 4, start: 0 })).toEqual(at(to)),
  );

  it("starts at the first row in view, whichever key is pressed first", () => {
    expect(moveCursor(rows, keyOf, null, "next", { page: 4, start: 6 })).toEqual(at(6));
    expect(moveCursor(rows, keyOf, null, "previous", { page: 4, start: 6 })).toEqual(at(6));
    expect(moveCursor(rows, keyOf, null, "first", { page: 4, start: 6 })).toEqual(at(0));
  });

  it("goes on from the neighbour when its own row left", () => {
    const without = rows.filter((_, index) => index !== 4);
    expect(moveCursor(without, keyOf, at(4), "next", { page: 4, start: 0 })?.key).toBe(at(6)?.key);
  });

  it("has nowhere to go in an empty list", () =>
    expect(moveCursor([], keyOf, at(1), "last", { page: 4, start: 0 })).toBeNull());
});
