import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { WorkspaceScope } from "@/lib/domain/access";
import { summariseCoverage } from "@/lib/domain/coverage";
import { fold } from "@/lib/domain/fold";
import { countFacet, type Facet, facets } from "@/lib/domain/incident-filter";
import { incidentKey } from "@/lib/domain/incident-merge";
import { type IncidentQuery, parsePlace, wholeRegister } from "@/lib/domain/incident-query";
import { compareBy } from "@/lib/domain/incident-sort";
import { sortColumns } from "@/lib/domain/incident-view";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { forEachEngine } from "@/lib/server/db/testing";
import { finishReading } from "./finish-reading";
import { answerQuery } from "./query";
import { beginReading } from "./reading";
import { recordRecheck, recordRows } from "./record";

const start = Date.UTC(2026, 10, 24, 12);
const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
const workspaceIds = ["a", "b", "c", "d"].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000001`);
const everywhere: WorkspaceScope = { kind: "all" };

const words = ["Sign-in", "Brute force", "100%_real", "Éclair", "a\\b"];
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 4 });
const minute = (most: number) => fc.integer({ min: 0, max: most }).map((minutes) => at(-minutes));

const anyIncident: fc.Arbitrary<Partial<IncidentRow>> = fc.record({
  workspaceId: fc.constantFrom(...workspaceIds),
  source: fc.constantFrom("Sentinel", "QRadar"),
  title: orNull(fc.constantFrom(...words)),
  number: orNull(fc.integer({ min: 1, max: 9 })),
  severity: orNull(fc.constantFrom("High", "Low", "Odd")),
  status: orNull(fc.constantFrom("New", "Active", "Closed")),
  creationTime: orNull(minute(90)),
  lastModificationTime: orNull(minute(9)),
  alertsCount: orNull(fc.nat(3)),
  tactics: fc.subarray(["Execution", "Impact", "Exfiltration"]),
  alertProductNames: fc.subarray(["Defender", "Sentinel"]),
  user: orNull(
    fc.constantFrom(
      { id: "1", displayName: "Ann", email: "Ann@x.test" },
      { id: "2", displayName: null, email: "bo@x.test" },
      { id: "3", displayName: null, email: null },
    ),
  ),
});
const rows: readonly IncidentRow[] = fc.sample(anyIncident, { numRuns: 120, seed: 7 }).map((over, index) =>
  makeRow({
    ...over,
    id: `i${index}`,
    sourceDisplayName: null,
    workspaceName: `W ${over.workspaceId?.[0]}`,
  }),
);

const choice = (values: readonly string[]) => {
  const some = fc.subarray([...values], { maxLength: Math.min(2, values.length) });
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant({ any: [], none: [] }) },
    { weight: 1, arbitrary: fc.record({ any: some, none: some }) },
  );
};
const anyQuery: fc.Arbitrary<IncidentQuery> = fc
  .record({
    facets: fc.record({
      severity: choice(["High", "Low", "Medium"]),
      status: choice(["New", "Active", "Closed"]),
      source: choice(["Sentinel", "QRadar"]),
      owner: choice(["ann@x.test", "3", "unassigned"]),
      workspace: choice(workspaceIds),
      tactic: choice(["Execution", "Impact"]),
      product: choice(["Defender"]),
    }),
    text: fc.oneof(
      { weight: 3, arbitrary: fc.constant("") },
      fc.constantFrom("brute", "100%_", "ECLAIR", "a\\b", "force brute", "w a", "%"),
    ),
    window: fc.oneof(
      fc.constant([null, null]),
      fc.constant([at(-60), null]),
      fc.constant([at(-60), at(-30)]),
    ),
    sort: fc.record({ column: fc.constantFrom(...sortColumns), descending: fc.boolean() }),
  })
  .map(({ window: [from, to], ...rest }) => ({ ...rest, from: from ?? null, to: to ?? null, after: null }));
const anyScope: fc.Arbitrary<WorkspaceScope> = fc.oneof(
  fc.constant(everywhere),
  fc.subarray(workspaceIds).map((ids) => ({ kind: "list" as const, ids: new Set(ids) })),
);

/** The same in plain words over rows in memory. */
const valuesOf: Record<Facet, (row: IncidentRow) => readonly string[]> = {
  severity: (row) => [row.severity ?? ""],
  status: (row) => [row.status ?? ""],
  source: (row) => [row.source],
  owner: ({ user }) => [(user === null ? "unassigned" : (user.email ?? user.id ?? "")).toLowerCase()],
  workspace: (row) => [row.workspaceId],
  tactic: (row) => row.tactics,
  product: (row) => row.alertProductNames,
};
function matches(query: IncidentQuery, scope: WorkspaceScope, row: IncidentRow, without?: Facet): boolean {
  if (scope.kind === "list" && !scope.ids.has(row.workspaceId)) return false;
  const { from, to } = query;
  if (from !== null && (row.creationTime === null || row.creationTime < from)) return false;
  if (to !== null && (row.creationTime === null || row.creationTime >= to)) return false;
  const text = fold(
    [
      row.title,
      `#${row.number}`,
      row.id,
      row.user?.displayName,
      row.user?.email,
      row.workspaceName,
      ...row.alertProductNames,
    ].join("\n"),
  );
  if (
    query.text !== "" &&
    !fold(query.text)
      .split(" ")
      .every((word) => text.includes(word))
  )
    return false;
  return facets.every((facet) => {
    const { any, none } = query.facets[facet];
    const held = valuesOf[facet](row);
    const holds = (list: readonly string[]) => held.some((value) => list.includes(value));
    return facet === without || ((any.length === 0 || holds(any)) && !holds(none));
  });
}
function countValues(list: readonly IncidentRow[], facet: Facet): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of list)
    for (const value of new Set(valuesOf[facet](row)))
      if (value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

forEachEngine("questions to the register", (open) => {
  let org = "";
  const ask = (query: IncidentQuery, scope: WorkspaceScope, limit: number, nowMs = start) =>
    withOrganisation(org, (tx) => answerQuery(tx, query, { scope, nowMs }, limit));
  const reading = randomUUID();

  beforeAll(async () => {
    await open();
    const made = await withPlatform((tx) =>
      tx.insert(organisations).values({ slug: "one", name: "One" }).returning(),
    );
    org = made[0]!.id;
    await withOrganisation(org, async (tx) => {
      await beginReading(tx, {
        id: reading,
        kind: "sweep",
        sources: [],
        windowFrom: at(-60),
        windowTo: at(0),
        startedAt: at(0),
      });
      await recordRows(tx, { readingId: reading, calledAt: at(0), answeredAt: at(0), rows });
      const pair = (workspaceId: string, source: string) => ({
        workspaceId,
        source,
        state: "read" as const,
        asOf: at(0),
        reason: null,
      });
      const coverage = workspaceIds.slice(0, 3).flatMap((id) => [pair(id, "Sentinel"), pair(id, "QRadar")]);
      await finishReading(tx, {
        readingId: reading,
        endedAt: at(0),
        outcome: "complete",
        failureCode: null,
        coverage,
      });
    });
  });

  test("pages, totals and facets are those of the plain model, for any query, order and sight", async () => {
    const cases = fc.sample(fc.tuple(anyQuery, anyScope, fc.integer({ min: 1, max: 30 })), {
      numRuns: 60,
      seed: 11,
    });
    let seen = 0;
    for (const [query, scope, limit] of cases) {
      const expected = rows.filter((row) => matches(query, scope, row)).sort(compareBy(query.sort));
      const found: IncidentRow[] = [];
      let after: IncidentQuery["after"] = null;
      // Twice as many pages as there can be: it must come to an end by itself.
      for (let page = 0; page < 1 + 2 * rows.length; page += 1) {
        const answer = await ask({ ...query, after }, scope, limit);
        expect(answer.total).toBe(expected.length);
        found.push(...answer.incidents);
        if (page === 0)
          for (const facet of facets) {
            const own = rows.filter((row) => matches(query, scope, row, facet));
            expect(new Map(answer.facets[facet].map(({ value, rows: n }) => [value, n]))).toEqual(
              countValues(own, facet),
            );
          }
        if (answer.next === null) break;
        after = parsePlace(answer.next);
        expect(after).not.toBeNull();
      }
      expect(found.map(incidentKey)).toEqual(expected.map(incidentKey));
      seen += found.length;
    }
    // Else the queries were all so narrow that nothing was tried.
    expect(seen).toBeGreaterThan(500);
  });

  test("labels are those of the list over loaded rows", async () => {
    const { facets: counted } = await ask(wholeRegister, everywhere, 1);
    const labels = (facet: Facet) =>
      new Map(countFacet(rows, facet).map(({ value, label }) => [value, label]));
    expect(counted.owner.find(({ value }) => value === "ann@x.test")?.label).toBe(
      labels("owner").get("ann@x.test"),
    );
    expect(counted.workspace[0]?.label).toBe(labels("workspace").get(counted.workspace[0]?.value ?? ""));
  });

  test("an answer says what it rests on, within the asker's sight", async () => {
    const since = (from: string | null) => ({ ...wholeRegister, from });
    const three: WorkspaceScope = { kind: "list", ids: new Set(workspaceIds.slice(0, 3)) };
    const mine = await ask(since(at(-60)), three, 1);
    expect(summariseCoverage(mine.coverage)).toMatchObject({
      workspacesTotal: 3,
      complete: true,
      asOf: at(0),
    });
    expect(mine.coverage.entries.reduce((sum, entry) => sum + entry.rows, 0)).toBe(mine.total);
    expect(mine.window).toMatchObject({ isCovered: true, coveredFrom: at(-60), uncovered: [] });
    expect((await ask(since(at(-61)), three, 1)).window.uncovered[0]?.gaps).toEqual([
      { from: at(-61), to: at(-60) },
    ]);
    expect((await ask(since(null), three, 1)).window.uncovered[0]?.gaps).toEqual([
      { from: null, to: at(-60) },
    ]);
    // The fourth workspace was never read: whoever sees it has no complete answer, the others do not hear of it.
    const all = await ask(since(at(-60)), everywhere, 1);
    expect(summariseCoverage(all.coverage)).toMatchObject({ workspacesTotal: 4, complete: false });
    expect(all.window).toMatchObject({ isCovered: false, coveredFrom: null });
    expect(JSON.stringify(mine)).not.toContain(workspaceIds[3]);
    const none = await ask(wholeRegister, { kind: "list", ids: new Set() }, 1);
    expect(none).toMatchObject({ incidents: [], total: 0, asOf: null, window: { isCovered: false } });
  });

  test("when nothing is read any more, nothing counts as current", async () => {
    const later = await ask({ ...wholeRegister, from: at(-60) }, everywhere, 1, start + 6 * 60_000);
    expect(summariseCoverage(later.coverage)).toMatchObject({
      workspacesCurrent: 0,
      atLeast: true,
      asOf: at(0),
    });
    expect(later.coverage.entries.find(({ state }) => state !== "missing")).toBeUndefined();
    expect(later.window.uncovered).toHaveLength(8);
  });

  test("a page goes on behind a row that has moved or gone meanwhile; what is gone is its own state", async () => {
    const query: IncidentQuery = { ...wholeRegister, sort: { column: "title", descending: false } };
    const first = await ask(query, everywhere, 40);
    const last = first.incidents.at(-1)!;
    await withOrganisation(org, (tx) =>
      recordRecheck(tx, {
        ...last,
        incidentId: last.id,
        calledAt: at(1),
        answeredAt: at(2),
        row: { ...last, title: "0 first now" },
      }),
    );
    const second = await ask({ ...query, after: parsePlace(first.next!) }, everywhere, 200);
    expect(second.incidents).toHaveLength(rows.length - 40);
    await withOrganisation(org, (tx) =>
      recordRecheck(tx, { ...last, incidentId: last.id, calledAt: at(3), answeredAt: at(4), row: null }),
    );
    const goneOnes = await ask(
      { ...query, facets: { ...query.facets, status: { any: ["Gone"], none: [] } } },
      everywhere,
      5,
    );
    expect(goneOnes.incidents).toMatchObject([{ id: last.id, status: "Gone", seen: { closedAt: null } }]);
    expect(goneOnes.facets.status).toContainEqual({ value: "Gone", label: "Gone", rows: 1 });
  });
});
