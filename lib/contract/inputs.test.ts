import { describe, expect, it } from "vitest";
import { registry } from "./index";
import { segment, sentence, short } from "./inputs";

const guid = "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1";

describe("a path segment", () => {
  const any = segment(10, ["by-entity"]);

  it.each(["a", "inc:1", "a;b", "%2e%2e", "(x).y_z", "ä異", ".a", "a.."])("may be %s", (value) => {
    expect(any.safeParse(value).success).toBe(true);
  });

  it.each([
    "",
    ".",
    "..",
    "...",
    "..;",
    "a/b",
    "a\\b",
    "a\0",
    "a\n",
    "a\u0085",
    "\ud800",
    "x".repeat(11),
    "BY-entity",
  ])("may not be %j", (value) => {
    expect(any.safeParse(value).success).toBe(false);
  });
});

describe("text we send", () => {
  it("may span lines in a sentence, never hold other control characters", () => {
    expect(sentence(9).safeParse("a\r\n\tb").success).toBe(true);
    expect(sentence(9).safeParse("a\0b").success).toBe(false);
    expect(short(9).safeParse("a\nb").success).toBe(false);
    expect(short(3).safeParse("abcd").success).toBe(false);
  });
});

describe("the body of the walk", () => {
  const { body } = registry["incidents.acrossWorkspaces"];
  const first = {
    isFirstCall: true,
    workspacePageTokens: [],
    sources: ["Sentinel"],
    timeFilterSelection: { type: "TwentyFourHours" },
  };
  const custom = (customStartUtc?: string, customEndUtc?: string) => ({
    ...first,
    timeFilterSelection: { type: "Custom", customStartUtc, customEndUtc },
  });

  it.each([
    [{ ...first, sources: [] }],
    [
      {
        ...first,
        severities: ["High"],
        statuses: ["New", "Active"],
        query: "phish",
        includeUnassigned: true,
      },
    ],
    [custom("2026-04-14T00:00:00Z", "2026-04-15T00:00:00.000Z")],
  ])("takes %j", (value) => {
    expect(body.safeParse(value).success).toBe(true);
  });

  it.each([
    [{ ...first, workspaceIds: [guid] }],
    [{ ...first, pageSize: 50 }],
    [{ ...first, sources: ["sentinel"] }],
    [{ ...first, sources: Array.from({ length: 7 }, () => "Sentinel") }],
    [{ ...first, severities: ["Critical"] }],
    [{ ...first, timeFilterSelection: { type: "SevenDays" } }],
    [custom()],
    [custom("2026-04-14T00:00:00Z")],
    [custom("2026-04-15T00:00:00Z", "2026-04-14T00:00:00Z")],
    [custom("14 April", "15 April")],
    [{ ...first, timeFilterSelection: { type: "ThreeHours", customStartUtc: "2026-04-14T00:00:00Z" } }],
    [{ ...first, query: "x".repeat(501) }],
  ])("refuses %j", (value) => {
    expect(body.safeParse(value).success).toBe(false);
  });

  it("takes the tokens of 500 workspaces with 6 sources each, unchanged", () => {
    const workspacePageTokens = Array.from({ length: 500 }, (_, index) => ({
      workspaceId: `${guid.slice(0, -3)}${String(index).padStart(3, "0")}`,
      sourceTokens: { Sentinel: "a".repeat(1000), QRadar: "+/=" },
    }));
    const value = { ...first, isFirstCall: false, workspacePageTokens };
    expect(body.parse(value)).toEqual(value);
  });
});

describe("other inputs", () => {
  it("knows a workspace by a GUID and a source by its exact spelling", () => {
    const { params } = registry["incidents.get"];
    const good = { workspaceId: guid, source: "Sentinel", incidentId: "1" };
    expect(params.safeParse(good).success).toBe(true);
    expect(params.safeParse({ ...good, workspaceId: guid.toUpperCase() }).success).toBe(true);
    expect(params.safeParse({ ...good, workspaceId: "all" }).success).toBe(false);
    expect(params.safeParse({ ...good, source: "sentinel" }).success).toBe(false);
    expect(params.safeParse({ ...good, incidentId: "x".repeat(257) }).success).toBe(false);
  });

  it("takes scopes of the vendor's form only", () => {
    const { body } = registry["serviceAccounts.issueCredential"];
    expect(body.safeParse({ scopes: ["org:users:roles", "agent-tools:run"] }).success).toBe(true);
    for (const scope of ["all", "Incidents:Read", "a:", "a b:c"])
      expect(body.safeParse({ scopes: [scope] }).success).toBe(false);
  });

  it("takes web addresses only for a webhook", () => {
    const { body } = registry["webhooks.create"];
    const good = { name: "n", url: "https://hooks.example/x", eventTypes: ["incident.created.v1"] };
    expect(body.safeParse(good).success).toBe(true);
    for (const url of ["javascript:alert(1)", "file:///etc/passwd", "hooks.example", "ftp://x.example"])
      expect(body.safeParse({ ...good, url }).success).toBe(false);
    expect(body.safeParse({ ...good, eventTypes: [] }).success).toBe(false);
  });
});
