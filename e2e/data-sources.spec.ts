import type { Locator, Page } from "@playwright/test";
import { accessibilityFaults, expect, test } from "./fixtures/test";
import { emulator } from "./fixtures/emulator";
import { upstream, type UpstreamAnomaly } from "./fixtures/upstream";

const desk = "/main/data-sources";

const anomalyList = (page: Page) => page.getByRole("grid", { name: "Anomalies" });
const matrix = (page: Page) => page.getByRole("grid", { name: "Matrix of workspaces and connectors" });
const rowsOf = (grid: Locator) => grid.locator("[data-index]");

/** As a person asks for it. */
async function readAnew(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Refresh now" }).click();
}

/** What is shown counts so many anomalies going on. */
async function expectGoingOn(page: Page, count: number): Promise<void> {
  await expect(page.getByTestId("anomaly-count")).toHaveText(
    new RegExp(`^(At least )?${count} anomal(y|ies) going on`),
  );
}

async function workspaceIds(page: Page): Promise<string[]> {
  const answer = await page.request.get("/api/main/workspaces");
  const { data } = (await answer.json()) as { data: { workspaces: { id: string }[] } };
  return data.workspaces.map(({ id }) => id);
}

/** The rows by the workspace they name. */
function byWorkspace(anomalies: readonly UpstreamAnomaly[]): Map<string, UpstreamAnomaly[]> {
  const groups = new Map<string, UpstreamAnomaly[]>();
  for (const each of anomalies) groups.set(each.workspaceId, [...(groups.get(each.workspaceId) ?? []), each]);
  return groups;
}

// Whatever scene another journey has left.
test.beforeAll(() => emulator.reset({ scenario: "storm", seed: 7 }));

test.describe("the data sources desk", () => {
  test.beforeEach(async () => {
    await emulator.freeze();
  });

  test("shows exactly the anomalies there are; by keyboard into one and back, with what ContraForce sent", async ({
    atQueue: page,
  }) => {
    const held = await upstream.anomalies();
    expect(held.length).toBeGreaterThan(3);
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(page).toHaveURL(/\/data-sources/);
    await expectGoingOn(page, held.length);
    const grid = anomalyList(page);
    await expect(rowsOf(grid)).toHaveCount(held.length);
    const shown = await rowsOf(grid).allTextContents();
    for (const { connectorName, message } of held)
      expect(shown.some((text) => text.includes(connectorName) && text.includes(message ?? ""))).toBe(true);

    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("complementary", { name: /^Anomaly: / });
    await expect(drawer.getByText("History kept by Watchfloor")).toBeVisible();
    const raw = drawer.getByRole("region", { name: "The row as ContraForce sent it" });
    await expect(raw).toContainText('"connectorId"');
    const opened = new URL(page.url()).searchParams.get("open");
    await page.keyboard.press("k");
    await expect(page).not.toHaveURL(new RegExp(`open=${opened}`));
    await page.keyboard.press("Escape");
    await expect(drawer).toBeHidden();
    await expect(grid).toBeFocused();
  });

  test("a workspace that is left out closes nothing; named again, what it no longer has is closed", async ({
    signedIn: page,
  }) => {
    const groups = [...byWorkspace(await upstream.anomalies())];
    const [workspaceId, own] = groups[0]!;
    const all = groups.flatMap(([, anomalies]) => anomalies).length;
    await page.goto(desk);
    await expectGoingOn(page, all);

    await emulator.setFaults([{ kind: "leaveOut", workspaceId, operation: "datasources.anomalies" }]);
    await expect(async () => {
      await readAnew(page);
      await expect(page.getByTestId("anomaly-count")).toContainText(`${own.length} not confirmed`, {
        timeout: 2_000,
      });
    }).toPass({ timeout: 40_000 });
    await expectGoingOn(page, all);
    await expect(page.getByTestId("anomaly-count")).toContainText("At least");
    const line = page.getByRole("contentinfo");
    await expect(line).toContainText(/not read since/);
    await line.getByRole("button").click();
    await expect(page.getByRole("region", { name: "What this page rests on" })).toContainText(
      "left out of the reply",
    );
    await page.keyboard.press("Escape");

    await emulator.clearFaults();
    await expect(async () => {
      await readAnew(page);
      await expect(page.getByTestId("anomaly-count")).not.toContainText("not confirmed", { timeout: 2_000 });
    }).toPass({ timeout: 40_000 });
    await expectGoingOn(page, all);
  });

  test("a reading that fails says so and since when, and leaves what was read before", async ({
    signedIn: page,
  }) => {
    const held = await upstream.anomalies();
    await page.goto(desk);
    await expectGoingOn(page, held.length);
    await emulator.setFaults([{ kind: "status", status: 503, operation: "datasources.anomalies" }]);
    await expect(async () => {
      await readAnew(page);
      await expect(page.getByText("What is shown of them was read before.")).toBeVisible({ timeout: 4_000 });
    }).toPass({ timeout: 50_000 });
    await expect(page.getByText("ContraForce answered with a fault")).toBeVisible();
    await expectGoingOn(page, held.length);
    await expect(rowsOf(anomalyList(page))).toHaveCount(held.length);
  });

  test("the matrix marks every workspace and connector as they are, and the filters are in the address", async ({
    signedIn: page,
  }) => {
    await page.goto(`${desk}?view=matrix`);
    const grid = matrix(page);
    await expect(rowsOf(grid).first()).toBeVisible();
    const ids = await workspaceIds(page);
    await expect(page.getByTestId("workspace-count")).toContainText(new RegExp(`^${ids.length} workspaces`));
    const groups = await upstream.connectors(ids);
    const anomalies = byWorkspace(await upstream.anomalies());
    const heads = await grid.getByRole("columnheader").allInnerTexts();
    const labels = heads.map((text) => text.trim().split("\n")[0] ?? "");
    let neverListed = 0;
    for (const { workspaceId, workspaceName, dataSources } of groups.slice(0, 6)) {
      const row = grid.locator(`[data-key="${workspaceId}"]`);
      const silent = new Set(anomalies.get(workspaceId)?.map((each) => each.connectorId));
      for (const { name, connected, dataConnectorId } of dataSources) {
        const column = labels.indexOf(name);
        expect(column, `${name} has a column`).toBeGreaterThan(0);
        const words = !connected
          ? /^Not connected/
          : silent.has(dataConnectorId)
            ? /^Connected, with an anomaly/
            : /^Connected$/;
        await expect(row.getByRole("gridcell").nth(column), `${workspaceName} ${name}`).toHaveText(words);
      }
      const listed = new Set(dataSources.map((each) => each.name));
      const missing = labels.findIndex(
        (label, index) => index > 1 && label !== "Connectors" && !listed.has(label),
      );
      if (missing > 1) {
        neverListed += 1;
        await expect(row.getByRole("gridcell").nth(missing)).toHaveText("Never listed by this workspace");
      }
    }
    expect(neverListed, "cells of connectors that a workspace never listed").toBeGreaterThan(0);

    await page.getByRole("switch", { name: "Only trouble" }).check();
    await expect(page).toHaveURL(/trouble=true/);
    await page.getByRole("searchbox").fill(groups[0]!.workspaceName);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/q=/);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(page).not.toHaveURL(/q=|trouble/);
  });

  test("connectors that cannot be read are not read, which is neither connected nor not", async ({
    signedIn: page,
  }) => {
    await page.goto(`${desk}?view=matrix`);
    const grid = matrix(page);
    await expect(rowsOf(grid).first()).toBeVisible();
    const [first] = await upstream.connectors(await workspaceIds(page));
    const { workspaceId } = first!;
    await emulator.setFaults([
      { kind: "leaveOut", workspaceId, operation: "datasources.acrossWorkspaces" },
      { kind: "status", status: 403, workspaceId, operation: "datasources.list" },
    ]);
    const row = grid.locator(`[data-key="${workspaceId}"]`);
    await expect(async () => {
      await readAnew(page);
      await expect(row.getByText(/^Not read since .*before that: (not )?connected/).first()).toBeAttached({
        timeout: 2_000,
      });
    }).toPass({ timeout: 40_000 });
    await expect(row.getByText(/^Connected/)).toHaveCount(0);
    await expect(page.getByText("What is shown of them was read before.")).toContainText(
      "The service account may not do this",
    );
  });

  test("a workspace has its own page: connectors with settings behind a word, anomalies now", async ({
    signedIn: page,
  }) => {
    const icons: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("cdn.example.test")) icons.push(request.url());
    });
    const [[workspaceId, own]] = [...byWorkspace(await upstream.anomalies())] as [
      [string, UpstreamAnomaly[]],
    ];
    const [group] = await upstream.connectors([workspaceId]);
    await page.goto(`${desk}/${workspaceId.toUpperCase()}`);
    for (const { name } of group!.dataSources) await expect(page.getByText(name).first()).toBeVisible();
    await expect(page.getByRole("heading", { name: "Anomalies now" })).toContainText(String(own.length));
    const settings = page.getByText(/^\d+ settings?$/).first();
    await expect(page.getByText("workspaceName", { exact: true }).first()).toBeHidden();
    await settings.click();
    await expect(page.getByText("workspaceName", { exact: true }).first()).toBeVisible();
    expect(icons).toEqual([]);
  });

  for (const theme of ["dark", "light"] as const)
    test(`has no accessibility faults, ${theme}`, async ({ signedIn: page, context }) => {
      await context.addCookies([{ name: "theme", value: theme, url: process.env.BASE_URL ?? "" }]);
      for (const view of ["anomalies", "matrix", "workspaces"]) {
        await page.goto(`${desk}?view=${view}`);
        await expect(page.locator("[data-index]").first()).toBeVisible();
        await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
        await page.keyboard.press("j");
        await page.keyboard.press("Enter");
        await expect(page.getByRole("complementary").getByRole("heading").first()).toBeVisible();
        expect(await accessibilityFaults(page, theme), view).toEqual([]);
      }
    });

  test("has room at 390 px: nothing is wider than the screen", async ({ signedIn: page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const view of ["anomalies", "matrix", "workspaces"]) {
      await page.goto(`${desk}?view=${view}`);
      await expect(page.locator("[data-index]").first()).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBe(390);
    }
  });
});

test.describe("a manager of four workspaces", () => {
  test.use({ person: "manager@demo.test", expectedComplaints: [/404/] });

  test("sees theirs alone, asks for theirs alone, and another workspace's page is one that does not exist", async ({
    signedIn: page,
  }) => {
    await emulator.freeze();
    const mine = await workspaceIds(page);
    const all = await upstream.anomalies();
    const theirs = all.filter(({ workspaceId }) => mine.includes(workspaceId.toLowerCase()));
    const other = all.find(({ workspaceId }) => !mine.includes(workspaceId.toLowerCase()))!;
    await page.goto(`${desk}?view=matrix`);
    await expect(rowsOf(matrix(page))).toHaveCount(4);
    const answer = await page.request.get("/api/main/data-sources/anomalies");
    const text = await answer.text();
    const { data } = JSON.parse(text) as { data: { anomalies: { state: string }[] } };
    expect(data.anomalies.filter(({ state }) => state === "open")).toHaveLength(theirs.length);
    expect(text.toLowerCase()).not.toContain(other.workspaceId.toLowerCase());
    await page.goto(`${desk}/${other.workspaceId}`);
    await expect(page.getByText("There is nothing here, or it is not yours to see")).toBeVisible();
    const foreign = await page.request.get(`/api/main/data-sources/anomalies?workspace=${other.workspaceId}`);
    expect(foreign.status()).toBe(404);
  });
});
