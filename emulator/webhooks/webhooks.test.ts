import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { registry } from "@/lib/contract";
import { parseReply } from "@/lib/contract/tolerant";
import { type RunningEmulator, startEmulator } from "../start";
import { callOperation, codeOf, dataOf } from "../testing/caller";
import { sign } from "./signature";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let emulator: RunningEmulator;
let receiver: Server;
let received: Received[] = [];
let answer = { status: 200, body: '{"status":"accepted"}' };

beforeAll(async () => {
  emulator = await startEmulator({
    scenario: "quiet-night",
    seed: 7,
    startAt: "2026-11-24T10:00:00Z",
    frozen: true,
  });
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(answer.status, { location: "/elsewhere" }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await emulator.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
afterEach(() => {
  emulator.control.reset();
  received = [];
  answer = { status: 200, body: '{"status":"accepted"}' };
});

const url = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?key=1`;

interface Hook {
  readonly id: string;
  readonly secret: string;
  readonly status: string;
  readonly consecutiveFailures: number;
  readonly disabledReason: string | null;
}

async function makeHook(extra: Record<string, unknown> = {}): Promise<Hook> {
  const body = { name: "Receiver", url: url(), eventTypes: ["incident.created.v1"], ...extra };
  return dataOf(await callOperation(emulator, "webhooks.create", { body }));
}

const getHook = async ({ id }: Hook) =>
  dataOf<Hook>(await callOperation(emulator, "webhooks.get", { params: { id } }));

type Log = Record<string, unknown> & { id: string; status: string; createdAt: string; attemptNumber: number };

async function logOf({ id }: Hook, pageSize = 100): Promise<Log[]> {
  return dataOf<{ items: Log[] }>(
    await callOperation(emulator, "webhooks.deliveryLogs", { params: { id }, query: { pageSize } }),
  ).items;
}

/** Puts a new incident in; every workspace with Sentinel will do. */
function incident(title = "Made for the webhook – 異常") {
  const workspace = emulator.control.workspaces().find((each) => each.sources.includes("Sentinel"));
  const [key] = emulator.control.putIncidents([
    { workspaceId: workspace?.id ?? "", source: "Sentinel", title, severity: "High" },
  ]);
  return { key, workspace };
}

/** Lets the event loop turn until `count` deliveries have come to their end; the test's time limit ends a wait in vain. */
async function settled(hook: Hook, count: number): Promise<Log[]> {
  for (;;) {
    const log = await logOf(hook);
    if (log.length >= count && log.every((row) => row.status !== "Pending")) return log;
  }
}

describe("a new incident is delivered over HTTP", () => {
  it("with the envelope and payload of the vendor's samples, signed in profile A", async () => {
    const hook = await makeHook();
    const { key, workspace } = incident();
    const [row] = await settled(hook, 1);
    const [delivery] = received;
    expect(received).toHaveLength(1);
    const headers = delivery?.headers ?? {};
    expect(headers["x-cf-schema"]).toBe("incident.created.v1");
    expect(headers["x-cf-event-id"]).toBe(row?.eventId);
    expect(headers["x-cf-timestamp"]).toMatch(/^\d{10}$/);
    expect(headers["x-cf-test"]).toBeUndefined();
    expect(headers.authorization).toBeUndefined();
    const raw = delivery?.body ?? Buffer.alloc(0);
    expect(headers["x-cf-signature"]).toBe(sign("A", hook.secret, String(headers["x-cf-timestamp"]), raw));
    const body = JSON.parse(raw.toString()) as {
      data: Record<string, unknown>;
      isTest: boolean;
      type: string;
    };
    expect([body.type, body.isTest]).toEqual(["incident.created.v1", false]);
    expect(body.data).toMatchObject({
      accountId: workspace?.id,
      accountName: workspace?.name,
      incidentId: key?.id,
      title: "Made for the webhook – 異常",
      severity: "High",
      source: "sentinel",
      sourceDisplayName: "Microsoft Sentinel",
    });
    expect(Object.keys(body.data)).toEqual(
      expect.arrayContaining([
        "incidentNumber",
        "owner",
        "createdAt",
        "lastActivityAt",
        "occurredAt",
        "alertProductNames",
        "alerts",
        "entities",
      ]),
    );
    expect(row).toMatchObject({
      status: "Succeeded",
      httpStatusCode: 200,
      attemptNumber: 1,
      isTest: false,
      eventPayload: raw.toString(),
      responseSnippet: answer.body,
    });
  });

  it("in profile B for an investigation that an agent has completed", async () => {
    const hook = await makeHook({ eventTypes: ["agent.investigation.completed.v1"] });
    for (let i = 0; i < 12; i += 1) incident(`Agent ${i}`);
    emulator.control.clock({ advanceMs: 15 * 60_000 });
    const log = await settled(hook, 1);
    const { headers, body } = received[0] ?? { headers: {}, body: Buffer.alloc(0) };
    expect(headers["x-cf-schema"]).toBe("agent.investigation.completed.v1");
    expect(headers["x-cf-timestamp"]).toMatch(/^\d{4}-.*\d{7}\+00:00$/);
    expect(headers["x-cf-signature"]).toBe(sign("B", hook.secret, String(headers["x-cf-timestamp"]), body));
    expect(log.length).toBeLessThan(12);
  });

  it("to those alone who subscribe and are active", async () => {
    const paused = await makeHook();
    await callOperation(emulator, "webhooks.pause", { params: { id: paused.id } });
    const other = await makeHook({ eventTypes: ["agent.investigation.completed.v1"] });
    const hook = await makeHook();
    incident();
    await settled(hook, 1);
    expect(received).toHaveLength(1);
    expect([await logOf(paused), await logOf(other)]).toEqual([[], []]);
    await callOperation(emulator, "webhooks.resume", { params: { id: paused.id } });
    incident();
    await settled(paused, 1);
    expect(received).toHaveLength(3);
  });

  it("with the same event id to each receiver, and the credentials that were set", async () => {
    const one = await makeHook({ authenticationType: "BasicAuth", username: "u:x", password: "pä" });
    const two = await makeHook();
    const credentials = {
      authenticationType: "BearerToken" as const,
      token: "t0ken",
      signingToken: "own-key",
    };
    const reply = await callOperation(emulator, "webhooks.credentials", {
      params: { id: two.id },
      body: credentials,
    });
    expect(dataOf(reply)).toEqual({ id: two.id, authenticationType: "BearerToken", hasSigningToken: true });
    incident();
    await settled(one, 1);
    await settled(two, 1);
    expect(new Set(received.map(({ headers }) => headers["x-cf-event-id"])).size).toBe(1);
    const bearer = received.find(({ headers }) => headers.authorization === "Bearer t0ken");
    expect(received.map(({ headers }) => headers.authorization)).toContain(
      `Basic ${Buffer.from("u:x:pä").toString("base64")}`,
    );
    expect(bearer?.headers["x-cf-signature"]).toBe(
      sign("A", "own-key", String(bearer?.headers["x-cf-timestamp"]), bearer?.body ?? Buffer.alloc(0)),
    );
  });

  it("never beyond this machine: another address is a failed delivery without a connection", async () => {
    const hook = await makeHook({ url: "https://hooks.example.test/in" });
    incident();
    const [row] = await settled(hook, 1);
    expect(row).toMatchObject({
      status: "Failed",
      httpStatusCode: null,
      errorMessage: "The emulator delivers to loopback addresses only.",
    });
  });

  it("without following a redirect", async () => {
    answer = { status: 302, body: "" };
    const hook = await makeHook();
    incident();
    const [row] = await settled(hook, 1);
    expect([row?.status, row?.httpStatusCode, received.length]).toEqual(["Failed", 302, 1]);
  });
});

describe("what fails is tried again, and what keeps failing is disabled", () => {
  it("on the schedule, by the emulator's clock, with the same event id and a log row each", async () => {
    answer = { status: 503, body: "no" };
    const hook = await makeHook();
    incident();
    await settled(hook, 1);
    // Time brings other incidents too.
    const ours = async () =>
      (await logOf(hook)).filter((row) => row.eventSubjectDisplayName === "Made for the webhook – 異常");
    for (const [attempt, wait] of [
      [2, 10_000],
      [3, 60_000],
      [4, 300_000],
      [5, 1_800_000],
    ] as const) {
      emulator.control.clock({ advanceMs: wait - 1 });
      expect(await ours()).toHaveLength(attempt - 1);
      emulator.control.clock({ advanceMs: 1 });
      await settled(hook, attempt);
    }
    emulator.control.clock({ advanceMs: 3_600_000 });
    const log = (await settled(hook, 5)).filter(
      (row) => row.eventSubjectDisplayName === "Made for the webhook – 異常",
    );
    expect(log.map((row) => row.attemptNumber)).toEqual([5, 4, 3, 2, 1]);
    expect(new Set(log.map((row) => row.eventId)).size).toBe(1);
    expect(
      log.every((row) => row.errorMessage === "The receiver answered 503." && row.responseSnippet === "no"),
    ).toBe(true);
  });

  it("until the receiver is back", async () => {
    answer = { status: 500, body: "" };
    const hook = await makeHook();
    incident();
    await settled(hook, 1);
    answer = { status: 204, body: "" };
    emulator.control.clock({ advanceMs: 10_000 });
    const [second, first] = await settled(hook, 2);
    expect([first?.status, second?.status]).toEqual(["Failed", "Succeeded"]);
    expect((await getHook(hook)).consecutiveFailures).toBe(0);
  });

  it("ten failed events in a row disable it; enable brings it back", async () => {
    emulator.control.webhooks({ retryMs: [0] });
    answer = { status: 500, body: "" };
    const hook = await makeHook();
    for (let i = 1; i <= 9; i += 1) incident();
    await settled(hook, 9);
    expect((await getHook(hook)).status).toBe("Active");
    incident();
    await settled(hook, 10);
    const disabled = await getHook(hook);
    expect([disabled.status, disabled.consecutiveFailures, disabled.disabledReason]).toEqual([
      "Disabled",
      10,
      "10 events in a row could not be delivered.",
    ]);
    incident();
    expect(await logOf(hook)).toHaveLength(10);
    await callOperation(emulator, "webhooks.resume", { params: { id: hook.id } });
    expect((await getHook(hook)).status).toBe("Disabled");
    answer = { status: 200, body: "" };
    await callOperation(emulator, "webhooks.enable", { params: { id: hook.id } });
    incident();
    await settled(hook, 11);
    expect(await getHook(hook)).toMatchObject({
      status: "Active",
      consecutiveFailures: 0,
      disabledReason: null,
    });
  });

  it("a success in between starts the count anew", async () => {
    emulator.control.webhooks({ retryMs: [0], disableAfter: 2 });
    const hook = await makeHook();
    for (const [index, status] of [500, 200, 500].entries()) {
      answer = { status, body: "" };
      incident();
      await settled(hook, index + 1);
    }
    expect(await getHook(hook)).toMatchObject({ status: "Active", consecutiveFailures: 1 });
  });

  it("a receiver that takes too long has failed", async () => {
    emulator.control.webhooks({ timeoutMs: 20, retryMs: [0] });
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const hook = await makeHook({ url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/` });
    incident();
    const [row] = await settled(hook, 1);
    expect(row).toMatchObject({
      status: "Failed",
      httpStatusCode: null,
      errorMessage: "No answer within 20 ms.",
    });
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });
});

describe("a person can test and redeliver", () => {
  it("a test works in every state, says that it is one, and does not count", async () => {
    const hook = await makeHook();
    await callOperation(emulator, "webhooks.pause", { params: { id: hook.id } });
    answer = { status: 500, body: "x".repeat(5_000) };
    const row = dataOf<Log>(await callOperation(emulator, "webhooks.test", { params: { id: hook.id } }));
    expect(row).toMatchObject({ isTest: true, status: "Failed", httpStatusCode: 500 });
    expect(String(row.responseSnippet)).toHaveLength(1_000);
    expect(received[0]?.headers["x-cf-test"]).toBe("true");
    expect(JSON.parse(String(received[0]?.body))).toMatchObject({
      isTest: true,
      type: "incident.created.v1",
    });
    expect(await getHook(hook)).toMatchObject({ status: "Paused", consecutiveFailures: 0 });
  });

  it("a redelivery has the same event and a log row that names the first one", async () => {
    answer = { status: 500, body: "" };
    const hook = await makeHook();
    incident();
    const [original] = await settled(hook, 1);
    answer = { status: 200, body: "" };
    const call = {
      params: { id: hook.id, logId: original?.id ?? "" },
      query: { createdAt: original?.createdAt ?? "" },
    };
    const again = dataOf<Log>(await callOperation(emulator, "webhooks.redeliver", call));
    const log = await settled(hook, 2);
    expect(log.find((row) => row.id === again.id)).toMatchObject({
      status: "Succeeded",
      originalDeliveryId: original?.id,
      eventId: original?.eventId,
    });
    const one = dataOf<Log>(await callOperation(emulator, "webhooks.deliveryLog", call));
    expect(one.redeliveryRequestedAt).toBe("2026-11-24T10:00:00.0000000+00:00");
    const wrong = { ...call, query: { createdAt: "2026-11-24T10:00:01.0000000+00:00" } };
    expect(codeOf(await callOperation(emulator, "webhooks.deliveryLog", wrong))).toBe("NOT_FOUND");
  });
});

describe("the delivery log", () => {
  it("pages newest first to the end, by opaque tokens and within its bounds", async () => {
    const hooks = dataOf<Hook[]>(await callOperation(emulator, "webhooks.list"));
    const hook = hooks.find((each) => each.status === "Disabled");
    const params = { id: hook?.id ?? "" };
    const seen: Log[] = [];
    let continuationToken: string | undefined;
    do {
      const reply = await callOperation(emulator, "webhooks.deliveryLogs", {
        params,
        query: { pageSize: 7, continuationToken },
      });
      const { data } = parseReply(registry["webhooks.deliveryLogs"], reply.json);
      seen.push(...(data.items as unknown as Log[]));
      continuationToken = data.hasMore ? (data.continuationToken ?? undefined) : undefined;
    } while (continuationToken !== undefined);
    expect(seen).toHaveLength(50);
    expect(new Set(seen.map((row) => row.id)).size).toBe(50);
    const times = seen.map((row) => Date.parse(row.createdAt));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const bounds = { from: seen[20]?.createdAt, to: seen[10]?.createdAt };
    const inside = dataOf<{ items: Log[] }>(
      await callOperation(emulator, "webhooks.deliveryLogs", { params, query: { pageSize: 100, ...bounds } }),
    ).items;
    expect(inside.map((row) => row.id)).toEqual(seen.slice(10, 21).map((row) => row.id));
    const forged = await callOperation(emulator, "webhooks.deliveryLogs", {
      params,
      query: { pageSize: 7, continuationToken: "Zm9yZ2Vk" },
    });
    expect(codeOf(forged)).toBe("VALIDATION_ERROR");
  });
});

describe("what a receiver must catch can be sent", () => {
  it("a spoiled signature, and one that is too old", async () => {
    const hook = await makeHook();
    emulator.control.webhooks({ spoilSignatures: true, timestampSkewMs: -600_000 });
    incident();
    await settled(hook, 1);
    const { headers, body } = received[0] ?? { headers: {}, body: Buffer.alloc(0) };
    const timestamp = String(headers["x-cf-timestamp"]);
    expect(headers["x-cf-signature"]).not.toBe(sign("A", hook.secret, timestamp, body));
    expect(Date.now() / 1000 - Number(timestamp)).toBeGreaterThan(590);
  });

  it("either profile for either event", async () => {
    const hook = await makeHook();
    emulator.control.webhooks({ profiles: { "incident.created.v1": "B" } });
    incident();
    await settled(hook, 1);
    expect(received[0]?.headers["x-cf-timestamp"]).toContain("T");
    expect(received[0]?.headers["x-cf-signature"]).not.toContain("sha256=");
  });
});

describe("secrets of a webhook", () => {
  it("are told once, at creation, and credentials never", async () => {
    const hook = await makeHook({
      authenticationType: "BearerToken",
      token: "canary-token",
      signingToken: "canary-key",
    });
    expect(hook.secret).toMatch(/^whsec_/);
    const texts = [
      await callOperation(emulator, "webhooks.list"),
      await callOperation(emulator, "webhooks.get", { params: { id: hook.id } }),
    ];
    for (const { text } of texts) {
      expect(text).toContain(hook.id);
      for (const canary of [hook.secret, "canary-token", "canary-key"]) expect(text).not.toContain(canary);
    }
  });

  it("need their companions", async () => {
    const hook = await makeHook();
    const reply = await callOperation(emulator, "webhooks.credentials", {
      params: { id: hook.id },
      body: { authenticationType: "BasicAuth" },
    });
    expect(Object.keys((reply.json as { errors: object }).errors)).toEqual(["username", "password"]);
  });
});
