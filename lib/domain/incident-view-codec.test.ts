import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { incidentSources, severities, statuses } from "@/lib/contract/vocabulary";
import { densities } from "./density";
import { columnIds, tidyColumns } from "./incident-columns";
import { defaultView, type IncidentView, sortColumns } from "./incident-view";
import {
  formatQuery,
  formatView,
  parseQuery,
  parseView,
  type RawView,
  type ViewParam,
  viewParams,
} from "./incident-view-codec";

const nothing = Object.fromEntries(viewParams.map((param) => [param, null])) as RawView;
const parse = (given: Partial<Record<ViewParam, string>>) => parseView({ ...nothing, ...given });

const subset = (set: readonly string[]) => fc.subarray([...set]);
const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() === text);
const local = (value = word) =>
  fc
    .record({
      mode: fc.constantFrom("any" as const, "none" as const),
      values: fc.uniqueArray(value, { maxLength: 4 }),
    })
    .map((filter) => (filter.values.length === 0 ? { mode: "any" as const, values: [] } : filter));
const instant = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const anyColumns = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom(...columnIds),
      widthPx: fc.option(fc.integer({ min: 1, max: 2_000 })),
    }),
    { selector: ({ id }) => id },
  )
  .map(tidyColumns);
const anyView: fc.Arbitrary<IncidentView> = fc.record({
  filter: fc.record({
    window: fc.oneof(
      fc
        .constantFrom("ThreeHours", "SixHours", "TwelveHours", "TwentyFourHours", "FourtyEightHours")
        .map((type) => ({ type }) as IncidentView["filter"]["window"]),
      fc
        .uniqueArray(instant, { minLength: 2, maxLength: 2 })
        .map(([a = "", b = ""]) => ({ type: "Custom" as const, from: a < b ? a : b, to: a < b ? b : a })),
    ),
    sources: subset(incidentSources),
    severities: subset(severities),
    statuses: subset(statuses),
    text: fc.oneof(fc.constant(""), word),
    owners: fc.record({
      unassigned: fc.boolean(),
      emails: fc.uniqueArray(
        word.map((text) => `${text.toLowerCase()}@x.test`),
        { maxLength: 3 },
      ),
    }),
    workspaces: local(word.map((text) => text.toLowerCase())),
    tactics: local(),
    products: local(),
  }),
  sort: fc.record({ column: fc.constantFrom(...sortColumns), descending: fc.boolean() }),
  density: fc.constantFrom(...densities),
  columns: anyColumns,
  open: fc.option(fc.record({ workspaceId: word, source: word, incidentId: word })),
  saved: fc.option(fc.oneof(fc.constantFrom("open", "mine"), fc.uuid())),
});

describe("the address carries the whole view", () => {
  it("gives back every view it was made from, without a note", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const { view: again, notes } = parseView(formatView(view));
        expect(again).toEqual(view);
        expect(notes).toEqual([]);
      }),
    );
  });

  it("is empty for the view the page opens with", () => expect(formatView(defaultView)).toEqual(nothing));

  it("survives text that looks like its own marks", () => {
    const values = ["a,b", "!c", "~1", "~", "unassigned,"];
    const view: IncidentView = {
      ...defaultView,
      filter: { ...defaultView.filter, products: { mode: "none", values } },
    };
    expect(parseView(formatView(view)).view.filter.products).toEqual({ mode: "none", values });
  });

  it("keeps an id with a slash apart from the parts of the address", () => {
    const open = { workspaceId: "w", source: "QRadar", incidentId: "a/b%2F" };
    expect(parseView(formatView({ ...defaultView, open })).view.open).toEqual(open);
  });

  it("reads well", () => {
    const raw = formatView({
      ...defaultView,
      filter: { ...defaultView.filter, severities: ["Medium", "High"], statuses: [] },
      sort: { column: "age", descending: true },
      density: "compact",
    });
    expect(raw).toMatchObject({ severity: "Medium,High", status: "any", sort: "-age", rows: "compact" });
  });
});

describe("what is saved of a view", () => {
  it("is everything but the open row and where it came from", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(parseQuery(formatQuery(view))).toEqual({
          view: { ...view, open: null, saved: null },
          notes: [],
        });
      }),
    );
  });

  it("is empty for the view the page opens with", () => expect(formatQuery(defaultView)).toBe(""));
});

describe("an address from elsewhere never breaks the page", () => {
  it("opens on open work of 24 hours, the newest change first", () => {
    expect(parse({})).toEqual({ view: defaultView, notes: [] });
    expect(defaultView.filter.statuses).toEqual(["Active", "New"]);
  });

  it("takes any spelling of a known word, in any order, once", () => {
    expect(parse({ severity: "high,LOW,High" }).view.filter.severities).toEqual(["Low", "High"]);
    expect(parse({ status: "new,active" }).view).toEqual(defaultView);
  });

  it("leaves out unknown words with a note each, and falls back when none is left", () => {
    const one = parse({ severity: "High,Critical" });
    expect(one.view.filter.severities).toEqual(["High"]);
    expect(one.notes).toEqual([{ param: "severity", message: expect.stringContaining("“critical”") }]);
    const none = parse({ status: "Resolved" });
    expect(none.view.filter.statuses).toEqual(defaultView.filter.statuses);
    expect(none.notes).toHaveLength(1);
  });

  it.each([
    { window: "9d" },
    { window: "custom" },
    { window: "custom", from: "2026-11-24T00:00Z" },
    { window: "custom", from: "2026-11-24T00:00Z", to: "2026-11-23T00:00Z" },
    { window: "custom", from: "yesterday", to: "today" },
    { sort: "-colour" },
    { rows: "tiny" },
    { open: "onlyone" },
    { open: "a/b/c/d" },
    { open: "a/b/%" },
    { open: "a//c" },
    { cols: "colour" },
    { cols: "" },
    { view: "Not a key" },
  ])("falls back with exactly one note on %o", (given) => {
    const { view, notes } = parse(given);
    expect(view).toEqual(defaultView);
    expect(notes).toHaveLength(1);
  });

  it("leaves out unknown columns and widths with a note each, and keeps the rest", () => {
    const { view, notes } = parse({ cols: "title,colour,age.wide,owner.20000,age,products.5" });
    expect(formatView(view).cols).toBe("title,age,owner.960,products.48");
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringContaining("“colour”"),
      expect.stringContaining("“age.wide”"),
    ]);
  });

  it("never throws and always gives a usable view", () => {
    const anyRaw = fc.record(
      Object.fromEntries(viewParams.map((param) => [param, fc.option(fc.string({ maxLength: 30 }))])),
    );
    fc.assert(
      fc.property(anyRaw, (raw) => {
        const { view } = parseView(raw as unknown as RawView);
        expect(parseView(formatView(view)).view).toEqual(view);
      }),
    );
  });

  it("treats an empty list as no filter", () => {
    expect(parse({ workspace: "", tactic: "!", product: ",,", owner: "", source: "" }).view).toEqual(
      defaultView,
    );
  });

  it("cuts a text that is too long, and blanks around it", () => {
    expect(parse({ q: `  ${"x".repeat(600)} ` }).view.filter.text).toHaveLength(500);
  });

  it("reads a time range in any zone as instants", () => {
    expect(
      parse({ window: "custom", from: "2026-11-24T01:00+01:00", to: "2026-11-24T02:00Z" }).view.filter.window,
    ).toEqual({ type: "Custom", from: "2026-11-24T00:00:00.000Z", to: "2026-11-24T02:00:00.000Z" });
  });
});
