import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { makeRow, makeRows } from "@/lib/domain/incident-view-fixture";
import type { ChangesAnswer } from "@/lib/domain/register";
import {
  changed,
  covered,
  pageOf,
  problem,
  type RegisterAnswer,
  registered,
  renderQueue,
} from "./testing/queue-harness";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const titles = () =>
  within(screen.getByRole("grid"))
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getByRole("link").textContent);
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
/** Created just now: what is older than the window leaves the list. */
const creationTime = new Date().toISOString();
const named = (count: number, prefix: string) =>
  makeRows(count, prefix).map((row) => ({ ...row, title: row.id, creationTime }));
const noWalk = () => problem("INTERNAL");

const isChanges = (url: string) => url.includes("/incidents/changes?");
const searchOf = (url: string) => new URL(url, "http://x").searchParams;

describe("a window that the register holds", () => {
  it("is shown from it, in pages, without a walk; the question is the address's", async () => {
    const rows = named(3, "i");
    const asked: string[] = [];
    const register: RegisterAnswer = (url) => {
      if (isChanges(url)) return changed({ total: 3 });
      asked.push(url);
      if (url.includes("/rows?")) return { incidents: registered(rows.slice(2)).incidents, next: null };
      return registered(rows.slice(0, 2), { next: "after-i1", total: 3 });
    };
    const { cursors } = renderQueue(noWalk, "?severity=High&owner=unassigned,zoe%40x.test", { register });
    await screen.findByText("3 open");
    expect(titles()).toEqual(["i0", "i1", "i2"]);
    expect(cursors).toEqual([]);
    const [first, second] = asked.map(searchOf);
    expect(first?.getAll("severity")).toEqual(["High"]);
    expect(first?.getAll("owner")).toEqual(["unassigned", "zoe@x.test"]);
    expect(first?.getAll("status")).toEqual(["Active", "New"]);
    expect(first?.get("from")).toMatch(/^2\d{3}-/);
    expect(second?.get("after")).toBe("after-i1");
    expect(second?.get("from")).toBe(first?.get("from"));
  });

  it("asks what became of the list: arrivals and changes wait while somebody works on it, closures are marked", async () => {
    const rows = named(3, "i");
    let next: ChangesAnswer = changed({ total: 3 });
    const since: (string | null)[] = [];
    const register: RegisterAnswer = (url) => {
      if (!isChanges(url)) return registered(rows);
      since.push(searchOf(url).get("since"));
      const answer = next;
      next = changed({ total: 4, position: `p${since.length + 2}` });
      return answer;
    };
    renderQueue(noWalk, "", { register });
    await screen.findByText("3 open");
    await waitFor(() => expect(since).toEqual(["p1"]));
    press("j");
    press("j");
    const arrival = makeRow({
      id: "n1",
      title: "n1",
      creationTime,
      lastModificationTime: "2099-01-01T00:00:00.000Z",
    });
    const gone = { workspaceId: rows[2]!.workspaceId, source: rows[2]!.source, incidentId: "i2" };
    next = changed({ rows: registered([arrival]).incidents, left: [gone], total: 3, position: "p9" });
    press("r");
    await screen.findByText("1 new, 1 gone");
    expect(titles()).toEqual(["i0", "i1", "i2"]);
    expect(since.at(-1)).toBe("p2");
    press(".");
    await waitFor(() => expect(titles()).toEqual(["n1", "i0", "i1"]));
    press("r");
    await waitFor(() => expect(since.at(-1)).toBe("p9"));
  });

  it("counts a filter's values over all matches, also those that the filter leaves out", async () => {
    const high = named(1, "h").map((row) => ({ ...row, severity: "High" }));
    const answer = registered(high, { total: 1 });
    const severity = [
      { value: "High", label: "High", rows: 1 },
      { value: "Low", label: "Low", rows: 41 },
    ];
    const facets = { ...answer.facets, severity };
    const register: RegisterAnswer = (url) =>
      isChanges(url) ? changed({ facets, total: 1 }) : { ...answer, facets };
    renderQueue(noWalk, "?severity=High", { register });
    await screen.findByText("1 open");
    // The simulated browser knows no popover: what the platform does when the button is pressed.
    const popover = document.querySelector<HTMLElement>("[popover][aria-label='Severity']");
    fireEvent(popover!, Object.assign(new Event("beforetoggle"), { newState: "open" }));
    await waitFor(() => expect(popover?.textContent).toMatch(/High1Medium0Low41/));
    expect(popover?.textContent).toContain("Counts of all that the other filters let pass.");
    expect(popover?.textContent).not.toContain("ContraForce");
  });

  it("can be held still: news is asked for again when the person says so", async () => {
    let asked = 0;
    const register: RegisterAnswer = (url) => {
      if (!isChanges(url)) return registered(named(1, "i"));
      asked += 1;
      return changed({ total: 1 });
    };
    renderQueue(noWalk, "", { register });
    await waitFor(() => expect(asked).toBe(1));
    fireEvent.click(await screen.findByRole("button", { name: "Pause updates" }));
    await screen.findByText("1 open · updates are paused");
    expect(screen.queryByText(/Reading is paused/)).toBeNull();
    expect(asked).toBe(1);
    fireEvent.click(screen.getByRole("button", { name: "Go on with updates" }));
    await screen.findByText("1 open");
    await waitFor(() => expect(asked).toBe(2));
  });

  it("says how many of how many are there while the list comes", async () => {
    const rows = named(2, "i");
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const register: RegisterAnswer = (url) => {
      if (isChanges(url)) return changed({ total: 2 });
      if (url.includes("/rows?")) return { incidents: registered(rows.slice(1)).incidents, next: null };
      return registered(rows.slice(0, 1), { next: "after-i0", total: 2 });
    };
    renderQueue(noWalk, "", { register, before: (url) => (url.includes("/rows?") ? held : null) });
    expect(await screen.findByText("1 of 2 open loaded")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Pause reading" })).toBeNull();
    release();
    await screen.findByText("2 open");
  });

  it("lets go of what has grown older than the window", async () => {
    const old = makeRow({
      id: "old",
      title: "old",
      creationTime: new Date(Date.now() - 86_399_500).toISOString(),
    });
    const register: RegisterAnswer = (url) =>
      isChanges(url) ? changed({ total: 1 }) : registered([old, ...named(1, "i")]);
    renderQueue(noWalk, "", { register });
    await waitFor(() => expect(titles()).toContain("old"));
    await waitFor(
      () => {
        press("r");
        expect(titles()).toEqual(["i0"]);
      },
      { timeout: 5_000 },
    );
  });

  it("is read anew when the log no longer tells, without losing a row from the screen", async () => {
    const rows = named(2, "i");
    let isLost = true;
    let reads = 0;
    const register: RegisterAnswer = (url) => {
      if (isChanges(url)) {
        if (!isLost) return changed({ total: 3 });
        isLost = false;
        return { mustReload: true };
      }
      reads += 1;
      return registered(reads === 1 ? rows : [...rows, ...named(3, "i").slice(2)]);
    };
    renderQueue(noWalk, "", { register });
    await screen.findByText("3 open");
    expect(titles()).toEqual(["i0", "i1", "i2"]);
    expect(reads).toBe(2);
  });

  it("says which workspaces it is not current for, and keeps what it holds of them", async () => {
    const coverage = {
      asOf: new Date().toISOString(),
      entries: [covered("read"), covered("failed", { workspaceId: "w2", since: "2026-11-24T13:02:30.000Z" })],
      unreadableRows: 0,
    };
    const register: RegisterAnswer = (url) =>
      isChanges(url) ? changed({ coverage, total: 2 }) : registered(named(2, "i"), { coverage });
    renderQueue(noWalk, "", { register });
    await screen.findByText(/^At least 2 open · 1 of 2 workspaces not read since/);
    expect(titles()).toEqual(["i0", "i1"]);
  });

  it("keeps its rows when the store does not answer, and goes on when asked", async () => {
    let isBroken = false;
    const register: RegisterAnswer = (url) => {
      if (isChanges(url)) return isBroken ? problem("STORE_UNAVAILABLE") : changed({ total: 1 });
      return registered(named(1, "i"));
    };
    renderQueue(noWalk, "", { register });
    await screen.findByText("1 open");
    isBroken = true;
    press("r");
    const alert = await screen.findByRole("alert");
    expect(titles()).toEqual(["i0"]);
    isBroken = false;
    fireEvent.click(within(alert).getByRole("button", { name: "Continue" }));
    await screen.findByText("1 open");
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });
});

describe("a window that the register does not hold", () => {
  it("is walked, and says that it is", async () => {
    const behind = registered([], { isReached: false, asOf: new Date().toISOString() });
    const { cursors } = renderQueue(() => pageOf(named(2, "i")), "?window=30d", { register: () => behind });
    await screen.findByText(
      "2 open · read from ContraForce: Watchfloor's own record does not reach back so far",
    );
    expect(cursors).toEqual([null]);
  });

  it("is walked without a word where there is no register at all", async () => {
    renderQueue(() => pageOf(named(2, "i")));
    await screen.findByText("2 open");
  });
});
