import type { Page } from "@playwright/test";
import { type Receiver, startReceiver } from "../emulator/testing/receiver";
import { emulator } from "./fixtures/emulator";
import { everyRow } from "./fixtures/list";
import { accessibilityFaults, expect, test } from "./fixtures/test";
import { upstream } from "./fixtures/upstream";

const hooks = "/main/webhooks";
let receiver: Receiver;

test.beforeEach(async () => {
  await emulator.reset({ scenario: "storm", seed: 7 });
  await emulator.freeze();
  receiver = await startReceiver();
});
test.afterEach(() => receiver.stop());

const dialog = (page: Page) => page.getByRole("dialog");
const grid = (page: Page, name: string) => page.getByRole("grid", { name });
const oldServiceNow = async () => {
  const found = (await upstream.webhooks()).find(({ name }) => name === "ServiceNow (old instance)");
  if (!found) throw new Error("The emulator's disabled webhook is gone.");
  return found;
};

/** So many new incidents, each of which the webhooks are told of. */
async function tell(many: number): Promise<void> {
  const [workspace] = await emulator.workspaces();
  if (!workspace) throw new Error("The emulator has no workspace.");
  const one = { workspaceId: workspace.id, source: workspace.sources[0] };
  await emulator.addIncidents(Array.from({ length: many }, () => one));
}

const eventIds = () => receiver.received.map(({ headers }) => headers["x-cf-event-id"]);

test.describe("an administrator", () => {
  test.use({ person: "admin@demo.test" });

  test("makes a webhook by keyboard: errors at their fields, the secret once, kept open until it is stored", async ({
    atQueue: page,
  }) => {
    await page.keyboard.press("g");
    await page.keyboard.press("w");
    await page.waitForURL(/\/main\/webhooks$/);
    await expect(page.getByTestId("webhook-count")).toHaveText("2 webhooks: 1 paused, 1 auto-disabled");
    await page.keyboard.press("n");
    await expect(dialog(page).getByLabel("Name")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog(page).getByText("Enter a name.")).toBeVisible();
    await expect(dialog(page).getByText("Enter the address that events are sent to.")).toBeVisible();
    await expect(dialog(page).getByText("Choose at least one event.")).toBeVisible();
    await page.keyboard.type("SIEM bridge");
    await page.keyboard.press("Tab");
    await page.keyboard.type(receiver.url);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await expect(dialog(page).getByLabel("incident.created.v1")).toBeChecked();
    await page.keyboard.press("Enter");

    const secret = dialog(page).getByLabel("Signing secret", { exact: true });
    await expect(secret).toHaveValue(/^whsec_/);
    const text = await secret.inputValue();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.mouse.click(5, 400);
    await expect(secret).toBeVisible();
    await expect(page.getByRole("button", { name: "Close and forget it" })).toBeDisabled();
    await dialog(page).getByLabel("I have stored it").focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Close and forget it" }).press("Enter");
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByTestId("webhook-count")).toHaveText(
      "3 webhooks: 1 active, 1 paused, 1 auto-disabled",
    );
    const kept = await page.evaluate(
      () => document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }),
    );
    expect(kept).not.toContain(text);
    expect((await upstream.webhooks()).map(({ name }) => name)).toContain("SIEM bridge");
  });

  test("tests, pauses with a reason, resumes and deletes by name", async ({ signedIn: page }) => {
    const { id } = await upstream.create("SIEM bridge", receiver.url);
    await page.goto(`${hooks}/${id}`);
    await page.getByRole("button", { name: "Send a test" }).click();
    await expect(page.getByText(/The receiver took the test: it answered with 200/)).toBeVisible();
    expect(receiver.received.filter(({ headers }) => headers["x-cf-test"] === "true")).toHaveLength(1);
    receiver.answer = { status: 500, body: "<html>down</html>" };
    await page.keyboard.press("t");
    await expect(page.getByText(/The receiver refused the test: it answered with 500/)).toBeVisible();

    await page.getByRole("button", { name: "Pause" }).click();
    await dialog(page).getByRole("button", { name: "Pause webhook" }).click();
    await expect(dialog(page).getByText("Say why, in a few words.")).toBeVisible();
    await page.keyboard.type("SIEM upgrade until 18:00");
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
    const history = page.getByRole("list", { name: "What was done, newest first" });
    await expect(history).toContainText("SIEM upgrade until 18:00");
    await expect(history).toContainText("Alex Admin");
    expect((await upstream.webhooks()).find((one) => one.id === id)?.status).toBe("Paused");

    await page.getByRole("button", { name: "Resume" }).click();
    await dialog(page).getByLabel("Reason").fill("Upgrade done");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();

    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete webhook" }).click();
    const remove = dialog(page).getByRole("button", { name: "Delete webhook" });
    await expect(remove).toBeDisabled();
    await dialog(page).getByLabel("Type SIEM bridge to delete it").fill("SIEM bridge");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/main\/webhooks$/);
    expect((await upstream.webhooks()).map((one) => one.id)).not.toContain(id);
  });

  test("enables what ContraForce disabled", async ({ signedIn: page }) => {
    const { id } = await oldServiceNow();
    await page.goto(`${hooks}/${id}`);
    await expect(page.getByText(/was disabled by ContraForce after repeated failures/)).toBeVisible();
    await page.getByRole("button", { name: "Enable" }).click();
    await dialog(page).getByLabel("Reason").fill("Instance is back");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
    expect((await upstream.webhooks()).find((one) => one.id === id)?.status).toBe("Active");
  });

  test.describe("with a broken connection", () => {
    test.use({ expectedComplaints: [/Failed to load resource.*50[24]/] });

    test("a redelivery of unknown outcome is settled by reading, and happened once", async ({
      signedIn: page,
    }) => {
      const { id } = await oldServiceNow();
      const [row] = await upstream.deliveries(id);
      await page.goto(`${hooks}/${id}/deliveries/${row!.id}?createdAt=${encodeURIComponent(row!.createdAt)}`);
      await emulator.setFaults([{ kind: "reset", after: "done", operation: "webhooks.redeliver", times: 1 }]);
      await page.getByRole("button", { name: "Redeliver" }).click();
      await dialog(page).getByRole("button", { name: "Redeliver 1 event" }).click();
      await expect(page.getByText("Unknown whether it happened")).toBeVisible();
      await page.getByRole("button", { name: "Read it again" }).click();
      await expect(page.getByText("It happened", { exact: true })).toBeVisible();
      const copies = (await upstream.deliveries(id)).filter((one) => one.originalDeliveryId === row!.id);
      expect(copies).toHaveLength(1);
      expect((await emulator.stats()).byOperation["webhooks.redeliver"]).toBe(1);
    });
  });

  test("the log shows exactly what the emulator holds, page by page", async ({ signedIn: page }) => {
    const { id } = await upstream.create("SIEM bridge", receiver.url);
    await tell(230);
    await expect
      .poll(async () => (await upstream.deliveries(id)).filter((one) => one.status === "Succeeded").length)
      .toBe(230);
    await page.goto(`${hooks}/deliveries?range=all`);
    await expect(page.getByTestId("delivery-count")).toContainText(/deliveries/);
    await grid(page, "Deliveries").focus();
    // Each time to the end of what is loaded, whereupon the next page is read.
    await expect(async () => {
      await page.keyboard.press("End");
      await expect(page.getByTestId("delivery-count")).toContainText("All 280 deliveries read", {
        timeout: 500,
      });
    }).toPass();
    const held = [
      ...(await upstream.deliveries(id)).map((one) => `${id}/${one.id}`),
      ...(await oldServiceNow().then(async (old) =>
        (await upstream.deliveries(old.id)).map((one) => `${old.id}/${one.id}`),
      )),
    ];
    const { keys, mostDrawn } = await everyRow(grid(page, "Deliveries"));
    expect(mostDrawn, "rows in the page at any time").toBeLessThanOrEqual(120);
    expect(new Set(keys).size).toBe(keys.length);
    expect([...keys].sort()).toEqual(held.sort());

    await page.getByRole("button", { name: /^Outcome/ }).click();
    await page.getByRole("menuitemradio", { name: "Failed" }).click();
    await expect(page.getByTestId("delivery-count")).toContainText("All 50 deliveries read");
    await expect(page).toHaveURL(/outcome=failed/);
  });

  test("a delivery opens from a pasted link, with its attempts and payload, and is redelivered with the result in place", async ({
    signedIn: page,
  }) => {
    const { id } = await upstream.create("SIEM bridge", receiver.url);
    await emulator.setWebhooks({ retryMs: [0] });
    receiver.answer = { status: 503, body: "<b>asleep</b>" };
    await tell(1);
    await expect.poll(async () => (await upstream.deliveries(id))[0]?.status).toBe("Failed");
    const [row] = await upstream.deliveries(id);
    // As a person pastes it: the plus sign of the offset not encoded.
    await page.goto(`${hooks}/${id}/deliveries/${row!.id}?createdAt=${row!.createdAt}`);
    await expect(page.getByRole("region", { name: "Payload" })).toContainText(
      '"type": "incident.created.v1"',
    );
    await expect(page.getByRole("region", { name: "Response" })).toHaveText("<b>asleep</b>");
    await expect(page.getByText("All attempts of this event to this webhook, oldest first.")).toBeVisible();
    receiver.answer = { status: 200, body: "" };
    await page.getByRole("button", { name: "Redeliver" }).click();
    await dialog(page).getByRole("button", { name: "Redeliver 1 event" }).press("Enter");
    await expect(page.getByText(/Redelivered: the receiver answered with 200/)).toBeVisible();
    await expect(page.getByRole("table").getByRole("row")).toHaveCount(3);
    expect(new Set(eventIds()).size, "the same event").toBe(1);
  });

  test("recovers a small outage: planned, started, each event once", async ({ signedIn: page }) => {
    const { id } = await upstream.create("SIEM bridge", receiver.url);
    await emulator.setWebhooks({ retryMs: [0] });
    receiver.answer = { status: 503, body: "" };
    await tell(4);
    await expect
      .poll(async () => (await upstream.deliveries(id)).filter((one) => one.status === "Failed").length)
      .toBe(4);
    receiver.answer = { status: 200, body: "" };
    const before = receiver.received.length;
    const [row] = await upstream.deliveries(id);
    const atMs = Date.parse(row!.createdAt);
    const window = [atMs - 600_000, atMs + 60_000].map((ms) =>
      encodeURIComponent(new Date(ms).toISOString()),
    );
    await page.goto(`${hooks}/recovery?webhook=${id}&from=${window[0]}&to=${window[1]}`);
    await expect(dialog(page).getByLabel("SIEM bridge")).toBeChecked();
    await dialog(page).getByLabel("Events a minute, at most").fill("1200");
    await dialog(page).getByLabel("Reason").fill("SIEM was down");
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("recovery-plan")).toContainText("4 events to send again");
    expect(receiver.received.length, "a plan sends nothing").toBe(before);
    await page.getByRole("button", { name: "Start: 4 events" }).click();
    await dialog(page).getByRole("button", { name: "Redeliver 4 events" }).click();
    await expect(page.getByTestId("recovery-progress")).toContainText(
      "4 of 4 events dealt with: 4 delivered",
      {
        timeout: 30_000,
      },
    );
    const again = eventIds().slice(before);
    expect(new Set(again).size).toBe(4);
    expect(again).toHaveLength(4);
    const report = await page.request.get(
      (await page.getByRole("link", { name: "Report as CSV" }).getAttribute("href")) ?? "",
    );
    expect(await report.text()).toContain(row!.id);
  });

  for (const theme of ["dark", "light"] as const)
    test(`has no accessibility fault, ${theme}, at a desk and on a phone`, async ({
      signedIn: page,
      context,
    }) => {
      test.setTimeout(180_000);
      await context.addCookies([{ name: "theme", value: theme, url: process.env.BASE_URL ?? "" }]);
      const { id } = await oldServiceNow();
      const [row] = await upstream.deliveries(id);
      const delivery = `${hooks}/${id}/deliveries/${row!.id}?createdAt=${encodeURIComponent(row!.createdAt)}`;
      const shown = [
        [hooks, page.getByTestId("webhook-count").filter({ hasText: "2 webhooks" })],
        [`${hooks}/${id}`, page.getByRole("heading", { name: "History" })],
        [`${hooks}/deliveries?range=all`, page.getByTestId("delivery-count").filter({ hasText: "50" })],
        [delivery, page.getByRole("region", { name: "Payload" })],
        [`${hooks}/recovery`, page.getByRole("heading", { name: "Recoveries" })],
      ] as const;
      for (const [address, sign] of shown)
        for (const [width, height] of [
          [1280, 800],
          [390, 844],
        ] as const) {
          await page.setViewportSize({ width, height });
          await page.goto(address);
          await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
          await expect(sign).toBeVisible();
          expect(await accessibilityFaults(page, theme), `${address} at ${width}`).toEqual([]);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow, `${address} at ${width}`).toBeLessThanOrEqual(0);
        }
      await page.goto(hooks);
      await page.keyboard.press("n");
      await expect(dialog(page)).toBeVisible();
      expect(await accessibilityFaults(page, theme)).toEqual([]);
    });
});

test.describe("a manager", () => {
  test.use({ person: "manager@demo.test" });

  test("reads webhooks, and is told who can change them", async ({ signedIn: page }) => {
    const { id } = await oldServiceNow();
    await page.goto(hooks);
    await expect(
      page.getByText(/an administrator of this organisation makes and changes them/),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: "New webhook" })).toHaveCount(0);
    await page.goto(`${hooks}/${id}`);
    await expect(page.getByText("An administrator of this organisation can change it.")).toBeVisible();
    await expect(page.getByRole("button", { name: /Enable|Send a test|Edit/ })).toHaveCount(0);
  });
});

test("an analyst is told which role it needs", async ({ signedIn: page }) => {
  for (const address of [hooks, `${hooks}/deliveries`, `${hooks}/recovery`]) {
    await page.goto(address);
    await expect(page.getByText(/for managers and administrators/)).toBeVisible();
  }
  await expect(page.getByRole("link", { name: "Webhooks" })).toHaveCount(0);
});
