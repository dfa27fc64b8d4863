import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Failure } from "@/lib/errors";
import { registry } from "@/lib/contract";
import { outgoingRequest, upstreamAddress } from "./outgoing";
import { policy } from "./policy";
import { testConnection } from "./testing/test-connection";

const template = "/workspaces/{workspaceId}/gamebooks/rules/{incidentTitle}";
const workspaceId = "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1";
const connection = testConnection("https://upstream.test/api/v2");
const rule = (incidentTitle: string) =>
  upstreamAddress(connection, template, { workspaceId, incidentTitle }, {});
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return error instanceof Failure ? error.code : String(error);
  }
  return "built";
};

describe("the address of an upstream call", () => {
  it("is the base, the template and encoded parameters, whatever the parameters hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (title) => {
        let url: URL;
        try {
          url = rule(title);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          return;
        }
        expect(url.origin).toBe("https://upstream.test");
        const segments = url.pathname.split("/");
        expect(segments.slice(0, 7).join("/")).toBe(`/api/v2/workspaces/${workspaceId}/gamebooks/rules`);
        expect(segments).toHaveLength(8);
        expect(decodeURIComponent(segments[7] ?? "")).toBe(title);
        expect([url.search, url.hash, url.username]).toEqual(["", "", ""]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([".", "..", "...", "..;x", "", "a\u0000b", "a\r\nb", "\uD800"])(
    "refuses %j with nothing sent",
    (title) => {
      expect(codeOf(() => rule(title))).toBe("INVALID_PATH");
    },
  );

  it.each(["//evil.test", "\\\\evil.test", "/../../x", "%2e%2e%2f", "@evil.test", "?a=b", "#x", "a;b=c"])(
    "keeps %j inside its segment",
    (title) => {
      const url = rule(title);
      expect(url.host).toBe("upstream.test");
      expect(url.href).toBe(
        `https://upstream.test/api/v2/workspaces/${workspaceId}/gamebooks/rules/${encodeURIComponent(title)}`,
      );
    },
  );

  it("takes a base with and without a trailing slash, and no other than http(s) without credentials", () => {
    const at = (baseUrl: string) => upstreamAddress(testConnection(baseUrl), "/users", {}, {}).href;
    expect(at("https://a.test/api/v2/")).toBe("https://a.test/api/v2/users");
    expect(at("https://a.test")).toBe("https://a.test/users");
    for (const base of [
      "ftp://a.test",
      "https://u:p@a.test",
      "https://a.test?x=1",
      "https://a.test/#x",
      "nonsense",
      "",
    ])
      expect([base, codeOf(() => at(base))]).toEqual([base, "NO_CONNECTION"]);
  });

  it("keeps the offset of a date and repeats the key of a list", () => {
    const url = upstreamAddress(
      connection,
      "/datasources",
      {},
      { createdAt: "2026-01-01T00:00:00+00:00", ids: ["a", "b c"] },
    );
    expect(url.search).toBe("?createdAt=2026-01-01T00%3A00%3A00%2B00%3A00&ids=a&ids=b%20c");
  });
});

describe("an outgoing request", () => {
  const options = { budget: policy.budgetOf("users.get", "query"), requestId: "request-1" };
  const made = (id: "users.get" | "users.update", body: unknown) =>
    outgoingRequest(
      connection,
      { id, operation: registry[id] },
      { params: { userId: "u" }, query: {}, body },
      options,
    );

  it("has exactly our headers, and a media type only with a body", () => {
    expect(made("users.get", undefined).headers).toEqual({
      accept: "application/json",
      "accept-encoding": "gzip",
      "user-agent": expect.stringMatching(/^Watchfloor\/\d+\.\d+\.\d+$/) as string,
      "x-request-id": "request-1",
    });
    expect(made("users.update", { userId: "u" })).toMatchObject({
      headers: { "content-type": "application/json" },
      body: '{"userId":"u"}',
      isFreshConnection: true,
    });
  });

  it("sends no body where the operation takes none", () => {
    expect(made("users.get", { sneaked: "in" }).body).toBeNull();
  });

  it("holds no credential yet", () => {
    expect(JSON.stringify(made("users.get", undefined))).not.toMatch(/authorization|Basic/i);
  });
});
