import type { Page } from "@playwright/test";
import { accessibilityFaults, expect, signIn, test } from "./fixtures/test";

const address = "/main/admin/members";
const ownPassword = "a-long-enough-password";

async function countWorkspaces(page: Page): Promise<number> {
  const answer = await page.request.get("/api/main/workspaces");
  return ((await answer.json()) as { data: { workspaces: unknown[] } }).data.workspaces.length;
}

test.describe("the members page", () => {
  test.use({ person: "admin@demo.test" });

  test("an invited person joins by the link, sees one workspace, and loses the organisation within five seconds", async ({
    atQueue: page,
    browser,
    baseURL,
  }) => {
    // Workspaces are known from the first reply that names them: the queue, which is being read now.
    await expect.poll(() => countWorkspaces(page), { timeout: 30_000 }).toBeGreaterThan(1);
    await page.goto(address);
    await page.getByRole("button", { name: "Invite a person" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill("invited@demo.test");
    await dialog.getByText("Single workspaces").click();
    await dialog.getByRole("checkbox").first().check();
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const link = await page.getByLabel("Link of the invitation").inputValue();
    // It is shown this once: Esc asks, as often as it is pressed.
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name: "You will not see this link again" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByLabel("Link of the invitation")).toHaveValue(link);
    await page.getByRole("button", { name: "I have it" }).click();
    await expect(page.getByRole("heading", { name: "Open invitations" })).toBeVisible();

    const other = await browser.newContext({ baseURL });
    const theirs = await other.newPage();
    const asked: string[] = [];
    theirs.on("request", (request) => asked.push(request.url()));
    await theirs.goto(link);
    await expect(theirs.getByRole("heading", { name: /^Join / })).toBeVisible();
    expect(await accessibilityFaults(theirs)).toEqual([]);
    expect(theirs.url()).not.toContain("#");
    await theirs.getByLabel("Your name").fill("Invited Person");
    await theirs.getByLabel("Password", { exact: true }).fill(ownPassword);
    await theirs.getByRole("button", { name: "Make my account and join" }).click();
    await theirs.waitForURL(/sign-in/);
    expect(asked.filter((url) => url.includes(new URL(link).hash.slice(1)) && !url.includes("#"))).toEqual(
      [],
    );
    await signIn(theirs, "invited@demo.test", ownPassword);
    await theirs.waitForURL(/\/main\/incidents/);
    expect(await countWorkspaces(theirs)).toBe(1);

    await page.reload();
    await page.getByRole("button", { name: "Actions on Invited Person" }).click();
    await page.getByRole("menuitem", { name: "Disable" }).click();
    await page.getByRole("button", { name: "Disable Invited Person" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect
      .poll(async () => (await theirs.request.get("/api/main/workspaces")).status(), { timeout: 5_000 })
      .toBe(404);
    expect((await theirs.request.get("/main/incidents")).status()).toBe(404);
    await other.close();
  });

  for (const scheme of ["dark", "light"] as const)
    test(`has no accessibility fault in ${scheme}, and fits a phone`, async ({ signedIn: page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(address);
      await expect(page.getByRole("heading", { name: "Workspace groups" })).toBeVisible();
      expect(await accessibilityFaults(page, scheme)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    });
});
