import { spawnSync } from "node:child_process";
import type { Page } from "@playwright/test";
import { emulator } from "./fixtures/emulator";
import { everyRow } from "./fixtures/list";
import { environmentOn, freePort, type OwnApp, startOwnApp, temporaryFolder } from "./fixtures/own-app";
import { accessibilityFaults, expect, password, test } from "./fixtures/test";
import { upstream, type UpstreamIncident } from "./fixtures/upstream";

/*
 * Campaigns over the register: an app of its own, because its collector reads upstream by itself. The manager sees four workspaces.
 */

/** With what an address, a query and a pattern would trip over. */
const plantedTitle = 'Planted: "50 %" of  all';
const folder = temporaryFolder();
const admin = { email: "admin@demo.test", password };
let app: OwnApp;
let limited: readonly string[];
let held: readonly UpstreamIncident[];

const grid = (page: Page) => page.getByRole("grid", { name: "Campaigns" });
const headline = (page: Page) => page.getByTestId("campaign-count");

test.describe.configure({ timeout: 240_000 });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await emulator.reset({ scenario: "working-day", seed: 7 });
  await emulator.freeze();
  const workspaces = (await emulator.workspaces()).filter(({ organisation }) => organisation === "main");
  limited = workspaces.slice(0, 4).map(({ id }) => id.toLowerCase());
  await emulator.addIncidents(
    workspaces.slice(2, 6).map(({ id, sources }, n) => ({
      ...{ workspaceId: id, source: sources[0], title: plantedTitle },
      creationTime: new Date(Date.now() - (n + 1) * 600_000).toISOString(),
    })),
  );
  held = await upstream.incidents("TwentyFourHours");
  const oracle = await emulator.incidentKeys({ timeFilterSelection: { type: "TwentyFourHours" } });
  expect(held).toHaveLength(oracle.size);
  const dataDir = `${folder.path}/data`;
  const env = environmentOn(
    { port: String(await freePort()), dataDir, admin },
    { COLLECT_EVERY_SECONDS: "10" },
  );
  const seed = ["--import", "tsx", "--conditions=react-server", "scripts/seed-demo.ts"];
  const people = ["--base-url", `${emulator.base}/api/v2`, "--manager-workspaces", limited.join(",")];
  const seeded = spawnSync(process.execPath, [...seed, ...people], { env: { ...process.env, ...env } });
  expect(seeded.status, String(seeded.stderr)).toBe(0);
  app = startOwnApp(env);
  expect(await app.ready(), app.output()).toBe(true);
});

test.afterAll(async () => {
  app.child.kill("SIGTERM");
  await app.exited;
  folder.remove();
});

/** `title → workspaces` of the campaigns among these incidents, at `least` of them. */
function campaignsOf(incidents: readonly UpstreamIncident[], least: number): Map<string, Set<string>> {
  const met = new Map<string, Set<string>>();
  for (const { title, workspaceId } of incidents) {
    const key = `title:${(title ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()}`;
    met.set(key, (met.get(key) ?? new Set()).add(workspaceId.toLowerCase()));
  }
  return new Map([...met].filter(([, workspaces]) => workspaces.size >= least));
}

/** The page, once the whole last day was read. */
async function openCampaigns(page: Page, email: string, search: string): Promise<void> {
  await page.goto(`${app.url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/main/incidents**");
  await expect(async () => {
    await page.goto(`${app.url}/main/campaigns${search}`);
    await expect(headline(page)).toHaveText(/^(\d|The first)/, { timeout: 5_000 });
  }).toPass({ timeout: 90_000 });
}

test("shows exactly the campaigns there are; each leads to exactly its incidents, and so does each customer of it", async ({
  page,
}) => {
  await openCampaigns(page, admin.email, "?kind=title&least=4");
  const expected = campaignsOf(held, 4);
  await expect(headline(page)).toContainText("at 4 customers or more");
  const { keys } = await everyRow(grid(page));
  expect([...keys].sort()).toEqual([...expected.keys()].sort());
  for (const theme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await accessibilityFaults(page, theme)).toEqual([]);
  }

  await page.goto(
    `${app.url}/main/campaigns?kind=title&least=4&open=${encodeURIComponent(`title:${plantedTitle.toLowerCase()}`)}`,
  );
  const drawer = page.getByRole("complementary", { name: /^Campaign: / });
  await expect(drawer.getByRole("heading", { name: /^Planted: "50 %" of/ })).toBeVisible();
  await expect(drawer.locator("tbody tr")).toHaveCount(4);
  const times = await drawer
    .locator("tbody time")
    .evaluateAll((all) => all.map((each) => each.getAttribute("datetime")));
  expect(times).toEqual([...times].sort());
  for (const theme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await accessibilityFaults(page, theme)).toEqual([]);
  }
  await drawer.locator("tbody a").first().click();
  const queue = page.getByRole("grid", { name: "Incidents" });
  await expect(queue).toHaveAttribute("aria-rowcount", "2");
  await page.goBack();
  await drawer.getByRole("link", { name: "Show its 4 incidents in the queue" }).click();
  await expect(queue).toHaveAttribute("aria-rowcount", "5");
  const { keys: shown } = await everyRow(queue);
  const planted = await emulator.incidentKeys({
    ...{ timeFilterSelection: { type: "TwentyFourHours" }, query: plantedTitle },
  });
  const normal = (key: string) => key.toLowerCase();
  expect(shown.map(normal).sort()).toEqual([...planted].map(normal).sort());
});

test("somebody limited to four workspaces is told of campaigns among those alone", async ({ page }) => {
  await openCampaigns(page, "manager@demo.test", "?kind=title&least=2");
  const own = held.filter(({ workspaceId }) => limited.includes(workspaceId.toLowerCase()));
  const { keys } = await everyRow(grid(page));
  expect([...keys].sort()).toEqual([...campaignsOf(own, 2).keys()].sort());
  const answer = await page.request.get(`${app.url}/api/main/incidents/campaigns?least=2`);
  const text = (await answer.text()).toLowerCase();
  for (const { id, name } of await emulator.workspaces())
    if (!limited.includes(id.toLowerCase())) {
      expect(text).not.toContain(id.toLowerCase());
      expect(text).not.toContain(JSON.stringify(name).toLowerCase());
    }
});

test("by keyboard there, into one and back; at 390 px nothing is wider than the screen", async ({ page }) => {
  await openCampaigns(page, admin.email, "?kind=title");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page).toHaveURL(/\/incidents/);
  await page.locator("[data-key]").first().waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/campaigns/);
  await page.locator("[data-key]").first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: /^Campaign: / });
  await expect(drawer).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(grid(page)).toBeFocused();

  await page.setViewportSize({ width: 390, height: 844 });
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBeLessThanOrEqual(390);
  await page.keyboard.press("Enter");
  await expect(drawer).toBeVisible();
  expect(await width()).toBeLessThanOrEqual(390);
  expect(await accessibilityFaults(page)).toEqual([]);
});
