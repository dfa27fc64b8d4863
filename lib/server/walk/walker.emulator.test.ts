import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startEmulator, type RunningEmulator, type StartOptions } from "@/emulator/start";
import { summariseCoverage } from "@/lib/domain/coverage";
import { incidentKey } from "@/lib/domain/incident-merge";
import type { WalkFilter } from "@/lib/domain/walk";
import type { Log } from "@/lib/server/log";
import { Secret } from "@/lib/server/secret";
import { patientPolicy, testUpstream } from "@/lib/server/upstream/testing/test-upstream";
import { type Call, contractUpstream } from "./contract-upstream";
import {
  type ContextOptions,
  harness,
  type Harness,
  organisationId,
  walkContext,
  walkToEnd,
  type WalkResult,
} from "./testing/harness";

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const startAt = "2026-11-24T12:00:00.000Z";

const filter: WalkFilter = { sources: [], timeFilterSelection: { type: "TwentyFourHours" } };

/** A quarter of the rows, where the number of rows is not the point. */
const shortly: WalkFilter = { ...filter, timeFilterSelection: { type: "SixHours" } };

let emulator: RunningEmulator;
let engine: Harness;

/** The real upstream client against the emulator, with room for a page of 3,000 pairs and no long pauses. */
async function start(options: StartOptions): Promise<void> {
  emulator = await startEmulator({ seed: 7, startAt, frozen: true, ...options });
}

function freshEngine(): Harness {
  const patience = { totalMs: 90_000, headersMs: 60_000, idleBodyMs: 60_000 };
  const budget = { ...patience, maxBodyBytes: 64 * 1024 * 1024 };
  const call = testUpstream({ log: silent, policy: { ...patientPolicy, budgetOf: () => budget } });
  // `parseReply` made `data` with the reply schema of that very operation.
  const typed = call as unknown as Call;
  return harness((context) => contractUpstream(typed, context));
}

function context(options: ContextOptions = {}) {
  const connection = {
    organisationId,
    baseUrl: emulator.baseUrl,
    credentialId: "credential-1",
    clientId: "11111111-1111-4111-8111-111111111111",
    clientSecret: new Secret("cf-demo-secret-do-not-use-in-production-main-0001"),
  };
  return walkContext({ connection, ...options });
}

/** The emulator's own answer over HTTP: every incident that it holds for the filter. */
async function oracle(of: WalkFilter): Promise<string[]> {
  const reply = await fetch(
    `${emulator.url}/_emulator/incidents?filter=${encodeURIComponent(JSON.stringify(of))}`,
  );
  const body = (await reply.json()) as {
    readonly incidents: { readonly workspaceId: string; readonly source: string; readonly id: string }[];
  };
  return body.incidents.map(incidentKey).sort();
}

const shown = (result: WalkResult) => [...result.incidents.keys()].sort();
const namesOf = (result: WalkResult) =>
  summariseCoverage(result.coverage).workspacesMissing.map((workspace) => workspace.name);

/** One storm for all: the world is the same after each test, only faults and engine are fresh. */
beforeAll(() => start({ scenario: "storm" }));
beforeEach(() => {
  engine = freshEngine();
});
afterEach(() => emulator.control.clearFaults());
afterAll(() => emulator.stop());
vi.setConfig({ testTimeout: 180_000 });

describe("a walk over the storm shows exactly what the emulator holds", () => {
  it("in fine weather, each incident once, everything read or quiet", async () => {
    const result = await walkToEnd(engine.walk, context(), filter);
    expect(shown(result)).toEqual(await oracle(filter));
    expect(result.incidents.size).toBeGreaterThan(4_900);
    expect(result.pages.flatMap((page) => page.incidents)).toHaveLength(result.incidents.size);
    expect(summariseCoverage(result.coverage)).toMatchObject({
      workspacesTotal: 40,
      complete: true,
      atLeast: false,
    });
  });

  it("with rejected tokens, 5xx, empty pages and one workspace left out, which is named", async () => {
    const [victim] = emulator.control.workspaces();
    if (!victim) throw new Error("no workspace");
    emulator.control.faults([
      { kind: "rejectTokens", rate: 0.03 },
      { kind: "status", status: 503, rate: 0.2 },
      { kind: "emptyPage", rate: 0.1 },
      { kind: "leaveOut", workspaceId: victim.id },
    ]);
    const result = await walkToEnd(engine.walk, context(), filter, { patience: 200 });
    const expected = (await oracle(filter)).filter((key) => !key.startsWith(victim.id));
    expect(shown(result)).toEqual(expected);
    expect(result.pages.flatMap((page) => page.incidents)).toHaveLength(expected.length);
    // on a fresh database: only the directory has told of it
    expect(namesOf(result)).toEqual([victim.name]);
    expect(summariseCoverage(result.coverage)).toMatchObject({
      workspacesTotal: 40,
      workspacesCurrent: 39,
      atLeast: true,
    });
  });

  it("with so many rejections that no pass gets through without one", async () => {
    emulator.control.faults([{ kind: "rejectTokens", rate: 0.4 }]);
    const result = await walkToEnd(engine.walk, context(), filter, { patience: 200 });
    expect(shown(result)).toEqual(await oracle(filter));
    expect(result.pages.flatMap((page) => page.incidents)).toHaveLength(result.incidents.size);
    expect(result.pages.at(-1)?.restarts).toBeGreaterThan(0);
  });

  it("when connections are reset and gateways answer in HTML", async () => {
    emulator.control.faults([
      { kind: "reset", rate: 0.1 },
      { kind: "html", status: 502, rate: 0.1 },
      { kind: "truncate", rate: 0.05 },
    ]);
    const result = await walkToEnd(engine.walk, context(), filter, { patience: 200 });
    expect(shown(result)).toEqual(await oracle(filter));
    expect(summariseCoverage(result.coverage).complete).toBe(true);
  });

  it("for narrow filters: quiet workspaces are not missing", async () => {
    const narrow: WalkFilter = {
      ...filter,
      severities: ["High"],
      statuses: ["Closed"],
      sources: ["Splunk", "Sentinel"],
    };
    await walkToEnd(engine.walk, context(), filter);
    const result = await walkToEnd(engine.walk, context(), narrow);
    expect(shown(result)).toEqual(await oracle(narrow));
    const summary = summariseCoverage(result.coverage);
    expect(summary.complete).toBe(true);
    expect(new Set(result.coverage.entries.map((entry) => entry.source))).not.toContain("CrowdStrike");
  });

  it("for a custom window, and with upstream's odd forms", async () => {
    emulator.control.faults([
      { kind: "nullLists" },
      { kind: "digitStrings" },
      { kind: "extraFields" },
      { kind: "unknownEnums", rate: 0.2 },
    ]);
    const custom: WalkFilter = {
      sources: [],
      timeFilterSelection: {
        type: "Custom",
        customStartUtc: "2026-11-20T00:00:00.000Z",
        customEndUtc: "2026-11-24T06:00:00.000Z",
      },
    };
    const result = await walkToEnd(engine.walk, context(), custom);
    expect(shown(result)).toEqual(await oracle(custom));
  });
});

describe("who is left out is named", () => {
  it("since the time when it was last read, and healed when it is back", async () => {
    await walkToEnd(engine.walk, context(), shortly);
    const readAt = new Date(engine.time.nowMs).toISOString();
    engine.time.nowMs += 5 * 60_000;
    const victim = emulator.control.workspaces()[3];
    if (!victim) throw new Error("no workspace");
    emulator.control.faults([{ kind: "leaveOut", workspaceId: victim.id }]);
    const gone = summariseCoverage((await walkToEnd(engine.walk, context(), shortly)).coverage);
    expect(gone.workspacesMissing).toMatchObject([{ name: victim.name, whole: true, since: readAt }]);
    emulator.control.clearFaults();
    engine.time.nowMs += 1_000;
    expect(summariseCoverage((await walkToEnd(engine.walk, context(), shortly)).coverage).complete).toBe(
      true,
    );
  });

  it("by source when only one of them is left out", async () => {
    const before = await walkToEnd(engine.walk, context(), shortly);
    const sourcesOf = (id: string) =>
      before.coverage.entries.flatMap((entry) =>
        entry.workspaceId === id && entry.source ? [entry.source] : [],
      );
    const victim = emulator.control.workspaces().find((workspace) => sourcesOf(workspace.id).length > 1);
    const source = victim && sourcesOf(victim.id)[0];
    if (!victim || !source) throw new Error("no workspace with two talking sources");
    emulator.control.faults([{ kind: "leaveOut", workspaceId: victim.id, source }]);
    const { coverage } = await walkToEnd(engine.walk, context(), shortly);
    expect(summariseCoverage(coverage).workspacesMissing).toMatchObject([
      { name: victim.name, sources: [source], whole: false },
    ]);
  });

  it("a workspace that comes and goes by chance is never called complete with rows lacking", async () => {
    const victim = emulator.control.workspaces()[5];
    if (!victim) throw new Error("no workspace");
    await walkToEnd(engine.walk, context(), shortly);
    emulator.control.faults([{ kind: "leaveOut", workspaceId: victim.id, rate: 0.5 }]);
    const expected = await oracle(shortly);
    for (let round = 0; round < 4; round += 1) {
      engine.time.nowMs += 1_000;
      const result = await walkToEnd(engine.walk, context(), shortly);
      const held = new Set(shown(result));
      const lacking = expected.filter((key) => !held.has(key));
      expect(lacking.every((key) => key.startsWith(victim.id))).toBe(true);
      if (lacking.length > 0) expect(namesOf(result)).toEqual([victim.name]);
    }
  });

  it("to a person of few workspaces only theirs", async () => {
    const [first, second, third] = emulator.control.workspaces();
    if (!first || !second || !third) throw new Error("no workspaces");
    emulator.control.faults([
      { kind: "leaveOut", workspaceId: second.id },
      { kind: "leaveOut", workspaceId: third.id },
    ]);
    const scope = { kind: "list", ids: new Set([first.id, second.id]) } as const;
    const result = await walkToEnd(engine.walk, context({ scope }), shortly);
    expect(shown(result)).toEqual((await oracle(shortly)).filter((key) => key.startsWith(first.id)));
    expect(namesOf(result)).toEqual([second.name]);
    expect(JSON.stringify(result.pages)).not.toContain(third.id);
  });
});

describe("upstream sees a well-behaved caller", () => {
  it("a narrow walk costs its pages, one look and one probe more", async () => {
    await walkToEnd(engine.walk, context(), shortly);
    emulator.control.clearStats();
    await walkToEnd(engine.walk, context(), { ...shortly, query: "no incident says this" });
    expect(emulator.control.stats().byOperation).toEqual({ "incidents.acrossWorkspaces": 3 });
  });
});

describe("a walk while time goes on", () => {
  it("when incidents arrive while the walk goes on: nothing of the start is lost", async () => {
    const before = await oracle(filter);
    let steps = 0;
    const walk: typeof engine.walk = (asking, request) => {
      steps += 1;
      emulator.control.clock({ advanceMs: 3_000 });
      return engine.walk(asking, request);
    };
    emulator.control.faults([{ kind: "rejectTokens", rate: 0.1 }]);
    const result = await walkToEnd(walk, context(), filter, { patience: 50 });
    const held = new Set(shown(result));
    expect(before.filter((key) => !held.has(key))).toEqual([]);
    expect(steps).toBeGreaterThan(5);
  });
});

describe("five hundred workspaces", () => {
  it("are walked with a short cursor, and counted", async () => {
    await emulator.stop();
    // Few rows per token, so that there are many pages full of tokens.
    await start({ scenario: "500-workspaces", pageSize: 3 });
    const week: WalkFilter = {
      sources: [],
      timeFilterSelection: {
        type: "Custom",
        customStartUtc: "2026-11-17T12:00:00.000Z",
        customEndUtc: startAt,
      },
    };
    const result = await walkToEnd(engine.walk, context(), week);
    expect(shown(result)).toEqual(await oracle(week));
    expect(summariseCoverage(result.coverage).workspacesTotal).toBe(500);
    for (const page of result.pages) expect(page.cursor?.length ?? 0).toBeLessThan(300);
  });
});
