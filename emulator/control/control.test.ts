import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../start";
import { callOperation, dataOf } from "../testing/caller";
import { keyOf, lastDay, walkAll } from "../testing/walker";

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({
    scenario: "quiet-night",
    seed: 7,
    startAt: "2026-11-24T10:00:00Z",
    frozen: true,
  });
});
afterAll(() => emulator.stop());
beforeEach(() => emulator.control.reset({ scenario: "quiet-night", seed: 7 }));

interface ControlReply {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

/** node:http, because `fetch` sets neither Host nor Origin. */
function control(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ControlReply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${emulator.url}/_emulator/${path}`, { method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, json: JSON.parse(text) as Record<string, unknown> }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

describe("control answers on this machine's own names only", () => {
  it.each([
    ["another host name (DNS rebinding)", { host: "evil.test" }],
    ["another host name with a port", { host: "evil.test:4010" }],
    ["a page of another origin", { origin: "https://evil.test" }],
  ])("refuses %s", async (_, headers) => {
    const reply = await control("POST", "reset", {}, headers);
    expect([reply.status, typeof reply.json.error]).toEqual([403, "string"]);
  });

  it.each(["localhost:4010", "127.0.0.1", "[::1]:80"])("takes the host name %s", async (host) => {
    expect((await control("GET", "health", undefined, { host })).status).toBe(200);
  });

  it("answers what it does not know with one sentence", async () => {
    expect(await control("GET", "nothing")).toEqual({
      status: 404,
      json: { error: "Control has no GET /_emulator/nothing." },
    });
    expect((await control("POST", "clock", { advanceMs: "soon" })).json.error).toMatch(/^advanceMs: /);
    expect((await control("POST", "reset", { scenario: "calm" })).json.error).toMatch(/^scenario: /);
  });
});

describe("statistics", () => {
  it("hold the raw path, query, method, status and header names of every request, matched or not", async () => {
    await callOperation(emulator, "webhooks.list");
    await fetch(`${emulator.url}/api/v2/webhooks/%2E%2e%2Fusers?x=%00`, {
      method: "DELETE",
      headers: { "x-odd-header": "secret-value" },
    });
    await fetch(`${emulator.url}/elsewhere`);
    const { json } = await control("GET", "stats");
    expect(json.total).toBe(3);
    expect(json.byOperation).toEqual({ "webhooks.list": 1, null: 2 });
    expect(json.requests).toMatchObject([
      { operation: "webhooks.list", method: "GET", rawPath: "/api/v2/webhooks", rawQuery: null, status: 200 },
      {
        operation: null,
        method: "DELETE",
        rawPath: "/api/v2/webhooks/%2E%2e%2Fusers",
        rawQuery: "x=%00",
        status: 400,
      },
      { operation: null, method: "GET", rawPath: "/elsewhere", status: 404 },
    ]);
    const [, second] = json.requests as { headerNames: string[] }[];
    expect(second?.headerNames).toContain("x-odd-header");
    expect(JSON.stringify(json)).not.toContain("secret-value");
  });

  it("are emptied on demand and by a reset, and do not count control itself", async () => {
    await callOperation(emulator, "webhooks.list");
    await control("DELETE", "stats");
    expect((await control("GET", "stats")).json.total).toBe(0);
    await callOperation(emulator, "webhooks.list");
    await control("POST", "reset");
    expect((await control("GET", "stats")).json.total).toBe(0);
  });

  it("keep the last 10,000 and count the rest", async () => {
    const { Stats } = await import("../http/stats");
    const stats = new Stats();
    for (let i = 0; i < 25_000; i += 1)
      stats.record({
        operation: null,
        method: "GET",
        rawPath: `/${i}`,
        rawQuery: null,
        status: 404,
        at: "",
        headerNames: [],
      });
    const { requests, total, byOperation } = stats.snapshot();
    expect([requests.length, requests[0]?.rawPath, total, byOperation.null]).toEqual([
      10_000,
      "/15000",
      25_000,
      25_000,
    ]);
  });
});

describe("the oracle", () => {
  it("gives the exact set for a filter, over the wire", async () => {
    const filter = { sources: ["Sentinel"], timeFilterSelection: { type: "FourtyEightHours" } } as const;
    const { json } = await control("GET", `incidents?filter=${encodeURIComponent(JSON.stringify(filter))}`);
    const incidents = json.incidents as { workspaceId: string; source: string; id: string }[];
    const { rows } = await walkAll(emulator, { ...filter, sources: ["Sentinel"] });
    expect(rows.length).toBeGreaterThan(0);
    expect(incidents.map(keyOf).sort()).toEqual(rows.map(keyOf).sort());
    expect(json.total).toBe(rows.length);
    expect(Object.keys(incidents[0] ?? {}).sort()).toEqual(["id", "source", "workspaceId"]);
  });

  it("tells the other provider's too, and refuses what it cannot read", async () => {
    expect((await control("GET", "incidents?organisation=globex")).json.total).toBe(90);
    expect((await control("GET", "incidents?organisation=initech")).status).toBe(400);
    expect((await control("GET", "incidents?filter=nonsense")).status).toBe(400);
    const filter = encodeURIComponent('{"timeFilterSelection":{"type":"Fortnight"}}');
    expect((await control("GET", `incidents?filter=${filter}`)).json.error).toMatch(
      /^timeFilterSelection\.type: /,
    );
  });
});

describe("the clock", () => {
  it("is set, advanced, stopped and let run", async () => {
    expect((await control("POST", "clock", { setIso: "2026-12-01T00:00:00Z" })).json).toMatchObject({
      now: "2026-12-01T00:00:00.000Z",
      frozen: true,
    });
    expect((await control("POST", "clock", { advanceMs: 1_500 })).json.now).toBe("2026-12-01T00:00:01.500Z");
    expect((await control("POST", "clock", { frozen: false })).json.frozen).toBe(false);
    expect((await control("POST", "clock", { setIso: "yesterday" })).json.error).toBe(
      '"yesterday" is not an ISO 8601 date-time.',
    );
    await control("POST", "reset");
    expect((await control("GET", "health")).json).toMatchObject({
      now: "2026-11-24T10:00:00.000Z",
      frozen: true,
    });
  });

  it("refuses a jump that would flood the memory, and stays where it is", async () => {
    const reply = await control("POST", "clock", { advanceMs: 1e14 });
    expect(reply.status).toBe(400);
    expect(reply.json.error).toMatch(/limit is 500000/);
    expect((await control("GET", "health")).json.now).toBe("2026-11-24T10:00:00.000Z");
  });
});

describe("incidents put in by hand", () => {
  const somewhere = () =>
    emulator.control.workspaces().find((each) => each.sources.includes("Sentinel"))?.id ?? "";

  it("are added one, several or wrapped, also in the past, and changed by their id", async () => {
    const one = { workspaceId: somewhere(), source: "Sentinel", title: "By hand", severity: "Low" };
    const added = await control("POST", "incidents", { ...one, creationTime: "2026-11-24T03:00:00Z" });
    const [key] = added.json.incidents as { id: string }[];
    await control("POST", "incidents", [one, one]);
    await control("POST", "incidents", {
      incidents: [
        {
          ...one,
          id: key?.id,
          title: "By hand, changed",
          status: "Active",
          user: { id: "u", displayName: "U", email: "u@x.example" },
        },
      ],
    });
    const { rows } = await walkAll(emulator, { ...lastDay, query: "by hand" });
    expect(rows.map((row) => row.title)).toEqual(["By hand", "By hand", "By hand, changed"]);
    expect(rows[2]).toMatchObject({ id: key?.id, status: "Active", user: { id: "u" } });
    expect(Date.parse(String(rows[2]?.creationTime))).toBe(Date.parse("2026-11-24T03:00:00Z"));
    const params = { workspaceId: somewhere(), source: "Sentinel" as const, incidentId: key?.id ?? "" };
    expect(
      dataOf<{ incident: object }>(await callOperation(emulator, "incidents.get", { params })).incident,
    ).toEqual(rows[2]);
  });

  it.each([
    [{ workspaceId: "nowhere" }, "There is no workspace nowhere."],
    [{ id: "no-such-id" }, /has no incident no-such-id in Sentinel\.$/],
    [{ severity: "Critical" }, /^0\.severity: /],
    [{ colour: "red" }, /colour/],
  ])("%j is refused in one sentence", async (change, sentence) => {
    const reply = await control("POST", "incidents", {
      workspaceId: somewhere(),
      source: "Sentinel",
      ...change,
    });
    expect(reply.status).toBe(400);
    expect(reply.json.error).toMatch(sentence);
  });
});

describe("workspaces and webhook settings", () => {
  it("are told and taken", async () => {
    const reply = await control("GET", "workspaces");
    const list = reply.json as unknown as {
      organisation: string;
      id: string;
      name: string;
      sources: string[];
    }[];
    expect(list.filter((each) => each.organisation === "main")).toHaveLength(12);
    expect(list.filter((each) => each.organisation === "globex")).toHaveLength(6);
    expect((await control("POST", "webhooks", { retryMs: [0, 5] })).json).toMatchObject({
      retryMs: [0, 5],
      timeoutMs: 10_000,
    });
    expect((await control("POST", "webhooks", { retryMs: [] })).status).toBe(400);
  });

  it("tell what the emulator has guessed, to be settled with a real credential", async () => {
    const { json } = await control("GET", "guesses");
    expect((json.operations as Record<string, unknown[]>)["webhooks.create"]).toHaveLength(1);
    expect((json.general as unknown[]).length).toBeGreaterThan(5);
  });
});

it("the oracle of gamebook runs holds exactly what the history lists, page by page", async () => {
  const { json } = await control("GET", "gamebooks");
  const held = json.gamebooks as {
    id: string;
    workspaceId: string;
    status: string;
    originalId: string | null;
  }[];
  const listed: unknown[] = [];
  for (let currentPage = 1, isMore = true; isMore; currentPage += 1) {
    const reply = await callOperation(emulator, "gamebooks.acrossHistory", { query: { currentPage } });
    const page = dataOf<{ items: Record<string, unknown>[]; hasNextPage: boolean }>(reply);
    listed.push(...page.items.map((run) => [run.workspaceId, run.id, run.status, run.originalGamebookId]));
    isMore = page.hasNextPage;
  }
  const normal = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
  expect(held.length).toBeGreaterThan(50);
  expect(json.total).toBe(held.length);
  expect(normal(listed)).toEqual(
    normal(held.map(({ workspaceId, id, status, originalId }) => [workspaceId, id, status, originalId])),
  );
});

describe("the receiver of webhooks", () => {
  it("takes what the emulator delivers, fails when it is told to, and is empty after a reset", async () => {
    const { id } = dataOf<{ id: string }>(
      await callOperation(emulator, "webhooks.create", {
        body: { name: "Own", url: `${emulator.url}/_emulator/receiver`, eventTypes: ["incident.created.v1"] },
      }),
    );
    const delivered = async () =>
      dataOf<{ httpStatusCode: number }>(await callOperation(emulator, "webhooks.test", { params: { id } }));
    expect((await delivered()).httpStatusCode).toBe(200);
    await control("POST", "receiver/status", { status: 503 });
    expect((await delivered()).httpStatusCode).toBe(503);
    expect((await control("GET", "receiver")).json).toMatchObject({
      status: 503,
      count: 2,
      received: [
        { status: 200, body: { isTest: true, type: "incident.created.v1" } },
        { status: 503, body: { isTest: true } },
      ],
    });
    expect((await control("POST", "receiver/status", { status: 204 })).status).toBe(400);
    await control("POST", "reset", {});
    expect((await control("GET", "receiver")).json).toEqual({ status: 200, count: 0, received: [] });
  });
});
