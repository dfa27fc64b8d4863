import { describe, expect, it } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { CoverageEntry, CoverageState } from "@/lib/domain/coverage";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import type { FacetCounts } from "@/lib/domain/register";
import type { WalkPage } from "@/lib/domain/walk";
import { IncidentLedger, type LedgerChange } from "./incident-ledger";

const row = (id: string, over: Partial<IncidentRow> = {}) => makeRow({ id, workspaceId: "w1", ...over });
const entry = (state: CoverageState, over: Partial<CoverageEntry> = {}): CoverageEntry => ({
  workspaceId: "w1",
  workspaceName: "Contoso",
  source: "Sentinel",
  state,
  rows: 0,
  since: null,
  reason: null,
  ...over,
});
const page = (
  incidents: readonly IncidentRow[],
  {
    cursor = null,
    entries = [entry("read")],
    restarts = 0,
  }: Partial<WalkPage> & { entries?: CoverageEntry[] } = {},
): WalkPage => ({
  incidents,
  cursor,
  moreIncidentsAvailable: cursor !== null,
  coverage: { asOf: "2026-11-24T14:00:00.000Z", entries, unreadableRows: 0 },
  restarts,
});
const take = (ledger: IncidentLedger, ...pages: WalkPage[]) => {
  for (const each of pages) ledger.take(ledger.getState().pass, each);
};
const ids = (ledger: IncidentLedger) => [...ledger.all()].map(({ id }) => id).join(" ");
const changesOf = (ledger: IncidentLedger) => {
  const changes: LedgerChange[] = [];
  ledger.subscribe((change) => change && changes.push(change));
  return changes;
};

describe("a pass through the walk", () => {
  it("gathers pages and is over when the cursor is", () => {
    const ledger = new IncidentLedger();
    take(ledger, page([row("1"), row("2")], { cursor: "c1", entries: [entry("reading")] }));
    expect(ledger.getState()).toMatchObject({ running: true, loaded: 2, finished: null });
    expect(ledger.getState().current?.entries).toEqual([entry("reading")]);
    take(ledger, page([row("3")]));
    expect(ledger.getState()).toMatchObject({ running: false, loaded: 3, current: null, received: 3 });
    expect(ledger.getState().finished?.entries).toEqual([entry("read")]);
  });

  it("shows no incident twice, whether it comes again in a page, after a restart or in other letters", () => {
    const ledger = new IncidentLedger();
    take(
      ledger,
      page([row("1"), row("1")], { cursor: "c" }),
      page([row("1", { workspaceId: "W1" }), row("2")]),
    );
    expect(ids(ledger)).toBe("1 2");
    take(ledger, page([row("9")]));
    expect(ids(ledger), "a page after the end belongs to nothing").toBe("1 2");
  });

  it("keeps incidents of two sources with the same id apart", () => {
    const ledger = new IncidentLedger();
    take(ledger, page([row("1"), row("1", { source: "Splunk" })]));
    expect(ledger.getState().loaded).toBe(2);
  });

  it("takes the newer copy and never goes back to an older one", () => {
    const ledger = new IncidentLedger();
    const changes = changesOf(ledger);
    const newer = row("1", { status: "Active", lastModificationTime: "2026-11-24T13:30:00.000Z" });
    take(ledger, page([row("1")], { cursor: "c" }), page([newer], { cursor: "d" }), page([row("1")]));
    expect(ledger.row(keyOf(newer))?.status).toBe("Active");
    expect(changes.map(({ removed, added }) => [removed.length, added.length])).toEqual([
      [0, 1],
      [1, 1],
      [0, 0],
    ]);
  });

  it("takes a copy that differs although its time of change does not", () => {
    const ledger = new IncidentLedger();
    take(ledger, page([row("1")], { cursor: "c" }), page([row("1", { alertsCount: 9 })]));
    expect([...ledger.all()][0]?.alertsCount).toBe(9);
  });

  it("tells of one change when a page holds the same incident twice", () => {
    const ledger = new IncidentLedger();
    take(ledger, page([row("1")], { cursor: "c" }));
    const changes = changesOf(ledger);
    take(ledger, page([row("1", { alertsCount: 7 }), row("1", { alertsCount: 9 })]));
    expect(changes[0]?.removed.map(({ alertsCount }) => alertsCount)).toEqual([3]);
    expect(changes[0]?.added.map(({ alertsCount }) => alertsCount)).toEqual([9]);
  });
});

describe("reading anew", () => {
  const filled = (...rows: IncidentRow[]) => {
    const ledger = new IncidentLedger();
    take(ledger, page(rows));
    ledger.begin();
    return ledger;
  };

  it("keeps rows and the last finished coverage until its own end", () => {
    const ledger = filled(row("1"), row("2"));
    expect(ids(ledger)).toBe("1 2");
    expect(ledger.getState()).toMatchObject({ running: true, received: 0, current: null });
    expect(ledger.getState().finished?.entries).toEqual([entry("read")]);
    take(ledger, page([row("2")], { cursor: "c", entries: [entry("reading")] }));
    expect(ids(ledger)).toBe("1 2");
    take(ledger, page([]));
    expect(ids(ledger)).toBe("2");
  });

  it("keeps the very object of a row that did not change", () => {
    const held = row("1");
    const ledger = filled(held);
    take(ledger, page([row("1")]));
    expect([...ledger.all()][0]).toBe(held);
  });

  it("ignores a page of the pass before, which answered late", () => {
    const ledger = filled(row("1"));
    ledger.take(ledger.getState().pass - 1, page([row("late")]));
    expect(ids(ledger)).toBe("1");
  });

  it.each(["missing", "cut-short", "failed", "reading"] as const)(
    "never takes a row away whose source is %s: absence is not closure",
    (state) => {
      const ledger = filled(row("1"), row("2", { source: "Splunk" }));
      take(ledger, page([], { entries: [entry(state), entry("quiet", { source: "Splunk" })] }));
      expect(ids(ledger)).toBe("1");
    },
  );

  it("keeps all rows of a workspace of which no source answered", () => {
    const ledger = filled(row("1"), row("2", { source: "Splunk" }));
    take(ledger, page([], { entries: [entry("missing", { source: null, workspaceId: "W1" })] }));
    expect(ids(ledger)).toBe("1 2");
  });

  it("lets rows go whose workspace is no longer ours to see", () => {
    const ledger = filled(row("1"), row("2", { workspaceId: "w2" }));
    take(ledger, page([row("1")]));
    expect(ids(ledger)).toBe("1");
  });

  it("says how often a lost position started it over, and forgets it at the end or when a person asks", () => {
    const ledger = filled(row("1"));
    ledger.begin("quiet");
    ledger.begin("quiet");
    expect(ledger.getState().quietRestarts).toBe(2);
    take(ledger, page([row("1")]));
    expect(ledger.getState().quietRestarts).toBe(0);
    ledger.begin("quiet");
    ledger.begin();
    expect(ledger.getState().quietRestarts).toBe(0);
  });
});

describe("rows known from another filter", () => {
  it("are there at once and leave at the end unless the pass brings them", () => {
    const ledger = new IncidentLedger([row("1"), row("2")]);
    expect(ledger.getState()).toMatchObject({ loaded: 2, finished: null });
    take(ledger, page([row("2")]));
    expect(ids(ledger)).toBe("2");
  });
});

it("no two passes of a tab share a number, so that a query cache never answers for another ledger", () => {
  const first = new IncidentLedger();
  const second = new IncidentLedger();
  first.begin();
  expect(new Set([first.getState().pass, second.getState().pass]).size).toBe(2);
});

describe("a list of the register", () => {
  const figures = { total: 3, facets: {} as FacetCounts };
  const coverage = { asOf: "2026-11-24T14:00:00.000Z", entries: [entry("failed")], unreadableRows: 0 };
  const rest = { coverage, figures };
  const passOf = (ledger: IncidentLedger) => ledger.getState().pass;
  const readWhole = (ledger: IncidentLedger, rows: readonly IncidentRow[]) =>
    ledger.takeRegistered(passOf(ledger), { ...rest, rows, end: "whole" });

  it("comes in pages, and at its end holds nothing else, however the coverage stands", () => {
    const ledger = new IncidentLedger([row("old"), row("1")]);
    ledger.takeRegistered(passOf(ledger), { ...rest, rows: [row("1")], end: null });
    expect(ids(ledger)).toBe("old 1");
    expect(ledger.getState()).toMatchObject({ running: true, finished: null, current: coverage, figures });
    readWhole(ledger, [row("2")]);
    expect(ids(ledger)).toBe("1 2");
    expect(ledger.getState()).toMatchObject({ running: false, finished: coverage, current: null, loaded: 2 });
  });

  it("takes in what became of it, once it is there and for its own pass", () => {
    const ledger = new IncidentLedger();
    const change = { ...rest, rows: [row("3")], left: [keyOf(row("1"))], createdFrom: null };
    ledger.amend(passOf(ledger), change);
    expect(ids(ledger)).toBe("");
    readWhole(ledger, [row("1"), row("2")]);
    const changes = changesOf(ledger);
    ledger.amend(passOf(ledger) - 1, change);
    expect(ids(ledger)).toBe("1 2");
    ledger.amend(passOf(ledger), change);
    expect(ids(ledger)).toBe("2 3");
    expect(changes).toHaveLength(1);
    expect(changes[0]?.removed.map(({ id }) => id)).toEqual(["1"]);
    expect(changes[0]?.added.map(({ id }) => id)).toEqual(["3"]);
  });

  it("lets go of what is older than its window, also of what comes too old", () => {
    const ledger = new IncidentLedger();
    const created = (id: string, hour: number) => row(id, { creationTime: `2026-11-24T0${hour}:00:00.000Z` });
    readWhole(ledger, [created("1", 1), created("3", 3)]);
    const createdFrom = "2026-11-24T02:00:00.000Z";
    ledger.amend(passOf(ledger), {
      ...rest,
      rows: [created("0", 0), created("4", 4)],
      left: [],
      createdFrom,
    });
    expect(ids(ledger)).toBe("3 4");
  });

  it("keeps a row's object while all that differs is when it was read", () => {
    const ledger = new IncidentLedger();
    const seenAt = (lastAt: string) => ({ ...row("1"), seen: { firstAt: lastAt, lastAt, closedAt: null } });
    const [first] = [seenAt("2026-11-24T01:00:00.000Z")];
    readWhole(ledger, [first]);
    ledger.begin();
    readWhole(ledger, [seenAt("2026-11-24T02:00:00.000Z")]);
    expect(ledger.row(keyOf(first))).toBe(first);
  });
});
