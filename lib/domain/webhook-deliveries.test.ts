import { expect, test } from "vitest";
import { deliveryRow, failedRow } from "./delivery-fixture";
import { anyDelivery, type DeliveryFilter, fitsDeliveryFilter } from "./webhook-deliveries";

const rows = [
  deliveryRow({ id: "ok" }),
  failedRow({ id: "down", eventSubjectDisplayName: "Malware on HOST-7", eventId: "e-7" }),
  failedRow({ id: "test", isTest: true, httpStatusCode: null }),
  deliveryRow({
    id: "again",
    originalDeliveryId: "down",
    eventType: "agent.investigation.completed.v1",
    eventSourceAccountId: null,
  }),
];
const fitting = (filter: Partial<DeliveryFilter>) =>
  rows.filter((row) => fitsDeliveryFilter({ ...anyDelivery, ...filter }, row)).map(({ id }) => id);

test.each([
  ["nothing asked for", {}, ["ok", "down", "test", "again"]],
  ["outcome", { outcomes: ["failed"] }, ["down", "test"]],
  ["status class", { statusClasses: ["5xx"] }, ["down"]],
  ["no answer", { statusClasses: ["none"] }, ["test"]],
  ["event type", { eventTypes: ["agent.investigation.completed.v1"] }, ["again"]],
  ["account, in any case", { accountIds: ["AAAAAAAA-0000-4000-8000-000000000001"] }, ["ok", "down", "test"]],
  ["subject text", { subject: " host-7 " }, ["down"]],
  ["event id, whole", { subject: "E-7" }, ["down"]],
  ["event id, in part", { subject: "e-" }, []],
  ["tests only", { isTest: true }, ["test"]],
  ["no tests", { isTest: false }, ["ok", "down", "again"]],
  ["redeliveries", { isRedelivery: true }, ["again"]],
  ["two at once", { outcomes: ["delivered"], isRedelivery: false }, ["ok"]],
] as const)("%s", (_what, filter, ids) => {
  expect(fitting(filter)).toEqual(ids);
});
