import { describe, expect, it } from "vitest";
import type { Coverage } from "@/lib/domain/coverage";
import { incidentKey } from "@/lib/domain/incident-merge";
import { Failure } from "@/lib/errors";
import {
  type FakeStyle,
  defaultStyle,
  fakePair,
  FakeUpstream,
  incidentRow,
  rejectedTokens,
  upstreamDown,
} from "./testing/fake-upstream";
import { anyFilter, harness, walkContext, walkToEnd } from "./testing/harness";
import { cursorLifetimeMs } from "./cursor";

const states = (coverage: Coverage) =>
  Object.fromEntries(
    coverage.entries.map((entry) => [`${entry.workspaceId} ${entry.source ?? "*"}`, entry.state]),
  );
const entryOf = (coverage: Coverage, workspaceId: string, source: string | null = "Sentinel") =>
  coverage.entries.find((entry) => entry.workspaceId === workspaceId && entry.source === source);
const keysOf = (upstream: FakeUpstream) =>
  upstream.pairs.flatMap((pair) => pair.rows.map((row) => incidentKey(row))).sort();
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => "resolved",
    (error: unknown) => {
      if (error instanceof Failure) return error.code;
      throw error;
    },
  );
const styled = (style: Partial<FakeStyle>): FakeStyle => ({ ...defaultStyle, ...style });

describe("a walk without trouble", () => {
  it("brings every incident once and ends with everything read", async () => {
    const upstream = new FakeUpstream([
      fakePair("a", "Sentinel", 5),
      fakePair("a", "Splunk", 1),
      fakePair("b", "Sentinel", 3),
    ]);
    const result = await walkToEnd(harness(upstream).walk, walkContext());
    expect([...result.incidents.keys()].sort()).toEqual(keysOf(upstream));
    expect(result.pages.flatMap((page) => page.incidents)).toHaveLength(9);
    expect(states(result.coverage)).toEqual({
      "a Sentinel": "read",
      "a Splunk": "read",
      "b Sentinel": "read",
    });
    expect(entryOf(result.coverage, "a")).toMatchObject({
      rows: 5,
      workspaceName: "Name of a",
      reason: null,
    });
    expect(result.pages.at(-1)).toMatchObject({ cursor: null, moreIncidentsAvailable: false, restarts: 0 });
  });

  it("says what is still being read while it goes on", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5), fakePair("b", "Sentinel", 1)]);
    const page = await harness(upstream).walk(walkContext(), { ...anyFilter, cursor: null });
    expect(page.moreIncidentsAvailable).toBe(true);
    expect(page.coverage.entries).toMatchObject([
      { workspaceId: "a", state: "reading", rows: 2 },
      { workspaceId: "b", state: "read", rows: 1 },
    ]);
  });

  it("sends the same canonical filter and upstream's tokens verbatim on every page", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    const filter = { ...anyFilter, severities: ["High", "Low"], query: " x " };
    await walkToEnd(harness(upstream).walk, walkContext(), filter);
    const own = upstream.calls.filter((call) => !call.isProbe);
    expect(own.map((call) => call.tokens)).toEqual([
      null,
      [{ workspaceId: "a", sourceTokens: { Sentinel: "token 2" } }],
      [{ workspaceId: "a", sourceTokens: { Sentinel: "token 4" } }],
    ]);
    for (const call of own)
      expect(call.filter).toEqual({ ...anyFilter, severities: ["High", "Low"], query: "x" });
  });

  it("asks upstream for the words beside a pin, and hands out only the rows that it names", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5), fakePair("b", "Sentinel", 3)]);
    const named = upstream.pairs[0]!.rows[2]!;
    const filter = { ...anyFilter, query: `title:"${named.title}" x` };
    const { incidents, coverage } = await walkToEnd(harness(upstream).walk, walkContext(), filter);
    expect([...incidents.values()].map(({ title }) => title)).toEqual(
      upstream.pairs
        .flatMap(({ rows }) => rows.filter(({ title }) => title === named.title))
        .map(({ title }) => title),
    );
    expect(states(coverage)).toEqual({ "a Sentinel": "read", "b Sentinel": "read" });
    const asked = upstream.calls.filter((call) => !call.isProbe).map((call) => call.filter.query);
    expect(new Set(asked)).toEqual(new Set(["x"]));
  });

  it("never lets upstream's tokens out", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 9)]);
    const { pages } = await walkToEnd(harness(upstream).walk, walkContext());
    expect(JSON.stringify(pages)).not.toContain("token ");
  });

  it("sends a coverage entry again only when it has changed", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 9), fakePair("b", "Sentinel", 1)]);
    const { pages } = await walkToEnd(harness(upstream).walk, walkContext());
    const mentions = pages.map((page) => page.coverage.entries.map((entry) => entry.workspaceId).join(""));
    expect(mentions).toEqual(["ab", "a", "a", "a", "a", ""]);
  });

  it("counts unreadable rows as a running total", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    upstream.fault = (call) => (call.isProbe ? [] : [{ kind: "unreadable", rows: 2 }]);
    const { pages } = await walkToEnd(harness(upstream).walk, walkContext());
    expect(pages.map((page) => page.coverage.unreadableRows)).toEqual([2, 4, 6, 6]);
  });

  it("passes over empty pages while more is promised, and shows one when there are too many", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3)]);
    upstream.fault = (call) => (call.at < 6 ? [{ kind: "empty" }] : []);
    const result = await walkToEnd(harness(upstream).walk, walkContext());
    expect(result.pages.map((page) => page.incidents.length)).toEqual([0, 2, 1, 0]);
    expect(result.pages[0]?.cursor).not.toBeNull();
    expect(states(result.coverage)).toEqual({ "a Sentinel": "read" });
  });

  it("reads a source spelled in lower case as the same source", async () => {
    const upstream = new FakeUpstream([fakePair("a", "sentinel", 3)]);
    const result = await walkToEnd(harness(upstream).walk, walkContext());
    expect(states(result.coverage)).toEqual({ "a Sentinel": "read" });
  });

  it("says that nothing is known when nothing answers", async () => {
    const result = await walkToEnd(harness(new FakeUpstream([])).walk, walkContext());
    expect(result.coverage.entries).toEqual([]);
  });
});

describe("the cursor of a walk", () => {
  it("gives the same page byte by byte when asked again, without asking upstream", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    const { walk, otherProcess } = harness(upstream);
    const first = await walk(walkContext(), { ...anyFilter, cursor: null });
    const once = await walk(walkContext(), { ...anyFilter, cursor: first.cursor });
    const calls = upstream.calls.length;
    const again = await walk(walkContext(), { ...anyFilter, cursor: first.cursor });
    const elsewhere = await otherProcess()(walkContext(), { ...anyFilter, cursor: first.cursor });
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
    expect(JSON.stringify(elsewhere)).toBe(JSON.stringify(once));
    expect(upstream.calls).toHaveLength(calls);
  });

  it("makes a page once when it is asked for several times at the same time", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    const { walk } = harness(upstream);
    const { cursor } = await walk(walkContext(), { ...anyFilter, cursor: null });
    const calls = upstream.calls.length;
    const pages = await Promise.all([1, 2, 3].map(() => walk(walkContext(), { ...anyFilter, cursor })));
    expect(new Set(pages.map((page) => JSON.stringify(page))).size).toBe(1);
    expect(upstream.calls).toHaveLength(calls + 1);
  });

  it("takes the page of another process that was faster", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 9)]);
    const { walk, otherProcess } = harness(upstream);
    const { cursor } = await walk(walkContext(), { ...anyFilter, cursor: null });
    const [one, other] = await Promise.all([
      walk(walkContext(), { ...anyFilter, cursor }),
      otherProcess()(walkContext(), { ...anyFilter, cursor }),
    ]);
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    const next = await walk(walkContext(), { ...anyFilter, cursor: one.cursor });
    expect(next.incidents.map((row) => row.id)).toEqual(["5", "6"]);
  });

  it("is refused for another person, organisation, credential or filter", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    const { walk } = harness(upstream);
    const { cursor } = await walk(walkContext(), { ...anyFilter, cursor: null });
    const calls = upstream.calls.length;
    const strangers = [
      { personId: "person-2" },
      { organisationId: "0f0f0f0f-0000-4000-8000-000000000002" },
      { credentialId: "credential-2" },
    ];
    for (const stranger of strangers)
      expect(await codeOf(walk(walkContext(stranger), { ...anyFilter, cursor }))).toBe("CURSOR_INVALID");
    expect(await codeOf(walk(walkContext(), { ...anyFilter, severities: ["High"], cursor }))).toBe(
      "CURSOR_INVALID",
    );
    expect(await codeOf(walk(walkContext(), { ...anyFilter, cursor: "nonsense" }))).toBe("CURSOR_INVALID");
    expect(upstream.calls).toHaveLength(calls);
  });

  it("does not outlive the workspace rights under which its pages were filtered", async () => {
    const { walk } = harness(new FakeUpstream([fakePair("a", "Sentinel", 5), fakePair("b", "Sentinel", 5)]));
    const first = await walk(walkContext(), { ...anyFilter, cursor: null });
    await walk(walkContext(), { ...anyFilter, cursor: first.cursor });
    const narrowed = walkContext({ scope: { kind: "list", ids: new Set(["a"]) } });
    expect(await codeOf(walk(narrowed, { ...anyFilter, cursor: first.cursor }))).toBe("CURSOR_EXPIRED");
  });

  it("slides: each page brings fresh time, a pause that is too long ends the walk", async () => {
    const { walk, time } = harness(new FakeUpstream([fakePair("a", "Sentinel", 9)]));
    let page = await walk(walkContext(), { ...anyFilter, cursor: null });
    for (let step = 0; step < 3; step += 1) {
      time.nowMs += cursorLifetimeMs - 1_000;
      page = await walk(walkContext(), { ...anyFilter, cursor: page.cursor });
    }
    time.nowMs += cursorLifetimeMs;
    expect(await codeOf(walk(walkContext(), { ...anyFilter, cursor: page.cursor }))).toBe("CURSOR_EXPIRED");
  });

  it("expires with the person's eleventh walk, and with a purged one", async () => {
    const { walk, store, time } = harness(new FakeUpstream([fakePair("a", "Sentinel", 5)]));
    const first = await walk(walkContext(), { ...anyFilter, cursor: null });
    let last = first;
    for (let count = 0; count < 10; count += 1) {
      time.nowMs += 1;
      last = await walk(walkContext(), { ...anyFilter, cursor: null });
    }
    expect(await codeOf(walk(walkContext(), { ...anyFilter, cursor: first.cursor }))).toBe("CURSOR_EXPIRED");
    store.walks.clear();
    expect(await codeOf(walk(walkContext(), { ...anyFilter, cursor: last.cursor }))).toBe("CURSOR_EXPIRED");
  });
});

describe("failures of upstream", () => {
  it("reach the person, and the same cursor goes on where it stopped", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    const { walk } = harness(upstream);
    const { cursor } = await walk(walkContext(), { ...anyFilter, cursor: null });
    upstream.fault = () => [{ kind: "fail", failure: upstreamDown() }];
    expect(await codeOf(walk(walkContext(), { ...anyFilter, cursor }))).toBe("UPSTREAM_UNAVAILABLE");
    upstream.fault = () => [];
    const page = await walk(walkContext(), { ...anyFilter, cursor });
    expect(page.incidents.map((row) => row.id)).toEqual(["3", "4"]);
  });

  it("a first page that fails leaves nothing behind", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    const { walk, store } = harness(upstream);
    upstream.fault = () => [{ kind: "fail", failure: upstreamDown() }];
    expect(await codeOf(walk(walkContext(), { ...anyFilter, cursor: null }))).toBe("UPSTREAM_UNAVAILABLE");
    expect(store.walks.size).toBe(0);
  });

  it("do not undo what the same step has gained before", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    upstream.fault = ({ at }) => {
      if (at === 0) return [{ kind: "empty" }];
      return at === 1 ? [{ kind: "fail", failure: upstreamDown() }] : [];
    };
    const { walk } = harness(upstream);
    const page = await walk(walkContext(), { ...anyFilter, cursor: null });
    expect(page.incidents).toEqual([]);
    const next = await walk(walkContext(), { ...anyFilter, cursor: page.cursor });
    expect(next.incidents.map((row) => row.id)).toEqual(["1", "2"]);
  });

  it("stops at once when the person leaves, and can be taken up again", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    const { walk } = harness(upstream);
    const { cursor } = await walk(walkContext(), { ...anyFilter, cursor: null });
    const leaving = new AbortController();
    const left = walk(walkContext({ signal: leaving.signal }), { ...anyFilter, cursor });
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    const page = await walk(walkContext(), { ...anyFilter, cursor });
    expect(page.incidents.map((row) => row.id)).toEqual(["3", "4"]);
  });
});

describe("rejected page tokens", () => {
  it("restart the reading quietly; nothing is lost and nothing sent again", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 9), fakePair("b", "Sentinel", 3)]);
    upstream.fault = ({ at }) => (at === 2 ? [{ kind: "fail", failure: rejectedTokens() }] : []);
    const result = await walkToEnd(harness(upstream).walk, walkContext());
    expect([...result.incidents.keys()].sort()).toEqual(keysOf(upstream));
    expect(result.pages.flatMap((page) => page.incidents)).toHaveLength(12);
    expect(result.pages.at(-1)?.restarts).toBe(1);
    expect(upstream.calls.filter((call) => call.tokens === null && !call.isProbe)).toHaveLength(2);
    expect(states(result.coverage)).toEqual({ "a Sentinel": "read", "b Sentinel": "read" });
  });

  it("send a row again when it has changed meanwhile, be it in one member", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    upstream.fault = ({ at }) => (at === 1 ? [{ kind: "fail", failure: rejectedTokens() }] : []);
    const { walk } = harness(upstream);
    const first = await walk(walkContext(), { ...anyFilter, cursor: null });
    const pair = upstream.pairs[0];
    if (pair) pair.rows[0] = incidentRow({ ...pair.rows[0], id: "1", status: "Closed" });
    const next = await walk(walkContext(), { ...anyFilter, cursor: first.cursor });
    expect(next.incidents.map(({ id, status }) => [id, status])).toEqual([["1", "Closed"]]);
  });

  it("work in another process, which has to look up what was handed out", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 9)]);
    upstream.fault = ({ at }) => (at === 3 ? [{ kind: "fail", failure: rejectedTokens() }] : []);
    const { otherProcess } = harness(upstream);
    const result = await walkToEnd((context, request) => otherProcess()(context, request), walkContext());
    expect(result.pages.flatMap((page) => page.incidents)).toHaveLength(9);
    expect(result.pages.at(-1)?.restarts).toBe(1);
  });

  it("that do not cease are answered with the rejection after eight restarts", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    upstream.fault = ({ tokens }) => (tokens ? [{ kind: "fail", failure: rejectedTokens() }] : []);
    const { walk } = harness(upstream);
    const failed = walkToEnd(walk, walkContext());
    await expect(failed).rejects.toMatchObject({ code: "UPSTREAM_INVALID" });
    expect(upstream.calls.filter((call) => call.tokens === null)).toHaveLength(9);
  });

  it("of one upstream machine only are overcome by a second try with the same tokens", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 40)]);
    upstream.fault = ({ at, tokens }) =>
      tokens && at % 5 === 0 ? [{ kind: "fail", failure: rejectedTokens() }] : [];
    const result = await walkToEnd(harness(upstream).walk, walkContext());
    expect(result.incidents.size).toBe(40);
    expect(result.pages.at(-1)?.restarts).toBe(2);
  });

  it("on a first call concern the filter and are no reason to start over", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    upstream.fault = () => [{ kind: "fail", failure: rejectedTokens() }];
    expect(await codeOf(harness(upstream).walk(walkContext(), { ...anyFilter, cursor: null }))).toBe(
      "UPSTREAM_INVALID",
    );
    expect(upstream.calls).toHaveLength(1);
  });
});

describe("coverage: who is silently absent is named", () => {
  it("a known workspace in no reply is missing, since it was last read", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3), fakePair("b", "Sentinel", 3)]);
    const { walk, time } = harness(upstream);
    await walkToEnd(walk, walkContext());
    const readAt = new Date(time.nowMs).toISOString();
    time.nowMs += 60_000;
    upstream.silent.add("b");
    const { coverage } = await walkToEnd(walk, walkContext());
    expect(entryOf(coverage, "a")?.state).toBe("read");
    expect(entryOf(coverage, "b")).toMatchObject({
      state: "missing",
      since: readAt,
      rows: 0,
      workspaceName: "Name of b",
    });
    expect(entryOf(coverage, "b")?.reason).toMatch(/lost its role there, or the workspace failed/);
  });

  it("is named at the very next walk: an older presence probe does not excuse it", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3), fakePair("b", "Sentinel", 3)]);
    const { walk, time } = harness(upstream);
    await walkToEnd(walk, walkContext());
    upstream.silent.add("b");
    time.nowMs += 1;
    const { coverage } = await walkToEnd(walk, walkContext(), { ...anyFilter, severities: ["High"] });
    expect(entryOf(coverage, "b")?.state).toBe("missing");
  });

  it("is named on a fresh database: service accounts, people and gamebooks tell that it exists", async () => {
    for (const place of ["gamebooks", "accounts", "users"] as const) {
      const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3), fakePair("b", "Sentinel", 3)]);
      upstream.silent.add("b");
      upstream.named[place].push({ workspaceId: "B", name: "Fabrikam" });
      const { coverage } = await walkToEnd(harness(upstream).walk, walkContext());
      expect(entryOf(coverage, "b", null), place).toMatchObject({
        state: "missing",
        workspaceName: "Fabrikam",
        since: null,
      });
    }
  });

  it("learning is best effort: without the scopes the walk still works", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3)]);
    upstream.namedFailure = new Failure("UPSTREAM_FORBIDDEN");
    const { coverage } = await walkToEnd(harness(upstream).walk, walkContext());
    expect(states(coverage)).toEqual({ "a Sentinel": "read" });
  });

  it("a workspace with nothing for this filter is quiet, after a second look", async () => {
    const upstream = new FakeUpstream([
      fakePair("a", "Sentinel", 3),
      fakePair("b", "Sentinel", 2, { severity: "Low" }),
    ]);
    const { walk } = harness(upstream);
    await walkToEnd(walk, walkContext());
    const before = upstream.calls.length;
    const { coverage, incidents } = await walkToEnd(walk, walkContext(), {
      ...anyFilter,
      severities: ["High"],
    });
    expect(states(coverage)).toEqual({ "a Sentinel": "read", "b Sentinel": "quiet" });
    expect(incidents.size).toBe(3);
    // two pages, the probe, and one first call of a second look that stops as soon as nobody is in doubt
    expect(upstream.calls.length - before).toBe(4);
  });

  it("a pair that was left out for one reply is healed by the second look", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5), fakePair("b", "Sentinel", 5)]);
    upstream.fault = ({ at }) => (at === 1 ? [{ kind: "leaveOut", who: ["b"] }] : []);
    const result = await walkToEnd(harness(upstream).walk, walkContext());
    expect([...result.incidents.keys()].sort()).toEqual(keysOf(upstream));
    expect(result.pages.flatMap((page) => page.incidents)).toHaveLength(10);
    expect(states(result.coverage)).toEqual({ "a Sentinel": "read", "b Sentinel": "read" });
  });

  it("a pair that nobody knew and the first reply left out is found by the probe", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3), fakePair("b", "Sentinel", 3)]);
    upstream.fault = ({ at }) => (at === 0 ? [{ kind: "leaveOut", who: ["b"] }] : []);
    const result = await walkToEnd(harness(upstream).walk, walkContext());
    expect([...result.incidents.keys()].sort()).toEqual(keysOf(upstream));
    expect(states(result.coverage)).toEqual({ "a Sentinel": "read", "b Sentinel": "read" });
  });

  it("a workspace that stops in the middle and stays away is cut short", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5), fakePair("b", "Sentinel", 5)]);
    const { walk } = harness(upstream);
    const first = await walk(walkContext(), { ...anyFilter, cursor: null });
    upstream.silent.add("b");
    let page = first;
    const entries = [...first.coverage.entries];
    while (page.cursor !== null) {
      page = await walk(walkContext(), { ...anyFilter, cursor: page.cursor });
      entries.push(...page.coverage.entries);
    }
    const last = entries.filter((entry) => entry.workspaceId === "b").at(-1);
    expect(last).toMatchObject({ state: "cut-short", rows: 2, since: null });
    expect(last?.reason).toMatch(/More incidents were promised/);
  });

  it("a pair that answers the probe and vanishes in every look is cut short, not read", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 9), fakePair("b", "Sentinel", 9)]);
    let own = 0;
    upstream.fault = ({ isProbe, tokens }) => {
      if (isProbe) return [];
      own = tokens === null ? 0 : own + 1;
      // a little later in each look
      const looks = upstream.calls.filter((call) => call.tokens === null && !call.isProbe).length;
      return own >= looks ? [{ kind: "leaveOut", who: ["b"] }] : [];
    };
    const { coverage } = await walkToEnd(harness(upstream).walk, walkContext());
    expect(entryOf(coverage, "b")).toMatchObject({ state: "cut-short" });
  });

  it("an upstream that ends its pairs with an empty page is read, not suspected for ever", async () => {
    const upstream = new FakeUpstream(
      [fakePair("a", "Sentinel", 4), fakePair("b", "Sentinel", 1)],
      styled({ hasEmptyTail: true }),
    );
    const result = await walkToEnd(harness(upstream).walk, walkContext());
    expect(states(result.coverage)).toEqual({ "a Sentinel": "read", "b Sentinel": "read" });
    expect(result.pages.flatMap((page) => page.incidents)).toHaveLength(5);
  });

  it("where upstream knows its last pages, one that ends twice with an empty page is cut short", async () => {
    // "a" ends with a full page and no token, so "b" cannot have ended by an empty one.
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 4), fakePair("b", "Sentinel", 9)]);
    upstream.fault = ({ isProbe, tokens }) =>
      !isProbe && tokens !== null && JSON.stringify(tokens).includes("token 4")
        ? [{ kind: "leaveOut", who: ["b"] }]
        : [];
    const { coverage } = await walkToEnd(harness(upstream).walk, walkContext());
    expect(states(coverage)).toEqual({ "a Sentinel": "read", "b Sentinel": "cut-short" });
  });

  it("a pair that is promised for ever without a row ends the walk as cut short", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 5)]);
    upstream.fault = ({ at }) => (at > 0 ? [{ kind: "empty" }] : []);
    const result = await walkToEnd(harness(upstream, { idleReplies: 10, calls: 100 }).walk, walkContext());
    expect(entryOf(result.coverage, "a")).toMatchObject({ state: "cut-short", rows: 2 });
    expect(entryOf(result.coverage, "a")?.reason).toMatch(/without sending any/);
  });

  it("an upstream that goes in circles is left after a bounded number of calls", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 1_000)]);
    await walkToEnd(harness(upstream, { idleReplies: 10, calls: 20 }).walk, walkContext());
    expect(upstream.calls.length).toBeLessThan(70);
  });

  it("a workspace that answers the probe only is not called quiet when the probe shows what it holds", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3), fakePair("b", "Sentinel", 3)]);
    upstream.fault = ({ isProbe }) => (isProbe ? [] : [{ kind: "leaveOut", who: ["b"] }]);
    const { coverage } = await walkToEnd(harness(upstream).walk, walkContext());
    expect(entryOf(coverage, "b")).toMatchObject({ state: "missing", workspaceName: "Name of b" });
    expect(entryOf(coverage, "b")?.reason).toMatch(/holds incidents for this filter/);
  });

  it("a probe that upstream refuses proves nothing: absent pairs are named with that doubt", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3), fakePair("b", "Sentinel", 3)]);
    const { walk } = harness(upstream);
    await walkToEnd(walk, walkContext());
    upstream.silent.add("b");
    upstream.fault = ({ isProbe }) =>
      isProbe ? [{ kind: "fail", failure: new Failure("UPSTREAM_INVALID") }] : [];
    const { coverage } = await walkToEnd(walk, walkContext());
    expect(entryOf(coverage, "b")).toMatchObject({ state: "missing" });
    expect(entryOf(coverage, "b")?.reason).toMatch(/may hold nothing for this filter, or it failed/);
  });

  it("a probe that keeps failing does not keep a walk from its end", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3)]);
    upstream.fault = ({ isProbe }) => (isProbe ? [{ kind: "fail", failure: upstreamDown() }] : []);
    const result = await walkToEnd(harness(upstream).walk, walkContext(), anyFilter, { patience: 3 });
    expect(result.failures).toBe(2);
    expect(states(result.coverage)).toEqual({ "a Sentinel": "read" });
  });

  it("sources outside the filter are no part of the coverage", async () => {
    const upstream = new FakeUpstream([
      fakePair("a", "Sentinel", 3),
      fakePair("a", "Splunk", 3),
      fakePair("b", "Splunk", 3),
    ]);
    const { walk } = harness(upstream);
    await walkToEnd(walk, walkContext());
    upstream.silent.add("a Splunk");
    const { coverage } = await walkToEnd(walk, walkContext(), { ...anyFilter, sources: ["Sentinel"] });
    expect(states(coverage)).toEqual({ "a Sentinel": "read" });
  });

  it("a workspace known by name only, which answers with other sources, is quiet and not missing", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3), fakePair("b", "Splunk", 3)]);
    upstream.named.accounts.push({ workspaceId: "b", name: "Fabrikam" });
    const { coverage } = await walkToEnd(harness(upstream).walk, walkContext(), {
      ...anyFilter,
      sources: ["Sentinel"],
    });
    expect(states(coverage)).toEqual({ "a Sentinel": "read", "b *": "quiet" });
  });

  it("an upstream that brings pairs late is walked to the end in the second look, too", async () => {
    const pairs = ["a", "b", "c", "d"].map((id) => fakePair(id, "Sentinel", 3));
    const upstream = new FakeUpstream(pairs, styled({ pairsAtOnce: 1 }));
    upstream.fault = ({ at }) => (at === 2 ? [{ kind: "leaveOut", who: ["d"] }] : []);
    const result = await walkToEnd(harness(upstream).walk, walkContext());
    expect([...result.incidents.keys()].sort()).toEqual(keysOf(upstream));
    expect(new Set(Object.values(states(result.coverage)))).toEqual(new Set(["read"]));
  });
});

describe("a person limited to some workspaces", () => {
  const scope = { kind: "list", ids: new Set(["a", "z"]) } as const;

  it("gets their rows and their coverage, nothing else", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3), fakePair("b", "Sentinel", 9)]);
    upstream.named.accounts.push({ workspaceId: "c", name: "Foreign" });
    const result = await walkToEnd(harness(upstream).walk, walkContext({ scope }));
    expect([...result.incidents.values()].map((row) => row.workspaceId)).toEqual(["a", "a", "a"]);
    expect(states(result.coverage)).toEqual({ "a Sentinel": "read", "z *": "missing" });
    const text = JSON.stringify(result.pages);
    expect(text).not.toContain("Name of b");
    expect(text).not.toContain("Foreign");
  });

  it("does not cost a second look for workspaces of others", async () => {
    const upstream = new FakeUpstream([
      fakePair("a", "Sentinel", 1),
      fakePair("b", "Sentinel", 1, { severity: "Low" }),
    ]);
    const { walk } = harness(upstream);
    await walkToEnd(walk, walkContext());
    const before = upstream.calls.length;
    await walkToEnd(walk, walkContext({ scope }), { ...anyFilter, severities: ["High"] });
    expect(upstream.calls.length - before).toBe(1);
  });

  it("still teaches the registry for everybody", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 1), fakePair("b", "Sentinel", 1)]);
    const { walk, registry } = harness(upstream);
    await walkToEnd(walk, walkContext({ scope }));
    expect([...registry.known.keys()].sort()).toEqual(["a", "b"]);
  });
});

describe("the registry", () => {
  it("learns pairs and names from rows, and when each pair was last read", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3)]);
    const { walk, registry, time } = harness(upstream);
    await walkToEnd(walk, walkContext());
    expect(registry.known.get("a")).toMatchObject({
      name: "Name of a",
      sources: [{ source: "Sentinel", lastReadAt: new Date(time.nowMs).toISOString() }],
    });
  });

  it("does not date a pair that was not read", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3)]);
    const { walk, registry, time } = harness(upstream);
    await walkToEnd(walk, walkContext());
    const readAt = new Date(time.nowMs).toISOString();
    time.nowMs += 3_600_000;
    upstream.silent.add("a");
    await walkToEnd(walk, walkContext());
    expect(registry.known.get("a")?.sources).toEqual([{ source: "Sentinel", lastReadAt: readAt }]);
  });

  it("keeps a name from the directory against the one in rows", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 3)]);
    upstream.named.accounts.push({ workspaceId: "a", name: "Contoso Ltd" });
    const { walk } = harness(upstream);
    await walkToEnd(walk, walkContext());
    const { coverage } = await walkToEnd(walk, walkContext());
    expect(entryOf(coverage, "a")?.workspaceName).toBe("Contoso Ltd");
  });

  it("asks for the directory at most every ten minutes", async () => {
    const upstream = new FakeUpstream([fakePair("a", "Sentinel", 1)]);
    let rounds = 0;
    upstream.userWorkspaces = async () => {
      rounds += 1;
      return [];
    };
    const { walk, time } = harness(upstream);
    await walkToEnd(walk, walkContext());
    await walkToEnd(walk, walkContext());
    expect(rounds).toBe(1);
    time.nowMs += 10 * 60_000;
    await walkToEnd(walk, walkContext());
    expect(rounds).toBe(2);
  });
});

describe("five hundred workspaces", () => {
  it("of six sources each work, with a cursor of the same length", async () => {
    const sources = ["Sentinel", "DefenderXDR", "QRadar", "Splunk", "CrowdStrike", "SentinelOne"];
    const pairs = Array.from({ length: 3_000 }, (_, at) =>
      fakePair(`workspace-${Math.floor(at / 6)}`, sources[at % 6] ?? "", 3),
    );
    const upstream = new FakeUpstream(pairs);
    const result = await walkToEnd(harness(upstream).walk, walkContext());
    expect(result.incidents.size).toBe(9_000);
    expect(result.coverage.entries.every((entry) => entry.state === "read")).toBe(true);
    for (const page of result.pages) expect(page.cursor?.length ?? 0).toBeLessThan(300);
  });
});
