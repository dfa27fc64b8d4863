import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { compareBy, sortRows } from "./incident-sort";
import { defaultView } from "./incident-view";
import {
  type Arrangement,
  arrange,
  countWaiting,
  describeWaiting,
  keyOf,
  settled,
} from "./incident-view-arrange";
import { makeRow, makeRows } from "./incident-view-fixture";

const { sort } = defaultView;
const compare = compareBy(sort);
const at = (minute: number) => `2026-11-24T13:${String(minute).padStart(2, "0")}:00.000Z`;
const row = (id: string, minute: number, over: Partial<IncidentRow> = {}) =>
  makeRow({ id, lastModificationTime: at(minute), ...over });
const ids = (arrangement: Arrangement) => arrangement.rows.map(({ id }) => id).join(" ");
const step = (ideal: readonly IncidentRow[], previous: Arrangement, held: number) =>
  arrange(sortRows(ideal, sort), previous, held, compare);

const a = row("a", 50);
const b = row("b", 40);
const c = row("c", 30);
const d = row("d", 20);
const start = settled([a, b, c, d]);

describe("arrange: nothing moves under the pointer", () => {
  it("puts everything in place while nobody works on the list", () => {
    const next = step([row("new", 55), a, c], start, 0);
    expect(ids(next)).toBe("new a c");
    expect(countWaiting(next)).toEqual({ added: 0, changed: 0, gone: 0 });
  });

  it("lets new rows wait that belong above or into the part in view, and adds those below it at once", () => {
    const next = step([row("top", 55), a, row("mid", 45), b, row("low", 35), c, d], start, 2);
    expect(ids(next)).toBe("a b low c d");
    expect(countWaiting(next)).toEqual({ added: 2, changed: 0, gone: 0 });
  });

  it("keeps a row in view that left, and says so", () => {
    const next = step([b, c], start, 2);
    expect(ids(next)).toBe("a b c");
    expect([...next.gone]).toEqual([keyOf(a)]);
    expect(countWaiting(next).gone).toBe(1);
  });

  it("keeps a row in view that should stand elsewhere, and says so", () => {
    const raised = step([a, row("b", 58), c, d], start, 3);
    expect(ids(raised)).toBe("a b c d");
    expect([...raised.moved]).toEqual([keyOf(b)]);
    const sunk = step([row("a", 10), b, c, d], start, 2);
    expect(ids(sunk)).toBe("a b c d");
    expect([...sunk.moved]).toEqual([keyOf(a)]);
  });

  it("does not speak of a row whose content changed but not its place", () => {
    const next = step([row("a", 50, { status: "Active" }), b, c, d], start, 4);
    expect(countWaiting(next)).toEqual({ added: 0, changed: 0, gone: 0 });
  });

  it("calls a row from further down that now belongs above changed, not new, also on the next page", () => {
    const once = step([row("d", 59), a, b, c], start, 2);
    expect(ids(once)).toBe("a b c");
    expect(countWaiting(once)).toEqual({ added: 0, changed: 1, gone: 0 });
    const twice = step([row("d", 59), a, b, c, row("e", 5)], once, 2);
    expect(ids(twice)).toBe("a b c e");
    expect(countWaiting(twice)).toEqual({ added: 0, changed: 1, gone: 0 });
  });

  it("keeps the place of a changed row while pages go on arriving", () => {
    const changed = row("b", 58);
    const once = step([a, changed, c, d], start, 2);
    const twice = step([a, changed, c, d, row("e", 25)], once, 2);
    expect(ids(twice)).toBe("a b c e d");
  });

  it("forgets a waiting row that left again before it was shown", () => {
    const once = step([row("x", 55), a, b, c, d], start, 2);
    expect(countWaiting(step([a, b, c, d], once, 2))).toEqual({ added: 0, changed: 0, gone: 0 });
  });

  it("releases what waits as soon as the person looks higher up", () => {
    const once = step([a, b, row("x", 35), c, d], start, 4);
    expect(countWaiting(once).added).toBe(1);
    expect(ids(step([a, b, row("x", 35), c, d], once, 2))).toBe("a b x c d");
  });

  it("copes with an empty list and a view longer than the list", () => {
    expect(ids(step([a], settled([]), 30))).toBe("a");
    expect(ids(step([], start, 30))).toBe("a b c d");
    expect(step([], start, 30).gone.size).toBe(4);
  });

  it("never moves the held part, loses no row and shows none twice", () => {
    const rows = makeRows(12);
    const some = fc.subarray(rows);
    const change = (list: IncidentRow[], minutes: readonly number[]) =>
      list.map((item, index) =>
        minutes[index] === undefined ? item : makeRow({ ...item, lastModificationTime: at(minutes[index]) }),
      );
    fc.assert(
      fc.property(
        some,
        some,
        fc.array(fc.nat(59), { maxLength: 12 }),
        fc.nat(13),
        (before, after, minutes, held) => {
          const previous = settled(sortRows(before, sort));
          const ideal = sortRows(change(after, minutes), sort);
          const next = arrange(ideal, previous, held, compare);
          const shown = next.rows.map(keyOf);
          const top = previous.rows.slice(0, held).map(keyOf);
          expect(shown.slice(0, top.length)).toEqual(top);
          expect(new Set(shown).size).toBe(shown.length);
          const everywhere = new Set([
            ...shown.filter((key) => !next.gone.has(key)),
            ...next.entering.keys(),
          ]);
          expect(everywhere).toEqual(new Set(ideal.map(keyOf)));
          expect(arrange(ideal, next, 0, compare).rows).toEqual(ideal);
        },
      ),
    );
  });
});

describe("describeWaiting", () => {
  it("names only what there is", () => {
    expect(describeWaiting({ added: 12, changed: 3, gone: 0 })).toBe("12 new, 3 changed");
    expect(describeWaiting({ added: 0, changed: 0, gone: 1204 })).toBe("1,204 gone");
    expect(describeWaiting({ added: 0, changed: 0, gone: 0 })).toBe("");
  });
});
