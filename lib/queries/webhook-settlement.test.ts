import { describe, expect, it } from "vitest";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { deliveryRow } from "@/lib/domain/delivery-fixture";
import {
  createSettlement,
  credentialsSettlement,
  deleteSettlement,
  redeliverySettlement,
  stateSettlement,
  testSettlement,
  updateSettlement,
} from "./webhook-settlement";

const webhook = (over: Partial<Webhook> = {}): Webhook => ({
  id: "w-1",
  accountId: null,
  name: "SIEM",
  description: null,
  url: "https://a.example/",
  eventTypes: ["incident.created.v1"],
  authenticationType: "None",
  hasSigningToken: false,
  status: "Active",
  consecutiveFailures: 0,
  disabledAt: null,
  disabledReason: null,
  createdAt: null,
  lastModifiedAt: null,
  raw: null,
  ...over,
});

describe("a creation whose answer was lost", () => {
  const wanted = { name: "SIEM", url: "https://a.example/" };
  it("happened when a webhook of that name and address is there that was not before", () => {
    expect(createSettlement(wanted, [webhook()], [webhook(), webhook({ id: "w-2" })])).toMatchObject({
      verdict: "happened",
      found: { kind: "webhook", id: "w-2" },
    });
  });
  it("did not happen when none is there, or only those from before", () => {
    expect(createSettlement(wanted, [], []).verdict).toBe("not-happened");
    expect(createSettlement(wanted, [webhook()], [webhook()]).verdict).toBe("not-happened");
    expect(createSettlement(wanted, [], [webhook({ url: "https://b.example/" })]).verdict).toBe(
      "not-happened",
    );
  });
  it("cannot be told when nobody knows what was there before", () => {
    expect(createSettlement(wanted, null, [webhook()]).verdict).toBe("cannot-tell");
    expect(createSettlement(wanted, null, []).verdict).toBe("not-happened");
  });
});

describe("a change whose answer was lost", () => {
  it("is compared member by member, events as a set", () => {
    const now = webhook({ name: "New", description: null, eventTypes: ["b.c.v1", "a.b.v1"] });
    const wanted = { name: "New", description: null, eventTypes: ["a.b.v1", "b.c.v1"] };
    expect(updateSettlement(wanted, now).verdict).toBe("happened");
    expect(updateSettlement({ ...wanted, name: "Other" }, now).verdict).toBe("not-happened");
    expect(updateSettlement({ ...wanted, description: "x" }, now).verdict).toBe("not-happened");
    expect(updateSettlement({ ...wanted, eventTypes: ["a.b.v1"] }, now).verdict).toBe("not-happened");
  });
  it("a deletion is told by what is missing", () => {
    expect(deleteSettlement(true).verdict).toBe("happened");
    expect(deleteSettlement(false).verdict).toBe("not-happened");
  });
  it("a verb is told by the state it leads to; an unknown word tells nothing", () => {
    expect(stateSettlement("pause", { status: "Paused" }).verdict).toBe("happened");
    expect(stateSettlement("pause", { status: "Active" }).verdict).toBe("not-happened");
    expect(stateSettlement("enable", { status: "Active" }).verdict).toBe("happened");
    expect(stateSettlement("resume", { status: "Hibernating" }).verdict).toBe("cannot-tell");
  });
  it("credentials are told only by a kind that changed", () => {
    const settle = (wanted: "None" | "BasicAuth", before: string | null, now: string) =>
      credentialsSettlement(
        { authenticationType: wanted },
        before === null ? null : { authenticationType: before },
        { authenticationType: now },
      ).verdict;
    expect(settle("BasicAuth", "None", "BasicAuth")).toBe("happened");
    expect(settle("BasicAuth", "None", "None")).toBe("not-happened");
    expect(settle("BasicAuth", "BasicAuth", "BasicAuth")).toBe("cannot-tell");
    expect(settle("BasicAuth", null, "BasicAuth")).toBe("cannot-tell");
  });
});

describe("a test whose answer was lost", () => {
  const old = deliveryRow({ id: "t-1", isTest: true });
  const made = deliveryRow({ id: "t-2", isTest: true });
  it("is looked for among the tests that were not there before", () => {
    expect(testSettlement([old], [made, old])).toMatchObject({
      verdict: "happened",
      found: { kind: "delivery", id: "t-2", createdAt: made.createdAt },
    });
    expect(testSettlement([old], [old, deliveryRow({ id: "x" })]).verdict).toBe("not-happened");
    expect(testSettlement(null, [made]).verdict).toBe("cannot-tell");
  });
});

describe("a redelivery whose answer was lost", () => {
  const original = deliveryRow();
  const asked = deliveryRow({ redeliveryRequestedAt: "2026-11-24T11:00:00Z" });
  const copy = deliveryRow({ id: "c-1", originalDeliveryId: original.id });
  it("is told by either sign", () => {
    const before = { original, copies: [] };
    expect(redeliverySettlement(before, { original: asked, copies: [] }).verdict).toBe("happened");
    expect(redeliverySettlement(before, { original, copies: [copy] })).toMatchObject({
      verdict: "happened",
      found: { id: "c-1" },
    });
    expect(redeliverySettlement(before, { original, copies: [] }).verdict).toBe("not-happened");
  });
  it("is not taken for one that came before it", () => {
    const before = { original: asked, copies: [copy] };
    expect(redeliverySettlement(before, { original: asked, copies: [copy] }).verdict).toBe("not-happened");
    expect(redeliverySettlement(null, { original: asked, copies: [copy] }).verdict).toBe("cannot-tell");
  });
});
