import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { CoverageState } from "@/lib/domain/coverage";
import { incidentKey } from "@/lib/domain/incident-merge";
import type { WalkFilter } from "@/lib/domain/walk";
import {
  type Fault,
  type FakePair,
  FakeUpstream,
  incidentRow,
  rejectedTokens,
  upstreamDown,
} from "./testing/fake-upstream";
import {
  anyFilter,
  harness,
  organisationId,
  walkContext,
  walkToEnd,
  type WalkResult,
} from "./testing/harness";

/** A whole random history of one walk: the world, upstream's manners, and what goes wrong with each call. */
interface History {
  readonly pairs: FakePair[];
  readonly pageSize: number;
  readonly hasEmptyTail: boolean;
  readonly pairsAtOnce: number;
  readonly filter: WalkFilter;
  readonly isRegistryFilled: boolean;
  /** Per call, repeated when the walk makes more calls. */
  readonly weather: readonly ("fine" | "empty" | "down" | "reject")[];
  /** Left out of exactly one reply: pair number → call number. */
  readonly transient: ReadonlyMap<number, number>;
  /** Left out of every reply from this call on: pair number → call number. */
  readonly silentFrom: ReadonlyMap<number, number>;
}

const sources = ["Sentinel", "Splunk", "DefenderXDR"];
const severities = ["High", "Low"];

const anyPairs: fc.Arbitrary<FakePair[]> = fc
  .uniqueArray(
    fc.record({
      workspace: fc.integer({ min: 0, max: 5 }),
      source: fc.constantFrom(...sources),
      rows: fc.array(fc.constantFrom(...severities), { maxLength: 9 }),
    }),
    { minLength: 1, maxLength: 8, selector: ({ workspace, source }) => `${workspace} ${source}` },
  )
  .map((list) =>
    list.map(({ workspace, source, rows }) => {
      const workspaceId = `workspace-${workspace}`;
      const workspaceName = `Customer ${workspace}`;
      const own = rows.map((severity, at) =>
        incidentRow({ id: `${at}`, severity, source, workspaceId, workspaceName }),
      );
      return { workspaceId, workspaceName, source, rows: own };
    }),
  );

const anyCallNumbers = (first: number) =>
  fc
    .array(fc.tuple(fc.nat(7), fc.integer({ min: first, max: 12 })), { maxLength: 4 })
    .map((list) => new Map(list));

const anyHistory = (trouble: { readonly silent: boolean }): fc.Arbitrary<History> =>
  fc.record({
    pairs: anyPairs,
    pageSize: fc.integer({ min: 1, max: 4 }),
    hasEmptyTail: fc.boolean(),
    pairsAtOnce: fc.constantFrom(1, 2, 100),
    filter: fc.record({
      sources: fc.constantFrom([], ["Sentinel"], ["Sentinel", "Splunk"]),
      timeFilterSelection: fc.constant(anyFilter.timeFilterSelection),
      severities: fc.constantFrom(undefined, ["High"], ["High", "Low"]),
    }),
    isRegistryFilled: trouble.silent ? fc.constant(true) : fc.boolean(),
    weather: fc
      .array(
        fc.oneof(
          { arbitrary: fc.constant("fine" as const), weight: 6 },
          { arbitrary: fc.constantFrom("empty" as const, "down" as const, "reject" as const), weight: 3 },
        ),
        { minLength: 5, maxLength: 25 },
      )
      // Two fine calls in a row now and then: else a walk may never end, and that is another test's matter.
      .map((list) => [...list, "fine" as const, "fine" as const]),
    transient: anyCallNumbers(0),
    silentFrom: trouble.silent ? anyCallNumbers(0) : fc.constant(new Map()),
  });

function upstreamOf(history: History): FakeUpstream {
  const upstream = new FakeUpstream(history.pairs, history);
  const keyOf = (number: number) => {
    const pair = history.pairs[number];
    return pair ? [`${pair.workspaceId} ${pair.source}`] : [];
  };
  // Calls that fail bring no reply, so they are not what leaves a pair out.
  let replies = -1;
  upstream.fault = ({ at, tokens }) => {
    const weather = history.weather[at % history.weather.length];
    if (weather === "down") return [{ kind: "fail", failure: upstreamDown() }];
    if (weather === "reject" && tokens) return [{ kind: "fail", failure: rejectedTokens() }];
    replies += 1;
    const out = [
      ...[...history.transient].filter(([, call]) => call === replies),
      ...[...history.silentFrom].filter(([, call]) => call <= replies),
    ].flatMap(([number]) => keyOf(number));
    const faults: Fault[] = [{ kind: "leaveOut", who: out }];
    if (weather === "empty") faults.push({ kind: "empty" });
    return faults;
  };
  return upstream;
}

async function live(history: History): Promise<{ result: WalkResult; upstream: FakeUpstream }> {
  const upstream = upstreamOf(history);
  const { walk, registry, time } = harness(upstream);
  if (history.isRegistryFilled)
    await registry.record(
      organisationId,
      {
        workspaces: [],
        pairs: history.pairs.map(({ workspaceId, source }) => ({ workspaceId, source })),
        read: [],
      },
      time.nowMs,
    );
  const result = await walkToEnd(walk, walkContext(), history.filter, { patience: 300 });
  return { result, upstream };
}

interface PairOutcome {
  readonly name: string;
  readonly expected: readonly IncidentRow[];
  readonly received: readonly IncidentRow[];
  readonly state: CoverageState | undefined;
}

function outcomes(result: WalkResult, upstream: FakeUpstream, filter: WalkFilter): readonly PairOutcome[] {
  return upstream.matching(filter).map((pair) => ({
    name: `${pair.workspaceId} ${pair.source}`,
    expected: pair.rows,
    received: pair.rows.filter((row) => result.incidents.has(incidentKey(row))),
    state: result.coverage.entries.find(
      (entry) => entry.workspaceId === pair.workspaceId && entry.source === pair.source,
    )?.state,
  }));
}

vi.setConfig({ testTimeout: 120_000 });

describe("whatever happens to the calls of a walk", () => {
  it("nothing is missing, twice or made up when every pair comes back in the end", async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory({ silent: false }), async (history) => {
        const { result, upstream } = await live(history);
        const expected = upstream.matching(history.filter).flatMap((pair) => pair.rows);
        expect([...result.incidents.keys()].sort()).toEqual(expected.map(incidentKey).sort());
        expect(result.pages.flatMap((page) => page.incidents)).toHaveLength(expected.length);
        for (const row of expected) expect(result.incidents.get(incidentKey(row))).toEqual(row);
      }),
      { numRuns: 150 },
    );
  });

  it("a pair with unread rows is always named, and 'read' and 'quiet' are never said of it", async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory({ silent: true }), async (history) => {
        const { result, upstream } = await live(history);
        for (const pair of outcomes(result, upstream, history.filter)) {
          expect(pair.state, pair.name).toBeDefined();
          expect(pair.state, pair.name).not.toBe("reading");
          if (pair.received.length < pair.expected.length)
            expect(["missing", "cut-short"], `${pair.name} is ${pair.state}`).toContain(pair.state);
          if (pair.state === "quiet") expect(pair.expected, pair.name).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("coverage counts rows by pair as they were received", async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory({ silent: false }), async (history) => {
        const { result, upstream } = await live(history);
        for (const pair of outcomes(result, upstream, history.filter)) {
          if (pair.state !== "read") continue;
          const entry = result.coverage.entries.find(
            (each) => `${each.workspaceId} ${each.source}` === pair.name,
          );
          expect(entry?.rows, pair.name).toBe(pair.expected.length);
        }
      }),
      { numRuns: 80 },
    );
  });
});
