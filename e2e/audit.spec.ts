import { readFileSync } from "node:fs";
import { accessibilityFaults, expect, test } from "./fixtures/test";

test.describe("the audit page", () => {
  test.use({ person: "admin@demo.test" });

  test("an act is written down with its person, unfolds, is found by its filters, and the address keeps the view", async ({
    atQueue: page,
  }) => {
    // By keyboard, as the help says.
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.getByRole("link", { name: "Audit" }).click();
    const table = page.getByRole("table");
    await expect(
      table.getByRole("row", { name: /Alex Admin.*Session: sign in.*Done/ }).first(),
    ).toBeVisible();

    await page.getByRole("button", { name: "Action: any" }).click();
    await page.getByRole("menuitemradio", { name: "Session: sign in" }).click();
    await expect(page).toHaveURL(/action=session\.sign-in/);
    await expect(table.getByText("Connection: save")).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("button", { name: "Action: Session: sign in" })).toBeVisible();

    const details = page.getByRole("button", { name: /^Details of row/ }).first();
    await details.focus();
    await page.keyboard.press("Enter");
    await expect(details).toHaveAttribute("aria-expanded", "true");
    await expect(page.getByRole("region", { name: /^What was written down of row/ })).toContainText(
      "127.0.0.1",
    );

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "CSV" }).click(),
    ]);
    const lines = readFileSync(await download.path(), "utf8")
      .trim()
      .split("\r\n");
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.slice(1).every((line) => line.includes('"session.sign-in"'))).toBe(true);
  });

  for (const theme of ["dark", "light"] as const)
    test(`has no accessibility faults, ${theme}`, async ({ signedIn: page, context }) => {
      await context.addCookies([{ name: "theme", value: theme, url: process.env.BASE_URL ?? "" }]);
      await page.goto("/main/admin/audit");
      await page
        .getByRole("button", { name: /^Details of row/ })
        .first()
        .click();
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      expect(await accessibilityFaults(page, theme)).toEqual([]);
    });

  test("has room at 390 px: nothing is wider than the screen", async ({ signedIn: page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/main/admin/audit");
    await expect(page.getByRole("button", { name: /^Details of row/ }).first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

test("the audit page tells an analyst which role it needs", async ({ signedIn: page }) => {
  await page.goto("/main/admin/audit");
  await expect(page.getByText("The audit is for administrators")).toBeVisible();
});
