import type { Browser, Page } from "@playwright/test";
import { accessibilityFaults, expect, signIn, test } from "./fixtures/test";

const iPhone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

/** The same person at another device, signed in. */
async function atPhone(browser: Browser, baseURL: string | undefined, email: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, userAgent: iPhone });
  const page = await context.newPage();
  await signIn(page, email);
  await page.waitForURL(/\/incidents/);
  return page;
}

/** Calls and pages of a session that was ended, as somebody who kept the cookie would try them. */
async function expectEnded(theirs: Page): Promise<void> {
  await expect
    .poll(async () => (await theirs.request.get("/api/main/workspaces")).status(), { timeout: 5_000 })
    .toBe(401);
  const drawn = await theirs.request.get("/main/incidents", { maxRedirects: 0 });
  expect([drawn.status(), drawn.headers().location]).toEqual([307, expect.stringContaining("/sign-in")]);
}

const phone = { name: /^Sign out .*Safari on iPhone, signed in / };

test.describe("sessions", () => {
  test("one's own other session is found and ended with the keyboard, and is out within five seconds", async ({
    atQueue: page,
    browser,
    baseURL,
  }) => {
    const theirs = await atPhone(browser, baseURL, "analyst@demo.test");
    await page.getByRole("button", { name: /^You: / }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Your account and sessions" })).toBeVisible();
    await page.getByRole("menuitem", { name: "Your account and sessions" }).press("Enter");
    await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
    await expect(page.getByText("This session", { exact: true })).toHaveCount(1);

    const button = page.getByRole("button", phone).first();
    await button.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Sign out Safari on iPhone?" });
    // The way out has the focus: one key too many ends nothing.
    await expect(dialog.getByRole("button", { name: "Leave it as it is" })).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(page.getByText("Signed out 1 session.")).toBeVisible();
    await expect(page.getByRole("button", phone)).toHaveCount(0);
    await expectEnded(theirs);
    expect((await page.request.get("/api/main/workspaces")).status()).toBe(200);
    await theirs.context().close();
  });

  for (const theme of ["dark", "light"] as const)
    test(`the account page has no accessibility fault in ${theme}, and fits a phone`, async ({
      atQueue: page,
    }) => {
      await page.getByRole("button", { name: "Theme" }).click();
      await page.getByRole("menuitemradio", { name: theme === "dark" ? "Dark" : "Light" }).click();
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto("/main/account");
      await expect(page.getByText("This session", { exact: true })).toBeVisible();
      expect(await accessibilityFaults(page, theme)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    });

  test.describe("of a member", () => {
    test.use({ person: "admin@demo.test" });

    test("an administrator signs a member out everywhere, within five seconds, which the audit tells", async ({
      signedIn: page,
      browser,
      baseURL,
    }) => {
      const theirs = await atPhone(browser, baseURL, "viewer@demo.test");
      await page.goto("/main/admin/members");
      const row = page.getByRole("row").filter({ hasText: "viewer@demo.test" });
      await row.getByRole("button", { name: /^Actions on / }).click();
      await page.getByRole("menuitem", { name: "Sessions" }).click();
      const dialog = page.getByRole("dialog", { name: /^Sessions of / });
      await dialog.getByRole("button", phone).first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await dialog.getByRole("button", { name: "Sign out all" }).click();
      await page.getByRole("button", { name: /^Sign out \d+ sessions?$/ }).click();
      await expect(page.getByRole("dialog").getByText(/is not signed in anywhere/)).toBeVisible();
      await expectEnded(theirs);
      await page.goto("/main/admin/audit");
      await expect(page.getByRole("row", { name: /Alex Admin Session: revoke Done/ }).first()).toBeVisible();
      await theirs.context().close();
    });
  });
});

// What the ended session's own page was reading when it ended.
test.use({ expectedComplaints: [/Failed to load resource.*401/] });
