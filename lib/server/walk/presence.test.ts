import { describe, expect, it } from "vitest";
import { Failure } from "@/lib/errors";
import { PresenceProbe, type PresenceRequest, probeSharedForMs } from "./presence";
import { fakePair, FakeUpstream, incidentRow, upstreamDown } from "./testing/fake-upstream";

const dayMs = 24 * 60 * 60_000;

function probing(upstream: FakeUpstream) {
  const time = { nowMs: Date.UTC(2026, 10, 24, 12) };
  const probe = new PresenceProbe(() => time.nowMs);
  const recorded: unknown[] = [];
  const ask = (over: Partial<PresenceRequest> = {}) =>
    probe.ask({
      key: "main",
      notBeforeMs: 0,
      upstream,
      record: async (observed) => {
        recorded.push(observed);
      },
      ...over,
    });
  const windows = () =>
    upstream.calls.map(({ filter }) => {
      const { customStartUtc, customEndUtc } = filter.timeFilterSelection;
      return (Date.parse(customEndUtc ?? "") - Date.parse(customStartUtc ?? "")) / dayMs;
    });
  return { time, ask, recorded, windows };
}

describe("the presence probe", () => {
  it("asks the widest question once for all who may share the answer", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 1)]);
    const { ask, windows, recorded } = probing(upstream);
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one).toBe(other);
    expect(windows()).toEqual([30]);
    expect(upstream.calls[0]).toMatchObject({ tokens: null, filter: { sources: [] } });
    expect(recorded).toHaveLength(1);
  });

  it("is made anew for another credential, after a minute, and for who needs a later one", async () => {
    const upstream = new FakeUpstream([]);
    const { ask, time } = probing(upstream);
    await ask();
    await ask({ key: "other" });
    expect(upstream.calls).toHaveLength(2);
    await ask({ notBeforeMs: time.nowMs });
    expect(upstream.calls).toHaveLength(3);
    time.nowMs += probeSharedForMs + 1;
    await ask();
    expect(upstream.calls).toHaveLength(4);
  });

  it("knows nothing where upstream refuses the question, and says so at once", async () => {
    const upstream = new FakeUpstream([]);
    upstream.fault = () => [{ kind: "fail", failure: new Failure("UPSTREAM_INVALID") }];
    expect(await probing(upstream).ask()).toBeNull();
  });

  it("asks a narrower question after each failure, and gives up after the third", async () => {
    const upstream = new FakeUpstream([]);
    upstream.fault = () => [{ kind: "fail", failure: upstreamDown() }];
    const { ask, windows } = probing(upstream);
    await expect(ask()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    await expect(ask()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(await ask()).toBeNull();
    expect(windows()).toEqual([30, 7, 1]);
  });

  it("asks a narrower question after a very large reply, for an hour", async () => {
    const rows = Array.from({ length: 10_001 }, (_, at) => incidentRow({ id: `${at}`, workspaceId: "a" }));
    const upstream = new FakeUpstream([{ workspaceId: "a", workspaceName: null, source: "Sentinel", rows }], {
      pageSize: 20_000,
      hasEmptyTail: false,
      pairsAtOnce: 1,
    });
    const { ask, windows, time } = probing(upstream);
    await ask();
    time.nowMs += 30 * 60_000;
    await ask();
    time.nowMs += 60 * 60_000;
    await ask();
    expect(windows()).toEqual([30, 7, 30]);
  });

  it("does not keep a failure", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 1)]);
    upstream.fault = ({ at }) => (at === 0 ? [{ kind: "fail", failure: upstreamDown() }] : []);
    const { ask } = probing(upstream);
    await expect(ask()).rejects.toThrow();
    expect((await ask())?.incidents).toMatchObject([{ workspaceId: "a", source: "Sentinel" }]);
  });
});
