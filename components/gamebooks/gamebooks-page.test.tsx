import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { makePlaybook, makeRun } from "@/lib/domain/gamebook-fixture";
import { type Held, showDesk } from "./testing/desk-harness";

vi.mock("next/navigation", () => ({ usePathname: () => "/main/gamebooks", useRouter: () => ({}) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const run = (id: string, hours: number, own: object = {}) =>
  makeRun({
    id,
    creationDate: hoursAgo(hours),
    modificationDate: hoursAgo(hours),
    title: `Gamebook ${id}`,
    ...own,
  });
const many = (count: number, own: object = {}) =>
  Array.from({ length: count }, (_, n) => run(`r${String(n).padStart(3, "0")}`, n + 1, own));
const headline = () => screen.getByTestId("gamebook-count").textContent ?? "";
const says = (text: string | RegExp) => waitFor(() => expect(headline()).toMatch(text));
const rowsShown = () =>
  [...document.querySelectorAll("[data-key]")].map((row) => row.getAttribute("data-key"));
const pagesAsked = (asked: readonly URL[]) =>
  asked
    .filter((url) => url.pathname.endsWith("across-workspaces/history"))
    .map((url) => url.searchParams.get("currentPage"));

describe("the history", () => {
  it("shows how a run stands, who started it, how long it took and how its playbooks went", async () => {
    const held: Held = {
      runs: [
        run("a", 2, {
          status: "Failed",
          triggedByUserId: "u",
          displayName: "Zoë",
          modificationDate: hoursAgo(1),
        }),
        run("b", 3, { status: "Hibernating", isAutoRun: true }),
      ],
      playbooks: () => [makePlaybook(), makePlaybook({ id: "p2", status: "Failed" })],
    };
    showDesk(held);
    await says(/^All 2 runs read$/);
    const [first, second] = within(screen.getByRole("grid")).getAllByRole("row").slice(1);
    expect(first).toHaveProperty("textContent", expect.stringContaining("Zoë"));
    expect(first?.textContent).toContain("Failed");
    expect(first?.textContent).toContain("1 h 00 min");
    await waitFor(() => expect(first?.textContent).toContain("1 ok, 1 failed"));
    expect(second?.textContent, "an unknown status keeps its own word").toContain("Hibernating");
    expect(second?.textContent).toContain("Automatic");
  });

  it("asks nothing about playbooks of a run that has not begun", async () => {
    const asked = showDesk({ runs: [run("a", 1, { status: "PendingApproval" })] });
    await says(/All|1 run read/);
    expect(asked.filter((url) => url.pathname.endsWith("/playbooks"))).toEqual([]);
  });

  it("reads on until a page lies before the time that is wanted, and says on what it rests", async () => {
    const asked = showDesk({ runs: many(100) }, "?range=1d");
    await says(/^2[34] runs match · 30 of 100 runs read, back to /);
    expect(pagesAsked(asked)).toEqual(["1", "2", "3"]);
  });

  it("reads some twenty pages by itself, then waits for a person", async () => {
    const asked = showDesk({ runs: many(400) }, "?range=30d");
    // It has come to rest when nothing was asked for between one look and the next three.
    const counts: number[] = [];
    await waitFor(
      () => {
        counts.push(pagesAsked(asked).length);
        expect(counts.at(-1)).toBeGreaterThan(20);
        expect(counts.at(-1)).toBe(counts.at(-4));
      },
      { timeout: 8_000, interval: 50 },
    );
    // The first, twenty, and those that the view itself asked for.
    expect(counts.at(-1)).toBeLessThanOrEqual(25);
    expect(headline()).toMatch(/^At least 2\d0 runs match · 2\d0 of 400 runs read, back to /);
    fireEvent.click(screen.getByRole("button", { name: "Read more" }));
    await says(/^400 runs match · all 400 runs read$/);
  });

  it("stops after a failure; what was read stays, and it goes on where it stopped", async () => {
    const held: Held = { runs: many(100), failing: (page) => (page === 3 ? "UPSTREAM_UNAVAILABLE" : null) };
    const asked = showDesk(held);
    const again = await screen.findByRole("button", { name: "Continue" });
    expect(headline()).toMatch(/^20 of 100 runs read/);
    expect(screen.getByRole("alert").textContent).toContain("20 of 100 runs read stay");
    held.failing = () => null;
    fireEvent.click(again);
    await says(/^[34]0 of 100 runs read/);
    expect(pagesAsked(asked).slice(0, 4)).toEqual(["1", "2", "3", "3"]);
  });

  it("names no total to somebody who may not know it", async () => {
    showDesk({ runs: many(100), isWithheld: true });
    await says(/^At least \d+ runs, back to /);
    expect(document.body.textContent).not.toContain("100");
  });

  it("asks by status, and chooses by itself where ContraForce does not take that", async () => {
    const runs = [...many(12), run("f", 0.5, { status: "Failed" })];
    const asked = showDesk(
      { runs, failing: (_, statuses) => (statuses === null ? null : "UPSTREAM_INVALID") },
      "?status=failed",
    );
    await says(/^1 run matches · all 13 runs read$/);
    expect(rowsShown()).toEqual(["w1/f"]);
    expect(asked.filter((url) => url.searchParams.has("statuses"))).toHaveLength(1);
  });

  it("folds retries under the first run, and says where that is not read", async () => {
    showDesk({
      runs: [
        run("c", 1, { originalGamebookId: "a", isRetryGamebook: true }),
        run("b", 2, { originalGamebookId: "gone", isRetryGamebook: true }),
        run("a", 3, { status: "Failed" }),
      ],
    });
    await says(/All 3 runs read/);
    expect(rowsShown()).toEqual(["w1/a", "w1/b"]);
    expect(screen.getByText("retry, first run not read")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: /1\s*retry/ }));
    expect(rowsShown()).toEqual(["w1/a", "w1/c", "w1/b"]);
  });

  it("nothing at all, nothing that matches, and nothing allowed are three things", async () => {
    showDesk({ runs: [] });
    expect(await screen.findByText("ContraForce lists no gamebook run")).toBeTruthy();
    cleanup();
    showDesk({ runs: [] }, "?q=mail");
    expect(await screen.findByText("No run matches these filters")).toBeTruthy();
    cleanup();
    showDesk({ runs: [] }, "", ["incidents:read"]);
    expect(screen.getByText("Gamebooks are not part of your role")).toBeTruthy();
  });
});

describe("what waits for approval", () => {
  it("stands oldest first, those that only wait for their turn below", async () => {
    showDesk(
      {
        runs: [
          run("young", 0.5, { status: "PendingApproval" }),
          run("turn", 2, { status: "Pending", isQueued: true }),
          run("done", 3),
          run("old", 30, { status: "PendingApproval", workspaceName: "Adatum" }),
        ],
      },
      "?view=approval",
    );
    await waitFor(() => expect(rowsShown()).toEqual(["w1/old", "w1/young", "w1/turn"]));
    expect(headline()).toMatch(/^2 wait for approval, 1 for its turn · over all 4 runs/);
    const figures = screen.getByLabelText("Waiting for approval, by age");
    expect(figures.textContent).toContain("Adatum");
    expect((await screen.findByRole("link", { name: /Open the portal/ })).getAttribute("href")).toBe(
      "https://portal.example.test",
    );
  });
});

describe("reliability", () => {
  const runs = many(4);
  const failingStep = [makePlaybook({ name: "Block IP", status: "Failed", executionTime: "00:00:10" })];
  const table = () => screen.findByRole("table", {});

  it("counts failed of n; a run of which ContraForce knows no playbooks is told, not dropped", async () => {
    showDesk(
      {
        runs,
        playbooks: (id) =>
          id === "r003" ? "UPSTREAM_NOT_FOUND" : id === "r000" ? failingStep : [makePlaybook()],
      },
      "?view=reliability",
    );
    await table();
    await says(/^Playbooks of 3 ended runs \(1 of which ContraForce knows no playbooks\) · over all 4 runs$/);
    const row = within(await table()).getByRole("row", { name: /Block IP/ });
    expect(row.textContent).toContain("1 · 33 %");
    expect(row.textContent).toContain("1/3");
    expect(row.textContent).toContain("10 s");
  });

  it("a fault stops the reading, and the figures say on how much they rest until it goes on", async () => {
    let isDown = true;
    const held: Held = {
      runs,
      playbooks: (id) => (isDown && id >= "r002" ? "UPSTREAM_UNAVAILABLE" : failingStep),
    };
    showDesk(held, "?view=reliability");
    await table();
    await says(/2 not read yet/);
    expect((await screen.findByRole("alert")).textContent).toContain(
      "The figures rest on the 2 runs read before.",
    );
    isDown = false;
    fireEvent.click(screen.getByRole("button", { name: "Continue" }));
    await says(/^Playbooks of 4 ended runs · over all 4 runs$/);
  });
});
