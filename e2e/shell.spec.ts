import type { Page } from "@playwright/test";
import { emulator } from "./fixtures/emulator";
import { accessibilityFaults, expect, signIn, test } from "./fixtures/test";

const palette = (page: Page) => page.getByRole("dialog", { name: "Search or jump" });
const option = (page: Page, name: string | RegExp) => palette(page).getByRole("option", { name });

/** The list has its first rows: the page is alive and its keys work. */
async function isAlive(page: Page): Promise<void> {
  await expect(page.getByRole("grid").locator("[data-key]").first()).toBeVisible();
}

async function openPalette(page: Page): Promise<void> {
  await isAlive(page);
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
}

// The machine's own zone may be UTC, and then the toggle would show nothing.
test.use({ timezoneId: "America/Chicago" });

test.beforeEach(async () => {
  await emulator.reset({ scenario: "working-day", seed: 7 });
  await emulator.freeze();
});

test("finds an incident by words of its title and by its number, also a closed one that no list holds", async ({
  atQueue: page,
}) => {
  const title = "Exfiltration over WebDAV by svc-backup";
  const workspaces = await emulator.workspaces();
  const home = workspaces.find(
    ({ organisation, sources }) => organisation === "main" && sources.includes("Sentinel"),
  );
  await emulator.addIncidents([
    { workspaceId: home?.id, source: "Sentinel", title, severity: "High", status: "Closed" },
  ]);
  await openPalette(page);
  await page.keyboard.type("webdav exfil");
  await expect(palette(page).getByRole("status")).toContainText("No incident found");
  await page.getByRole("combobox").fill("over WebDAV");
  await expect(option(page, title)).toHaveCount(1);
  await expect(palette(page).getByRole("status")).toContainText("1 shown");
  expect(await accessibilityFaults(page)).toEqual([]);
  const number = /#?(\d{2,})/.exec((await option(page, title).textContent())?.replace(title, "") ?? "")?.[1];
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: title })).toBeVisible();

  await page.goto("/main/incidents");
  await openPalette(page);
  await page.keyboard.type(`#${number}`);
  await expect(option(page, title)).toHaveCount(1);
});

test("leads from words of a title to the list of all its matches", async ({ atQueue: page }) => {
  await openPalette(page);
  await page.keyboard.type("malware");
  await expect(option(page, /All incidents of the last 30 days with/)).toBeVisible();
  await option(page, /All incidents of the last 30 days with/).click();
  await expect(page).toHaveURL(/\?.*q=malware/);
  await expect(page).toHaveURL(/status=any/);
  await isAlive(page);
});

test("changes theme and zone; the zone governs every time on the page", async ({ atQueue: page }) => {
  await openPalette(page);
  await page.keyboard.type("theme light");
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  expect(await accessibilityFaults(page)).toEqual([]);

  const zones = () =>
    page
      .locator("time")
      .evaluateAll((times) => [
        ...new Set(times.map((time) => /UTC$/.test(time.dataset.tip?.split("\n")[0] ?? ""))),
      ]);
  expect(await zones()).toEqual([true]);
  await openPalette(page);
  await page.keyboard.type("zone");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /Times are in local time/ })).toBeVisible();
  await expect.poll(zones).toEqual([false]);
  await page.keyboard.press("u");
  await expect.poll(zones).toEqual([true]);
});

test("switches the organisation", async ({ page }) => {
  await signIn(page, "both@demo.test");
  await page.waitForURL(/\/incidents/);
  const here = new URL(page.url()).pathname.split("/")[1];
  await openPalette(page);
  await page.keyboard.type("switch");
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(new RegExp(`/${here}/`));
  await isAlive(page);
});

test("is reached without a keyboard, closes by Esc and gives the focus back", async ({ atQueue: page }) => {
  await isAlive(page);
  const button = page.getByRole("button", { name: "Search or jump" });
  await button.click();
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(button).toBeFocused();
});
