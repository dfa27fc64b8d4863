import { describe, expect, test } from "vitest";
import { type CollectorState, collectorStanding, describeBackfill } from "./collector";

const nowMs = Date.parse("2026-11-24T12:00:00Z");
const ago = (seconds: number) => new Date(nowMs - seconds * 1_000).toISOString();
const sweep = { startedAt: ago(40), endedAt: ago(30), outcome: "complete", failureCode: null } as const;
const base: CollectorState = {
  everySeconds: 60,
  leaderSince: ago(600),
  fence: 1,
  readingSince: null,
  lastSweep: sweep,
  lastCompleteAt: ago(30),
  nextDueAt: ago(-20),
  backfill: null,
  dataSources: { readAt: null, failureCode: null },
  prunedAt: null,
};

describe("where a collector stands", () => {
  test.each<[ReturnType<typeof collectorStanding>, Partial<CollectorState>]>([
    ["current", {}],
    ["off", { everySeconds: 0 }],
    ["unled", { leaderSince: null }],
    ["never", { lastSweep: null, lastCompleteAt: null, nextDueAt: null }],
    ["reading", { lastSweep: null, lastCompleteAt: null, readingSince: ago(5) }],
    ["never", { lastSweep: { ...sweep, outcome: "stopped" }, lastCompleteAt: null }],
    ["failed", { lastSweep: { ...sweep, outcome: "failed", failureCode: "UPSTREAM_TIMEOUT" } }],
    ["current", { nextDueAt: ago(179) }],
    ["behind", { nextDueAt: ago(181) }],
    ["current", { nextDueAt: ago(900), readingSince: ago(20) }],
    ["behind", { nextDueAt: ago(900), readingSince: ago(200) }],
    // Slow on purpose while nothing happens.
    ["current", { lastCompleteAt: ago(250), nextDueAt: ago(-20) }],
  ])("%s", (standing, over) => expect(collectorStanding({ ...base, ...over }, nowMs)).toBe(standing));
});

describe("how far a back-fill has come", () => {
  const at = (done: number, estimateSeconds: number | null) =>
    describeBackfill({
      from: ago(0),
      doneTo: ago(0),
      days: { done, total: 30 },
      estimateSeconds,
      failureCode: null,
    });
  test.each([
    [at(0, null), "0 of 30 days; the time left is not known yet"],
    [at(12, 230), "12 of 30 days, about 4 min left"],
    [at(12, 5_400), "12 of 30 days, about 1 h 30 min left"],
    [at(29, 12), "29 of 30 days, less than a minute left"],
    [at(30, 0), "30 of 30 days, done"],
  ])("%s", (text, expected) => expect(text).toBe(expected));
});
