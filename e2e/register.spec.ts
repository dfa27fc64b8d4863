import type { Page } from "@playwright/test";
import { emulator } from "./fixtures/emulator";
import { everyRow } from "./fixtures/list";
import { environmentOn, freePort, type OwnApp, startOwnApp, temporaryFolder } from "./fixtures/own-app";
import { accessibilityFaults, expect, test } from "./fixtures/test";

/*
 * The queue over the register: an app of its own, because its collector reads upstream by itself.
 */

const openWork = {
  sources: [],
  timeFilterSelection: { type: "TwentyFourHours" },
  statuses: ["New", "Active"],
};
const folder = temporaryFolder();
const admin = { email: "first@example.test", password: "a-long-enough-password" };
let app: OwnApp;

const grid = (page: Page) => page.getByRole("grid", { name: "Incidents" });
const headline = (page: Page) => page.getByTestId("incident-count");

test.describe.configure({ timeout: 180_000 });

test.beforeAll(async () => {
  await emulator.reset({ scenario: "working-day", seed: 7 });
  await emulator.freeze();
  const port = String(await freePort());
  app = startOwnApp(
    environmentOn({ port, dataDir: `${folder.path}/data`, admin }, { COLLECT_EVERY_SECONDS: "10" }),
  );
  expect(await app.ready(), app.output()).toBe(true);
});

test.afterAll(async () => {
  app.child.kill("SIGTERM");
  await app.exited;
  folder.remove();
});

/** Paths of the page's calls for incidents, as they go out. */
function incidentCalls(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/api\/main\/(v2\/)?incidents/.test(pathname)) paths.push(pathname);
  });
  return paths;
}

/** The queue, once the register answers for it. */
async function openQueue(page: Page): Promise<void> {
  await page.goto(`${app.url}/sign-in`);
  await page.getByLabel("E-mail").fill(admin.email);
  await page.getByLabel("Password").fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/main/incidents**");
  await expect(async () => {
    await page.reload();
    // Only a list from the register can be exported.
    await expect(page.getByRole("button", { name: "Export" })).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 90_000 });
  await expect(grid(page)).toHaveAttribute("aria-rowcount", /^[1-9]\d*$/);
}

test("the queue shows exactly what upstream holds, from the register alone, and an arrival reaches two browsers by itself", async ({
  page,
  browser,
}) => {
  await openQueue(page);
  const calls = incidentCalls(page);
  await page.reload();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", /^[1-9]\d*$/);
  const { keys, mostDrawn } = await everyRow(grid(page));
  const normal = (key: string) => key.toLowerCase();
  const expected = [...(await emulator.incidentKeys(openWork))].map(normal).sort();
  expect(keys.map(normal).sort()).toEqual(expected);
  expect(mostDrawn).toBeLessThanOrEqual(120);
  await expect(headline(page)).toContainText(`${expected.length.toLocaleString("en")} open`);
  expect(calls.filter((path) => path.includes("/v2/"))).toEqual([]);
  expect(calls).toContain("/api/main/incidents");
  expect(await accessibilityFaults(page)).toEqual([]);

  // The highest stack holds as many as the list that it leads to.
  await page.getByRole("button", { name: "Stacks" }).click();
  const stacks = page.getByRole("dialog", { name: "Stacks" });
  await stacks.getByRole("radio", { name: "Entity" }).check();
  const highest = stacks.getByRole("listitem").first();
  await expect(highest).toContainText("customer");
  expect(await accessibilityFaults(page)).toEqual([]);
  const [, count = ""] = /([\d,]+) incidents?$/.exec((await highest.textContent()) ?? "") ?? [];
  await highest.getByRole("button").click();
  await expect(headline(page)).toContainText(`${count} open`);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(Number(count.replace(",", "")) + 1));
  await page.goBack();
  await expect(headline(page)).toContainText(`${expected.length.toLocaleString("en")} open`);

  const other = await browser.newContext({ storageState: await page.context().storageState() });
  const second = await other.newPage();
  await second.goto(`${app.url}/main/incidents`);
  await expect(grid(second)).toHaveAttribute("aria-rowcount", /^[1-9]\d*$/);
  const [workspace] = await emulator.workspaces();
  await emulator.addIncidents([
    { workspaceId: workspace!.id, source: workspace!.sources[0], title: "Planted by hand", severity: "High" },
  ]);
  for (const each of [page, second])
    await expect(each.getByRole("link", { name: "Planted by hand" })).toBeVisible({ timeout: 60_000 });
  await other.close();
});

test("rows that are worked on keep their places while arrivals wait; all matches are taken as a file", async ({
  page,
}) => {
  await openQueue(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const row = grid(page).locator('[data-key][aria-selected="true"]');
  const key = await row.getAttribute("data-key");
  const [workspace] = await emulator.workspaces();
  const arrivals = Array.from({ length: 50 }, (_, n) => ({
    workspaceId: workspace!.id,
    source: workspace!.sources[0],
    title: `Burst ${n}`,
    severity: "High",
  }));
  const top = await grid(page).locator("[data-index='0']").getAttribute("data-key");
  await emulator.addIncidents(arrivals);
  await expect(page.getByRole("button", { name: /^50 new/ })).toBeVisible({ timeout: 60_000 });
  expect(await row.getAttribute("data-key")).toBe(key);
  expect(await row.getAttribute("data-index")).toBe("1");
  expect(await grid(page).locator("[data-index='0']").getAttribute("data-key")).toBe(top);
  await page.keyboard.press(".");
  await expect(page.getByRole("link", { name: /^Burst/ }).first()).toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    (async () => {
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name: "All matches as CSV" }).click();
    })(),
  ]);
  const stream = await download.createReadStream();
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  const shown = Number(await grid(page).getAttribute("aria-rowcount")) - 1;
  const [, body = ""] = text.split("\r\n\r\n");
  expect(body.trimEnd().split("\r\n")).toHaveLength(shown + 1);
});

test("a new High incident is told of where notices are on, until it is seen or opened", async ({ page }) => {
  await openQueue(page);
  await page.keyboard.press("v");
  await page.getByRole("menuitem", { name: "Notices…" }).click();
  await page.getByRole("switch", { name: "Sound" }).check();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Notices of this view: sound" })).toBeVisible();
  const card = page.getByRole("region", { name: "New High incidents" });
  const [workspace] = await emulator.workspaces();
  const arrival = (title: string, severity: string) => ({
    ...{ workspaceId: workspace!.id, source: workspace!.sources[0], title, severity },
  });
  await emulator.addIncidents([arrival("Told aloud", "High"), arrival("Not told", "Low")]);
  await expect(card.getByRole("button", { name: /Told aloud/ })).toBeVisible({ timeout: 60_000 });
  await expect(card).not.toContainText("Not told");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press("Shift+N");
  await expect(card).toBeEmpty();

  await emulator.addIncidents([arrival("Opened at once", "High")]);
  await card.getByRole("button", { name: /Opened at once/ }).click({ timeout: 60_000 });
  await expect(page.getByRole("complementary")).toContainText("Opened at once");
  await expect(card).toBeEmpty();
});

test("a window from before the register is walked, and says so", async ({ page }) => {
  await openQueue(page);
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString();
  await page.goto(`${app.url}/main/incidents?window=custom&from=${day(60)}&to=${day(59)}&status=any`);
  await expect(headline(page)).toContainText("read from ContraForce: Watchfloor's own record", {
    timeout: 60_000,
  });
  await expect(page.getByRole("button", { name: "Export" })).toBeHidden();
});
