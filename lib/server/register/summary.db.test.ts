import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { WorkspaceScope } from "@/lib/domain/access";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { finishReading } from "./finish-reading";
import { beginReading } from "./reading";
import { recordRows } from "./record";
import { readSummary } from "./summary";

const contoso = "aaaaaaaa-0000-4000-8000-000000000001";
const fabrikam = "bbbbbbbb-0000-4000-8000-000000000002";
/** Half past twelve. */
const nowMs = Date.UTC(2026, 10, 24, 12, 30);
const at = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();
const ada = { id: "u1", email: "ada@x.test", displayName: "Ada" };
const row = (id: string, over: Partial<IncidentRow> = {}): IncidentRow =>
  makeRow({
    id,
    workspaceId: contoso,
    lastModificationTime: at(-60),
    creationTime: at(-90),
    user: null,
    ...over,
  });

forEachEngine("the open work at a glance", (open) => {
  let store: OpenDatabase;
  let org = "";

  beforeAll(async () => {
    store = await open();
  });

  beforeEach(async () => {
    await emptyStore(store);
    const made = await withPlatform((tx) =>
      tx.insert(organisations).values({ slug: "one", name: "One" }).returning(),
    );
    org = made[0]!.id;
  });

  const summary = (scope: WorkspaceScope = { kind: "all" }) =>
    withOrganisation(org, (tx) => readSummary(tx, { scope, nowMs }));

  async function sweep(minutes: number, rows: readonly IncidentRow[], failed: string | null = null) {
    const id = randomUUID();
    await withOrganisation(org, async (tx) => {
      const window = { windowFrom: at(-24 * 60), windowTo: at(minutes), startedAt: at(minutes) };
      await beginReading(tx, { id, kind: "sweep", sources: [], ...window });
      await recordRows(tx, { readingId: id, calledAt: at(minutes), answeredAt: at(minutes), rows });
      const held = { source: "Sentinel", asOf: at(minutes) };
      await finishReading(tx, {
        ...{ readingId: id, endedAt: at(minutes), outcome: "complete", failureCode: null },
        coverage: [contoso, fabrikam].map((workspaceId) =>
          workspaceId === failed
            ? { ...held, workspaceId, state: "failed" as const, reason: "did not answer" }
            : { ...held, workspaceId, state: "read" as const, reason: null },
        ),
      });
    });
  }

  test("nothing was ever read: no figure stands for all quiet", async () => {
    const found = await summary();
    expect(found).toMatchObject({ open: 0, oldest: null, asOf: null, areHoursCovered: false });
    expect(found.window.isReached).toBe(false);
  });

  test("open ones of any age by severity, those that nobody owns, and the oldest; closed ones are not among them", async () => {
    await sweep(-40, [
      row("1", { severity: "High" }),
      row("2", { severity: "High", user: ada, creationTime: at(-23 * 60) }),
      row("3", {
        severity: "Low",
        workspaceId: fabrikam,
        workspaceName: "Fabrikam",
        creationTime: at(-20 * 60),
      }),
      row("4", { status: "Closed" }),
      row("5", { status: "SomethingNew", severity: null }),
    ]);
    expect(await summary()).toMatchObject({
      open: 4,
      bySeverity: { High: 2, Low: 1 },
      unassigned: 3,
      oldest: { id: "2" },
      asOf: at(-40),
    });
  });

  test("arrivals stand in the hour of their creation, closures in the hour in which they were seen", async () => {
    await sweep(-40, [row("1"), row("2", { creationTime: at(-10 * 60) })]);
    await sweep(-5, [
      row("1", { status: "Closed", lastModificationTime: at(-20) }),
      row("3", { creationTime: at(-10) }),
    ]);
    const { hours, open, areHoursCovered } = await summary();
    expect(open).toBe(2);
    expect(areHoursCovered).toBe(true);
    expect(hours.map(({ hour }) => hour.slice(11, 13))).toEqual([
      "05",
      "06",
      "07",
      "08",
      "09",
      "10",
      "11",
      "12",
    ]);
    const sum = (counts: Readonly<Record<string, number>>) =>
      Object.values(counts).reduce((a, b) => a + b, 0);
    expect(hours.map(({ arrivals }) => sum(arrivals))).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
    expect(hours.map(({ closures }) => sum(closures))).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test("what a person may not see is in none of it", async () => {
    await sweep(-5, [
      row("1"),
      row("2", {
        workspaceId: fabrikam,
        workspaceName: "Fabrikam",
        creationTime: at(-30 * 60),
        severity: "High",
      }),
    ]);
    const limited = await summary({ kind: "list", ids: new Set([contoso]) });
    expect(limited).toMatchObject({ open: 1, unassigned: 1, oldest: { id: "1" } });
    expect(JSON.stringify(limited)).not.toContain(fabrikam);
  });

  test("a customer that is not read is named by the coverage beside the figures", async () => {
    await sweep(-40, [row("1")]);
    await sweep(-5, [row("1")], fabrikam);
    const { coverage } = await summary();
    const states = coverage.entries.map(({ workspaceId, state }) => [workspaceId, state]);
    expect(states).toEqual([
      [contoso, "read"],
      [fabrikam, "failed"],
    ]);
  });
});
