import { afterEach, describe, expect, it } from "vitest";
import { demoCredentials } from "./accounts/account-store";
import { scenarioNames } from "./world/scenarios";
import { type RunningEmulator, startEmulator, type StartOptions } from "./start";
import { callOperation, codeOf, dataOf } from "./testing/caller";
import { keyOf, lastDay, readPage, walkAll } from "./testing/walker";

const startAt = "2026-11-24T10:00:00Z";
const running: RunningEmulator[] = [];
async function run(options: StartOptions): Promise<RunningEmulator> {
  const emulator = await startEmulator({ startAt, frozen: true, seed: 7, ...options });
  running.push(emulator);
  return emulator;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.stop()));
});

const ninetyDays = {
  sources: [],
  timeFilterSelection: {
    type: "Custom" as const,
    customStartUtc: "2026-08-26T00:00:00Z",
    customEndUtc: "2026-11-25T00:00:00Z",
  },
};

describe("each scenario holds what its name promises", () => {
  it.each([
    ["quiet-night", 12, 26],
    ["working-day", 24, 420],
    ["storm", 40, 5_000],
    ["partial-outage", 24, 420],
    ["500-workspaces", 500, 1_400],
  ] as const)("%s: %i workspaces, %i incidents in the last day", async (scenario, workspaces, incidents) => {
    const emulator = await run({ scenario });
    expect(emulator.control.workspaces()).toHaveLength(workspaces);
    expect(emulator.control.incidents(lastDay)).toHaveLength(incidents);
    expect(emulator.control.workspaces("globex")).toHaveLength(6);
    const names = emulator.control.workspaces().map((workspace) => workspace.name);
    expect(new Set(names).size).toBe(workspaces);
  });

  it("500-workspaces holds 100,000 incidents over ninety days, and every one can be read", async () => {
    const before = performance.now();
    const emulator = await run({ scenario: "500-workspaces" });
    const started = Math.round(performance.now() - before);
    const megabytes = Math.round(process.memoryUsage().rss / 1e6);
    process.stdout.write(
      `500-workspaces started in ${started} ms; ${megabytes} MB resident in the test process\n`,
    );
    const all = emulator.control.incidents(ninetyDays);
    expect(all).toHaveLength(100_000);
    expect(new Set(all.map(keyOf)).size).toBe(100_000);
    const filter = { ...ninetyDays, severities: ["High" as const], statuses: ["New" as const] };
    const { rows } = await walkAll(emulator, filter);
    expect(rows.map(keyOf).sort()).toEqual(emulator.control.incidents(filter).map(keyOf).sort());
  });

  it("storm has all six sources, some that say nothing, and a provider's mix of severities and states", async () => {
    const emulator = await run({ scenario: "storm" });
    const { rows } = await walkAll(emulator);
    const share = (member: string, value: string) =>
      rows.filter((row) => row[member] === value).length / rows.length;
    expect(new Set(rows.map((row) => row.source)).size).toBe(6);
    const talking = new Set(rows.map((row) => `${String(row.workspaceId)} ${String(row.source)}`));
    expect(talking.size).toBeLessThan(
      emulator.control.workspaces().flatMap((workspace) => workspace.sources).length,
    );
    expect(share("severity", "High")).toBeCloseTo(0.08, 1);
    expect(share("severity", "Medium")).toBeCloseTo(0.27, 1);
    expect(share("severity", "Low")).toBeCloseTo(0.45, 1);
    expect(share("severity", "Informational")).toBeCloseTo(0.2, 1);
    expect(share("status", "New") + share("status", "Active")).toBeGreaterThan(0.6);
  });

  it("storm shows what real data show: long titles, other scripts, line breaks, nulls, and assignees that are not there", async () => {
    const emulator = await run({ scenario: "storm" });
    const { rows } = await walkAll(emulator);
    const users = rows.map((row) => ({
      user: row.user as { id: string | null },
      isAssigned: row.isAssigned,
    }));
    expect(rows.some((row) => String(row.title).length > 100)).toBe(true);
    expect(rows.some((row) => /[^\u0000-\u024f\u2000-\u206f]/.test(String(row.workspaceName)))).toBe(true);
    expect(rows.some((row) => String(row.description).includes("\r\n"))).toBe(true);
    expect(rows.some((row) => row.description === null)).toBe(true);
    expect(rows.some((row) => row.workspaceName === null)).toBe(true);
    expect(rows.some((row) => row.tactics === null)).toBe(true);
    expect(users.some((each) => each.isAssigned === true && each.user.id === null)).toBe(true);
    expect(
      rows.filter((row) => row.source === "DefenderXDR").every((row) => /^\d+$/.test(String(row.id))),
    ).toBe(true);
    expect(
      rows.filter((row) => row.source === "Sentinel").every((row) => /^[\da-f-]{36}$/.test(String(row.id))),
    ).toBe(true);
    const entities = rows.flatMap((row) => row.entities as { kind: string }[]);
    expect(new Set(entities.map((entity) => entity.kind)).size).toBeGreaterThan(12);
  });

  it("storm comes in bursts: some minutes hold many times the mean for one customer", async () => {
    const emulator = await run({ scenario: "storm" });
    const { rows } = await walkAll(emulator);
    const perTenMinutes = new Map<string, number>();
    for (const row of rows) {
      const key = `${String(row.workspaceId)} ${Math.floor(Date.parse(String(row.creationTime)) / 600_000)}`;
      perTenMinutes.set(key, (perTenMinutes.get(key) ?? 0) + 1);
    }
    const mean = rows.length / 40 / 144;
    expect(Math.max(...perTenMinutes.values())).toBeGreaterThan(8 * mean);
  });

  it("partial-outage leaves workspaces out, fails some calls, and says so in its faults", async () => {
    const emulator = await run({ scenario: "partial-outage" });
    const faults = (await (await fetch(`${emulator.url}/_emulator/faults`)).json()) as {
      kind: string;
      workspaceId?: string;
    }[];
    expect(new Set(faults.map((fault) => fault.kind))).toEqual(
      new Set(["leaveOut", "status", "rejectTokens"]),
    );
    const page = await readPage(emulator, lastDay, null);
    const shown = new Set(page.incidents.map((row) => row.workspaceId));
    const held = new Set(emulator.control.incidents(lastDay).map((key) => key.workspaceId));
    expect(shown.size).toBeLessThan(held.size);
    const workspaceId =
      faults.find((fault) => fault.kind === "status" && fault.workspaceId !== undefined)?.workspaceId ?? "";
    expect(codeOf(await callOperation(emulator, "datasources.list", { params: { workspaceId } }))).toBe(
      "SERVICE_UNAVAILABLE",
    );
    emulator.control.reset({ scenario: "working-day" });
    expect(await walkAll(emulator).then(({ rows }) => rows.length)).toBe(420);
  });

  it("the second provider is there in each, and reachable with its own credential only", async () => {
    const emulator = await run({ scenario: "quiet-night" });
    const { rows } = await walkAll(emulator, undefined, demoCredentials.globex);
    expect(rows).toHaveLength(90);
    expect(rows.map(keyOf).sort()).toEqual(emulator.control.incidents(lastDay, "globex").map(keyOf).sort());
  });
});

describe("the same seed makes the same world", () => {
  it.each(scenarioNames)("%s", async (scenario) => {
    const one = await run({ scenario });
    const two = await run({ scenario });
    const other = await run({ scenario, seed: 8 });
    const page = async (emulator: RunningEmulator) => (
      emulator.control.clearFaults(), JSON.stringify(await readPage(emulator, lastDay, null))
    );
    expect(await page(two)).toBe(await page(one));
    expect(await page(other)).not.toBe(await page(one));
  });

  it("ids do not depend on when it was started", async () => {
    const one = await run({ scenario: "working-day" });
    const later = await run({ scenario: "working-day", startAt: "2027-02-03T04:05:06Z" });
    expect(later.control.workspaces()).toEqual(one.control.workspaces());
    const users = async (emulator: RunningEmulator) =>
      dataOf<{ id: string }[]>(await callOperation(emulator, "users.list")).map((user) => user.id);
    expect(await users(later)).toEqual(await users(one));
  });

  it("arrivals follow the clock, not the number of times anybody asked", async () => {
    const asked = await run({ scenario: "storm" });
    const left = await run({ scenario: "storm" });
    for (let i = 0; i < 60; i += 1) asked.control.clock({ advanceMs: 10_000 });
    left.control.clock({ advanceMs: 600_000 });
    expect(left.control.incidents(lastDay).map(keyOf).sort()).toEqual(
      asked.control.incidents(lastDay).map(keyOf).sort(),
    );
  });
});
