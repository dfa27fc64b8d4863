import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { makeRow, makeRows } from "@/lib/domain/incident-view-fixture";
import { covered, pageOf, problem, renderQueue, type WalkAnswer } from "./testing/queue-harness";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const titles = () =>
  within(screen.getByRole("grid"))
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getByRole("link").textContent);
const cursorTitle = () =>
  within(screen.getByRole("grid"))
    .getAllByRole("row", { selected: true })
    .map((row) => within(row).getByRole("link").textContent);
const named = (count: number, prefix: string) =>
  makeRows(count, prefix).map((row) => ({ ...row, title: row.id }));
const done = (text: string) => screen.findByText(text);
const at = (minute: number) => `2026-11-24T13:${String(minute).padStart(2, "0")}:30.000Z`;

describe("the walk", () => {
  it("goes on by itself until the end, and shows each incident once, the newest change first", async () => {
    const rows = named(6, "i");
    const { cursors } = renderQueue(({ cursor }) => {
      if (cursor === null) return pageOf([rows[4]!, rows[1]!], "c1");
      return cursor === "c1" ? pageOf([rows[0]!, rows[1]!, rows[5]!], "c2") : pageOf([rows[3]!, rows[2]!]);
    });
    await done("6 open");
    expect(titles()).toEqual(["i0", "i1", "i2", "i3", "i4", "i5"]);
    expect(cursors).toEqual([null, "c1", "c2"]);
  });

  it("sends what the address says upstream, and applies the rest here", async () => {
    let sent: unknown;
    renderQueue((request) => {
      sent = request;
      return pageOf([
        makeRow({ id: "a", title: "a", tactics: ["Impact"] }),
        makeRow({ id: "b", title: "b" }),
      ]);
    }, "?severity=High&window=6h&q=fin&status=any&tactic=Impact");
    await done("1 of 2 incidents");
    expect(sent).toEqual({
      sources: [],
      timeFilterSelection: { type: "SixHours" },
      severities: ["High"],
      query: "fin",
      cursor: null,
    });
    expect(titles()).toEqual(["a"]);
  });

  it("keeps rows when a page fails, and goes on from the same position when asked", async () => {
    const rows = named(2, "i");
    let isBroken = true;
    const { cursors } = renderQueue(({ cursor }) => {
      if (cursor === null) return pageOf([rows[0]!], "c1");
      return isBroken ? problem("UPSTREAM_UNAVAILABLE") : pageOf([rows[1]!]);
    });
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("ContraForce answered with a fault");
    expect(alert.textContent).toContain("The loaded incident stays");
    expect(alert.textContent).toContain("req-1");
    expect(titles()).toEqual(["i0"]);
    expect(screen.getByText(/^At least 1 open · reading stopped/)).toBeTruthy();
    isBroken = false;
    fireEvent.click(within(alert).getByRole("button", { name: "Continue" }));
    await done("2 open");
    expect(cursors).toEqual([null, "c1", "c1"]);
  });

  it.each(["CURSOR_EXPIRED", "CURSOR_INVALID"] as const)(
    "starts over quietly on %s, keeping rows and the cursor's row",
    async (code) => {
      const rows = named(3, "i");
      let isLost = true;
      const { cursors } = renderQueue(({ cursor }) => {
        if (cursor === null) return pageOf(rows.slice(0, 2), "c1");
        if (!isLost) return pageOf([rows[2]!]);
        return problem(code);
      });
      await waitFor(() => expect(titles()).toContain("i1"));
      press("j");
      press("j");
      isLost = false;
      await done("3 open");
      expect(titles()).toEqual(["i0", "i1", "i2"]);
      expect(cursorTitle()).toEqual(["i1"]);
      expect(cursors.slice(0, 3)).toEqual([null, "c1", null]);
      expect(screen.queryByRole("alert")).toBeNull();
    },
  );

  it("says so after the third quiet restart in a row", async () => {
    const { cursors } = renderQueue(({ cursor }) =>
      cursor === null ? pageOf(named(1, "i"), "c1") : problem("CURSOR_INVALID"),
    );
    expect((await screen.findByRole("alert")).textContent).toContain("This reading position is not valid");
    expect(cursors.filter((cursor) => cursor === null)).toHaveLength(4);
  });

  it("goes on by itself after the pause that the server asked for", async () => {
    let isBusy = true;
    const { cursors } = renderQueue(({ cursor }) => {
      if (cursor === null) return pageOf(named(1, "i"), "c1");
      if (!isBusy) return pageOf([]);
      isBusy = false;
      return problem("UPSTREAM_RATE_LIMITED", { retryAfterSeconds: 0.2 });
    });
    expect((await screen.findByRole("alert")).textContent).toContain("ContraForce asks us to slow down");
    await done("1 open");
    expect(cursors).toEqual([null, "c1", "c1"]);
  });

  it("can be paused and goes on where it stopped", async () => {
    const rows = named(2, "i");
    const { cursors } = renderQueue(({ cursor }) =>
      cursor === null ? pageOf([rows[0]!], "c1") : pageOf([rows[1]!]),
    );
    fireEvent.click(screen.getByRole("button", { name: "Pause reading" }));
    await screen.findByText(/^At least 1 open · reading is paused/);
    expect(cursors).toEqual([null]);
    fireEvent.click(screen.getByRole("button", { name: "Go on reading" }));
    await done("2 open");
    expect(cursors).toEqual([null, "c1"]);
  });
});

describe("the keyboard", () => {
  const all: WalkAnswer = () => pageOf(named(3, "i"));

  it("moves the cursor, stops at the ends, opens and closes back on the same row", async () => {
    const { address } = renderQueue(all);
    await done("3 open");
    press("j");
    expect(cursorTitle()).toEqual(["i0"]);
    for (const _ of [1, 2, 3, 4]) press("j");
    expect(cursorTitle()).toEqual(["i2"]);
    press("k");
    expect(cursorTitle()).toEqual(["i1"]);
    press("Enter");
    await screen.findByRole("complementary", { name: "Incident: i1" });
    await waitFor(() => expect(address.search).toContain("/Sentinel/i1"));
    press("j");
    await screen.findByRole("complementary", { name: "Incident: i2" });
    press("Escape");
    await waitFor(() => expect(screen.queryByRole("complementary")).toBeNull());
    expect(cursorTitle()).toEqual(["i2"]);
    expect(document.activeElement).toBe(screen.getByRole("grid"));
    press("Home");
    expect(cursorTitle()).toEqual(["i0"]);
    press("End");
    expect(cursorTitle()).toEqual(["i2"]);
  });

  it("jumps to the search, where letters are letters", async () => {
    renderQueue(all);
    await done("3 open");
    press("/");
    const box = screen.getByRole("searchbox");
    expect(document.activeElement).toBe(box);
    fireEvent.keyDown(box, { key: "j" });
    expect(within(screen.getByRole("grid")).queryAllByRole("row", { selected: true })).toEqual([]);
  });

  it("opens the incident of the address, with the cursor on it", async () => {
    renderQueue(all, "?open=11111111-1111-4111-8111-111111111111/Sentinel/i1");
    await screen.findByRole("complementary", { name: "Incident: i1" });
    expect(cursorTitle()).toEqual(["i1"]);
  });
});

describe("rows do not move while somebody works on the list", () => {
  it("what is new waits behind the pill until the person asks for it", async () => {
    const rows = named(3, "i");
    const { answerWith } = renderQueue(() => pageOf(rows));
    await done("3 open");
    press("j");
    press("j");
    const fresh = makeRow({ id: "new", title: "new", lastModificationTime: at(5) });
    answerWith(() => pageOf([fresh, rows[0]!, { ...rows[1]!, severity: "Low" }]));
    press("r");
    const pill = await screen.findByRole("button", { name: /1 new, 1 gone/ });
    expect(titles()).toEqual(["i0", "i1", "i2"]);
    expect(cursorTitle()).toEqual(["i1"]);
    // What changed in a row is drawn at once, in its place.
    expect(screen.getAllByRole("row")[2]!.textContent).toContain("Low");
    expect(screen.getAllByRole("row")[3]!.textContent).toContain("No longer in this list");
    fireEvent.click(pill);
    expect(titles()).toEqual(["new", "i0", "i1"]);
    expect(cursorTitle()).toEqual(["i1"]);
  });

  it("does the same by its key", async () => {
    const rows = named(2, "i");
    const { answerWith } = renderQueue(() => pageOf(rows));
    await done("2 open");
    press("j");
    answerWith(() => pageOf([makeRow({ id: "new", title: "new", lastModificationTime: at(5) }), ...rows]));
    press("r");
    await screen.findByRole("button", { name: /1 new/ });
    press(".");
    expect(titles()).toEqual(["new", "i0", "i1"]);
  });

  it("takes everything in at once while nobody does", async () => {
    const rows = named(2, "i");
    const { answerWith } = renderQueue(() => pageOf(rows));
    await done("2 open");
    answerWith(() => pageOf([makeRow({ id: "new", title: "new", lastModificationTime: at(5) }), rows[0]!]));
    press("r");
    await waitFor(() => expect(titles()).toEqual(["new", "i0"]));
  });

  it("keeps old rows when reading anew fails, and says what is unaffected", async () => {
    const { answerWith } = renderQueue(() => pageOf(named(2, "i")));
    await done("2 open");
    answerWith(() => problem("UPSTREAM_TIMEOUT"));
    press("r");
    expect((await screen.findByRole("alert")).textContent).toContain("The 2 loaded incidents stay");
    expect(titles()).toEqual(["i0", "i1"]);
    expect(screen.getByText("2 open loaded · reading stopped")).toBeTruthy();
  });
});

describe("states look different and say what to do", () => {
  const failing = (code: Parameters<typeof problem>[0]) => () => problem(code);

  it.each([
    ["FORBIDDEN", "Your role does not include this", null],
    ["UPSTREAM_CREDENTIAL_REFUSED", "ContraForce refused the service account", "Try again"],
    ["NO_CONNECTION", "not connected to ContraForce yet", null],
    ["NOT_SIGNED_IN", "You are no longer signed in", "Sign in again"],
    ["UPSTREAM_TIMEOUT", "did not answer in time", "Try again"],
  ] as const)("%s", async (code, text, button) => {
    renderQueue(failing(code));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain(text);
    expect(alert.textContent).toContain("req-1");
    const labels = within(alert)
      .getAllByRole("button")
      .map((each) => each.textContent)
      .filter((label) => label !== "");
    expect(labels).toEqual(button === null ? [] : [button]);
    expect(screen.getByText("No open incidents found · reading stopped")).toBeTruthy();
  });

  it("silence of the server, after two more tries", async () => {
    const { cursors } = renderQueue(() => "no answer");
    expect((await screen.findByRole("alert")).textContent).toContain("Watchfloor does not answer");
    expect(cursors).toHaveLength(3);
  });

  it("loading: placeholders, no number, busy", () => {
    renderQueue(() => pageOf([]));
    expect(screen.getByText("Waiting for the first answer")).toBeTruthy();
    const grid = screen.getByRole("grid");
    expect(grid.getAttribute("aria-busy")).toBe("true");
    expect(grid.getAttribute("aria-rowcount")).toBe("-1");
  });

  it("none match: says so and clears the filters", async () => {
    const { address } = renderQueue(() => pageOf(named(2, "i")), "?tactic=Impact");
    await screen.findByText("No incident matches these filters among the 2 loaded");
    fireEvent.click(screen.getAllByRole("button", { name: "Clear filters" }).at(-1)!);
    await waitFor(() => expect(titles()).toEqual(["i0", "i1"]));
    expect(address.search).not.toContain("tactic");
  });

  it("none exist: certain, because all was read", async () => {
    renderQueue(() => pageOf([], null, [covered("quiet")]));
    await screen.findByText("No open incidents in the last 24 hours");
    expect(screen.getByText("No open incidents")).toBeTruthy();
    expect(screen.getByText("The workspace was read to the end.")).toBeTruthy();
  });

  it("none found, but not all read: never reads as all quiet", async () => {
    const missing = covered("missing", { workspaceId: "w2", workspaceName: "Fabrikam", since: at(2) });
    renderQueue(() => pageOf([], null, [covered("quiet"), missing]));
    await screen.findByText("No open incidents in the last 24 hours in what could be read");
    expect(screen.getByText(/^No open incidents found · 1 of 2 workspaces not read since/)).toBeTruthy();
    expect(screen.getByText(/Fabrikam not read since/)).toBeTruthy();
  });

  it("partial: a lower bound, with what is missing", async () => {
    renderQueue(() =>
      pageOf(named(2, "i"), null, [covered("read"), covered("failed", { workspaceId: "w2" })]),
    );
    await done("At least 2 open · 1 of 2 workspaces not read");
  });

  it("an address that cannot be read in full: a quiet note, and the default", async () => {
    renderQueue(() => pageOf(named(1, "i")), "?window=9d&unknown=1");
    await done("1 open");
    expect(screen.getByText(/“9d” is not a time window/)).toBeTruthy();
  });
});

describe("the list for screen readers", () => {
  it("knows its rows, its columns and its order", async () => {
    renderQueue(() => pageOf(named(2, "i")));
    await done("2 open");
    const grid = screen.getByRole("grid", { name: "Incidents" });
    expect(grid.getAttribute("aria-rowcount")).toBe("3");
    expect(grid.getAttribute("aria-colcount")).toBe("11");
    const heads = within(grid).getAllByRole("columnheader");
    expect(heads.filter((head) => head.hasAttribute("aria-sort")).map((head) => head.textContent)).toEqual([
      "Changed",
    ]);
    press("j");
    const active = grid.getAttribute("aria-activedescendant");
    expect(document.getElementById(active ?? "")?.getAttribute("aria-rowindex")).toBe("2");
  });

  it("sorts by a head, better direction first, and says so in the address", async () => {
    const rows = [makeRow({ id: "a", title: "a", severity: "Low" }), makeRow({ id: "b", title: "b" })];
    const { address } = renderQueue(() => pageOf(rows));
    await done("2 open");
    fireEvent.click(screen.getByRole("button", { name: "Severity" }));
    await waitFor(() => expect(titles()).toEqual(["b", "a"]));
    await waitFor(() => expect(address.search).toContain("sort=-severity"));
    fireEvent.click(screen.getByRole("button", { name: "Severity" }));
    await waitFor(() => expect(titles()).toEqual(["a", "b"]));
  });
});
