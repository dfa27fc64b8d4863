import { describe, expect, test } from "vitest";
import { createdAfter, deliveryRow, failedRow } from "./delivery-fixture";
import { type PlanRow, planRecovery } from "./recovery-plan";

const account = "aaaaaaaa-0000-4000-8000-000000000001";
const wish = {
  from: createdAfter(0),
  to: createdAfter(60),
  eventTypes: [],
  accountIds: [],
  statusClasses: [],
};
const at = (seconds: number) => ({ createdAt: createdAfter(seconds) });
const plan = (rows: readonly PlanRow[], over: Partial<Parameters<typeof planRecovery>[1]> = {}) =>
  planRecovery(rows, { ...wish, ...over });
const idsOf = (rows: readonly PlanRow[], over = {}) => plan(rows, over).deliveries.map(({ row }) => row.id);

describe("what is to be delivered again", () => {
  test("each event once, by its newest failed attempt, the oldest failure first", () => {
    const rows = [
      failedRow({ id: "b2", eventId: "b", ...at(50) }),
      failedRow({ id: "a1", eventId: "a", ...at(20) }),
      failedRow({ id: "b1", eventId: "b", ...at(10) }),
    ];
    expect(plan(rows)).toMatchObject({
      deliveredLater: 0,
      deliveries: [
        { row: { id: "a1" }, attempts: 1, why: null },
        { row: { id: "b2" }, attempts: 2, why: null },
      ],
    });
  });

  test("an attempt in the window counts; a failure after it is what is asked for again", () => {
    const rows = [failedRow({ id: "in", ...at(60) }), failedRow({ id: "after", ...at(900) })];
    expect(idsOf(rows)).toEqual(["after"]);
  });

  test("what arrived later, even after the window, is counted and not sent", () => {
    const rows = [failedRow({ id: "failed", ...at(10) }), deliveryRow({ id: "later", ...at(900) })];
    expect(plan(rows)).toEqual({ deliveries: [], deliveredLater: 1 });
  });

  test("the same event at two webhooks is two deliveries", () => {
    const rows = ["one", "two"].map((id) => failedRow({ id, webhookConfigurationId: id, ...at(1) }));
    expect(new Set(idsOf(rows))).toEqual(new Set(["one", "two"]));
  });

  test("an attempt that names no time is never the one that is asked for", () => {
    const timeless = ["", null, "soon"].map((createdAt, n) => failedRow({ id: `${n}`, createdAt }));
    expect(plan([...timeless, failedRow({ id: "timed", ...at(1) })])).toMatchObject({
      deliveries: [{ row: { id: "timed" }, attempts: 4, why: null }],
    });
  });

  test.each([
    ["at the first instant", failedRow(at(0)), {}, 1],
    ["at the last instant", failedRow(at(60)), {}, 1],
    ["before the window", failedRow(at(-1)), {}, 0],
    ["after the window", failedRow(at(61)), {}, 0],
    ["delivered", deliveryRow(at(1)), {}, 0],
    ["a test event", failedRow({ isTest: true, ...at(1) }), {}, 0],
    ["at no readable time", failedRow({ createdAt: null }), {}, 0],
    ["of a wanted status", failedRow(at(1)), { statusClasses: ["5xx"] as const }, 1],
    ["of another status", failedRow(at(1)), { statusClasses: ["4xx"] as const }, 0],
    [
      "without an answer",
      failedRow({ httpStatusCode: null, ...at(1) }),
      { statusClasses: ["none"] as const },
      1,
    ],
    ["of a wanted event", failedRow(at(1)), { eventTypes: ["incident.created.v1"] }, 1],
    ["of another event", failedRow(at(1)), { eventTypes: ["incident.closed.v1"] }, 0],
    ["of a wanted account, in capitals", failedRow(at(1)), { accountIds: [account.toUpperCase()] }, 1],
    ["of another account", failedRow(at(1)), { accountIds: ["b"] }, 0],
    [
      "of no account, when one is wanted",
      failedRow({ eventSourceAccountId: null, ...at(1) }),
      { accountIds: [account] },
      0,
    ],
  ])("a row %s", (_, row, over, count) => expect(idsOf([row], over)).toHaveLength(count));
});

describe("what is listed and not sent", () => {
  test("an event of which an attempt is still under way", () => {
    const pending = deliveryRow({ id: "pending", httpStatusCode: null, completedAt: null, ...at(30) });
    const [found] = plan([failedRow({ id: "failed", ...at(10) }), pending]).deliveries;
    expect(found).toMatchObject({ row: { id: "failed" }, attempts: 1 });
    expect(found?.why).toMatch(/under way/);
  });

  test("nothing at all", () => {
    expect(plan([])).toEqual({ deliveries: [], deliveredLater: 0 });
  });
});
