import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Failure } from "@/lib/errors";
import { closePools } from "@/lib/server/upstream/pools";
import {
  envelope,
  problem,
  startStubUpstream,
  type StubUpstream,
} from "@/lib/server/upstream/testing/stub-upstream";
import { testConnection, testPair, testSecret } from "@/lib/server/upstream/testing/test-connection";
import { someId } from "@/lib/server/upstream/testing/test-upstream";
import type { ProxyDependencies } from "./dependencies";
import { handleUpstreamCall } from "./handle";
import {
  bodyOf,
  emptyPage,
  type Harness,
  origin,
  ownHeaders,
  person,
  proxyHarness,
  refusal,
} from "./testing/harness";

const inA = "aaaaaaaa-0000-4000-8000-000000000001";
const inB = "bbbbbbbb-0000-4000-8000-000000000002";
const incidentsOf = (workspaceId: string) => `/workspaces/${workspaceId}/incidents/Sentinel/77/comments`;

let stub: StubUpstream;
let harness: Harness;
const harnesses: Harness[] = [];

beforeAll(async () => {
  stub = await startStubUpstream();
});
beforeEach(() => {
  stub.requests.length = 0;
  stub.answer = envelope([]);
  harness = made();
});
afterAll(async () => {
  await closePools();
  await stub.stop();
});

function made(overrides: Partial<ProxyDependencies> = {}): Harness {
  const one = proxyHarness(testConnection(stub.baseUrl), [testSecret, testPair], overrides);
  harnesses.push(one);
  return one;
}

describe("each step refuses before anything is sent", () => {
  it("an unknown operation, method or path, whoever asks", async () => {
    harness.as(null);
    expect(await refusal(await harness.send("/nothing/here"))).toEqual([404, "UNKNOWN_OPERATION"]);
    expect(await refusal(await harness.send("/users//x"))).toEqual([400, "INVALID_PATH"]);
    expect(await refusal(await harness.send("/users/a%2Fb"))).toEqual([400, "INVALID_PATH"]);
    const wrong = await harness.send("/webhooks", { method: "DELETE" });
    expect([wrong.headers.get("allow"), ...(await refusal(wrong))]).toEqual([
      "GET, POST",
      405,
      "METHOD_NOT_ALLOWED",
    ]);
    for (const method of ["HEAD", "OPTIONS", "PATCH"])
      expect((await harness.send("/webhooks", { method })).status, method).toBe(405);
    expect(stub.requests).toEqual([]);
  });

  it("nobody signed in: 401", async () => {
    harness.as(null);
    expect(await refusal(await harness.send("/webhooks"))).toEqual([401, "NOT_SIGNED_IN"]);
    expect(stub.requests).toEqual([]);
  });

  it("a foreign organisation looks exactly like one that does not exist", async () => {
    const ask = async (org: string) => {
      const response = await handleUpstreamCall(
        new Request(`${origin}/api/${org}/v2/webhooks`),
        harness.deps,
      );
      const { requestId: _own, ...body } = await bodyOf(response);
      return { status: response.status, body };
    };
    const foreign = await ask("globex");
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(await ask("no-such"));
    expect(foreign).toEqual(await ask("%6dain"));
    expect(stub.requests).toEqual([]);
  });

  it("a missing permission: 403, before the input is looked at", async () => {
    harness.as(person("viewer"));
    expect(await refusal(await harness.send("/webhooks", { method: "POST", body: "{ no json" }))).toEqual([
      403,
      "FORBIDDEN",
    ]);
    expect(stub.requests).toEqual([]);
  });

  it("a workspace of somebody else looks exactly like an unknown one", async () => {
    harness.as(person("analyst", [inA]));
    const ask = async (workspaceId: string) => {
      const response = await harness.send(incidentsOf(workspaceId));
      const { requestId: _own, ...body } = await bodyOf(response);
      return { status: response.status, body };
    };
    const foreign = await ask(inB);
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(await ask("cccccccc-0000-4000-8000-000000000003"));
    expect(foreign).toEqual(await ask("not-a-guid"));
    expect(stub.requests).toEqual([]);
    expect((await harness.send(incidentsOf(inA))).status).toBe(200);
    expect((await harness.send(incidentsOf(inA.toUpperCase()))).status).toBe(200);
  });

  it("a workspace that is named in the body instead of the path", async () => {
    harness.as(person("analyst", [inA]));
    const incident = { id: "77", source: "Sentinel", number: "7" };
    const link = (workspaceId: string) =>
      harness.send(`/workspaces/${inA}/tickets/link`, {
        method: "POST",
        body: { ticketId: "T1", incident: { ...incident, workspaceId } },
      });
    expect(await refusal(await link(inB))).toEqual([404, "NOT_FOUND"]);
    expect(stub.requests).toEqual([]);
    stub.answer = envelope({});
    expect((await link(inA)).status).toBe(200);
  });

  it("input that is not exactly the operation's: 400 with the fields", async () => {
    const put = (body: unknown) => harness.send(`/webhooks/${someId}`, { method: "PUT", body });
    const response = await put({ name: 7, sneaked: true, nested: { isAdmin: true } });
    expect(response.status).toBe(400);
    const { code, errors } = await bodyOf<{ code: string; errors: Record<string, string[]> }>(response);
    expect([code, Object.keys(errors).sort()]).toEqual(["INVALID_INPUT", ["name", "nested", "sneaked"]]);
    expect(await refusal(await put("{ half"))).toEqual([400, "INVALID_INPUT"]);
    expect(await refusal(await put(undefined))).toEqual([400, "INVALID_INPUT"]);
    expect(await refusal(await put(JSON.parse('{"__proto__":{"a":1}}')))).toEqual([400, "INVALID_INPUT"]);
    for (const query of ["?surprise=1", `?enabled=yes`, "?enabled=true&enabled=false", "?__proto__=1", ""])
      expect(
        await refusal(await harness.send(`/azure-resources/analytical-rules/r${query}`, { method: "PUT" })),
        query,
      ).toEqual([400, "INVALID_INPUT"]);
    const withBody = await harness.send(`/webhooks/${someId}/pause`, { method: "POST", body: { a: 1 } });
    expect(await refusal(withBody)).toEqual([400, "INVALID_INPUT"]);
    expect(await refusal(await harness.send("/webhooks/not-a-guid"))).toEqual([400, "INVALID_INPUT"]);
    expect(stub.requests).toEqual([]);
  });

  it("a caller's own authorization, and a change of protocol", async () => {
    for (const header of ["authorization", "proxy-authorization", "upgrade"])
      expect(await refusal(await harness.send("/webhooks", { headers: { [header]: "x" } })), header).toEqual([
        400,
        "HEADER_REFUSED",
      ]);
    expect(stub.requests).toEqual([]);
  });

  it("an organisation without a connection: 409", async () => {
    const unconnected = made({ connectionFor: () => Promise.reject(new Failure("NO_CONNECTION")) });
    expect(await refusal(await unconnected.send("/webhooks"))).toEqual([409, "NO_CONNECTION"]);
  });
});

describe("an answer", () => {
  it("calls workspaces what people here call them; without that reading, what upstream does", async () => {
    stub.answer = envelope({
      items: [{ id: "run-1", workspaceId: inA, workspaceName: "Theirs" }],
      page: 1,
      pageSize: 1,
    });
    const named = async (ownNames: ProxyDependencies["ownNames"]) => {
      const one = made({ ownNames });
      const answer = await one.send("/gamebooks/across-workspaces/history?currentPage=1");
      return [answer.status, (await answer.text()).match(/"workspaceName":"(\w+)"/)?.[1]];
    };
    expect(await named(() => Promise.resolve(new Map([[inA, "Ours"]])))).toEqual([200, "Ours"]);
    expect(await named(() => Promise.reject(new Error("the store is away")))).toEqual([200, "Theirs"]);
  });

  it("has data and meta, is kept by no cache, and carries our headers alone", async () => {
    stub.answer = (response) => {
      response.writeHead(200, {
        "content-type": "application/json",
        "set-cookie": "a=b",
        "x-powered-by": "ASP.NET",
      });
      response.end(
        JSON.stringify({
          data: [{ id: someId, name: "One" }, { name: "no id" }],
          meta: { requestId: "0HN8Q3V0001" },
        }),
      );
    };
    const response = await harness.send("/webhooks");
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      "cache-control": "no-store",
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      "x-request-id": expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
    const body = await bodyOf<{ data: { id: string }[]; meta: Record<string, unknown> }>(response);
    expect(body.data.map(({ id }) => id)).toEqual([someId]);
    expect(body.meta).toEqual({
      requestId: response.headers.get("x-request-id"),
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      upstreamRequestId: "0HN8Q3V0001",
      unreadableRows: 1,
    });
    expect(stub.requests[0]?.headers["x-request-id"]).toBe(response.headers.get("x-request-id"));
  });

  it("does not pass on members that the contract does not know", async () => {
    stub.answer = envelope([{ id: "c1", message: "m", clientSecret: "s3", internal: { token: "t" } }]);
    const text = await (await harness.send(incidentsOf(inA))).text();
    expect(text).toContain('"message":"m"');
    expect(text).not.toMatch(/clientSecret|s3|internal/);
  });

  it("says 201 where upstream created something", async () => {
    stub.answer = envelope({ id: someId, secret: "shown-once" }, 201);
    const response = await harness.send("/webhooks", {
      method: "POST",
      body: { name: "n", url: "https://receiver.test/x", eventTypes: ["incident.created.v1"] },
    });
    expect(response.status).toBe(201);
    expect(await bodyOf(response)).toMatchObject({ data: { secret: "shown-once" } });
  });

  it("to a failure is a problem document with the time to come back", async () => {
    stub.answer = problem(429, { code: "RATE_LIMITED", requestId: "0HN8Q3V0009" }, { "retry-after": "60" });
    const response = await harness.send("/webhooks");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "60"]);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await bodyOf(response)).toEqual({
      type: "about:blank",
      title: expect.any(String) as string,
      status: 503,
      code: "UPSTREAM_RATE_LIMITED",
      requestId: response.headers.get("x-request-id"),
      detail: expect.any(String) as string,
      upstreamCode: "RATE_LIMITED",
      upstreamRequestId: "0HN8Q3V0009",
      retryAfterSeconds: 60,
    });
  });

  it("to a fault of ours says nothing, and the log says all", async () => {
    const broken = made({ connectionFor: () => Promise.reject(new Error("inner words")) });
    const response = await broken.send("/webhooks");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("inner words");
    expect(broken.canary.lines.join("")).toContain("inner words");
  });

  it("to somebody who left is nothing, and the upstream call ends", async () => {
    stub.answer = () => undefined;
    const controller = new AbortController();
    const arrived = stub.nextRequest();
    const asking = harness.send("/webhooks", { signal: controller.signal });
    await arrived;
    controller.abort();
    expect((await asking).status).toBe(499);
    await stub.noneUnderWay();
  });
});

describe("a call from elsewhere", () => {
  const right = { ...ownHeaders };
  const without = (name: string) => Object.fromEntries(Object.entries(right).filter(([key]) => key !== name));
  const rows: [string, Record<string, string>, number][] = [
    ["our own page", right, 200],
    ["a script with neither header of a browser", without("sec-fetch-site"), 200],
    ["an older browser on our own page", { ...without("sec-fetch-site"), origin }, 200],
    ["JSON with a charset", { ...right, "content-type": "application/json; charset=utf-8" }, 200],
    ["another site", { ...right, "sec-fetch-site": "cross-site" }, 403],
    ["a sibling host", { ...right, "sec-fetch-site": "same-site" }, 403],
    ["typed by hand", { ...right, "sec-fetch-site": "none" }, 403],
    ["an older browser on another page", { ...without("sec-fetch-site"), origin: "https://evil.test" }, 403],
    ["a sandboxed frame", { ...without("sec-fetch-site"), origin: "null" }, 403],
    ["another port of ours", { ...without("sec-fetch-site"), origin: `${origin}:8443` }, 403],
    ["without our header", without("x-watchfloor"), 403],
    ["with another value of our header", { ...right, "x-watchfloor": "true" }, 403],
    ["a form", { ...right, "content-type": "application/x-www-form-urlencoded" }, 415],
    ["a plain-text form", { ...right, "content-type": "text/plain" }, 415],
    ["a multipart form", { ...right, "content-type": "multipart/form-data; boundary=x" }, 415],
    ["a compressed body", { ...right, "content-encoding": "gzip" }, 415],
    ["a look-alike type", { ...right, "content-type": "application/jsonp" }, 415],
  ];
  it.each(rows)("%s", async (_who, headers, status) => {
    stub.answer = envelope(true);
    const body = JSON.stringify({ preferredTimeZoneId: "Europe/Lisbon" });
    const request = new Request(`${origin}/api/main/v2/users/profile`, { method: "PUT", headers, body });
    const response = await handleUpstreamCall(request, harness.deps);
    expect(response.status).toBe(status);
    expect(stub.requests).toHaveLength(status === 200 ? 1 : 0);
  });

  it("does not start a read that leaves a trace in the customer's audit", async () => {
    const path = `/workspaces/${inA}/investigation/users/signin-logs?TimeFilteringType=ThreeHours`;
    stub.answer = envelope({ dataTable: null, nextPageLink: null, message: null, canRetrieveData: true });
    const ask = async (site: string) =>
      (await harness.send(path, { headers: { "sec-fetch-site": site } })).status;
    expect([await ask("cross-site"), await ask("same-site")]).toEqual([403, 403]);
    expect(stub.requests).toEqual([]);
    expect([await ask("same-origin"), await ask("none")]).toEqual([200, 200]);
  });

  it("cannot be too large, too deep or too long", async () => {
    const put = (body: string) => harness.send("/users/profile", { method: "PUT", body });
    expect(await refusal(await put(`{"preferredTimeZoneId":"${"x".repeat(257 * 1024)}"}`))).toEqual([
      413,
      "BODY_TOO_LARGE",
    ]);
    const deep = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
    expect(await refusal(await put(deep))).toEqual([400, "INVALID_INPUT"]);
    expect(await refusal(await put(`{"a":[${"1,".repeat(1_000)}1]}`))).toEqual([400, "INVALID_INPUT"]);
    expect(stub.requests).toEqual([]);
  });
});

describe("the audit of changes", () => {
  const pause = () => harness.send(`/webhooks/${someId}/pause`, { method: "POST" });
  const rows = () => harness.audit.map(({ outcome, detail }) => [detail.phase, outcome]);

  it("has a row before the call is sent and one after it", async () => {
    const seen: number[] = [];
    stub.answer = (response, request) => {
      seen.push(harness.audit.length);
      envelope({ id: someId })(response, request);
    };
    const response = await pause();
    expect(seen).toEqual([1]);
    expect(rows()).toEqual([
      ["intent", "unknown"],
      ["outcome", "done"],
    ]);
    expect(harness.audit[1]).toMatchObject({
      personId: "person-admin",
      action: "webhooks.pause",
      permission: "webhooks:manage",
      workspaceId: null,
      upstreamRequestId: "0HNLBAGCRD4RN:00000003",
      requestId: response.headers.get("x-request-id"),
    });
  });

  it.each([
    ["refused", problem(409)],
    ["failed", problem(500)],
    ["unknown", problem(504)],
    [
      "unknown",
      (response: { socket: { resetAndDestroy(): unknown } | null }) =>
        void response.socket?.resetAndDestroy(),
    ],
  ] as const)("says %s", async (outcome, answer) => {
    stub.answer = answer as typeof stub.answer;
    await pause();
    expect(rows()).toEqual([
      ["intent", "unknown"],
      ["outcome", outcome],
    ]);
  });

  it("says failed when upstream answers false", async () => {
    stub.answer = envelope(false);
    const response = await harness.send(`/webhooks/${someId}/test`, { method: "POST" });
    expect(await bodyOf(response)).toMatchObject({ data: { ok: false } });
    expect(harness.audit.at(-1)).toMatchObject({ outcome: "failed" });
  });

  it("that cannot be written stops the change", async () => {
    const deaf = made({ recordAudit: () => Promise.reject(new Error("disk full")) });
    const response = await deaf.send(`/webhooks/${someId}/pause`, { method: "POST" });
    expect(await refusal(response)).toEqual([503, "STORE_UNAVAILABLE"]);
    expect(stub.requests).toEqual([]);
  });

  it("whose second row cannot be written does not hide that the change was made", async () => {
    const recordAudit = vi
      .fn()
      .mockResolvedValueOnce(undefined)
      .mockRejectedValueOnce(new Error("disk full"));
    const forgetful = made({ recordAudit });
    stub.answer = envelope({ id: someId });
    expect((await forgetful.send(`/webhooks/${someId}/pause`, { method: "POST" })).status).toBe(200);
    expect(forgetful.canary.lines.join("")).toContain("could not be written to the audit");
  });

  it("holds no secret of the body", async () => {
    stub.answer = envelope({ id: someId, authenticationType: "BearerToken", hasSigningToken: true });
    await harness.send(`/webhooks/${someId}/credentials`, {
      method: "POST",
      body: {
        authenticationType: "BearerToken",
        token: "hidden-1",
        signingToken: "hidden-2",
        password: "hidden-3",
      },
    });
    const text = JSON.stringify(harness.audit);
    expect(text).toContain("BearerToken");
    expect(text).not.toContain("hidden");
    await harness.send("/webhooks", {
      method: "POST",
      body: { name: "n", url: "https://chat.test/hooks/hidden-4?sig=hidden-5", eventTypes: ["a.b.v1"] },
    });
    expect(JSON.stringify(harness.audit)).toContain("https://chat.test");
    expect(JSON.stringify(harness.audit)).not.toContain("hidden");
  });

  it("notes refusals for want of a right, and no reads", async () => {
    harness.as(person("viewer", [inA]));
    await pause();
    await harness.send(incidentsOf(inB));
    await harness.send(incidentsOf(inA));
    expect(harness.audit.map(({ action, outcome, workspaceId }) => [action, outcome, workspaceId])).toEqual([
      ["webhooks.pause", "refused", null],
      ["incidents.comments", "refused", inB],
    ]);
  });
});

describe("the walk", () => {
  const filter = { sources: ["Sentinel"], timeFilterSelection: { type: "TwentyFourHours" } };
  const ask = (body: unknown) => harness.send("/incidents/across-workspaces", { method: "POST", body });

  it("goes to our walk with the person's membership, and not upstream", async () => {
    const principal = person("analyst", [inA]);
    harness.as(principal);
    const response = await ask({ ...filter, cursor: null });
    expect(await bodyOf(response)).toMatchObject({ data: emptyPage, meta: { unreadableRows: 0 } });
    expect(harness.walks[0]?.request).toEqual({ ...filter, cursor: null });
    expect(harness.walks[0]?.context).toMatchObject({ principal, membership: principal.memberships[0] });
    expect(stub.requests).toEqual([]);
  });

  it.each(["isFirstCall", "workspacePageTokens", "sourcePageTokens"])(
    "does not take %s from a caller",
    async (name) => {
      const response = await ask({ ...filter, cursor: null, [name]: [] });
      expect(response.status).toBe(400);
      expect(await bodyOf(response)).toMatchObject({
        code: "INVALID_INPUT",
        errors: { [name]: ["is not known"] },
      });
      expect(harness.walks).toEqual([]);
    },
  );

  it("shows a limited person no row of another workspace, even if the walk did", async () => {
    const row = (workspaceId: string) => ({ id: "1", workspaceId, source: "Sentinel" });
    const entry = (workspaceId: string) => ({ workspaceId, source: null, state: "read", rows: 1 });
    const page = {
      ...emptyPage,
      incidents: [row(inA), row(inB)],
      coverage: { ...emptyPage.coverage, entries: [entry(inA), entry(inB)] },
    };
    const leaky = made({ walkIncidents: () => Promise.resolve(page as unknown as typeof emptyPage) });
    const path = "/incidents/across-workspaces";
    const send = () => leaky.send(path, { method: "POST", body: { ...filter, cursor: null } });
    expect(await (await send()).text()).toContain(inB);
    leaky.as(person("analyst", [inA]));
    const text = await (await send()).text();
    expect(text).toContain(inA);
    expect(text).not.toContain(inB);
  });
});

describe("no secret", () => {
  it("is in any answer, audit row or log line of this suite", () => {
    const found = harnesses.map(({ canary }) => canary.scan());
    expect(found.reduce((sum, { lines }) => sum + lines, 0)).toBeGreaterThan(20);
    expect(found.reduce((sum, { others }) => sum + others, 0)).toBeGreaterThan(100);
    expect(found.flatMap(({ hits }) => hits)).toEqual([]);
  });
});
