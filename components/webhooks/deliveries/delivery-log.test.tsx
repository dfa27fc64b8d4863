import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deliveryRow, failedRow } from "@/lib/domain/delivery-fixture";
import type { DeliveriesPage as Page, DeliveriesRequest, DeliveryRow } from "@/lib/domain/webhook-deliveries";
import { draw, type Given, problem, webhookId, webhookOf } from "../testing/draw";
import { DeliveriesPage } from "./deliveries-page";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  push.mockReset();
});

const rows = (count: number, prefix: string): DeliveryRow[] =>
  Array.from({ length: count }, (_, n) => ({
    ...deliveryRow({ id: `${prefix}${n}`, eventSubjectDisplayName: `${prefix}${n}` }),
    webhookId,
  }));
const pageOf = (
  items: readonly DeliveryRow[],
  next: string | null = null,
  over: Partial<Page> = {},
): Page => ({
  items,
  continuationToken: next,
  hasMore: next !== null,
  asOf: "2026-11-24T12:00:00Z",
  examined: items.length,
  readTo: null,
  failures: [],
  unreadableRows: 0,
  ...over,
});

/** Draws the log; `answer` gives the page for a request. */
function show(answer: (request: DeliveriesRequest) => Given, search = "") {
  const asked: DeliveriesRequest[] = [];
  const drawn = draw(
    <DeliveriesPage />,
    {
      "GET v2/webhooks": [webhookOf()],
      "GET workspaces": { workspaces: [] },
      "POST webhooks/deliveries": (body) => {
        const request = body as DeliveriesRequest;
        asked.push(request);
        return answer(request);
      },
    },
    {},
    search,
  );
  return { ...drawn, asked };
}
const counted = (text: string | RegExp) =>
  waitFor(() => expect(screen.getByTestId("delivery-count").textContent).toMatch(text));
const grid = () => screen.getByRole("grid", { name: "Deliveries" });

describe("the delivery log", () => {
  it("reads page after page near the end of what is shown, each place once, and shows each delivery once", async () => {
    const { asked } = show(({ continuationToken: place }) => {
      if (place === null) return pageOf(rows(5, "a"), "t1");
      // The log moved: one row of the page before comes again.
      return place === "t1" ? pageOf([rows(5, "a")[4]!, ...rows(5, "b")], "t2") : pageOf(rows(2, "c"));
    });
    await counted(/^All 12 deliveries read/);
    expect(asked.map(({ continuationToken }) => continuationToken)).toEqual([null, "t1", "t2"]);
    expect(within(grid()).getAllByRole("link")).toHaveLength(12);
  });

  it("asks for what the address says", async () => {
    const { asked } = show(
      () => pageOf(rows(1, "a")),
      `?from=2026-11-24T10:00:00.000Z&to=2026-11-24T11:00:00.000Z&outcome=failed&status=5xx&kind=own&q=fin&webhook=${webhookId}`,
    );
    await counted(/1 delivery read/);
    expect(asked[0]?.filter).toMatchObject({
      from: "2026-11-24T10:00:00.000Z",
      to: "2026-11-24T11:00:00.000Z",
      outcomes: ["failed"],
      statusClasses: ["5xx"],
      isTest: false,
      isRedelivery: false,
      subject: "fin",
      webhookIds: [webhookId],
    });
  });

  it("looks further back by itself while pages are empty, then says how far it looked and asks", async () => {
    let pages = 0;
    show(() => {
      pages += 1;
      return pageOf([], `t${pages}`, { examined: 200, readTo: "2026-11-24T09:00:00Z" });
    }, "?outcome=failed");
    expect(
      await screen.findByText("None among the newest 2,000 deliveries", {}, { timeout: 10_000 }),
    ).toBeTruthy();
    await waitFor(() => expect(pages).toBe(10));
    fireEvent.click(screen.getByRole("button", { name: "Look further back" }));
    await screen.findByText("None among the newest 4,000 deliveries", {}, { timeout: 10_000 });
    expect(pages).toBe(20);
  });

  it("tells nothing matching from nothing sent", async () => {
    show(() => pageOf([], null, { examined: 7 }), "?outcome=pending");
    expect(await screen.findByText("No delivery matches these filters")).toBeTruthy();
    expect(screen.getByText("7 deliveries of this time looked through.")).toBeTruthy();
    cleanup();
    show(() => pageOf([]));
    expect(await screen.findByText("Nothing was sent in this time")).toBeTruthy();
  });

  it("names the webhooks whose log is missing, and offers to read them again", async () => {
    let isDown = true;
    show(() =>
      pageOf(rows(1, "a"), null, {
        failures: isDown ? [{ webhookId, code: "UPSTREAM_TIMEOUT", detail: "No answer in time." }] : [],
      }),
    );
    expect(
      await screen.findByText(/The log of SIEM bridge could not be read and is missing below/),
    ).toBeTruthy();
    isDown = false;
    fireEvent.click(screen.getByRole("button", { name: "Read it again" }));
    await waitFor(() => expect(screen.queryByText(/is missing below/)).toBeNull());
  });

  it("keeps what was read when a later page fails, and goes on from there", async () => {
    let isBroken = true;
    const { asked } = show(({ continuationToken: place }) => {
      if (place === null) return pageOf(rows(3, "a"), "t1");
      return isBroken ? problem("UPSTREAM_UNAVAILABLE") : pageOf(rows(1, "b"));
    });
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("at least 3 deliveries stay");
    isBroken = false;
    fireEvent.click(within(alert).getByRole("button", { name: "Continue" }));
    await counted(/^All 4 deliveries read/);
    expect(asked.map(({ continuationToken }) => continuationToken)).toEqual([null, "t1", "t1"]);
  });

  it("opens a delivery by keyboard with its partition key as it was given", async () => {
    show(() => pageOf([{ ...failedRow({ id: "x", eventSubjectDisplayName: "x" }), webhookId }]));
    await counted(/1 delivery read/);
    expect(grid().textContent).toContain("503");
    fireEvent.keyDown(document.body, { key: "j" });
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "Enter" });
    expect(push).toHaveBeenCalledWith(
      `/main/webhooks/${webhookId}/deliveries/x?createdAt=2026-11-24T10%3A00%3A00.0000000%2B00%3A00`,
    );
  });
});
