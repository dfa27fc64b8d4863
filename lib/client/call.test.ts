import { afterEach, describe, expect, it, vi } from "vitest";
import { call, send } from "./call";
import { CallError } from "./call-error";
import { shouldRetry } from "./query-client";

const answerWith = (body: BodyInit | null, init: ResponseInit = {}) => {
  const fake = vi.fn(async (_url: string, _init: RequestInit) => new Response(body, init));
  vi.stubGlobal("fetch", fake);
  return fake;
};
const json = (value: unknown, status = 200) => answerWith(JSON.stringify(value), { status });
const meta = { requestId: "r1", timestamp: "2026-11-24T14:00:00.000Z" };
const failed = async (work: Promise<unknown>): Promise<CallError> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CallError)) throw new Error(`expected a CallError, got ${String(error)}`);
  return error;
};
const detail = () =>
  call("main", "incidents.get", {
    params: { workspaceId: "11111111-2222-4333-8444-555555555555", source: "Sentinel", incidentId: "a/b" },
    query: { withDetails: true },
  });

afterEach(() => vi.unstubAllGlobals());

describe("call: the address comes from the contract", () => {
  it("encodes each parameter and appends the query", async () => {
    const fake = json({ data: { id: "1" }, meta });
    await detail();
    expect(fake.mock.calls[0]?.[0]).toBe(
      "/api/main/v2/workspaces/11111111-2222-4333-8444-555555555555/incidents/Sentinel/a%2Fb?withDetails=true",
    );
  });

  it("sends reads without the marker and everything else with it, as JSON", async () => {
    const fake = json({ data: null, meta });
    await detail();
    expect(fake.mock.calls[0]?.[1]).toMatchObject({ method: "GET", body: undefined });
    expect(fake.mock.calls[0]?.[1].headers).not.toHaveProperty("X-Watchfloor");
    await send("main", "incidents.acrossWorkspaces", { body: { sources: [], cursor: null } });
    expect(fake.mock.calls[1]?.[1]).toMatchObject({
      method: "POST",
      headers: { "X-Watchfloor": "1", "Content-Type": "application/json" },
      body: '{"sources":[],"cursor":null}',
    });
  });
});

describe("call: every failure is a CallError that says what kind it is", () => {
  const problem = {
    type: "about:blank",
    title: "Your role does not allow this",
    status: 403,
    code: "FORBIDDEN",
    requestId: "r2",
  };

  it("carries our own problem document", async () => {
    json(problem, 403);
    expect(await failed(detail())).toMatchObject({ code: "FORBIDDEN", problem, message: problem.title });
  });

  it("knows a failing page of something in between", async () => {
    answerWith("<html>Bad gateway</html>", { status: 502 });
    expect(await failed(detail())).toMatchObject({ code: "UNREADABLE_ANSWER", problem: null });
  });

  it("does not take a foreign JSON for an answer or for a problem", async () => {
    json({ hello: 1 });
    expect((await failed(detail())).code).toBe("UNREADABLE_ANSWER");
    json({ message: "no" }, 500);
    expect((await failed(detail())).code).toBe("UNREADABLE_ANSWER");
  });

  it("knows silence", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    expect(await failed(detail())).toMatchObject({ code: "NO_ANSWER", problem: null });
  });

  it("lets an abort through untouched, since it is no failure", async () => {
    const stop = new AbortController();
    stop.abort();
    vi.stubGlobal("fetch", (_: string, init: RequestInit) => Promise.reject(init.signal?.reason));
    const work = send("main", "incidents.acrossWorkspaces", { body: {} }, { signal: stop.signal });
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  });

  it("accepts an empty answer", async () => {
    answerWith(null, { status: 204 });
    expect((await detail()).data).toBeUndefined();
  });
});

describe("shouldRetry: the browser never multiplies what the server has already retried", () => {
  it("gives up at once on a problem document", async () => {
    json({ title: "x", status: 502, code: "UPSTREAM_UNAVAILABLE", requestId: "r" }, 502);
    expect(shouldRetry(0, await failed(detail()))).toBe(false);
  });
  it("tries twice more where nothing answered", () => {
    const silence = CallError.noAnswer(null);
    expect([0, 1, 2].map((count) => shouldRetry(count, silence))).toEqual([true, true, false]);
  });
  it("does not retry a fault of our own code", () => expect(shouldRetry(0, new Error("bug"))).toBe(false));
});
