import { randomUUID } from "node:crypto";
import { asc } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import type { OpenDatabase, Tx } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import {
  registerCoverage,
  registerIncidents,
  registerReadings,
  registerRows,
  registerSpans,
  registerTransitions,
} from "@/lib/server/db/schema/register";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { listWorkspaces } from "@/lib/server/workspaces";
import { coversWindow, finishReading, type ReadingCoverage } from "./finish-reading";
import { beginReading } from "./reading";
import { recordRecheck, recordRows } from "./record";
import { dueForRecheck, pruneRegister } from "./upkeep";

const contoso = "aaaaaaaa-0000-4000-8000-000000000001";
const fabrikam = "bbbbbbbb-0000-4000-8000-000000000002";
const start = Date.UTC(2026, 10, 24, 12);
const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
const one = { workspaceId: contoso, source: "Sentinel", incidentId: "7" };
const row = (over: Parameters<typeof makeRow>[0] = {}) => makeRow({ id: "7", workspaceId: contoso, ...over });

forEachEngine("the register", (open) => {
  let store: OpenDatabase;
  let org = "";
  let other = "";

  beforeAll(async () => {
    store = await open();
  });

  beforeEach(async () => {
    await emptyStore(store);
    const made = await withPlatform((tx) =>
      tx
        .insert(organisations)
        .values(["one", "two"].map((slug) => ({ slug, name: slug })))
        .returning(),
    );
    org = made[0]!.id;
    other = made[1]!.id;
  });

  const within = <T>(work: (tx: Tx) => Promise<T>) => withOrganisation(org, work);

  async function begin(
    minutes: number,
    over: { kind?: "backfill" | "recheck"; from?: number; to?: number; sources?: string[] } = {},
  ) {
    const id = randomUUID();
    await within((tx) =>
      beginReading(tx, {
        id,
        kind: over.kind ?? "sweep",
        sources: over.sources ?? [],
        windowFrom: at(over.from ?? minutes - 60),
        windowTo: at(over.to ?? minutes),
        startedAt: at(minutes),
      }),
    );
    return id;
  }

  const show = (
    readingId: string,
    [called, answered]: readonly [number, number],
    rows: ReturnType<typeof row>[],
  ) => within((tx) => recordRows(tx, { readingId, calledAt: at(called), answeredAt: at(answered), rows }));

  const pair = (workspaceId: string, state: ReadingCoverage["state"], minutes: number): ReadingCoverage => ({
    ...{ workspaceId, source: "Sentinel", state },
    ...{ asOf: at(minutes), reason: state === "read" ? null : `was ${state}` },
  });

  const finish = (
    readingId: string,
    minutes: number,
    coverage: readonly ReadingCoverage[],
    outcome: "complete" | "failed" | "stopped" = "complete",
  ) =>
    within((tx) =>
      finishReading(tx, {
        ...{ readingId, endedAt: at(minutes), outcome, coverage },
        failureCode: outcome === "failed" ? "UPSTREAM_UNREACHABLE" : null,
      }),
    );

  const incidents = () => within((tx) => tx.select().from(registerIncidents));
  const transitions = () =>
    within((tx) => tx.select().from(registerTransitions).orderBy(asc(registerTransitions.seq)));
  const coverage = () => within((tx) => tx.select().from(registerCoverage));

  test("a change lies between the newest call that showed the old value and the answer that shows the new one", async () => {
    const [first, second, third] = [await begin(0), await begin(5), await begin(10)];
    expect(await show(first, [0, 1], [row()])).toMatchObject([
      { field: "arrival", to: "New", afterMs: null },
    ]);
    expect(await show(second, [5, 6], [row()])).toEqual([]);
    const changes = await show(third, [10, 11], [row({ status: "Active", severity: "Low" })]);
    expect(changes.map(({ field, from, to }) => [field, from, to])).toEqual([
      ["state", "New", "Active"],
      ["severity", "High", "Low"],
    ]);
    const [, state] = await transitions();
    expect(state).toMatchObject({ ...one, readingBefore: second, readingAfter: third });
    expect([state?.seenAfter, state?.seenBefore]).toEqual([new Date(at(5)), new Date(at(11))]);
    expect((await listWorkspaces(org)).map(({ id, name }) => [id, name])).toEqual([[contoso, "Contoso"]]);
  });

  test("the same page twice, an older answer, and one that cannot be put in order change nothing", async () => {
    const [first, second] = [await begin(0), await begin(5)];
    await show(first, [4, 9], [row({ status: "Active" })]);
    const before = [await incidents(), await transitions()];
    expect(await show(first, [4, 9], [row({ status: "Active" })])).toEqual([]);
    expect(await show(second, [3, 10], [row({ status: "New" })])).toEqual([]);
    expect(await show(second, [8, 10], [row({ status: "Closed" })])).toEqual([]);
    expect([await incidents(), await transitions()]).toEqual(before);
    expect(await show(second, [9, 10], [row({ status: "Closed" })])).toHaveLength(1);
    expect((await incidents())[0]).toMatchObject({ isOpen: false, closedSeenAt: new Date(at(10)) });
  });

  test("an incident twice in one page counts once, as it came last; ids apart by source only are two", async () => {
    const reading = await begin(0);
    const page = [row(), row({ title: "Later" }), row({ source: "QRadar" })];
    expect(await show(reading, [0, 1], page)).toHaveLength(2);
    expect((await incidents()).map(({ source, titleSort }) => [source, titleSort]).sort()).toEqual([
      ["QRadar", "suspicious sign-in"],
      ["Sentinel", "later"],
    ]);
  });

  test("rows that PostgreSQL could not hold are held, and compared as held", async () => {
    const hostile = row({
      id: "\0\ud800",
      title: "a\0b",
      status: "\0",
      creationTime: "0000-01-01T00:00:00.000Z",
    });
    const reading = await begin(0);
    expect(await show(reading, [0, 1], [hostile])).toHaveLength(1);
    expect(await show(reading, [2, 3], [hostile])).toEqual([]);
    expect(await incidents()).toMatchObject([
      { incidentId: "\uFFFD\uFFFD", createdAt: null, state: "\uFFFD" },
    ]);
  });

  test("rows without their reading are refused; nothing crosses into another organisation", async () => {
    await expect(show(randomUUID(), [0, 1], [row()])).rejects.toThrow("a reading that was begun");
    const reading = await begin(0);
    await show(reading, [0, 1], [row()]);
    await expect(
      withOrganisation(other, (tx) =>
        recordRows(tx, {
          readingId: reading,
          calledAt: at(5),
          answeredAt: at(6),
          rows: [row({ status: "Closed" })],
        }),
      ),
    ).rejects.toThrow("a reading that was begun");
    for (const table of [registerIncidents, registerRows, registerTransitions, registerReadings])
      expect(await withOrganisation(other, (tx) => tx.select().from(table))).toEqual([]);
  });

  test("gone is a state of its own: neither closed nor open, and it can come back", async () => {
    const reading = await begin(0);
    await show(reading, [0, 1], [row()]);
    const recheck = (minutes: number, shown: ReturnType<typeof row> | null) =>
      within((tx) =>
        recordRecheck(tx, { ...one, calledAt: at(minutes), answeredAt: at(minutes + 1), row: shown }),
      );
    expect(await recheck(5, null)).toMatchObject([
      { field: "state", from: "New", to: "Gone", readingAfter: null },
    ]);
    expect(await recheck(7, null)).toEqual([]);
    expect(await recheck(4, row())).toEqual([]);
    expect(await incidents()).toMatchObject([{ state: "Gone", isOpen: false, closedSeenAt: null }]);
    expect(await recheck(9, row())).toMatchObject([{ field: "state", from: "Gone", to: "New" }]);
    const unknown = { ...one, incidentId: "nobody", calledAt: at(9), answeredAt: at(9), row: null };
    expect(await within((tx) => recordRecheck(tx, unknown))).toEqual([]);
  });

  test("due for a second look: open ones that no call has shown since, the pairs taking turns", async () => {
    const reading = await begin(0);
    const rows = ["1", "2", "3"].map((id) => row({ id }));
    await show(reading, [0, 1], [...rows, row({ id: "closed", status: "Closed" })]);
    await show(reading, [2, 3], [row({ id: "far", workspaceId: fabrikam })]);
    await show(reading, [20, 21], [row({ id: "1" })]);
    const due = (limit: number) => within((tx) => dueForRecheck(tx, { before: at(20), limit }));
    expect((await due(9)).map(({ incidentId }) => incidentId)).toEqual(["2", "far", "3"]);
    expect((await due(2)).map(({ incidentId }) => incidentId)).toEqual(["2", "far"]);
  });

  test("a pair left out of a sweep keeps its span and counts as left out since then; read again it is current", async () => {
    const first = await begin(0);
    await finish(first, 1, [pair(contoso, "read", 1), pair(fabrikam, "quiet", 1)]);
    for (const minutes of [10, 20])
      await finish(await begin(minutes), minutes + 1, [pair(contoso, "read", minutes + 1)]);
    const [held] = (await coverage()).filter(({ workspaceId }) => workspaceId === fabrikam);
    expect(held).toMatchObject({ state: "missing", readingId: first, reason: "left out of the reply" });
    expect([held?.notReadSince, held?.readAsOf]).toEqual([new Date(at(10)), new Date(at(1))]);
    const covers = (workspaceId: string, from: number, to: number) =>
      within((tx) => coversWindow(tx, { workspaceId, source: "sentinel" }, { from: at(from), to: at(to) }));
    expect(await covers(contoso, -60, 20)).toBe(true);
    expect(await covers(contoso, -61, 20)).toBe(false);
    expect(await covers(fabrikam, -60, 0)).toBe(true);
    expect(await covers(fabrikam, -60, 1)).toBe(false);
    await finish(await begin(90), 91, [pair(contoso, "read", 91), pair(fabrikam, "read", 91)]);
    expect((await coverage()).map(({ state, notReadSince }) => [state, notReadSince])).toEqual([
      ["read", null],
      ["read", null],
    ]);
    // Half an hour was never read: two spans. A backfill closes the gap.
    expect(await covers(fabrikam, -60, 90)).toBe(false);
    await finish(await begin(95, { kind: "backfill", from: 0, to: 30 }), 96, [pair(fabrikam, "read", 96)]);
    expect(await covers(fabrikam, -60, 90)).toBe(true);
  });

  test("failed, stopped and overtaken sweeps, single sources, and workspaces without a known source", async () => {
    await finish(await begin(0), 1, [
      pair(contoso, "read", 1),
      { ...pair(fabrikam, "missing", 1), source: null },
    ]);
    const states = async () =>
      Object.fromEntries(
        (await coverage()).map((held) => [`${held.workspaceId[0]}${held.source}`, held.state]),
      );
    expect(await states()).toEqual({ aSentinel: "read", b: "missing" });
    await finish(await begin(5), 6, [pair(contoso, "reading", 6)], "stopped");
    expect(await states()).toEqual({ aSentinel: "read", b: "missing" });
    await finish(await begin(7, { sources: ["QRadar"] }), 8, []);
    expect(await states()).toMatchObject({ aSentinel: "read" });
    const late = await begin(9);
    await finish(await begin(10), 11, [], "failed");
    expect(await states()).toMatchObject({ aSentinel: "failed" });
    await finish(late, 12, [pair(contoso, "read", 12)]);
    expect(await states()).toMatchObject({ aSentinel: "failed" });
    expect(await within((tx) => coversWindow(tx, one, { from: at(-51), to: at(9) }))).toBe(true);
    await finish(await begin(20), 21, [pair(contoso, "read", 21), pair(fabrikam, "quiet", 21)]);
    expect(await states()).toEqual({ aSentinel: "read", bSentinel: "quiet" });
    const again = [await coverage(), await within((tx) => tx.select().from(registerSpans))];
    await finish(late, 30, [pair(contoso, "failed", 30)]);
    expect([await coverage(), await within((tx) => tx.select().from(registerSpans))]).toEqual(again);
  });

  test("what is forgotten is no longer said to be covered", async () => {
    const old = await begin(0);
    await show(old, [0, 1], [row({ id: "open" }), row({ id: "closed", status: "Closed" })]);
    await finish(old, 1, [pair(contoso, "read", 1)]);
    const unused = await begin(2);
    const next = await begin(50);
    await show(next, [50, 51], [row({ id: "open", status: "Active" }), row({ id: "new", status: "Closed" })]);
    await finish(next, 51, [pair(contoso, "read", 51)]);
    expect(await within((tx) => pruneRegister(tx, { olderThan: at(40) }))).toEqual({
      incidents: 1,
      transitions: 1,
      readings: 1,
    });
    expect((await incidents()).map(({ incidentId }) => incidentId).sort()).toEqual(["new", "open"]);
    expect(await within((tx) => tx.select().from(registerRows))).toHaveLength(2);
    const kept = await within((tx) => tx.select({ id: registerReadings.id }).from(registerReadings));
    expect(kept.map(({ id }) => id)).not.toContain(unused);
    expect(await within((tx) => coversWindow(tx, one, { from: at(39), to: at(50) }))).toBe(false);
    expect(await within((tx) => coversWindow(tx, one, { from: at(40), to: at(50) }))).toBe(true);
  });
});
