import type { APIRequestContext, Page } from "@playwright/test";
import type { WorkspacesOverview } from "../lib/domain/workspace-profile";
import { accessibilityFaults, expect, signIn, test } from "./fixtures/test";

// Two people and eight looks by axe: on a busy machine more than a minute.
test.describe.configure({ timeout: 150_000 });
// A refused tag, on purpose.
test.use({ person: "admin@demo.test", expectedComplaints: [/status of 400/] });

const address = "/main/workspaces";
const api = "/api/main/workspaces";
const own = { "x-watchfloor": "1" };

async function overview(request: APIRequestContext): Promise<WorkspacesOverview> {
  const answer = await request.get(`${api}/overview`);
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { data: WorkspacesOverview }).data;
}

/** Workspaces are known from the first reply that names them: the queue, which is being read now. */
const knownTo = (page: Page) =>
  expect
    .poll(async () => (await overview(page.request)).workspaces.length, { timeout: 45_000 })
    .toBeGreaterThan(4);

const row = (page: Page, id: string) => page.locator(`[data-key="${id}"]`);
const count = (page: Page) => page.getByTestId("workspace-count");

async function open(page: Page, search = "") {
  await page.goto(`${address}${search}`);
  await expect(page.locator("[data-key]").first()).toBeVisible({ timeout: 20_000 });
}

async function expectNoFaults(page: Page) {
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await accessibilityFaults(page, "light")).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
}

/** Other journeys find the workspaces as they were. */
async function putBack(request: APIRequestContext) {
  const { workspaces, groups } = await overview(request);
  for (const { id, revision } of workspaces.filter((each) => each.revision > 0)) {
    const data = { revision, ownName: "", tags: [], hidden: null };
    expect((await request.put(`${api}/${id}`, { headers: own, data })).status()).toBe(200);
  }
  for (const { id } of groups.filter(({ isForSight }) => !isForSight))
    expect(
      (await request.delete(`/api/main/workspace-groups/${id}`, { headers: own, data: {} })).status(),
    ).toBe(200);
}

test("a workspace is named, tagged, grouped and hidden by keyboard; another person sees it, within their sight", async ({
  atQueue: page,
  browser,
  baseURL,
}) => {
  await knownTo(page);
  const other = await browser.newContext({ baseURL });
  const theirs = await other.newPage();
  await signIn(theirs, "manager@demo.test");
  await theirs.waitForURL(/incidents/);
  const seen = (await overview(theirs.request)).workspaces;
  const all = (await overview(page.request)).workspaces;
  const [first, second] = seen;
  const foreign = all.find(({ id }) => !seen.some((each) => each.id === id));
  if (!first || !second || !foreign) throw new Error("The manager sees some of the workspaces, and not all.");
  expect(seen.length).toBeLessThan(all.length);
  try {
    await page.keyboard.press("g");
    await page.keyboard.press("k");
    await page.waitForURL(/\/main\/workspaces$/);
    await expect(page).toHaveTitle(/Workspaces/);
    await expect(page.locator("[data-key]").first()).toBeVisible();
    await expect(count(page)).toHaveText(new RegExp(`^${all.length} workspaces`));

    // Named and tagged.
    await open(page, `?q=${first.id}`);
    await page.keyboard.press("j");
    await page.keyboard.press("e");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByLabel("Name here")).toBeFocused();
    await page.keyboard.type("Harbour head office");
    await dialog.getByLabel("Tags").fill("no, ta<g");
    await page.keyboard.press("Enter");
    await expect(dialog.getByText(/^Use letters, numbers, spaces and/)).toBeVisible();
    await expect(dialog.getByLabel("Name here")).toHaveValue("Harbour head office");
    await dialog.getByLabel("Tags").fill("E2E-EU,  e2e-eu, tier 1");
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(row(page, first.id)).toContainText("Harbour head office");
    await expect(row(page, first.id)).toContainText(first.upstreamName ?? "");
    await expect(row(page, first.id)).toContainText("e2e-eutier 1");

    // Two at once: a group is made on the way, and a tag taken on.
    await open(page);
    for (const { id } of [first, second]) await row(page, id).getByRole("checkbox").check();
    await expect(page.getByRole("group", { name: "Ticked workspaces" })).toContainText("2 workspaces ticked");
    await page.keyboard.press("e");
    await expect(dialog.getByLabel("Add tags")).toBeFocused();
    await page.keyboard.type("e2e-pair");
    await dialog.getByLabel("Put into a new group").fill("E2E night");
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(page.getByText("Changed 2 workspaces")).toBeVisible();
    await open(page, "?tag=e2e-pair");
    await expect(count(page)).toHaveText(new RegExp(`^2 of ${all.length} workspaces`));
    await expect(row(page, second.id)).toContainText("E2E night");

    // Hidden: counted, and shown again when it is asked for.
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("complementary", { name: /^Workspace: / })).toBeVisible();
    await page.keyboard.press("e");
    await dialog.getByText("Hide it from the list of workspaces").click();
    await expect(dialog.getByText(/its incidents stay in the queue/)).toBeVisible();
    await dialog.getByLabel("Why it is hidden").fill("Contract ended");
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await page.keyboard.press("Escape");
    await expect(count(page)).toContainText("1 hidden");
    await expect(page.locator("[data-key]")).toHaveCount(1);
    await page.getByRole("switch", { name: /^Show hidden \(1\)/ }).check();
    await expect(page.locator("[data-key]")).toHaveCount(2);
    await expect(page.getByText("Hidden", { exact: true })).toBeVisible();

    // The other person is told of it, and of no workspace beyond their own.
    await open(theirs, "?hidden=true");
    await expect(theirs.locator("[data-key]")).toHaveCount(seen.length);
    await expect(row(theirs, first.id)).toContainText("Harbour head office");
    const body = { headers: own, data: { revision: 0, ownName: "Mine" } };
    const answers = await Promise.all(
      [foreign.id, "00000000-0000-4000-8000-0000000000ff"].map(async (id) => [
        (await theirs.request.get(`${api}/${id}`)).status(),
        (await theirs.request.put(`${api}/${id}`, body)).status(),
      ]),
    );
    expect(answers).toEqual([
      [404, 404],
      [404, 404],
    ]);
    await expect(theirs.getByRole("button", { name: "Manage groups" })).toBeHidden();

    // Whoever is slower is told who was faster, keeps what they typed, and decides.
    await theirs.goto(`${address}/${second.id}`);
    await expect(theirs.getByText("What the register has read")).toBeVisible();
    await theirs.keyboard.press("e");
    await theirs.getByLabel("Name here").fill("By the manager");
    const now = (await overview(page.request)).workspaces.find(({ id }) => id === second.id);
    const faster = { headers: own, data: { revision: now?.revision, ownName: "By the admin" } };
    expect((await page.request.put(`${api}/${second.id}`, faster)).status()).toBe(200);
    await theirs.keyboard.press("Enter");
    await expect(theirs.getByText(/changed this workspace in the meantime/)).toBeVisible();
    await expect(theirs.getByText(/Now it is called By the admin/)).toBeVisible();
    await theirs.getByRole("button", { name: "Save mine over it" }).click();
    await expect(theirs.getByRole("dialog")).toBeHidden();
    await expect(theirs.getByText("By the manager").first()).toBeVisible();
  } finally {
    await putBack(page.request);
    await other.close();
  }
});

test("no accessibility fault in either theme, and it fits a phone", async ({ atQueue: page }) => {
  await knownTo(page);
  const [first] = (await overview(page.request)).workspaces;
  await open(page);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByRole("group", { name: "Ticked workspaces" })).toBeVisible();
  await expectNoFaults(page);
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog").getByLabel("Add tags")).toBeFocused();
  await expectNoFaults(page);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, `?open=${first?.id}`);
  await expect(page.getByText("What the register has read")).toBeVisible();
  await expectNoFaults(page);
  for (const at of [address, `${address}/${first?.id}`]) {
    await page.goto(at);
    await expect(
      page.locator("[data-key]").or(page.getByText("What the register has read")).first(),
    ).toBeVisible();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  }
});
