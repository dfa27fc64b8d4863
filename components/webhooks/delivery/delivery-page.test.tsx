import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { DeliveryLog } from "@/lib/contract/shapes/webhook";
import { deliveryRow, failedRow } from "@/lib/domain/delivery-fixture";
import type { DeliveriesPage, DeliveryRow } from "@/lib/domain/webhook-deliveries";
import { type Answers, draw, problem, webhookId, webhookOf } from "../testing/draw";
import { DeliveryPage } from "./delivery-page";

const createdAt = "2026-11-24T10:00:00.0000000+00:00";
const address = { search: `createdAt=${encodeURIComponent(createdAt)}` };
vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(address.search) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  address.search = `createdAt=${encodeURIComponent(createdAt)}`;
});

const log = failedRow({
  createdAt,
  eventPayload: '{"type":"incident.created.v1","n":12345678901234567890}',
  responseSnippet: "<b>asleep</b>",
});
const rowOf = (given: DeliveryLog): DeliveryRow => ({ ...given, webhookId });
const pageOf = (rows: readonly DeliveryLog[]): DeliveriesPage => ({
  items: rows.map(rowOf),
  continuationToken: null,
  hasMore: false,
  asOf: "2026-11-24T12:00:00Z",
  examined: rows.length,
  readTo: null,
  failures: [],
  unreadableRows: 0,
});
const one = `v2/webhooks/${webhookId}/delivery-logs/log-1`;
const answers: Answers = {
  [`GET ${one}`]: log,
  [`GET v2/webhooks/${webhookId}`]: webhookOf(),
  "POST webhooks/deliveries": pageOf([
    log,
    deliveryRow({ id: "log-2", originalDeliveryId: "log-1", createdAt: "2026-11-24T11:00:00Z" }),
  ]),
};
const show = (more: Answers = {}, over = {}) =>
  draw(<DeliveryPage webhookId={webhookId} logId="log-1" />, { ...answers, ...more }, over);

describe("a delivery", () => {
  it("is asked for with the partition key character by character", async () => {
    const { sent } = show();
    await screen.findByRole("region", { name: "Payload" });
    const asked = sent.find(({ url }) => url.includes("/delivery-logs/log-1"));
    expect(new URL(asked?.url ?? "", "https://a.example").searchParams.get("createdAt")).toBe(createdAt);
  });

  it("says what an address without it lacks, and asks nothing", () => {
    address.search = "";
    const { sent } = show();
    expect(screen.getByText("This address lacks the time of the delivery")).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it("shows payload and response as text, never as markup", async () => {
    show();
    const response = await screen.findByRole("region", { name: "Response" });
    expect(response.textContent).toBe("<b>asleep</b>");
    expect(response.querySelector("b")).toBeNull();
    expect(screen.getByRole("region", { name: "Payload" }).textContent).toContain("12345678901234567890");
  });

  it("chains the attempts, marks this one, and leads to the others", async () => {
    show();
    const table = await screen.findByRole("table");
    const rows = within(table).getAllByRole("row").slice(1);
    expect(rows).toHaveLength(2);
    expect(rows[0]?.textContent).toContain("(this one)");
    expect(within(rows[1]!).getByRole("link", { name: "Redelivery" }).getAttribute("href")).toContain(
      "/deliveries/log-2?createdAt=",
    );
    expect(screen.getByText("All attempts of this event to this webhook, oldest first.")).toBeTruthy();
  });

  it("is told as missing when upstream does not have it", async () => {
    show({ [`GET ${one}`]: problem("UPSTREAM_NOT_FOUND") });
    expect((await screen.findByRole("alert")).textContent).toContain("req-1");
  });

  it("is not offered again to who may only read", async () => {
    show({}, { role: "manager", permissions: ["webhooks:read"] });
    expect(
      await screen.findByText("An administrator of this organisation can send it once more."),
    ).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Redeliver" })).toBeNull();
  });
});

describe("redelivering", () => {
  async function redeliver(more: Answers) {
    const drawn = show(more);
    fireEvent.click(await screen.findByRole("button", { name: "Redeliver" }));
    expect(drawn.sent.some(({ url }) => url.includes("/redeliver"))).toBe(false);
    fireEvent.click(await screen.findByRole("button", { name: "Redeliver 1 event" }));
    return drawn;
  }
  const copy = deliveryRow({ id: "log-9", originalDeliveryId: "log-1", latencyMs: 85 });
  const logPage = (items: readonly DeliveryLog[]) => ({ items, continuationToken: null, hasMore: false });

  it("asks first, sends once, and shows the result in its place", async () => {
    let isSent = false;
    const { sent } = await redeliver({
      [`GET v2/webhooks/${webhookId}/delivery-logs`]: () => logPage(isSent ? [copy, log] : [log]),
      [`POST ${one}/redeliver`]: () => {
        isSent = true;
        return { ok: true };
      },
    });
    expect(await screen.findByText("Redelivered: the receiver answered with 200 after 85 ms")).toBeTruthy();
    expect(sent.filter(({ method, url }) => method === "POST" && url.includes("/redeliver"))).toHaveLength(1);
    expect(screen.getByText("0HN:7")).toBeTruthy();
  });

  it("whose outcome the log does not decide is called neither delivered nor failed", async () => {
    let isSent = false;
    const undecided = { ...copy, httpStatusCode: null };
    await redeliver({
      [`GET v2/webhooks/${webhookId}/delivery-logs`]: () => logPage(isSent ? [undecided, log] : [log]),
      [`POST ${one}/redeliver`]: () => {
        isSent = true;
        return { ok: true };
      },
    });
    expect(await screen.findByText("Sent again; ContraForce does not say what became of it")).toBeTruthy();
    expect(screen.queryByText(/did not reach/)).toBeNull();
  });

  it("does not take one that was there before for its result", async () => {
    await redeliver({
      [`GET v2/webhooks/${webhookId}/delivery-logs`]: logPage([copy, log]),
      [`POST ${one}/redeliver`]: { ok: true },
    });
    expect(await screen.findByText("It was sent; waiting for its result")).toBeTruthy();
    expect(screen.queryByText(/^Redelivered/)).toBeNull();
  });

  it("of unknown outcome is settled by reading, and never sent again by itself", async () => {
    let isSent = false;
    const { sent } = await redeliver({
      [`GET v2/webhooks/${webhookId}/delivery-logs`]: () => logPage(isSent ? [copy, log] : [log]),
      [`POST ${one}/redeliver`]: () => {
        isSent = true;
        return problem("OUTCOME_UNKNOWN");
      },
    });
    expect(await screen.findByText("Unknown whether it happened")).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Redeliver" }).disabled).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: "Read it again" }));
    expect(await screen.findByText("It happened")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Open the delivery" }).getAttribute("href")).toContain("log-9");
    expect(sent.filter(({ method, url }) => method === "POST" && url.includes("/redeliver"))).toHaveLength(1);
  });

  it("that upstream refuses says so, and that nothing was sent", async () => {
    await redeliver({
      [`GET v2/webhooks/${webhookId}/delivery-logs`]: logPage([log]),
      [`POST ${one}/redeliver`]: problem("UPSTREAM_CONFLICT"),
    });
    expect(await screen.findByText("Nothing was sent.")).toBeTruthy();
  });
});
