import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { compareBy, lowerBound, patchSorted, sortRows } from "./incident-sort";
import { type Sort, sortColumns } from "./incident-view";
import { makeRow, makeRows } from "./incident-view-fixture";

const ids = (rows: readonly IncidentRow[]) => rows.map(({ id }) => id).join(" ");
const rowsOf = (members: Record<string, Partial<IncidentRow>>) =>
  Object.entries(members).map(([id, over]) => makeRow({ id, ...over }));
const sorted = (members: Record<string, Partial<IncidentRow>>, column: Sort["column"], descending = false) =>
  ids(sortRows(rowsOf(members), { column, descending }));

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 });
const instant = fc.integer({ min: 0, max: 5 }).map((minute) => `2026-11-24T13:0${minute}:00.000Z`);
const anyRow = fc
  .record({
    id: fc.integer({ min: 0, max: 40 }).map(String),
    workspaceId: fc.constantFrom("w1", "w2"),
    workspaceName: maybe(fc.constantFrom("Contoso", "Ärzte", "adatum")),
    title: maybe(fc.constantFrom("a", "B", "c")),
    number: maybe(fc.nat(3)),
    severity: maybe(fc.constantFrom("High", "Low", "Critical")),
    status: maybe(fc.constantFrom("New", "Active", "Closed", "Odd")),
    creationTime: maybe(instant),
    lastModificationTime: maybe(instant),
    alertsCount: maybe(fc.nat(3)),
    tactics: fc.subarray(["Impact", "Execution"]),
    user: maybe(fc.constantFrom("Zoë", "adam")).map(
      (displayName) => displayName && { id: null, displayName, email: null },
    ),
  })
  .map((over) => makeRow(over as Partial<IncidentRow>));
const distinct = fc.uniqueArray(anyRow, { selector: (row) => row.workspaceId + row.id, maxLength: 30 });
const anySort: fc.Arbitrary<Sort> = fc.record({
  column: fc.constantFrom(...sortColumns),
  descending: fc.boolean(),
});

describe("sortRows", () => {
  it("puts the worst severity first when descending, unknown words last among the known, none at the end", () => {
    const rows = {
      low: { severity: "Low" },
      none: { severity: null },
      odd: { severity: "Critical" },
      high: { severity: "High" },
    };
    expect(sorted(rows, "severity", true)).toBe("high low odd none");
    expect(sorted(rows, "severity")).toBe("odd low high none");
  });

  it("follows the way of the work for the status", () => {
    const rows = { c: { status: "Closed" }, a: { status: "Active" }, n: { status: "New" } };
    expect(sorted(rows, "status")).toBe("n a c");
  });

  it("orders names as people do: neither case nor accents count", () => {
    const rows = {
      z: { workspaceName: "zebra" },
      a: { workspaceName: "Ärzte" },
      b: { workspaceName: "bank" },
    };
    expect(sorted(rows, "workspace")).toBe("a b z");
  });

  it("shows the greatest age first when descending", () => {
    const rows = {
      young: { creationTime: "2026-11-24T13:00:00.000Z" },
      old: { creationTime: "2026-11-20T13:00:00.000Z" },
      unknown: { creationTime: null },
    };
    expect(sorted(rows, "age", true)).toBe("old young unknown");
    expect(sorted(rows, "age")).toBe("young old unknown");
  });

  it("orders owners by name, then e-mail; nobody comes last in both directions", () => {
    const owner = (displayName: string | null, email: string | null = null) => ({
      user: { id: null, displayName, email },
    });
    const rows = { none: { user: null }, z: owner("Zoë"), a: owner(null, "adam@x.test") };
    expect(sorted(rows, "owner")).toBe("a z none");
    expect(sorted(rows, "owner", true)).toBe("z a none");
  });

  it("breaks ties by the newest change, whatever the direction", () => {
    const rows = {
      earlier: { lastModificationTime: "2026-11-24T10:00:00.000Z" },
      later: { lastModificationTime: "2026-11-24T11:00:00.000Z" },
      never: { lastModificationTime: null },
    };
    for (const descending of [true, false])
      expect(sorted(rows, "severity", descending)).toBe("later earlier never");
  });

  it("gives one order, whatever order the pages came in, with unknowns last in each column", () => {
    fc.assert(
      fc.property(distinct, anySort, fc.infiniteStream(fc.nat()), (rows, sort, seeds) => {
        const shuffled = rows
          .map((row) => ({ row, seed: seeds.next().value ?? 0 }))
          .sort((a, b) => a.seed - b.seed)
          .map(({ row }) => row);
        expect(sortRows(shuffled, sort)).toEqual(sortRows(rows, sort));
        const compare = compareBy(sort);
        const inOrder = sortRows(rows, sort);
        for (const [index, row] of inOrder.entries())
          if (index > 0) expect(compare(inOrder[index - 1]!, row)).toBeLessThan(0);
      }),
    );
  });
});

describe("patchSorted: a page costs its own rows and gives what sorting all of them would", () => {
  it("equals a full sort for any rows taken out and put in", () => {
    fc.assert(
      fc.property(distinct, anySort, fc.nat(30), fc.nat(30), (rows, sort, cut, out) => {
        const before = sortRows(rows.slice(0, cut), sort);
        const removed = before.slice(0, out);
        const added = rows.slice(cut);
        const patched = patchSorted(before, removed, added, sort);
        expect(patched).toEqual(
          sortRows([...before.filter((row) => !removed.includes(row)), ...added], sort),
        );
      }),
    );
  });

  it("hands back the very list when nothing changed, so that nothing is drawn again", () => {
    const list = makeRows(3);
    expect(patchSorted(list, [], [], { column: "changed", descending: true })).toBe(list);
  });
});

describe("lowerBound", () => {
  it("finds the first row that does not come before", () => {
    const list = makeRows(5);
    const compare = compareBy({ column: "changed", descending: true });
    expect(lowerBound(list, list[3]!, compare)).toBe(3);
    expect(lowerBound([], list[0]!, compare)).toBe(0);
    expect(lowerBound(list, makeRow({ lastModificationTime: null }), compare)).toBe(5);
  });
});
