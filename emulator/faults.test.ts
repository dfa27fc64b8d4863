import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { registry } from "@/lib/contract";
import { parseReply } from "@/lib/contract/tolerant";
import type { FaultInput } from "./faults/fault";
import { type RunningEmulator, startEmulator } from "./start";
import { callOperation, codeOf, dataOf, type Reply } from "./testing/caller";
import { exampleOf } from "./testing/examples";
import { keyOf, lastDay, readPage, type Tokens, walkAll } from "./testing/walker";

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({
    scenario: "working-day",
    seed: 7,
    startAt: "2026-11-24T10:00:00Z",
    frozen: true,
    pageSize: 10,
  });
});
afterAll(() => emulator.stop());
afterEach(() => emulator.control.reset());

const set = (...faults: FaultInput[]) => emulator.control.faults(faults);
const ask = () => callOperation(emulator, "users.profile");
const firstPage = { body: { isFirstCall: true, workspacePageTokens: [], ...lastDay } };
const askWalk = () => callOperation(emulator, "incidents.acrossWorkspaces", firstPage);
const readWalk = (reply: Reply) => parseReply(registry["incidents.acrossWorkspaces"], reply.json);

describe("faults that answer in the operation's place", () => {
  it.each([400, 404, 409, 429, 500, 502, 503, 504, 599])(
    "status %i comes with a problem document",
    async (status) => {
      set({ kind: "status", status });
      const reply = await ask();
      expect([reply.status, (reply.json as { status: number }).status]).toEqual([status, status]);
      expect(codeOf(reply)).toMatch(/^[A-Z_]+$/);
    },
  );

  it.each([
    [{ kind: "retryAfter", seconds: 3 }, "3"],
    [{ kind: "retryAfter", text: "Wed, 21 Oct 2026 07:28:00 GMT" }, "Wed, 21 Oct 2026 07:28:00 GMT"],
    [{ kind: "retryAfter", text: "soon" }, "soon"],
    [{ kind: "retryAfter", seconds: 0 }, "0"],
  ] as const)("%j", async (fault, expected) => {
    set(fault);
    const reply = await ask();
    expect([reply.status, codeOf(reply), reply.headers.get("retry-after")]).toEqual([
      429,
      "RATE_LIMITED",
      expected,
    ]);
  });

  it("html is a gateway's page, also with status 200", async () => {
    set({ kind: "html", status: 200 });
    const reply = await ask();
    expect([reply.status, reply.headers.get("content-type")]).toEqual([200, "text/html"]);
    expect(reply.text).toMatch(/^<!DOCTYPE html>/);
  });

  it("strike before anything is changed", async () => {
    set({ kind: "status", status: 500, operation: "serviceAccounts.create" });
    const before = dataOf<unknown[]>(await callOperation(emulator, "serviceAccounts.list")).length;
    const body = { name: "Never", organizationalRole: "Member" as const, scopes: ["incidents:read"] };
    expect((await callOperation(emulator, "serviceAccounts.create", { body })).status).toBe(500);
    expect(dataOf<unknown[]>(await callOperation(emulator, "serviceAccounts.list"))).toHaveLength(before);
  });
});

describe("faults of the transport", () => {
  it("reset cuts the connection before anything is done, or when all is done", async () => {
    const count = async () => dataOf<unknown[]>(await callOperation(emulator, "serviceAccounts.list")).length;
    const before = await count();
    const body = { name: "Maybe", organizationalRole: "Member" as const, scopes: ["incidents:read"] };
    for (const [after, made] of [
      ["start", 0],
      ["done", 1],
      ["half", 2],
    ] as const) {
      set({ kind: "reset", after, operation: "serviceAccounts.create" });
      await expect(callOperation(emulator, "serviceAccounts.create", { body })).rejects.toThrow();
      expect([after, (await count()) - before]).toEqual([after, made]);
    }
    const statuses = emulator.control
      .stats()
      .requests.filter((each) => each.operation === "serviceAccounts.create");
    expect(statuses.map((each) => each.status)).toEqual([0, 0, 0]);
  });

  it("truncate declares more than it sends", async () => {
    set({ kind: "truncate" });
    await expect(ask()).rejects.toThrow();
  });

  it("hang takes the request and never answers, until the caller leaves", async () => {
    set({ kind: "hang" });
    const leave = new AbortController();
    const pending = fetch(`${emulator.baseUrl}/users/profile`, { signal: leave.signal });
    await until(() => emulator.control.stats().open === 1);
    leave.abort();
    await expect(pending).rejects.toThrow();
    await until(() => emulator.control.stats().open === 0);
    expect(emulator.control.stats().requests).toMatchObject([{ operation: "users.profile", status: 0 }]);
  });

  it("slowBody sends the same body in small pieces", async () => {
    const usual = dataOf(await ask());
    set({ kind: "slowBody", bytes: 50, everyMs: 1 });
    expect(dataOf(await ask())).toEqual(usual);
  });

  it("latency delays, and several add up", async () => {
    set({ kind: "latency", p50Ms: 30 }, { kind: "latency", p50Ms: 20 });
    const began = performance.now();
    await ask();
    expect(performance.now() - began).toBeGreaterThanOrEqual(49);
  });
});

describe("faults of the walk", () => {
  async function second(): Promise<Reply> {
    const { sourcePageTokens } = await readPage(emulator, lastDay, null);
    const body = { isFirstCall: false, workspacePageTokens: sourcePageTokens, ...lastDay };
    return callOperation(emulator, "incidents.acrossWorkspaces", { body });
  }

  it("rejectTokens refuses follow-up pages only, in the vendor's words", async () => {
    set({ kind: "rejectTokens" });
    expect((await askWalk()).status).toBe(200);
    const reply = await second();
    expect([reply.status, codeOf(reply)]).toEqual([400, "VALIDATION_ERROR"]);
    expect((reply.json as { detail: string }).detail).toMatch(/^One or more pagination tokens are invalid/);
  });

  it("leaveOut takes a workspace out of rows and tokens without a sign, and the oracle still holds it", async () => {
    const usual = await walkAll(emulator);
    const workspaceId = String(usual.rows[0]?.workspaceId);
    set({ kind: "leaveOut", workspaceId });
    const { rows } = await walkAll(emulator);
    expect(rows.map(keyOf).sort()).toEqual(
      usual.rows
        .filter((row) => row.workspaceId !== workspaceId)
        .map(keyOf)
        .sort(),
    );
    expect(rows.length).toBeLessThan(usual.rows.length);
    expect(emulator.control.incidents(lastDay)).toHaveLength(usual.rows.length);
    const groups = dataOf<unknown[]>(
      await callOperation(emulator, "datasources.acrossWorkspaces", {
        query: { workspaceIds: [workspaceId] },
      }),
    );
    expect(groups).toEqual([]);
  });

  it("leaveOut can take one source of a workspace", async () => {
    const usual = await walkAll(emulator);
    const many = emulator.control
      .workspaces()
      .find(
        (each) =>
          each.sources.length > 1 &&
          usual.rows.some((row) => row.workspaceId === each.id && row.source === each.sources[0]),
      );
    set({ kind: "leaveOut", workspaceId: String(many?.id), source: String(many?.sources[0]) });
    const { rows } = await walkAll(emulator);
    const expected = usual.rows.filter(
      (row) => row.workspaceId !== many?.id || row.source !== many?.sources[0],
    );
    expect(rows.map(keyOf).sort()).toEqual(expected.map(keyOf).sort());
  });

  it("emptyPage promises more and loses nothing, on the first page as on later ones", async () => {
    const usual = await walkAll(emulator);
    set({ kind: "emptyPage", rate: 0.5 });
    const rows: Record<string, unknown>[] = [];
    let tokens: Tokens | null = null;
    let empty = 0;
    for (;;) {
      const page: Awaited<ReturnType<typeof readPage>> = await readPage(emulator, lastDay, tokens);
      rows.push(...page.incidents);
      if (page.incidents.length === 0) empty += 1;
      if (!page.moreIncidentsAvailable) break;
      tokens = page.sourcePageTokens;
    }
    expect(empty).toBeGreaterThan(0);
    expect(rows.map(keyOf).sort()).toEqual(usual.rows.map(keyOf).sort());
  });
});

describe("faults of form spoil how a reply is written, and the contract still reads it", () => {
  it("unknownEnums", async () => {
    set({ kind: "unknownEnums" });
    const { data, report } = readWalk(await askWalk());
    expect(new Set(data.incidents.map((row) => row.severity))).toEqual(new Set(["Critical"]));
    expect(new Set(data.incidents.map((row) => row.status))).toEqual(new Set(["AwaitingVendor"]));
    expect(report.unreadableRows).toBe(0);
  });

  it("nullLists", async () => {
    const usual = readWalk(await askWalk()).data.incidents;
    set({ kind: "nullLists" });
    const reply = await askWalk();
    const { incidents } = dataOf<{ incidents: { tactics: unknown; entities: unknown }[] }>(reply);
    expect(incidents.every((row) => row.tactics === null && row.entities === null)).toBe(true);
    const { data, report } = readWalk(reply);
    expect([data.incidents.length, report.unreadableRows]).toEqual([usual.length, 0]);
    const { subscriptionId } = dataOf<{ subscriptionId: string }[]>(
      await callOperation(emulator, "azure.subscriptions"),
    )[0] ?? { subscriptionId: "" };
    const params = { subscriptionId, resourceGroup: "NetworkWatcherRG" };
    expect(dataOf(await callOperation(emulator, "azure.workspaces", { params }))).toBeNull();
  });

  it("digitStrings", async () => {
    const usual = readWalk(await askWalk()).data;
    set({ kind: "digitStrings" });
    const reply = await askWalk();
    expect(reply.text).toMatch(/"alertsCount":"\d+"/);
    expect(readWalk(reply).data.incidents).toEqual(usual.incidents);
  });

  it("extraFields", async () => {
    const usual = readWalk(await askWalk()).data;
    set({ kind: "extraFields" });
    const { data, report } = readWalk(await askWalk());
    expect(data).toEqual(usual);
    expect(report.unknownKeys).toEqual(expect.arrayContaining(["data.incidents[].undocumentedFlag"]));
  });

  it("texts: whatever could have been written, and nothing that names a thing", async () => {
    const usual = readWalk(await askWalk()).data;
    set({ kind: "texts", texts: ["<one>", "<two>"] });
    const { data } = readWalk(await askWalk());
    expect(data.incidents.map(({ id, workspaceId, source }) => [id, workspaceId, source])).toEqual(
      usual.incidents.map(({ id, workspaceId, source }) => [id, workspaceId, source]),
    );
    for (const { title, severity } of data.incidents)
      expect([title, severity].filter((text) => !/^<(one|two)>$/.test(String(text)))).toEqual([]);
  });

  it("badRow: its rate is the share of rows", async () => {
    const usual = readWalk(await askWalk()).data.incidents.length;
    set({ kind: "badRow", rate: 0.3 });
    const { data, report } = readWalk(await askWalk());
    expect(report.unreadableRows).toBeGreaterThan(usual * 0.15);
    expect(report.unreadableRows).toBeLessThan(usual * 0.45);
    expect(data.incidents.length + report.unreadableRows).toBe(usual);
  });
});

describe("conditions of a fault", () => {
  it("operation and workspace narrow it", async () => {
    const input = await exampleOf(emulator, "datasources.list");
    const { workspaceId } = input.params as { workspaceId: string };
    set({
      kind: "status",
      status: 503,
      operation: "datasources.list",
      workspaceId: workspaceId.toUpperCase(),
    });
    const other = emulator.control.workspaces().find((each) => each.id !== workspaceId)?.id ?? "";
    expect((await callOperation(emulator, "datasources.list", { params: { workspaceId } })).status).toBe(503);
    expect(
      (await callOperation(emulator, "datasources.list", { params: { workspaceId: other } })).status,
    ).toBe(200);
    expect((await ask()).status).toBe(200);
  });

  it("times lets it strike so often", async () => {
    set({ kind: "status", status: 500, times: 2 });
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([500, 500, 200]);
  });

  it("rate is the chance per request, drawn from the seed", async () => {
    const run = async () => {
      set({ kind: "status", status: 500, rate: 0.2 });
      const statuses: number[] = [];
      for (let i = 0; i < 200; i += 1) statuses.push((await ask()).status);
      return statuses;
    };
    const first = await run();
    const failed = first.filter((status) => status === 500).length;
    expect(failed).toBeGreaterThan(20);
    expect(failed).toBeLessThan(65);
    emulator.control.reset();
    expect(await run()).toEqual(first);
    emulator.control.reset({ seed: 8 });
    expect(await run()).not.toEqual(first);
    emulator.control.reset({ seed: 7 });
  });

  it("a list that holds something unknown is refused as a whole, over the wire", async () => {
    const send = (body: unknown) =>
      fetch(`${emulator.url}/_emulator/faults`, { method: "POST", body: JSON.stringify(body) });
    const refused = await send([{ kind: "status", status: 500 }, { kind: "sunspots" }]);
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { error: string }).error).toContain("kind");
    expect((await ask()).status).toBe(200);
    expect((await send([{ kind: "status", status: 500 }])).status).toBe(200);
    expect((await ask()).status).toBe(500);
    await fetch(`${emulator.url}/_emulator/faults`, { method: "DELETE" });
    expect((await ask()).status).toBe(200);
  });
});

/** Lets the event loop turn until it is so; the test's own time limit ends a wait in vain. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
