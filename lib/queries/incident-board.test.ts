import { describe, expect, it } from "vitest";
import { defaultView, type Sort, type ViewFilter } from "@/lib/domain/incident-view";
import { countWaiting } from "@/lib/domain/incident-view-arrange";
import { makeRow, makeRows } from "@/lib/domain/incident-view-fixture";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { IncidentBoard } from "./incident-board";
import { IncidentLedger } from "./incident-ledger";

const { sort, filter } = defaultView;
const at = (minute: number) => `2026-11-24T13:${String(minute).padStart(2, "0")}:00.000Z`;
const row = (id: string, minute: number, over: Partial<IncidentRow> = {}) =>
  makeRow({ id, lastModificationTime: at(minute), ...over });
const ids = (board: IncidentBoard) =>
  board
    .getState()
    .rows.map(({ id }) => id)
    .join(" ");

function open(rows: readonly IncidentRow[], view: { sort?: Sort; filter?: ViewFilter } = {}) {
  const ledger = new IncidentLedger();
  const board = new IncidentBoard(ledger, view.sort ?? sort, view.filter ?? filter);
  let draws = 0;
  const close = board.subscribe(() => (draws += 1));
  const bring = (incidents: readonly IncidentRow[], cursor: string | null = "c") =>
    ledger.take(ledger.getState().pass, {
      incidents,
      cursor,
      moreIncidentsAvailable: cursor !== null,
      coverage: { asOf: at(0), entries: [], unreadableRows: 0 },
      restarts: 0,
    });
  bring(rows);
  return { ledger, board, bring, close, draws: () => draws };
}

describe("the board follows its ledger page by page", () => {
  it("puts rows in order as they come", () => {
    const { board, bring } = open([row("b", 40), row("d", 20)]);
    bring([row("a", 50), row("c", 30)]);
    expect(ids(board)).toBe("a b c d");
    bring([row("d", 55)]);
    expect(ids(board)).toBe("d a b c");
  });

  it("applies the filters over loaded rows to what comes and to what is there", () => {
    const tactics = { mode: "any" as const, values: ["Impact"] };
    const { board, bring } = open([row("a", 50), row("b", 40, { tactics: ["Impact"] })], {
      filter: { ...filter, tactics },
    });
    bring([row("c", 30), row("d", 20, { tactics: ["Impact"] })]);
    expect(ids(board)).toBe("b d");
    expect(board.getState().matching).toBe(2);
    board.setView(sort, filter);
    expect(ids(board)).toBe("a b c d");
  });

  it("lets a row go that no longer passes", () => {
    const owners = { unassigned: true, emails: [] };
    const { board, bring } = open([row("a", 50)], { filter: { ...filter, owners } });
    bring([row("a", 51, { user: { id: null, displayName: "Zoë", email: "z@x.test" } })]);
    expect(ids(board)).toBe("");
  });

  it("sorts anew when asked, also while rows are held, because the person wanted it", () => {
    const { board, bring } = open([row("a", 50, { number: 1 }), row("b", 40, { number: 2 })]);
    board.hold(2);
    bring([row("c", 55, { number: 3 })]);
    board.setView({ column: "number", descending: true }, filter);
    expect(ids(board)).toBe("c b a");
  });

  it("draws once per page, and not at all when a page brought nothing new", () => {
    const { board, bring, draws } = open([row("a", 50)]);
    const before = draws();
    bring([row("b", 40), row("c", 30)]);
    expect(draws()).toBe(before + 1);
    const state = board.getState();
    bring([row("b", 40)]);
    board.setView(sort, filter);
    expect(board.getState()).toBe(state);
  });

  it("catches up on what came while it was not looked at", () => {
    const { board, bring, close } = open([row("a", 50)]);
    close();
    bring([row("b", 55)]);
    board.subscribe(() => undefined);
    expect(ids(board)).toBe("b a");
  });
});

describe("while a person works on the list", () => {
  it("what is in view keeps its place; the pill's key puts the rest in", () => {
    const { board, bring } = open([row("a", 50), row("b", 40), row("c", 30)]);
    board.hold(2);
    bring([row("top", 55), row("low", 35), row("b", 58)]);
    expect(ids(board)).toBe("a b low c");
    expect(countWaiting(board.getState())).toEqual({ added: 1, changed: 1, gone: 0 });
    board.apply();
    expect(ids(board)).toBe("b top a low c");
    expect(countWaiting(board.getState())).toEqual({ added: 0, changed: 0, gone: 0 });
  });

  it("draws the newest copy in the old place, and the last known one of a row that left", () => {
    const { board, bring } = open([row("a", 50), row("b", 40)]);
    board.hold(2);
    bring([row("b", 58, { status: "Active" })], null);
    const [, second] = board.getState().rows;
    const key = [...board.getState().moved][0] ?? "";
    expect(second && board.latest(second, key).status).toBe("Active");
    const [first] = board.getState().rows;
    const gone = [...board.getState().gone][0] ?? "";
    expect(first && board.latest(first, gone)).toBe(first);
  });

  it("everything takes its place as soon as they stop", () => {
    const { board, bring } = open([row("a", 50)]);
    board.hold(1);
    bring([row("b", 55)]);
    expect(ids(board)).toBe("a");
    board.hold(0);
    expect(ids(board)).toBe("b a");
  });
});

it("a page of 50 into 50,000 rows compares a few thousand times, not half a million", () => {
  const many = makeRows(50_000);
  const { bring, ledger } = open(many);
  let reads = 0;
  const page = makeRows(50, "new").map((each) =>
    Object.defineProperty({ ...each }, "lastModificationTime", {
      enumerable: true,
      get: () => {
        reads += 1;
        return each.lastModificationTime;
      },
    }),
  );
  bring(page);
  expect(ledger.getState().loaded).toBe(50_050);
  // 50 rows × (log2 of 50,000 ≈ 16) comparisons, each reading the time a few times.
  expect(reads).toBeLessThan(10_000);
});
