import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPath } from "./address";
import { operationIds, registry } from "./index";
import { matchOperation } from "./match";
import { incidentSources } from "./vocabulary";
import { anyCharacter } from "./witness/any-character";

const workspace = "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1";
const incident = `/workspaces/${workspace}/incidents/Sentinel`;

/** Values a caller may try: ordinary ones, any characters, and what attackers write. */
const hostile = [
  "..",
  "../..",
  "..;",
  "%2e%2e%2f",
  "%252e%252e",
  "%00",
  "a%2fb",
  "a/b",
  "a\\b",
  "//evil.test",
  "\\\\evil.test",
  "http://evil.test/",
  "a?b=c",
  "a#b",
  "a;b",
  "a&b",
  "a b",
  "ä–異",
  "{workspaceId}",
  "$&",
  "by-entity",
  "Profile",
  "__proto__",
];
const values = fc.oneof(
  fc.uuid(),
  fc.constantFrom(...incidentSources),
  fc.string({ unit: anyCharacter, minLength: 1, maxLength: 30 }),
  fc.constantFrom(...hostile),
);

describe("address and matching agree", () => {
  it.each(operationIds)("%s: whatever its parameters allow comes back as it was", (id) => {
    const { method, path, params } = registry[id];
    const arbitraries = Object.entries(params.shape).map(([name, schema]) => [
      name,
      values.filter((value) => schema.safeParse(value).success),
    ]);
    const generated = fc.record(Object.fromEntries(arbitraries) as Record<string, fc.Arbitrary<string>>);
    fc.assert(
      fc.property(generated, (chosen) => {
        const built = buildPath(path, chosen);
        expect(matchOperation(method, built)).toEqual({ id, params: { ...chosen } });
        // Nothing but the template reaches the wire: same number of segments, nothing a server would fold.
        expect(built.split("/")).toHaveLength(path.split("/").length);
        expect(built).toMatch(/^(?:\/[\w\-.~!*'()%]+)+$/);
        expect(new URL(`https://upstream.test/api/v2${built}`).pathname).toBe(`/api/v2${built}`);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what no honest caller sends is malformed", () => {
  it.each([
    ["an empty path", ""],
    ["no leading slash", "webhooks"],
    ["a trailing slash", "/webhooks/"],
    ["a doubled slash", "//webhooks"],
    ["a host in front", "//evil.test/webhooks"],
    ["an empty segment", "/workspaces//datasources"],
    ["dot-dot", "/webhooks/../users"],
    ["dot", "/webhooks/./x"],
    ["encoded dot-dot", "/webhooks/%2e%2e"],
    ["half-encoded dot-dot", "/webhooks/.%2E"],
    ["encoded dot-dot with slash", "/webhooks/%2e%2e%2fusers"],
    ["dot-dot with backslash", "/webhooks/..%5cusers"],
    ["dot-dot with a path parameter", "/webhooks/..;/users"],
    ["encoded path parameter after dots", "/webhooks/..%3Bx"],
    ["encoded slash in an ordinary parameter", "/webhooks/a%2Fb"],
    ["encoded backslash in an ordinary parameter", "/webhooks/a%5Cb"],
    ["raw backslash", "/webhooks\\x"],
    ["backslash host", "/\\evil.test"],
    ["encoded slash instead of a real one", "/users%2Fprofile"],
    ["NUL", "/webhooks/a%00"],
    ["CRLF", "/webhooks/a%0d%0aX-Injected:%201"],
    ["raw CRLF", "/webhooks/a\r\nX-Injected: 1"],
    ["tab", "/webhooks/%09"],
    ["DEL", "/webhooks/%7f"],
    ["C1 control", "/webhooks/%C2%85"],
    ["overlong UTF-8 dot", "/webhooks/%c0%ae%c0%ae"],
    ["an encoded lone surrogate", "/webhooks/%ED%A0%80"],
    ["a raw lone surrogate", "/webhooks/\ud800"],
    ["a bare percent", "/webhooks/100%"],
    ["bad hex", "/webhooks/%zz"],
    ["a query", "/webhooks?x=1"],
    ["a fragment", "/webhooks#x"],
    ["a slash in the workspace beside a title that may hold one", "/workspaces/a%2Fb/gamebooks/rules/a%2Fb"],
    ["a title of dots", `/workspaces/${workspace}/gamebooks/rules/%2e%2e`],
    ["an encoded slash where nothing matches", "/nowhere/a%2Fb"],
  ])("%s", (_, path) => {
    for (const method of ["GET", "POST", "PUT", "DELETE"])
      expect(matchOperation(method, path)).toEqual({ error: "malformed" });
  });
});

describe("each segment is decoded exactly once", () => {
  it("leaves a doubly encoded dot-dot one level encoded, and encodes it again when built", () => {
    const match = matchOperation("GET", `/workspaces/${workspace}/gamebooks/by-incident/%252e%252e`);
    expect(match).toEqual({
      id: "gamebooks.byIncident",
      params: { workspaceId: workspace, incidentId: "%2e%2e" },
    });
    if (!("params" in match)) throw new Error("no match");
    expect(buildPath(registry["gamebooks.byIncident"].path, match.params)).toBe(
      `/workspaces/${workspace}/gamebooks/by-incident/%252e%252e`,
    );
  });

  it("keeps a semicolon inside its parameter", () => {
    expect(matchOperation("GET", `${incident}/a;b=c`)).toMatchObject({ params: { incidentId: "a;b=c" } });
    expect(buildPath("/x/{a}", { a: "a;b=c" })).toBe("/x/a%3Bb%3Dc");
  });

  it("lets an incident title hold slashes, backslashes and percent signs, and nothing else do so", () => {
    const title = "Access to C:\\temp / 100% of \u201cshare\u201d";
    const path = buildPath(registry["gamebooks.rules"].path, {
      workspaceId: workspace,
      incidentTitle: title,
    });
    expect(matchOperation("GET", path)).toEqual({
      id: "gamebooks.rules",
      params: { workspaceId: workspace, incidentTitle: title },
    });
    expect(path.split("/")).toHaveLength(6);
  });
});

describe("which operation", () => {
  it.each([
    ["GET", "/users/profile", "users.profile"],
    ["PUT", "/users/profile", "users.updateProfile"],
    ["GET", "/users/someone", "users.get"],
    ["DELETE", "/users/someone", "users.remove"],
    ["POST", "/users/workspace", "users.assign"],
    ["POST", "/users/workspace/users", "users.workspaceUsers"],
    ["PUT", "/users/organization/role", "users.organizationRole"],
    ["GET", `${incident}/by-entity`, "incidents.byEntity"],
    ["GET", `${incident}/by-entit`, "incidents.get"],
    ["GET", `${incident}/1/comments`, "incidents.comments"],
    ["POST", "/incidents/across-workspaces", "incidents.acrossWorkspaces"],
    ["GET", "/azure-resources/subscriptions/is-owner", "azure.isOwner"],
    ["GET", "/%75sers/profile", "users.profile"],
  ])("%s %s is %s", (method, path, id) => {
    expect(matchOperation(method, path)).toMatchObject({ id });
  });

  it.each([
    ["DELETE", "/users/profile"],
    ["PATCH", "/webhooks"],
    ["HEAD", "/webhooks"],
    ["get", "/webhooks"],
    ["GET", "/incidents/across-workspaces"],
    ["GET", "/users/workspace"],
  ])("%s %s is a known path with another method", (method, path) => {
    expect(matchOperation(method, path)).toEqual({ error: "method" });
  });

  it.each([
    "/",
    "/nothing",
    "/Webhooks",
    "/webhooks/a/b/c/d/e/f/g/h/i/j",
    "/api/v2/webhooks",
    "/workspaces/w",
    `${incident}/1/status`,
    "/constructor",
    "/__proto__",
  ])("%s is unknown", (path) => {
    expect(matchOperation("GET", path).constructor).toBe(Object);
    expect(matchOperation("GET", path)).toEqual({ error: path === "/" ? "malformed" : "unknown" });
  });
});

describe("names of other routes are no ids", () => {
  it.each([
    ["incidents.get", "incidentId", "by-entity"],
    ["incidents.get", "incidentId", "By-Entity"],
    ["users.get", "userId", "profile"],
    ["users.remove", "id", "WORKSPACE"],
  ] as const)("%s refuses %s %s, which upstream would route elsewhere", (id, name, value) => {
    const schema = (
      registry[id].params.shape as Record<string, { safeParse(value: unknown): { success: boolean } }>
    )[name];
    expect(schema?.safeParse(value).success).toBe(false);
    expect(schema?.safeParse(`${value}x`).success).toBe(true);
  });
});
