import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deliveryHealth } from "@/lib/domain/delivery-health";
import { deliveryRow, failedRow } from "@/lib/domain/delivery-fixture";
import { forecastDisable } from "@/lib/domain/disable-forecast";
import type { WebhookHealthView } from "@/lib/domain/webhook-health";
import { draw, problem, webhookId, webhookOf } from "../testing/draw";
import { WebhooksPage } from "./webhooks-page";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  push.mockReset();
});

const nowMs = Date.parse("2026-11-24T12:00:00Z");
const reading = { from: "2026-11-23T12:00:00Z", to: "2026-11-24T12:00:00Z" };

function healthOf(
  failures: number,
  isComplete = true,
  over: Partial<WebhookHealthView> = {},
): WebhookHealthView {
  const rows = [
    ...Array.from({ length: failures }, (_, n) =>
      failedRow({ id: `f${n}`, eventId: `f${n}`, createdAt: `2026-11-24T11:0${n}:00Z` }),
    ),
    deliveryRow({ id: "ok", eventId: "ok", createdAt: "2026-11-24T10:00:00Z", latencyMs: 120 }),
  ];
  const health = deliveryHealth(rows, { ...reading, isComplete });
  const forecast = forecastDisable({ status: "Active", consecutiveFailures: null }, health, nowMs);
  return {
    asOf: reading.to,
    ...reading,
    webhooks: [{ webhookId, state: "active", health, failure: null, forecast }],
    unreadableRows: 0,
    isLimited: false,
    ...over,
  };
}

const lists = { "GET v2/webhooks": [webhookOf()] };
const rowOf = async (name: string) => {
  const row = (await screen.findByRole("link", { name })).closest<HTMLElement>('[role="row"]');
  if (row === null) throw new Error("no row");
  return row;
};

describe("the list of webhooks", () => {
  it("asks nothing for people who may not see it", () => {
    const { sent } = draw(<WebhooksPage />, {}, { role: "analyst", permissions: [] });
    expect(screen.getByText("Webhooks are for managers and administrators")).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it("shows state, and figures with what they rest on", async () => {
    draw(<WebhooksPage />, { ...lists, "GET webhooks/health": healthOf(1) });
    const row = await rowOf("SIEM bridge");
    expect(await within(row).findByText("50.0 %")).toBeTruthy();
    expect(row.textContent).toContain("1 of 2");
    expect(row.textContent).toContain("Active");
    expect(row.textContent).toContain("120 ms");
    expect(row.textContent).toContain("503");
    expect(screen.getByTestId("webhook-count").textContent).toBe("1 webhook: 1 active");
  });

  it("says at least when the reading of the log was cut", async () => {
    draw(<WebhooksPage />, { ...lists, "GET webhooks/health": healthOf(1, false) });
    const row = await rowOf("SIEM bridge");
    expect(await within(row).findByText("1 of at least 2")).toBeTruthy();
  });

  it("warns before ContraForce gives a webhook up, and calls the threshold a guess", async () => {
    draw(<WebhooksPage />, { ...lists, "GET webhooks/health": healthOf(7) });
    const trouble = await screen.findByRole("list", { name: "Webhooks in trouble" });
    expect(trouble.textContent).toContain("has failed to deliver 7 events in a row (counted in its log)");
    expect(trouble.textContent).toContain("about 10 is our guess");
  });

  it("names the webhook whose log could not be read, and shows no figure for it", async () => {
    const view = healthOf(0);
    const [one] = view.webhooks;
    const unread = {
      ...one!,
      health: null,
      failure: { code: "UPSTREAM_TIMEOUT", detail: "No answer in time." } as const,
    };
    draw(<WebhooksPage />, { ...lists, "GET webhooks/health": { ...view, webhooks: [unread] } });
    expect(
      await screen.findByText(/delivery log of SIEM bridge could not be read: No answer in time/),
    ).toBeTruthy();
    expect((await rowOf("SIEM bridge")).textContent).not.toContain("%");
  });

  it("keeps the list when the figures fail, and says that they are missing", async () => {
    draw(<WebhooksPage />, { ...lists, "GET webhooks/health": problem("UPSTREAM_UNAVAILABLE") });
    expect(await rowOf("SIEM bridge")).toBeTruthy();
    expect((await screen.findByRole("alert")).textContent).toContain("its figures are missing");
  });

  it("says what failed when the list itself does", async () => {
    draw(<WebhooksPage />, {
      "GET v2/webhooks": problem("UPSTREAM_FORBIDDEN"),
      "GET webhooks/health": problem("UPSTREAM_FORBIDDEN"),
    });
    expect((await screen.findAllByText("The service account may not read this")).length).toBeGreaterThan(0);
    expect(screen.getByTestId("webhook-count").textContent).toBe("The webhooks could not be read");
  });

  it("tells that the figures are over some workspaces only", async () => {
    draw(<WebhooksPage />, { ...lists, "GET webhooks/health": healthOf(0, true, { isLimited: true }) });
    expect(await screen.findByText(/cover the deliveries of the workspaces that you see/)).toBeTruthy();
  });

  it("opens a webhook by keyboard, and offers nothing to who may only read", async () => {
    const permissions = ["webhooks:read"] as const;
    draw(
      <WebhooksPage />,
      { ...lists, "GET webhooks/health": healthOf(0) },
      { role: "manager", permissions },
    );
    await rowOf("SIEM bridge");
    expect(screen.queryByRole("button", { name: "New webhook" })).toBeNull();
    expect(screen.getByText(/an administrator of this organisation makes and changes them/)).toBeTruthy();
    fireEvent.keyDown(document.body, { key: "j" });
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "Enter" });
    expect(push).toHaveBeenCalledWith(`/main/webhooks/${webhookId}`);
  });

  it("says that there is none, with the way to the first", async () => {
    draw(<WebhooksPage />, {
      "GET v2/webhooks": [],
      "GET webhooks/health": { ...healthOf(0), webhooks: [] },
    });
    expect(await screen.findByText("There is no webhook yet")).toBeTruthy();
    expect(screen.getAllByRole("button", { name: "New webhook" })).toHaveLength(2);
  });
});
