import { describe, expect, it } from "vitest";
import { Reading } from "@/lib/contract/reading";
import { anomalies } from "@/lib/contract/shapes/datasource";
import { anomalyKey, rawText } from "./anomaly-key";
import { readAnomalyReply } from "./anomaly-reply";

const contoso = "aaaaaaaa-0000-4000-8000-000000000001";
const fabrikam = "bbbbbbbb-0000-4000-8000-000000000002";
const item = { connectorId: "c", connectorName: "Syslog", tableName: "Syslog", message: "silent for 3 h" };
const read = (reply: unknown) => readAnomalyReply(anomalies(reply, new Reading()));

describe("readAnomalyReply: whatever its form", () => {
  it.each([
    ["flat rows", { anomalies: [{ ...item, workspaceId: contoso.toUpperCase() }] }],
    ["a bare list", [{ ...item, workspaceId: contoso }]],
    ["groups", { workspaces: [{ workspaceId: contoso, workspaceName: "Contoso", anomalies: [item] }] }],
    ["a map", { [contoso.toUpperCase()]: [item] }],
    [
      "other spellings",
      {
        items: [
          { accountId: contoso, dataConnectorId: "c", dataConnectorName: "Syslog", dataType: "Syslog" },
        ],
      },
    ],
  ])("finds the same anomaly in %s, and nothing beside", (_, reply) => {
    const { sightings, named, remainder } = read(reply);
    expect(sightings).toMatchObject([{ workspaceId: contoso, connectorKey: "c", detailKey: "syslog" }]);
    expect([...named.keys()]).toEqual([contoso]);
    expect(remainder).toBeNull();
  });

  it("knows workspaces that are named without an anomaly", () => {
    const { sightings, named } = read({
      workspaces: [
        { workspaceId: contoso, workspaceName: "Contoso", anomalies: [] },
        { workspaceId: fabrikam.toUpperCase(), anomalies: [item] },
      ],
    });
    expect(sightings).toHaveLength(1);
    expect([...named]).toEqual([
      [contoso, "Contoso"],
      [fabrikam, null],
    ]);
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["an empty object", {}],
    ["empty lists", { anomalies: [], workspaces: [] }],
    [
      "counts, dates and ids",
      { anomalies: [], total: 0, generatedAt: "2026-11-24T12:00:00Z", runId: contoso },
    ],
  ])("takes %s for a reply without anomalies", (_, reply) => {
    expect(read(reply)).toMatchObject({ sightings: [], remainder: null });
  });

  it.each<[string, unknown, string]>([
    ["texts in place of rows", { anomalies: ["Syslog of Contoso is silent"] }, "Syslog of Contoso is silent"],
    ["a map from name to text", { Contoso: "silent" }, "silent"],
    ["rows deeper than we look", { a: { b: { c: { d: [{ name: "X", why: "deep" }] } } } }, "deep"],
    ["a text among rows", { anomalies: [item, "and a word more"] }, "and a word more"],
  ])("keeps %s for people to read", (_, reply, text) => {
    expect(read(reply).remainder).toContain(text);
  });

  it("keeps two rows about the same thing apart, and every row as it came", () => {
    const row = { ...item, workspaceId: contoso };
    const { sightings } = read({ anomalies: [row, { ...row, message: "and late", extra: { deep: 1 } }] });
    expect(sightings.map((each) => each.detailKey)).toEqual(["syslog", "syslog #2"]);
    expect(JSON.parse(sightings[1]!.raw)).toMatchObject({ message: "and late", extra: { deep: 1 } });
  });
});

describe("anomalyKey and rawText", () => {
  const bare = { connectorId: null, connectorName: null, tableName: null };

  it("knows a row of which nothing is understood by what does not change", () => {
    const key = (raw: unknown) => anomalyKey({ ...bare, raw }).detailKey;
    const first = key({ feed: "west", text: "silent for 3 h", at: "2026-11-24T12:00:00Z", n: 3 });
    expect(key({ n: 4, at: "2026-11-24T13:00:00Z", text: "silent for 14 h", feed: "west" })).toBe(first);
    expect(key({ feed: "east", text: "silent for 3 h", n: 3 })).not.toBe(first);
  });

  it("bounds keys and text, without cutting two long names to the same one", () => {
    const long = (end: string) =>
      anomalyKey({ ...bare, connectorName: "x".repeat(5_000) + end, raw: null }).connectorKey;
    expect(long("a").length).toBeLessThanOrEqual(200);
    expect(long("a")).not.toBe(long("b"));
    const text = rawText({ text: "y".repeat(20_000) });
    expect(text.length).toBeLessThan(8_100);
    expect(text).toMatch(/… \d+ more characters$/);
    expect(rawText(undefined)).toBe("null");
  });
});
