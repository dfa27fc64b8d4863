import { describe, expect, it } from "vitest";
import { packDigests, rowDigest, unpackDigests } from "./digests";
import { packHandover, packJson, unpackHandover, unpackPage } from "./packing";
import { enterReply } from "./pass";
import { newWalkState, pairOf } from "./state";
import { incidentRow } from "./testing/fake-upstream";

describe("what lies in the store between two steps", () => {
  it("comes back whole: books, maps, tokens and digests", async () => {
    const state = newWalkState("2026-11-24T12:00:00.000Z", []);
    const reply = {
      incidents: [incidentRow({ id: "1" }), incidentRow({ id: "2", source: "Splunk" })],
      sourcePageTokens: [{ workspaceId: "w", sourceTokens: { Sentinel: "tök+en/==" } }],
      moreIncidentsAvailable: true,
      unreadableRows: 3,
    };
    const limits = { idleReplies: 5, calls: 5 };
    enterReply(state, reply, { now: "2026-11-24T12:00:01.000Z", limits, inScope: () => true });
    state.names.set("w", { name: "Contoso", isReplaceable: true });
    const back = await unpackHandover(await packHandover({ state, digests: "abc" }));
    expect(back).toEqual({ state, digests: "abc" });
    expect(back.state && pairOf(back.state, "W", "sentinel")).toMatchObject({ seen: "open", bestRows: 1 });
  });

  it("gives the very text of a page again", async () => {
    const page = { incidents: [incidentRow({ id: "1", title: "Ω \u2028 \"'<" })], cursor: null };
    expect(JSON.stringify(await unpackPage(await packJson(page)))).toBe(JSON.stringify(page));
  });
});

describe("digests of rows that were handed out", () => {
  it("tell any change of a row, and fit eight bytes", () => {
    const row = incidentRow({ id: "1" });
    expect(rowDigest({ ...row })).toBe(rowDigest(row));
    for (const change of [{ id: "2" }, { status: "Closed" }, { tactics: ["Impact"] }, { workspaceName: "x" }])
      expect(rowDigest({ ...row, ...change }), JSON.stringify(change)).not.toBe(rowDigest(row));
    expect(Buffer.from(rowDigest(row), "base64url")).toHaveLength(8);
  });

  it("are packed by step and found again over all steps", () => {
    const digests = Array.from({ length: 100 }, (_, at) => rowDigest(incidentRow({ id: `${at}` })));
    const packed = [packDigests(digests.slice(0, 40)), packDigests([]), packDigests(digests.slice(40))];
    expect([...unpackDigests(packed)]).toEqual(digests);
  });

  it("differ for 20,000 different rows", () => {
    const digests = Array.from({ length: 20_000 }, (_, at) => rowDigest(incidentRow({ id: `${at}` })));
    expect(new Set(digests).size).toBe(20_000);
  });
});
