import { describe, expect, it } from "vitest";
import { countBands, waitingRuns } from "./gamebook-approvals";
import { makeRun } from "./gamebook-fixture";

const now = Date.UTC(2026, 10, 24, 12);
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const waits = (id: string, minutes: number | null, own: object = {}) =>
  makeRun({ id, status: "PendingApproval", creationDate: minutes === null ? null : ago(minutes), ...own });

describe("waitingRuns", () => {
  const runs = [
    waits("young", 5),
    waits("queue", 90, { status: "Pending", isQueued: true }),
    waits("done", 500, { status: "Succeeded" }),
    waits("old", 3_000),
    waits("when", null),
    waits("owner", 300, { status: "Pending", isAdminRequired: true }),
  ];
  it("oldest first, those of unknown age before all, and none that has ended", () => {
    expect(waitingRuns(runs, now).map(({ run, waiting }) => [run.id, waiting])).toEqual([
      ["when", "approval"],
      ["old", "approval"],
      ["owner", "approval"],
      ["queue", "queued"],
      ["young", "approval"],
    ]);
  });
  it("counts by the bands of the backlog; an unknown age is in none", () => {
    expect(countBands(waitingRuns(runs, now))).toEqual({ fresh: 1, settled: 1, old: 1, stale: 1 });
  });
  it("a clock that is ahead of ours makes no negative age", () => {
    expect(waitingRuns([waits("ahead", -3)], now)[0]?.ageMs).toBe(0);
  });
});
