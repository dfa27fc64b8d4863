import { demoCredentials } from "../emulator/accounts/account-store";
import { emulator } from "./fixtures/emulator";
import { accessibilityFaults, expect, password, test } from "./fixtures/test";

interface Issued {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A further credential of the demo account, as an administrator issues it in ContraForce. */
async function issue(scopes: readonly string[]): Promise<Issued> {
  const { clientId, secret } = demoCredentials.main;
  const headers = {
    authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`,
    "content-type": "application/json",
  };
  const answer = await fetch(`${emulator.base}/api/v2/service-accounts/${clientId}/credentials`, {
    method: "POST",
    headers,
    body: JSON.stringify({ scopes }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { data: Issued }).data;
}

const address = "/main/admin/connection";

// Whatever scene another journey has left: each kind of read has to find something.
test.beforeAll(() => emulator.reset({ scenario: "storm", seed: 7 }));

test.describe("the connection page", () => {
  test.use({ person: "admin@demo.test" });

  test("a credential is tested, a second one entered, switched to and back, while the incidents stay", async ({
    signedIn: page,
  }) => {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "Service account" })).toBeVisible();
    await page.getByRole("button", { name: "Test connection" }).click();
    await expect(page.getByText("8 of 8 pages are lit.")).toBeVisible();

    const scopes = ["incidents:read", "datasources:read", "org:service-accounts:read", "org:users:read"];
    const fresh = await issue(scopes);
    await page.getByRole("button", { name: "Enter a second credential" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Client id").fill(fresh.clientId);
    await dialog.getByLabel("Client secret").fill(fresh.clientSecret);
    await dialog.getByLabel("Your own password").fill(password);
    await dialog.getByRole("button", { name: "Test and keep beside" }).click();
    await expect(dialog).toBeHidden();
    const end = fresh.clientId.slice(-4);
    await page.getByRole("button", { name: `Test …${end}` }).click();
    await expect(page.getByRole("row", { name: /^Gamebooks/ })).toContainText(
      "The credential lacks the scope gamebooks:read.",
    );

    for (const name of [`Switch to …${end}`, `Switch back to …${end}`]) {
      await page.getByRole("button", { name }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: `Switch to …${end}` })
        .click();
      await expect(page.getByRole("dialog")).toBeHidden();
      const read = await page.request.get("/api/main/v2/users");
      expect(read.status()).toBe(200);
    }
    await expect(page.getByText(/Step 3 of 3/)).toBeVisible();
    await expect(page.getByRole("button", { name: `Retire …${end}` })).toBeDisabled();
  });

  for (const scheme of ["dark", "light"] as const)
    test(`has no accessibility faults in ${scheme}, with the result of a test and in the dialog`, async ({
      signedIn: page,
    }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(address);
      await page.getByRole("button", { name: "Test connection" }).click();
      await expect(page.getByText(/of 8 pages are lit/)).toBeVisible();
      expect(await accessibilityFaults(page, scheme)).toEqual([]);
      await page.getByRole("button", { name: "Change address or account" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      expect(await accessibilityFaults(page, scheme)).toEqual([]);
    });

  test("has room at 390 px: nothing is wider than the screen", async ({ signedIn: page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(address);
    await page.getByRole("button", { name: "Test connection" }).click();
    await expect(page.getByText(/of 8 pages are lit/)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test.describe("refused", () => {
    test.use({ expectedComplaints: [/Failed to load resource.*400/] });

    test("a host that this server may not call is refused at its field", async ({ signedIn: page }) => {
      await page.goto(address);
      await page.getByRole("button", { name: "Change address or account" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Address of the API").fill("https://169.254.169.254/api/v2");
      await dialog.getByLabel("Client id").fill("someone");
      await dialog.getByLabel("Client secret").fill("something");
      await dialog.getByLabel("Your own password").fill(password);
      await dialog.getByRole("button", { name: "Test and store" }).click();
      await expect(dialog.getByText(/may not call that host/)).toBeVisible();
    });
  });
});

test("the connection page tells an analyst which role it needs", async ({ signedIn: page }) => {
  await page.goto(address);
  await expect(page.getByText("The connection is for administrators")).toBeVisible();
  expect((await page.request.get("/api/main/connection")).status()).toBe(403);
});
