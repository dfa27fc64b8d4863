import { describe, expect, test } from "vitest";
import type { DeliveryLog } from "@/lib/contract";
import { createdAfter, deliveryRow } from "@/lib/domain/delivery-fixture";
import { createdMs, newerFirst } from "@/lib/domain/delivery-outcome";
import { Failure } from "@/lib/errors";
import { type LogPage, mergeStep, type MergeState, type MergeWish, type ReadLogPage } from "./log-merge";

/** Repeatable chance; a test that fails fails again. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Log {
  readonly rows: DeliveryLog[];
  readonly size: number;
}

/** Upstream's logs: newest first, a token is the place after a row, `to` obeyed or not. */
function upstream(logs: ReadonlyMap<string, Log>, options: { readonly obeysTo: boolean }) {
  let pages = 0;
  const fails = new Set<string>();
  const read: ReadLogPage = (id, token, to) => {
    pages += 1;
    if (fails.has(id)) return Promise.reject(new Failure("UPSTREAM_TIMEOUT"));
    const log = logs.get(id)!;
    const bound = to === null || !options.obeysTo ? null : createdMs({ createdAt: to });
    const rows = [...log.rows].sort(newerFirst).filter((row) => bound === null || createdMs(row)! <= bound);
    const start = token === null ? 0 : rows.findIndex((row) => `after ${row.id}` === token) + 1;
    const page = rows.slice(start, start + log.size);
    const last = page.at(-1);
    const next = last && start + log.size < rows.length ? `after ${last.id}` : null;
    return Promise.resolve({ rows: page, next, unreadableRows: 0 } satisfies LogPage);
  };
  return { read, fails, pages: () => pages };
}

const begin = (ids: readonly string[]): MergeState => ({
  pin: null,
  places: ids.map((id) => ({ id, token: null, seen: [], isDone: false })),
});
const wish = (over: Partial<MergeWish> = {}): MergeWish => ({
  from: null,
  to: null,
  fits: () => true,
  pageSize: 10,
  mostFurtherPages: 10,
  ...over,
});
const isOver = ({ places }: MergeState) => places.every(({ isDone }) => isDone);
/** As it travels: sealed text and back. */
const travelled = (state: MergeState) => JSON.parse(JSON.stringify(state)) as MergeState;

function made(random: () => number, count: number, size: number, name: string): Log {
  const rows = Array.from({ length: count }, (_, n) =>
    // Whole seconds in a narrow range, so that many rows share an instant across logs.
    deliveryRow({ id: `${name}-${n}`, createdAt: createdAfter(Math.floor(random() * count)) }),
  );
  return { rows, size };
}

describe("one log out of several: exact, whatever is added meanwhile", () => {
  for (let seed = 1; seed <= 60; seed += 1)
    test(`seed ${seed}`, async () => {
      const random = chances(seed);
      const names = ["a", "b", "c", "d"].slice(0, 1 + Math.floor(random() * 4));
      const logs = new Map(
        names.map((name) => [
          name,
          made(random, Math.floor(random() * 120), 1 + Math.floor(random() * 20), name),
        ]),
      );
      const { read } = upstream(logs, { obeysTo: seed % 2 === 0 });
      const expected = [...logs.values()]
        .flatMap(({ rows }) => rows)
        .sort(newerFirst)
        .map(({ id }) => id);
      const given: string[] = [];
      let state = begin(names);
      for (let step = 0; !isOver(state); step += 1) {
        expect(step).toBeLessThan(500);
        const page = await mergeStep(
          read,
          travelled(state),
          wish({ pageSize: 1 + Math.floor(random() * 15) }),
        );
        given.push(...page.rows.map(({ row }) => row.id));
        state = page.state;
        // Upstream goes on delivering. A page's worth at most: more would push rows past the page that is in use, which `to` prevents.
        for (const [name, log] of logs)
          if (seed % 2 === 0 || random() < 0.3)
            log.rows.push(deliveryRow({ id: `${name}-new-${step}`, createdAt: createdAfter(10_000 + step) }));
      }
      expect(given).toEqual(expected);
    });
});

describe("a log that fails", () => {
  test("is named, keeps its place, and loses nothing", async () => {
    const random = chances(99);
    const logs = new Map(["a", "b"].map((name) => [name, made(random, 40, 7, name)]));
    const { read, fails } = upstream(logs, { obeysTo: true });
    const given: string[] = [];
    let state = begin(["a", "b"]);
    let named = 0;
    for (let step = 0; !isOver(state); step += 1) {
      expect(step).toBeLessThan(50);
      fails.clear();
      if (step % 2 === 0) fails.add("b");
      // Only `b` is left and fails: the step fails as a whole, and is asked for again.
      const page = await mergeStep(read, travelled(state), wish()).catch((error: unknown) => {
        expect(error).toMatchObject({ code: "UPSTREAM_TIMEOUT" });
        return null;
      });
      if (page === null) continue;
      named += page.failures.length;
      for (const failure of page.failures)
        expect(failure).toMatchObject({ webhookId: "b", code: "UPSTREAM_TIMEOUT" });
      given.push(...page.rows.map(({ row }) => row.id));
      state = page.state;
    }
    expect(named).toBeGreaterThan(1);
    expect(given).toHaveLength(80);
    expect(new Set(given).size).toBe(80);
  });

  test("when all fail, the failure is thrown and the position still holds", async () => {
    const logs = new Map([["a", made(chances(5), 5, 2, "a")]]);
    const { read, fails } = upstream(logs, { obeysTo: true });
    fails.add("a");
    await expect(mergeStep(read, begin(["a"]), wish())).rejects.toMatchObject({ code: "UPSTREAM_TIMEOUT" });
    fails.clear();
    expect((await mergeStep(read, begin(["a"]), wish())).rows).toHaveLength(5);
  });
});

describe("bounds", () => {
  test("a narrow filter reads no more than it may, says how far it came, and goes on from there", async () => {
    const logs = new Map([["a", made(chances(3), 100, 5, "a")]]);
    const { read, pages } = upstream(logs, { obeysTo: true });
    const rare = wish({ fits: (row) => row.id === "a-77", mostFurtherPages: 3 });
    const found: string[] = [];
    let state = begin(["a"]);
    let steps = 0;
    while (!isOver(state)) {
      const before = pages();
      const page = await mergeStep(read, state, rare);
      expect(pages() - before).toBeLessThanOrEqual(4);
      expect(page.examined).toBeGreaterThan(0);
      expect(page.readTo).not.toBeNull();
      found.push(...page.rows.map(({ row }) => row.id));
      state = page.state;
      steps += 1;
    }
    expect(found).toEqual(["a-77"]);
    expect(steps).toBe(5);
  });

  test("the window holds here too, where upstream does not keep it; a row without a readable time is not hidden", async () => {
    const rows = [10, 20, 30, 40].map((n) => deliveryRow({ id: `r-${n}`, createdAt: createdAfter(n) }));
    const odd = deliveryRow({ id: "odd", createdAt: "soon" });
    const { read } = upstream(new Map([["a", { rows: [...rows, odd], size: 50 }]]), { obeysTo: false });
    const page = await mergeStep(read, begin(["a"]), wish({ from: createdAfter(20), to: createdAfter(30) }));
    expect(page.rows.map(({ row }) => row.id)).toEqual(["r-30", "r-20", "odd"]);
    expect(page.examined).toBe(3);
  });

  test("a token that does not change ends the log; a row twice in a page is given once", async () => {
    const row = deliveryRow();
    const read: ReadLogPage = (_id, token) =>
      Promise.resolve({ rows: token === null ? [row, row] : [], next: "the same", unreadableRows: 1 });
    const page = await mergeStep(read, begin(["a"]), wish());
    expect(page.rows).toHaveLength(1);
    expect([isOver(page.state), page.unreadableRows]).toEqual([true, 2]);
  });

  test("no logs at all: an empty page, and the end", async () => {
    const { read } = upstream(new Map(), { obeysTo: true });
    const page = await mergeStep(read, begin([]), wish());
    expect([page.rows, isOver(page.state)]).toEqual([[], true]);
  });
});
