import type { Page } from "@playwright/test";
import { emulator } from "./fixtures/emulator";
import { expect, signIn, test } from "./fixtures/test";

/** Addresses, headers and bodies of everything that a tab asks from now on, but for the icon, which Chromium fetches once for both. */
function listen(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/icon.svg") return;
    asked.push(
      `${request.method()} ${request.url()} ${request.headers().referer ?? ""} ${request.postData() ?? ""}`,
    );
  });
  return asked;
}

/** Text of every answer to a call of ours. */
function collect(page: Page): string[] {
  const answers: string[] = [];
  page.on("response", async (response) => {
    if (response.url().includes("/api/")) answers.push(await response.text().catch(() => ""));
  });
  return answers;
}

async function work(page: Page): Promise<Set<string>> {
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", /^[1-9]/, { timeout: 60_000 });
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary").getByRole("heading", { name: /Entities/ })).toBeVisible();
  const keys = await page
    .locator("[data-key]")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-key") ?? ""));
  return new Set(keys.map((key) => key.split("/")[0] ?? ""));
}

test.describe("two organisations side by side in two tabs", () => {
  // The walks of both tabs, and the second one waits for the first.
  test.describe.configure({ timeout: 150_000 });

  test("no request ever carries the other's id, and no answer the other's customers", async ({
    page,
    context,
  }) => {
    await emulator.reset({ scenario: "working-day" });
    await signIn(page, "both@demo.test");
    await page.waitForURL(/\/incidents/);
    // The page that follows the sign-in is one organisation's, and may still be asking: it is left before anything is noted.
    await page.goto("about:blank");
    const other = await context.newPage();
    const asked = { main: listen(page), globex: listen(other) };
    const answers = { main: collect(page), globex: collect(other) };
    await Promise.all([page.goto("/main/incidents"), other.goto("/globex/incidents")]);
    const customers = { main: await work(page), globex: await work(other) };

    expect(customers.main.size).toBeGreaterThan(0);
    expect(customers.globex.size).toBeGreaterThan(0);
    for (const [own, foreign] of [
      ["main", "globex"],
      ["globex", "main"],
    ] as const) {
      const calls = asked[own].filter((text) => text.includes("/api/"));
      expect(calls.length).toBeGreaterThan(1);
      expect(asked[own].filter((text) => text.includes(`/${foreign}`))).toEqual([]);
      const words = [...asked[own], ...answers[own]].join("\n").toLowerCase();
      expect([...customers[foreign]].filter((id) => words.includes(id.toLowerCase()))).toEqual([]);
    }
  });

  test("the switch is a link: it leads to the other's own address, and back is back", async ({ page }) => {
    await signIn(page, "both@demo.test");
    await page.waitForURL(/\/incidents/);
    const [from, to] = page.url().includes("/main/")
      ? (["Acme MSSP", "Globex Security"] as const)
      : (["Globex Security", "Acme MSSP"] as const);
    const before = page.url();
    await page.getByRole("button", { name: from }).click();
    await page
      .getByRole("menuitemradio", { name: to })
      .or(page.getByRole("menuitem", { name: to }))
      .click();
    await expect(page.getByRole("button", { name: to })).toBeVisible();
    expect(new URL(page.url()).pathname).not.toBe(new URL(before).pathname);
    await page.goBack();
    await expect(page.getByRole("button", { name: from })).toBeVisible();
  });
});
