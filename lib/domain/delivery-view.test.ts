import { describe, expect, it } from "vitest";
import { deliveryFilterOf, type DeliveryView, fixedWindow } from "./delivery-view";
import { anyDelivery } from "./webhook-deliveries";

const view: DeliveryView = {
  range: "all",
  from: null,
  to: null,
  webhook: null,
  outcome: null,
  status: null,
  event: null,
  account: null,
  kind: null,
  q: null,
};
const nowMs = Date.parse("2026-11-24T12:00:00.000Z");

describe("deliveryFilterOf", () => {
  it("asks for everything when nothing is chosen", () =>
    expect(deliveryFilterOf(view, nowMs)).toEqual(anyDelivery));

  it.each([
    ["1h", "2026-11-24T11:00:00.000Z"],
    ["24h", "2026-11-23T12:00:00.000Z"],
    ["30d", "2026-10-25T12:00:00.000Z"],
  ] as const)("counts %s back from now, and leaves the end open", (range, from) =>
    expect(deliveryFilterOf({ ...view, range }, nowMs)).toEqual({ ...anyDelivery, from }),
  );

  it("puts each choice where the server looks for it", () => {
    expect(
      deliveryFilterOf(
        { ...view, webhook: "w", outcome: "failed", status: "5xx", event: "e", account: "a", q: "fin" },
        nowMs,
      ),
    ).toEqual({
      ...anyDelivery,
      webhookIds: ["w"],
      outcomes: ["failed"],
      statusClasses: ["5xx"],
      eventTypes: ["e"],
      accountIds: ["a"],
      subject: "fin",
    });
  });

  it("tells the three kinds apart", () => {
    const kind = (name: DeliveryView["kind"]) => {
      const { isTest, isRedelivery } = deliveryFilterOf({ ...view, kind: name }, nowMs);
      return [isTest, isRedelivery];
    };
    expect(kind(null)).toEqual([null, null]);
    expect(kind("own")).toEqual([false, false]);
    expect(kind("tests")).toEqual([true, null]);
    expect(kind("redeliveries")).toEqual([null, true]);
  });
});

describe("fixedWindow wins over the range, if it is one", () => {
  const window = { from: "2026-11-24T10:00:00Z", to: "2026-11-24T11:00:00Z" };
  it("is told in UTC", () => {
    expect(deliveryFilterOf({ ...view, ...window, range: "1h" }, nowMs)).toMatchObject({
      from: "2026-11-24T10:00:00.000Z",
      to: "2026-11-24T11:00:00.000Z",
    });
  });
  it.each([
    { from: null, to: null },
    { from: window.from, to: null },
    { from: "x", to: window.to },
    { from: window.to, to: window.from },
    { from: window.from, to: window.from },
  ])("%j is none", (given) => expect(fixedWindow(given)).toBeNull());
});
