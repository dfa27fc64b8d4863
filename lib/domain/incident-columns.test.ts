import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  columnIds,
  defaultColumns,
  formatColumns,
  parseColumns,
  tidyColumns,
  type ViewColumn,
} from "./incident-columns";
import { inOrder, offeredOrder, placeColumn, showColumn, widenColumn } from "./incident-columns-order";

const idsOf = (columns: readonly ViewColumn[]) => columns.map(({ id }) => id);
const show = (text: string) => parseColumns(text, () => undefined);
const anyChoice = fc
  .array(fc.record({ id: fc.constantFrom(...columnIds), widthPx: fc.option(fc.integer()) }))
  .map(tidyColumns);

describe("the columns of a view", () => {
  it("always begin with severity and workspace, hold the title, and each once", () => {
    fc.assert(
      fc.property(anyChoice, (columns) => {
        const ids = idsOf(columns);
        expect(ids.slice(0, 2)).toEqual(["severity", "workspace"]);
        expect(ids).toContain("title");
        expect(new Set(ids).size).toBe(ids.length);
        for (const { widthPx } of columns)
          expect(widthPx === null || (widthPx >= 48 && widthPx <= 960)).toBe(true);
        expect(tidyColumns(columns)).toEqual(columns);
      }),
    );
  });

  it("are written shortly, and not at all while nobody chose", () => {
    expect(formatColumns(defaultColumns)).toBeNull();
    expect(formatColumns(show("title,age,workspace.200"))).toBe("workspace.200,title,age");
    expect(formatColumns(show("severity.300,title"))).toBe("title");
    expect(formatColumns(show("age"))).toBe("title,age");
  });
});

describe("choosing columns", () => {
  it("offers those on show first, in their order, and every column once", () => {
    fc.assert(
      fc.property(anyChoice, (columns) => {
        const order = offeredOrder(columns);
        expect(order.slice(0, columns.length - 2)).toEqual(idsOf(columns).slice(2));
        expect([...order].sort()).toEqual(
          columnIds.filter((id) => id !== "severity" && id !== "workspace").sort(),
        );
      }),
    );
  });

  it("moves a column, and not beyond the ends", () => {
    const order = ["title", "age", "owner"] as const;
    expect(placeColumn(order, "owner", 0)).toEqual(["owner", "title", "age"]);
    expect(placeColumn(order, "title", 1)).toEqual(["age", "title", "owner"]);
    expect(placeColumn(order, "title", -1)).toEqual(order);
    expect(placeColumn(order, "owner", 9)).toEqual(order);
  });

  it("shows a column where it stands among those offered, and hides it again", () => {
    const order = ["title", "products", "age"] as const;
    const more = showColumn(show("title,age.100"), order, "products", true);
    expect(formatColumns(more)).toBe("title,products,age.100");
    expect(formatColumns(showColumn(more, order, "products", false))).toBe("title,age.100");
    expect(formatColumns(inOrder(more, ["age", "title", "products"]))).toBe("age.100,title,products");
  });

  it("neither hides nor moves what must be there", () => {
    expect(idsOf(showColumn(defaultColumns, offeredOrder(defaultColumns), "title", false))).toContain(
      "title",
    );
    expect(idsOf(showColumn(defaultColumns, offeredOrder(defaultColumns), "severity", false))[0]).toBe(
      "severity",
    );
  });

  it("gives a column a width and its own again", () => {
    const wide = widenColumn(show("title,age"), "age", 200.4);
    expect(formatColumns(wide)).toBe("title,age.200");
    expect(formatColumns(widenColumn(wide, "age", null))).toBe("title,age");
  });
});
