import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { callOperation } from "@/emulator/testing/caller";
import { registry } from "@/lib/contract";
import type { GamebookHistory, GamebookPages } from "@/lib/contract/shapes/gamebook";
import { parseReply } from "@/lib/contract/tolerant";
import { runKey } from "@/lib/domain/gamebook-run";
import { runState } from "@/lib/domain/gamebook-status";
import { type GamebookAsk, type GamebookCursor, type GamebookPage, readGamebookPage } from "./gamebook-pages";

let emulator: RunningEmulator;
beforeAll(async () => {
  const startAt = "2026-11-24T10:00:00Z";
  emulator = await startEmulator({ scenario: "working-day", seed: 7, startAt, frozen: true });
});
beforeEach(() => emulator.control.reset({ scenario: "working-day", seed: 7 }));
afterAll(() => emulator.stop());

interface Held {
  readonly workspaceId: string;
  readonly id: string;
  readonly status: string;
}

async function held(): Promise<readonly Held[]> {
  const answer = await fetch(`${emulator.url}/_emulator/gamebooks`);
  return ((await answer.json()) as { gamebooks: Held[] }).gamebooks;
}

const read = {
  across: async (query: Parameters<Parameters<typeof readGamebookPage>[2]["across"]>[0]) => {
    const reply = await callOperation(emulator, "gamebooks.acrossHistory", { query });
    // Parsed with the schema of this very operation.
    return parseReply(registry["gamebooks.acrossHistory"], reply.json, {}).data as GamebookPages;
  },
  one: async (workspaceId: string, query: { pageToken?: string; query?: string }) => {
    const params = { workspaceId };
    const reply = await callOperation(emulator, "gamebooks.history", { params, query });
    return parseReply(registry["gamebooks.history"], reply.json, params).data as GamebookHistory;
  },
};

/** Reads to the end; after each page `between` may move the world. */
async function readAll(ask: GamebookAsk, between: (page: number) => void = () => undefined) {
  const found = new Map<string, string | null>();
  let cursor: GamebookCursor | null = null;
  for (let page = 1; page < 200; page += 1) {
    const answer: GamebookPage = await readGamebookPage(ask, cursor, {
      across: read.across,
      one: (query) => read.one(ask.workspaces[0] ?? "", query),
    });
    for (const run of answer.runs) found.set(runKey(run), run.status);
    cursor = answer.next;
    if (cursor === null) break;
    between(page);
  }
  return found;
}

const keysOf = (runs: readonly Held[]) =>
  runs.map(({ workspaceId, id }) => `${workspaceId.toLowerCase()}/${id}`).sort();
const everything: GamebookAsk = { workspaces: [], states: [], text: "" };

describe("against the emulator: exactly what is held, by an oracle that knows no pages", () => {
  it("over all workspaces, of one, and of one status", async () => {
    const runs = await held();
    expect(runs.length).toBeGreaterThan(500);
    expect([...(await readAll(everything)).keys()].sort()).toEqual(keysOf(runs));
    const [{ workspaceId } = { workspaceId: "" }] = runs;
    expect([...(await readAll({ ...everything, workspaces: [workspaceId] })).keys()].sort()).toEqual(
      keysOf(runs.filter((run) => run.workspaceId === workspaceId)),
    );
    expect([...(await readAll({ ...everything, states: ["failed"] })).keys()].sort()).toEqual(
      keysOf(runs.filter(({ status }) => status === "Failed")),
    );
  });

  it("while an hour passes between some of the pages", async () => {
    const before = (await held()).length;
    const found = await readAll(everything, (page) => {
      if (page % 10 === 0) emulator.control.clock({ advanceMs: 3_600_000 });
    });
    const runs = await held();
    expect(runs.length).toBeGreaterThan(before);
    // What arrives after the last look is news and no gap: everything older is there.
    const missing = keysOf(runs).filter((key) => !found.has(key));
    expect(missing).toEqual([]);
  });

  it("while runs enter and leave the status that is wanted", async () => {
    const waiting = await readAll({ ...everything, states: ["approval", "queued", "running"] }, () =>
      emulator.control.clock({ advanceMs: 10 * 60_000 }),
    );
    const now = (await held()).filter(({ status }) =>
      ["approval", "queued", "running"].includes(runState(status)),
    );
    expect(now.length).toBeGreaterThan(0);
    expect(keysOf(now).filter((key) => !waiting.has(key))).toEqual([]);
  });
});
