import type { Page } from "@playwright/test";
import { emulator } from "./fixtures/emulator";
import { accessibilityFaults, expect, signIn, test } from "./fixtures/test";

// Two people, six openings of the queue and four looks by axe: on a busy machine more than a minute.
test.describe.configure({ timeout: 150_000 });

test.beforeEach(async () => {
  await emulator.reset({ scenario: "quiet-night", seed: 7 });
  await emulator.freeze();
});

const heads = (page: Page) => page.getByRole("columnheader").allTextContents();
const inForce = (page: Page) => page.getByRole("button", { name: /^View:/ });
const line = (page: Page, name: string | RegExp) => page.getByRole("menuitemradio", { name });

/** Opens an address and waits until its rows are there: before that no key does anything. */
async function open(page: Page, address: string) {
  await page.goto(address);
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", /^[1-9]/, { timeout: 45_000 });
}

/** The first letter of a line leads to it, as in every menu. */
async function chooseAction(page: Page, letters: string, name: string) {
  await page.keyboard.press("v");
  await expect(page.getByRole("menuitem", { name: "Copy link" })).toBeVisible();
  await expect(page.locator("[role^=menuitem]:focus")).toHaveCount(1);
  for (const letter of letters) await page.keyboard.press(letter);
  await expect(page.getByRole("menuitem", { name })).toBeFocused();
  await page.keyboard.press("Enter");
}

async function expectNoFaults(page: Page) {
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await accessibilityFaults(page, "light")).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
}

test("columns are chosen, a view is saved, shared, opened by others, made the default and deleted, by keyboard", async ({
  signedIn: page,
  browser,
}) => {
  await open(page, "/main/incidents");
  await expect(inForce(page)).toHaveText("View: Open work");
  await page.keyboard.press("c");
  await expect(page.getByRole("checkbox", { name: "Number" })).toBeFocused();
  await page.keyboard.press("Space");
  await page.getByRole("checkbox", { name: "Products" }).press("Space");
  await page.getByRole("button", { name: "Move Title to the right" }).press("Enter");
  await page.keyboard.press("Enter");
  await page.getByRole("spinbutton", { name: "Width of Owner" }).press("ArrowUp");
  // Where no tooltip stands over the page.
  await page.getByRole("checkbox", { name: "Owner" }).focus();
  await expectNoFaults(page);
  await page.keyboard.press("Escape");
  const chosen = [
    "Severity",
    "Workspace",
    "Source",
    "Title",
    "Status",
    "Owner",
    "Age",
    "Alerts",
    "Tactics",
    "Changed",
    "Products",
  ];
  expect(await heads(page)).toEqual(chosen);
  const owner = page.getByRole("columnheader", { name: "Owner" });
  expect((await owner.boundingBox())?.width).toBe(120);
  await expect(inForce(page)).toHaveText("View: Open work, modified");

  await chooseAction(page, "s", "Save as…");
  await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.type("Journey");
  await page.keyboard.press("Enter");
  await expect(inForce(page)).toHaveText("View: Journey");
  await open(page, page.url());
  await expect(inForce(page)).toHaveText("View: Journey");
  expect(await heads(page)).toEqual(chosen);

  // A link shows what it shows to whoever opens it; the name of a private view is its owner's.
  const link = page.url();
  const other = await (await browser.newContext({ colorScheme: "dark" })).newPage();
  await signIn(other, "viewer@demo.test");
  await other.waitForURL(/\/incidents/);
  await open(other, link);
  await expect(inForce(other)).toHaveText("View: Open work, modified");
  expect(await heads(other)).toEqual(chosen);

  await chooseAction(page, "ss", "Share with everybody");
  await expect(page.getByText("Everybody here can use “Journey” now")).toBeVisible();
  await open(other, "/main/incidents");
  await other.keyboard.press("v");
  await expect(line(other, /^Journey by /)).toBeVisible();
  await line(other, /^Journey by /).press("Enter");
  await expect(inForce(other)).toHaveText("View: Journey");
  expect(await heads(other)).toEqual(chosen);
  await other.context().close();

  await chooseAction(page, "u", "Use as default");
  await expect(page.getByText("Incidents open with “Journey” now")).toBeVisible();
  await open(page, "/main/incidents");
  expect(page.url()).toContain("view=");
  expect(await heads(page)).toEqual(chosen);
  await page.keyboard.press("v");
  await expect(line(page, /^Journey/)).toBeFocused();
  await expectNoFaults(page);
  await page.keyboard.press("Escape");

  await chooseAction(page, "d", "Delete…");
  await expect(page.getByRole("heading", { name: "Delete the view “Journey”?" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Keep it" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(inForce(page)).toHaveText("View: Open work, modified");
  await page.goto("/main/incidents");
  await expect(inForce(page)).toHaveText("View: Open work");
});
