import type { Page } from "@playwright/test";
import { emulator } from "./fixtures/emulator";
import { everyRow } from "./fixtures/list";
import { accessibilityFaults, expect, signIn, test } from "./fixtures/test";

/** What the page asks for when it opens: open work of the last 24 hours. */
const openWork = {
  sources: [],
  timeFilterSelection: { type: "TwentyFourHours" },
  statuses: ["New", "Active"],
};

const grid = (page: Page) => page.getByRole("grid", { name: "Incidents" });
const list = (page: Page) => page.getByRole("region", { name: "List of incidents" });
const cursor = (page: Page) => grid(page).locator('[data-key][aria-selected="true"]');
const headline = (page: Page) => page.getByTestId("incident-count");

/** Waits until the walk has come to its end: then, and only then, does the grid say how many rows it has. */
async function walkEnds(page: Page): Promise<number> {
  await expect(grid(page)).toHaveAttribute("aria-rowcount", /^[1-9]\d*$/, { timeout: 45_000 });
  return Number(await grid(page).getAttribute("aria-rowcount")) - 1;
}

/** Exactly what the emulator holds: none missing, none twice. Time is held, so that no new incident comes in between. */
async function expectExact(
  page: Page,
  filter: Record<string, unknown> = openWork,
  except: (key: string) => boolean = () => false,
) {
  const total = await walkEnds(page);
  const { keys, mostDrawn } = await everyRow(grid(page));
  const normal = (key: string) => key.toLowerCase();
  const expected = [...(await emulator.incidentKeys(filter))].map(normal).filter((key) => !except(key));
  expect(keys.length, "as many rows as the list says").toBe(total);
  expect(new Set(keys).size, "none twice").toBe(keys.length);
  expect(keys.map(normal).sort(), "none missing, none too many").toEqual(expected.sort());
  expect(mostDrawn, "rows in the page at any time").toBeLessThanOrEqual(120);
  return keys.length;
}

test.beforeEach(async () => {
  await emulator.reset({ scenario: "storm", seed: 7 });
  await emulator.freeze();
});

test.describe("the walk shows exactly the incidents upstream holds", () => {
  // Two walks over thousands of rows and a scroll through all of them, while every answer is recorded.
  test.describe.configure({ timeout: 180_000 });

  test("over forty customers and six sources", async ({ atQueue: page }) => {
    const shown = await expectExact(page);
    expect(shown).toBeGreaterThan(500);
    await expect(headline(page)).not.toContainText("At least");
  });

  test("with rejected page tokens, faults upstream and empty pages", async ({ atQueue: page, context }) => {
    await walkEnds(page);
    await emulator.setFaults([
      { kind: "rejectTokens", rate: 0.03 },
      { kind: "status", status: 500, rate: 0.2, operation: "incidents.acrossWorkspaces" },
      { kind: "emptyPage", rate: 0.15 },
    ]);
    const fresh = await context.newPage();
    await fresh.goto("/main/incidents");
    // A step that failed in spite of its retries is offered again, at the same place.
    await expect(async () => {
      const again = fresh.getByRole("button", { name: /^(Go on|Continue|Try again)/ });
      if (await again.first().isVisible()) await again.first().click();
      expect(await grid(fresh).getAttribute("aria-rowcount")).toMatch(/^[1-9]/);
    }).toPass({ timeout: 50_000 });
    await expectExact(fresh);
  });

  test("and names a customer that is left out, with no bare number", async ({ atQueue: page, context }) => {
    await walkEnds(page);
    const [victim] = [...(await emulator.incidentKeys(openWork))].map((key) =>
      key.split("/")[0]!.toLowerCase(),
    );
    await emulator.setFaults([{ kind: "leaveOut", workspaceId: victim }]);
    const fresh = await context.newPage();
    await fresh.goto("/main/incidents");
    await expectExact(fresh, openWork, (key) => key.startsWith(victim!));
    await expect(headline(fresh)).toContainText("At least");
    await expect(headline(fresh)).toContainText(/1 of 40 workspaces not read/);
    await expect(fresh.getByRole("contentinfo")).toContainText(/not read/);
  });
});

test.describe("partial outage", () => {
  test.use({ person: "viewer@demo.test" });

  test("never shows a bare number for what could not be read", async ({ page }) => {
    await emulator.reset({ scenario: "partial-outage", seed: 7 });
    await signIn(page, "viewer@demo.test");
    await page.waitForURL(/\/incidents/);
    await walkEnds(page);
    await expect(headline(page)).toContainText(/^At least [\d,]+ open/);
    await expect(page.getByRole("contentinfo")).toContainText(/not read/);
    await page.getByRole("contentinfo").getByRole("button").first().click();
    await expect(page.getByText(/not in any reply/i).first()).toBeVisible();
  });
});

test.describe("failed, forbidden and empty look different and say what to do", () => {
  test.use({ expectedComplaints: [/Failed to load resource/] });

  test("the credential is refused", async ({ page }) => {
    await emulator.setFaults([
      { kind: "status", status: 401, rate: 1, operation: "incidents.acrossWorkspaces" },
    ]);
    await signIn(page, "analyst@demo.test");
    await expect(list(page).getByText("ContraForce refused the service account")).toBeVisible();
    await expect(grid(page)).toHaveAttribute("aria-rowcount", "-1");
    await emulator.clearFaults();
    await page.getByRole("button", { name: /Try again/ }).click();
    await walkEnds(page);
  });

  test("the scope is missing", async ({ page }) => {
    await emulator.setFaults([
      { kind: "status", status: 403, rate: 1, operation: "incidents.acrossWorkspaces" },
    ]);
    await signIn(page, "analyst@demo.test");
    await expect(list(page).getByText("The service account may not read this")).toBeVisible();
  });

  test("none match", async ({ atQueue: page }) => {
    await walkEnds(page);
    await page.getByRole("searchbox").fill("no incident has such a title");
    await page.keyboard.press("Enter");
    await expect(page.getByText(/No incident matches/)).toBeVisible();
    await page.getByRole("button", { name: "Clear filters" }).last().click();
    await walkEnds(page);
  });
});

test.describe("triage by keyboard alone", () => {
  test("j k Enter Esc / ? and the address that reproduces the view", async ({ atQueue: page }) => {
    await walkEnds(page);
    await page.keyboard.press("j");
    await expect(cursor(page)).toHaveCount(1);
    const first = await cursor(page).getAttribute("data-key");
    await page.keyboard.press("j");
    await expect(cursor(page)).not.toHaveAttribute("data-key", first!);
    await page.keyboard.press("k");
    await expect(cursor(page)).toHaveAttribute("data-key", first!);

    await page.keyboard.press("Enter");
    const drawer = page.getByRole("complementary");
    await expect(drawer.getByRole("heading", { level: 2 })).toBeVisible();
    await expect(page).toHaveURL(/open=/);
    const title = await drawer.getByRole("heading", { level: 2 }).textContent();
    await expect(drawer.getByRole("heading", { name: /Entities/ })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("complementary").getByRole("heading", { level: 2 })).toHaveText(title ?? "");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("complementary")).toHaveCount(0);
    await expect(page).not.toHaveURL(/open=/);

    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox")).toBeFocused();
    await page.keyboard.type("j");
    await expect(page.getByRole("searchbox")).toHaveValue("j");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

test.describe("what a person may see", () => {
  test.use({ person: "manager@demo.test" });

  test("a manager of four customers gets four, and no name of a fifth anywhere in an answer", async ({
    page,
  }) => {
    const bodies: string[] = [];
    page.on("response", async (response) => {
      if (response.url().includes("/api/main/")) bodies.push(await response.text().catch(() => ""));
    });
    await signIn(page, "manager@demo.test");
    await page.waitForURL(/\/incidents/);
    await walkEnds(page);
    const { keys } = await everyRow(grid(page));
    const mine = new Set(keys.map((key) => key.split("/")[0]!.toLowerCase()));
    expect(mine.size).toBeGreaterThan(0);
    expect(mine.size).toBeLessThanOrEqual(4);
    const all = new Set(
      [...(await emulator.incidentKeys({ ...openWork, statuses: [] }))].map((key) =>
        key.split("/")[0]!.toLowerCase(),
      ),
    );
    const answers = bodies.join("\n").toLowerCase();
    expect(answers.length).toBeGreaterThan(1_000);
    const foreign = [...all].filter((id) => answers.includes(id) && !mine.has(id));
    expect(
      foreign.length,
      "at most the manager's own quiet workspaces beside those with rows",
    ).toBeLessThanOrEqual(4 - mine.size);
  });
});

test.describe("accessibility", () => {
  for (const theme of ["dark", "light"] as const) {
    test(`axe finds nothing on sign-in and incidents, ${theme}`, async ({ page, context }) => {
      await context.addCookies([{ name: "theme", value: theme, url: process.env.BASE_URL ?? "" }]);
      await page.goto("/sign-in");
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      expect(await accessibilityFaults(page, theme)).toEqual([]);
      await signIn(page, "analyst@demo.test");
      await page.waitForURL(/\/incidents/);
      await walkEnds(page);
      expect(await accessibilityFaults(page, theme)).toEqual([]);
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("complementary").getByRole("heading", { name: /Entities/ })).toBeVisible();
      expect(await accessibilityFaults(page, theme)).toEqual([]);
    });
  }
});
