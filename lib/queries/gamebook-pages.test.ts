import { describe, expect, it } from "vitest";
import { CallError } from "@/lib/client/call-error";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { makeRun } from "@/lib/domain/gamebook-fixture";
import type { FailureCode } from "@/lib/errors";
import {
  type GamebookAsk,
  type GamebookCursor,
  type GamebookPage,
  readGamebookPage,
  type ReadAcross,
  type ReadOne,
} from "./gamebook-pages";

const failure = (code: FailureCode) =>
  CallError.of({ type: "about:blank", title: code, status: 400, code, requestId: "r" });
const everything: GamebookAsk = { workspaces: [], states: [], text: "" };
const failing: GamebookAsk = { ...everything, states: ["failed"] };
const unused = () => Promise.reject(new Error("not this operation"));
const run = (n: number, status = "Succeeded") => makeRun({ id: String(n).padStart(4, "0"), status });

/** Upstream with a list that changes between the calls: `before[n]` happens before call n. */
class Upstream {
  calls = 0;
  readonly asked: Parameters<ReadAcross>[0][] = [];
  constructor(
    public runs: Gamebook[],
    private readonly before: Readonly<Record<number, (self: Upstream) => void>> = {},
    private readonly options: {
      isWithheld?: boolean;
      firstPage?: number;
      refusesStatuses?: boolean;
      pageSize?: number;
    } = {},
  ) {}

  readonly read: ReadAcross = async (query) => {
    this.calls += 1;
    this.before[this.calls]?.(this);
    this.asked.push(query);
    const { isWithheld = false, firstPage = 1, refusesStatuses = false, pageSize = 5 } = this.options;
    if (query.statuses !== undefined && refusesStatuses) throw failure("UPSTREAM_INVALID");
    if (query.currentPage < firstPage) throw failure("UPSTREAM_INVALID");
    const words = query.statuses?.split(",");
    const held = this.runs.filter(({ status }) => words === undefined || words.includes(status ?? ""));
    const from = (query.currentPage - firstPage) * pageSize;
    return {
      items: held.slice(from, from + pageSize),
      currentPage: query.currentPage,
      totalPages: isWithheld ? null : Math.ceil(held.length / pageSize),
      pageSize,
      totalCount: isWithheld ? null : held.length,
      hasPreviousPage: query.currentPage > firstPage,
      hasNextPage: from + pageSize < held.length,
    };
  };
}

async function readAll(ask: GamebookAsk, upstream: Upstream) {
  const found = new Map<string, Gamebook>();
  const pages: GamebookPage[] = [];
  let cursor: GamebookCursor | null = null;
  do {
    const page: GamebookPage = await readGamebookPage(ask, cursor, { across: upstream.read, one: unused });
    for (const each of page.runs) found.set(each.id, each);
    pages.push(page);
    cursor = page.next;
  } while (cursor !== null && pages.length < 100);
  return { ids: [...found.keys()].sort(), pages };
}
const idsOf = (runs: readonly Gamebook[]) => runs.map(({ id }) => id).sort();
const newest = (count: number, status?: string) =>
  Array.from({ length: count }, (_, n) => run(1000 - n, status));

describe("a list that stands still", () => {
  it("is read once, page by page, and ends", async () => {
    const upstream = new Upstream(newest(17));
    const { ids, pages } = await readAll(everything, upstream);
    expect(ids).toEqual(idsOf(upstream.runs));
    expect(upstream.asked.map(({ currentPage }) => currentPage)).toEqual([1, 2, 3, 4]);
    expect(pages.map(({ total }) => total)).toEqual([17, 17, 17, 17]);
  });
  it("asks for what is wanted, and for nothing that is not", async () => {
    const upstream = new Upstream(newest(3, "Failed"));
    await readAll({ workspaces: ["a", "b"], states: ["failed", "approval"], text: "mail" }, upstream);
    expect(upstream.asked[0]).toEqual({
      currentPage: 1,
      workspaces: "a,b",
      statuses: "PendingApproval,WaitingForApproval,Failed",
      query: "mail",
    });
    await readAll(everything, upstream);
    expect(upstream.asked[1]).toEqual({ currentPage: 1 });
  });
  it("may count its pages from 0", async () => {
    const upstream = new Upstream(newest(12), {}, { firstPage: 0 });
    expect((await readAll(everything, upstream)).ids).toEqual(idsOf(upstream.runs));
  });
});

describe("a list that moves while it is read: nothing is missed", () => {
  const arrive =
    (...ids: number[]) =>
    (self: Upstream) =>
      self.runs.unshift(...ids.map((id) => run(id)));

  it("runs that arrive are read too, by the first page alone", async () => {
    const upstream = new Upstream(newest(17), { 3: arrive(2002, 2001) });
    const { ids, pages } = await readAll(everything, upstream);
    expect(ids).toEqual(idsOf(upstream.runs));
    expect(upstream.asked.map(({ currentPage }) => currentPage)).toEqual([1, 2, 3, 1, 4]);
    expect(pages.at(-1)?.total).toBe(19);
  });
  it("more than a page of them", async () => {
    const upstream = new Upstream(newest(17), { 3: arrive(2007, 2006, 2005, 2004, 2003, 2002, 2001) });
    expect((await readAll(everything, upstream)).ids).toEqual(idsOf(upstream.runs));
  });
  it("runs that arrive while others are read again", async () => {
    const upstream = new Upstream(newest(17), { 3: arrive(2001), 4: arrive(2002), 5: arrive(2003) });
    expect((await readAll(everything, upstream)).ids).toEqual(idsOf(upstream.runs));
  });
  it("where the total is withheld, a page that repeats rows tells of them", async () => {
    const upstream = new Upstream(newest(17), { 3: arrive(2001) }, { isWithheld: true });
    const { ids, pages } = await readAll(everything, upstream);
    expect(ids).toEqual(idsOf(upstream.runs));
    expect(pages.every(({ total }) => total === null)).toBe(true);
  });
  it("a run that leaves the filter pulls others over the edge of a page: they are found", async () => {
    const leave = (self: Upstream) => {
      self.runs = self.runs.map((each) => (each.id === "0999" ? { ...each, status: "Succeeded" } : each));
    };
    const upstream = new Upstream(newest(17, "Failed"), { 3: leave });
    const wanted = idsOf(upstream.runs);
    // Without reading anew, the 11th run would never be seen.
    expect((await readAll(failing, upstream)).ids).toEqual(wanted);
  });
  it("one leaves and one arrives: the total is the same, what slid shows", async () => {
    const both = (self: Upstream) => {
      self.runs = [run(2001, "Failed"), ...self.runs.filter(({ id }) => id !== "1000")];
    };
    const upstream = new Upstream(newest(12, "Failed"), { 2: both });
    const { ids } = await readAll(failing, upstream);
    expect(ids).toEqual(expect.arrayContaining(idsOf(upstream.runs).filter((id) => id !== "2001")));
  });
  it("is not chased for ever", async () => {
    const upstream = new Upstream(newest(40));
    const restless: ReadAcross = async (query) => {
      upstream.runs.unshift(run(3000 + upstream.calls));
      return upstream.read(query);
    };
    let cursor: GamebookCursor | null = null;
    for (let page = 0; page < 4; page += 1)
      cursor = (await readGamebookPage(everything, cursor, { across: restless, one: unused })).next;
    expect(upstream.calls).toBeLessThanOrEqual(4 + 3 * 3);
  });
});

describe("asking by status rests on a guess, and survives its being wrong", () => {
  const mixed = [
    ...newest(6),
    run(900, "Failed"),
    ...newest(3).map(({ id }) => run(Number(id) - 300, "Failed")),
  ];
  it("upstream that refuses the words is asked for all", async () => {
    const upstream = new Upstream(mixed, {}, { refusesStatuses: true });
    const { ids, pages } = await readAll(failing, upstream);
    expect(ids).toEqual(idsOf(mixed));
    expect(pages.every(({ isStatusAsked }) => !isStatusAsked)).toBe(true);
    expect(upstream.asked.filter(({ statuses }) => statuses !== undefined)).toHaveLength(1);
  });
  it("where the total is withheld, all are read, because one that leaves could not be noticed", async () => {
    const { ids, pages } = await readAll(failing, new Upstream(mixed, {}, { isWithheld: true }));
    expect(ids).toEqual(idsOf(mixed));
    expect(pages[0]?.isStatusAsked).toBe(false);
  });
  it("an unknown status cannot be asked for", async () => {
    const upstream = new Upstream(mixed);
    await readAll({ ...everything, states: ["failed", "unknown"] }, upstream);
    expect(upstream.asked.every(({ statuses }) => statuses === undefined)).toBe(true);
  });
  it("any other failure is one", async () => {
    const across: ReadAcross = () => Promise.reject(failure("UPSTREAM_UNAVAILABLE"));
    await expect(readGamebookPage(failing, null, { across, one: unused })).rejects.toThrow(
      "UPSTREAM_UNAVAILABLE",
    );
  });
});

it("a page of which somebody may see nothing is not the end", async () => {
  const foreign = new Upstream(newest(15), {}, { isWithheld: true });
  const across: ReadAcross = async (query) => {
    const page = await foreign.read(query);
    return { ...page, items: page.items.filter(({ id }) => id < "0990") };
  };
  const first = await readGamebookPage(everything, null, { across, one: unused });
  expect(first.runs).toEqual([]);
  expect(first.next?.page).toBe(2);
});

describe("one workspace has page tokens", () => {
  const ask: GamebookAsk = { ...everything, workspaces: ["w9"], text: "mail", states: ["failed"] };
  const lists: Readonly<Record<string, readonly Gamebook[]>> = {
    "": [makeRun({ id: "c", workspaceId: null })],
    t1: [makeRun({ id: "b", workspaceId: null })],
    t2: [makeRun({ id: "a" })],
  };
  const nexts: Readonly<Record<string, string | null>> = { "": "t1", t1: "t2", t2: null };
  const asked: Parameters<ReadOne>[0][] = [];
  const one: ReadOne = async (query) => {
    asked.push(query);
    const token = query.pageToken ?? "";
    if (token === "expired") throw failure("CURSOR_EXPIRED");
    return { gamebooks: [...(lists[token] ?? [])], pageToken: nexts[token] ?? null, totalCount: 3 };
  };
  const page = (cursor: GamebookCursor | null) => readGamebookPage(ask, cursor, { across: unused, one });

  it("goes on until there is none, and names the workspace of each run", async () => {
    const first = await page(null);
    const second = await page(first.next);
    const third = await page(second.next);
    expect(
      [first, second, third].flatMap(({ runs }) => runs.map(({ id, workspaceId }) => `${workspaceId}/${id}`)),
    ).toEqual(["w9/c", "w9/b", "w1/a"]);
    expect(third.next).toBeNull();
    expect(first).toMatchObject({ total: 3, isStatusAsked: false });
    expect(asked).toEqual([
      { query: "mail" },
      { query: "mail", pageToken: "t1" },
      { query: "mail", pageToken: "t2" },
    ]);
  });
  it("a position that has expired starts over", async () => {
    const first = await page(null);
    const again = await page(first.next && { ...first.next, token: "expired" });
    expect(again.runs.map(({ id }) => id)).toEqual(["c"]);
    expect(again.next?.token).toBe("t1");
  });
});
