import { expect, test } from "vitest";
import { deliveryChains } from "./delivery-chain";
import { createdAfter, deliveryRow, failedRow } from "./delivery-fixture";

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

test("attempts of an event are one chain, oldest first, delivered as soon as one was", () => {
  const [chain, ...others] = deliveryChains([
    failedRow({ id: "third", createdAt: createdAfter(20) }),
    deliveryRow({ id: "second", createdAt: createdAfter(10), attemptNumber: 2 }),
    failedRow({ id: "first", createdAt: createdAfter(0) }),
  ]);
  expect(others).toEqual([]);
  expect(chain).toMatchObject({
    outcome: "delivered",
    isCut: false,
    webhookId: "hook-1",
    eventId: "event-1",
  });
  expect(ids(chain!.attempts)).toEqual(["first", "second", "third"]);
});

test("the same event at two webhooks is two chains", () => {
  const chains = deliveryChains([
    failedRow({ id: "a" }),
    failedRow({ id: "b", webhookConfigurationId: "hook-2" }),
  ]);
  expect(chains.map(({ webhookId }) => webhookId)).toEqual(["hook-1", "hook-2"]);
});

test("without an event id the original links, over several steps", () => {
  const [chain, ...others] = deliveryChains([
    deliveryRow({ id: "c", eventId: null, originalDeliveryId: "b", createdAt: createdAfter(2) }),
    failedRow({ id: "b", eventId: null, originalDeliveryId: "a", createdAt: createdAfter(1) }),
    failedRow({ id: "a", eventId: null, createdAt: createdAfter(0) }),
    failedRow({ id: "z", eventId: null }),
  ]);
  expect(ids(chain!.attempts)).toEqual(["a", "b", "c"]);
  expect(others.map(({ attempts }) => ids(attempts))).toEqual([["z"]]);
});

test("an original that was not read is said; a row twice counts once; a circle ends", () => {
  const redelivery = failedRow({ id: "r", originalDeliveryId: "gone" });
  expect(deliveryChains([redelivery, redelivery])).toMatchObject([{ isCut: true, attempts: [{ id: "r" }] }]);
  const circle = [
    failedRow({ id: "a", eventId: null, originalDeliveryId: "b" }),
    failedRow({ id: "b", eventId: null, originalDeliveryId: "a" }),
  ];
  expect(
    deliveryChains(circle)
      .flatMap(({ attempts }) => ids(attempts))
      .sort(),
  ).toEqual(["a", "b"]);
});

test("a chain whose newest attempt waits is pending", () => {
  const waiting = deliveryRow({
    id: "w",
    httpStatusCode: null,
    completedAt: null,
    createdAt: createdAfter(9),
  });
  expect(deliveryChains([failedRow(), waiting])[0]?.outcome).toBe("pending");
});
