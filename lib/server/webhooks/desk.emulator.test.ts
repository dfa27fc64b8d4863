import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { callOperation, dataOf } from "@/emulator/testing/caller";
import { type Receiver, startReceiver } from "@/emulator/testing/receiver";
import type { Principal } from "@/lib/domain/access";
import {
  anyDelivery,
  type DeliveriesPage,
  type DeliveriesRequest,
  type DeliveryFilter,
} from "@/lib/domain/webhook-deliveries";
import type { WebhookHealthView } from "@/lib/domain/webhook-health";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import { organisationId, origin, ownHeaders, person, proxyHarness } from "@/lib/server/proxy/testing/harness";
import { Secret } from "@/lib/server/secret";
import { policy } from "@/lib/server/upstream/policy";
import { closePools } from "@/lib/server/upstream/pools";
import type { DeskDependencies } from "./context";
import { webhookDeliveries, webhooksHealth } from "./handle";

let emulator: RunningEmulator;
let receiver: Receiver;
let deps: DeskDependencies;
let asked: Principal | null;
/** A credential id of its own for each test keeps readings apart. */
let credential = 0;

beforeAll(async () => {
  emulator = await startEmulator({
    scenario: "quiet-night",
    seed: 7,
    startAt: "2026-11-24T10:00:00Z",
    frozen: true,
  });
  receiver = await startReceiver();
  vi.stubEnv("LOG_LEVEL", "silent");
});
afterAll(async () => {
  await closePools();
  await emulator.stop();
  await receiver.stop();
});
beforeEach(() => {
  emulator.control.reset();
  // Every event is tried once.
  emulator.control.webhooks({ retryMs: [0], disableAfter: 1_000 });
  receiver.answer = { status: 200, body: "" };
  asked = person("admin");
  credential += 1;
  const { clientId, secret } = demoCredentials.main;
  const connection: UpstreamConnection = {
    organisationId,
    baseUrl: emulator.baseUrl,
    credentialId: `credential-${credential}`,
    clientId,
    clientSecret: new Secret(secret),
  };
  deps = {
    ...proxyHarness(connection, [secret], { policy }).deps,
    authenticate: () => Promise.resolve(asked),
    now: () => emulator.control.now().getTime(),
  };
});

interface Hook {
  readonly id: string;
}
const hookAt = async (name: string): Promise<Hook> =>
  dataOf(
    await callOperation(emulator, "webhooks.create", {
      body: { name, url: receiver.url, eventTypes: ["incident.created.v1"] },
    }),
  );
const oracle = async ({ id }: Hook) =>
  dataOf<{ items: { id: string; status: string; createdAt: string }[] }>(
    await callOperation(emulator, "webhooks.deliveryLogs", { params: { id }, query: { pageSize: 100 } }),
  ).items;

/** Incidents in a workspace, so many seconds apart, and their deliveries settled. */
async function incidents(hooks: readonly Hook[], count: number, workspace = 0): Promise<void> {
  const { id } = emulator.control.workspaces().filter(({ sources }) => sources.includes("Sentinel"))[
    workspace
  ]!;
  const before = await Promise.all(hooks.map(async (hook) => (await oracle(hook)).length));
  for (let n = 0; n < count; n += 1) {
    emulator.control.putIncidents([
      { workspaceId: id, source: "Sentinel", title: `Made ${n}`, severity: "High" },
    ]);
    emulator.control.clock({ advanceMs: 1_000 });
  }
  for (const [index, hook] of hooks.entries())
    for (;;) {
      const log = await oracle(hook);
      if (log.length >= before[index]! + count && log.every(({ status }) => status !== "Pending")) break;
    }
}

async function read(request: Partial<DeliveriesRequest> & { filter?: DeliveryFilter }): Promise<Response> {
  const body = { filter: anyDelivery, pageSize: 50, continuationToken: null, ...request };
  return webhookDeliveries(deps)(
    new Request(`${origin}/api/main/webhooks/deliveries`, {
      method: "POST",
      headers: ownHeaders,
      body: JSON.stringify(body),
    }),
    { params: Promise.resolve({ org: "main" }) },
  );
}
async function page(request: Parameters<typeof read>[0]): Promise<DeliveriesPage> {
  const answer = await read(request);
  const json = (await answer.json()) as { data: DeliveriesPage };
  expect(answer.status, JSON.stringify(json)).toBe(200);
  return json.data;
}
async function everything(filter: DeliveryFilter, pageSize = 7) {
  const pages: DeliveriesPage[] = [];
  for (let token: string | null = null; pages.length === 0 || token !== null; ) {
    const next: DeliveriesPage = await page({ filter, pageSize, continuationToken: token });
    pages.push(next);
    token = next.continuationToken;
  }
  return pages;
}
async function health(): Promise<WebhookHealthView> {
  const answer = await webhooksHealth(deps)(new Request(`${origin}/api/main/webhooks/health`), {
    params: Promise.resolve({ org: "main" }),
  });
  const json = (await answer.json()) as { data: WebhookHealthView };
  expect(answer.status, JSON.stringify(json)).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  return json.data;
}
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

describe("the delivery log across webhooks", () => {
  test("holds exactly what the emulator holds, newest first, while more comes in", async () => {
    const hooks = [await hookAt("one"), await hookAt("two")];
    await incidents(hooks, 20);
    const listed = dataOf<Hook[]>(await callOperation(emulator, "webhooks.list"));
    const held = (await Promise.all(listed.map(oracle))).flat();
    expect(held.length).toBeGreaterThan(80);
    const first = await page({ pageSize: 7 });
    await incidents(hooks, 3);
    const rest: DeliveriesPage[] = [];
    for (let token = first.continuationToken; token !== null; token = rest.at(-1)!.continuationToken)
      rest.push(await page({ pageSize: 7, continuationToken: token }));
    const given = [first, ...rest].flatMap(({ items }) => items);
    expect(given.map(({ id }) => id).sort()).toEqual(held.map(({ id }) => id).sort());
    const times = given.map(({ createdAt }) => Date.parse(createdAt!));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(Object.keys(given[0]!)).not.toContain("eventPayload");
    expect(new Set(given.map(({ webhookId }) => webhookId)).size).toBe(3);
  });

  test("by webhook, outcome, window, test and subject", async () => {
    const hook = await hookAt("one");
    await incidents([hook], 3);
    receiver.answer = { status: 503, body: "" };
    await incidents([hook], 2);
    await callOperation(emulator, "webhooks.test", { params: { id: hook.id } });
    const own = { ...anyDelivery, webhookIds: [hook.id] };
    const count = async (filter: DeliveryFilter) =>
      (await everything(filter)).flatMap(({ items }) => items).length;
    expect(await count(own)).toBe(6);
    expect(await count({ ...own, outcomes: ["failed"], isTest: false })).toBe(2);
    expect(await count({ ...own, isTest: true })).toBe(1);
    expect(await count({ ...own, statusClasses: ["5xx"] })).toBe(3);
    expect(await count({ ...own, to: "2026-11-24T10:00:02Z" })).toBe(3);
    expect(await count({ ...own, from: "2026-11-24T10:00:03Z" })).toBe(3);
    expect(await count({ ...own, subject: "made 1" })).toBe(2);
  });

  test("a person who is limited sees deliveries of their workspaces only", async () => {
    const hook = await hookAt("one");
    await incidents([hook], 4, 0);
    await incidents([hook], 3, 1);
    const [, second] = emulator.control.workspaces().filter(({ sources }) => sources.includes("Sentinel"));
    asked = person("manager", [second!.id]);
    const pages = await everything({ ...anyDelivery, webhookIds: [hook.id] }, 2);
    const rows = pages.flatMap(({ items }) => items);
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map(({ eventSourceAccountId }) => eventSourceAccountId))).toEqual(
      new Set([second!.id]),
    );
    // Nor does a count tell of the others.
    expect(pages.reduce((sum, { examined }) => sum + examined, 0)).toBe(3);
  });

  test("a log that fails is named; its rows come when it is back", async () => {
    const hooks = [await hookAt("one"), await hookAt("two")];
    await incidents(hooks, 2);
    const filter = { ...anyDelivery, webhookIds: hooks.map(({ id }) => id) };
    const gone = "00000000-0000-4000-8000-000000000000";
    const partial = await page({ filter: { ...filter, webhookIds: [...filter.webhookIds, gone] } });
    expect(partial.failures).toMatchObject([{ webhookId: gone, code: "UPSTREAM_NOT_FOUND" }]);
    expect(partial.items).toHaveLength(4);
    expect(partial.hasMore).toBe(true);
    expect(await codeOf(await read({ filter: { ...anyDelivery, webhookIds: [gone] } }))).toEqual([
      404,
      "UPSTREAM_NOT_FOUND",
    ]);
  });

  test("a token is its person's, its filter's, and good for an hour", async () => {
    const hook = await hookAt("one");
    await incidents([hook], 3);
    const { continuationToken } = await page({ pageSize: 1 });
    const changed = { ...anyDelivery, isTest: true };
    expect(await codeOf(await read({ continuationToken, filter: changed }))).toEqual([400, "CURSOR_INVALID"]);
    asked = person("manager");
    expect(await codeOf(await read({ continuationToken }))).toEqual([400, "CURSOR_INVALID"]);
    asked = person("admin");
    emulator.control.clock({ advanceMs: 61 * 60_000 });
    expect(await codeOf(await read({ continuationToken }))).toEqual([410, "CURSOR_EXPIRED"]);
  });

  test("who may not read webhooks is refused, before anything is asked", async () => {
    for (const role of ["viewer", "analyst"] as const) {
      asked = person(role);
      emulator.control.clearStats();
      expect(await codeOf(await read({}))).toEqual([403, "FORBIDDEN"]);
      expect(emulator.control.stats().total).toBe(0);
    }
    asked = null;
    expect(await codeOf(await read({}))).toEqual([401, "NOT_SIGNED_IN"]);
  });

  test("unknown members and too large pages are refused at their field", async () => {
    const answer = await read({ pageSize: 101, filter: { ...anyDelivery, outcomes: ["fine" as "failed"] } });
    const { errors } = (await answer.json()) as { errors: object };
    expect(Object.keys(errors).sort()).toEqual(["filter.outcomes.0", "pageSize"]);
  });
});

describe("health of every webhook", () => {
  const of = (view: WebhookHealthView, { id }: Hook) =>
    view.webhooks.find(({ webhookId }) => webhookId === id)!;

  test("from the logs of the last day, tests and redeliveries left out", async () => {
    const hook = await hookAt("one");
    await incidents([hook], 3);
    receiver.answer = { status: 503, body: "" };
    await incidents([hook], 2);
    const [failed] = (await oracle(hook)).filter(({ status }) => status === "Failed");
    receiver.answer = { status: 200, body: "" };
    await callOperation(emulator, "webhooks.redeliver", {
      params: { id: hook.id, logId: failed!.id },
      query: { createdAt: failed!.createdAt },
    });
    await callOperation(emulator, "webhooks.test", { params: { id: hook.id } });
    const view = await health();
    expect(of(view, hook)).toMatchObject({
      state: "active",
      failure: null,
      health: {
        delivered: 3,
        failed: 2,
        successRate: 0.6,
        isComplete: true,
        failedEventsInARow: 2,
        leftOut: { tests: 1, redeliveries: 1 },
        lastFailure: { httpStatusCode: 503 },
        latencySamples: 3,
      },
    });
    expect(view.isLimited).toBe(false);
    // The two that the emulator brings: paused, and disabled two days ago.
    expect(view.webhooks.map(({ state }) => state).sort()).toEqual(["active", "disabled", "paused"]);
  });

  test("warns before it is disabled", async () => {
    const hook = await hookAt("one");
    receiver.answer = { status: 500, body: "" };
    await incidents([hook], 7);
    expect(of(await health(), hook).forecast).toMatchObject({
      level: "near",
      failures: 7,
      countedBy: "upstream",
      threshold: 10,
      isThresholdGuess: true,
    });
  });

  test("one reading for many viewers, each with what they may see", async () => {
    const hook = await hookAt("one");
    await incidents([hook], 3, 0);
    await incidents([hook], 2, 1);
    const [, second] = emulator.control.workspaces().filter(({ sources }) => sources.includes("Sentinel"));
    emulator.control.clearStats();
    const views = await Promise.all(Array.from({ length: 20 }, health));
    asked = person("manager", [second!.id]);
    const limited = await health();
    expect(emulator.control.stats().byOperation).toEqual({ "webhooks.list": 1, "webhooks.deliveryLogs": 3 });
    expect(new Set(views.map((view) => of(view, hook).health?.delivered))).toEqual(new Set([5]));
    expect(of(limited, hook).health).toMatchObject({ delivered: 2 });
    expect(limited.isLimited).toBe(true);
    asked = person("analyst");
    const refused = await webhooksHealth(deps)(new Request(`${origin}/api/main/webhooks/health`), {
      params: Promise.resolve({ org: "main" }),
    });
    expect(await codeOf(refused)).toEqual([403, "FORBIDDEN"]);
  });

  test("a log that cannot be read is no healthy webhook: no figures, and why", async () => {
    const hook = await hookAt("one");
    await incidents([hook], 1);
    emulator.control.faults([{ kind: "status", status: 403, operation: "webhooks.deliveryLogs" }]);
    const view = await health();
    expect(of(view, hook)).toMatchObject({ health: null, failure: { code: "UPSTREAM_FORBIDDEN" } });
  });

  test("a reading that is cut says at least", async () => {
    const hook = await hookAt("one");
    await incidents([hook], 12);
    const bounds = (await import("./health-reading")).healthBounds as { pageRows: number; pagesEach: number };
    const { pageRows, pagesEach } = bounds;
    Object.assign(bounds, { pageRows: 5, pagesEach: 2 });
    const cut = of(await health(), hook).health;
    Object.assign(bounds, { pageRows, pagesEach });
    expect(cut).toMatchObject({ delivered: 10, isComplete: false, from: "2026-11-24T10:00:02.000Z" });
  });
});
