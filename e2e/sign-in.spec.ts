import { expect, signIn, test } from "./fixtures/test";

test.describe("sign-in", () => {
  test("pages without a session lead to sign-in and back", async ({ page }) => {
    await page.goto("/main/incidents?window=TwelveHours");
    await expect(page).toHaveURL(/\/sign-in/);
    await page.getByLabel("E-mail").fill("viewer@demo.test");
    await page.getByLabel("Password").fill("watchfloor-demo");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/main\/incidents/);
  });

  test.describe("refused", () => {
    test.use({ expectedComplaints: [/Failed to load resource.*401/] });

    test("a wrong password and an unknown person read the same", async ({ page }) => {
      await signIn(page, "viewer@demo.test", "not the password");
      const alert = page.getByRole("alert").first();
      await expect(alert).toBeVisible();
      const words = await alert.textContent();
      await signIn(page, "nobody@demo.test", "not the password");
      await expect(page.getByRole("alert").first()).toHaveText(words ?? "");
      await expect(page).toHaveURL(/\/sign-in/);
    });
  });

  test("another provider's organisation looks like one that does not exist", async ({ signedIn: page }) => {
    const foreign = await page.goto("/globex/incidents");
    const unknown = await page.goto("/no-such-provider/incidents");
    expect([foreign?.status(), unknown?.status()]).toEqual([404, 404]);
  });

  test("signing out ends the session on the server, and the old cookie opens nothing", async ({
    atQueue: page,
    context,
    request,
  }) => {
    const cookies = await context.cookies();
    await page.getByRole("button", { name: /account|Ana/i }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    const header = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    await expect(async () => {
      const answer = await request.get("/api/main/v2/webhooks", { headers: { cookie: header } });
      expect(answer.status()).toBe(401);
    }).toPass({ timeout: 5_000 });
  });
});

// A page of the walk that was on its way when the session ended is told so.
test.use({ expectedComplaints: [/Failed to load resource.*(404|401.*\/api\/main\/v2\/)/] });
