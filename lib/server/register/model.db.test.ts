import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { registerCoverage, registerIncidents, registerTransitions } from "@/lib/server/db/schema/register";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { coversWindow, finishReading, type ReadingCoverage } from "./finish-reading";
import { beginReading } from "./reading";
import { recordRows } from "./record";

/*
 * Random histories: incidents that arrive and change in workspaces that are sometimes left out, readings that overlap, answers that come
 * late, twice and in another order. One unit is a second.
 */

const start = Date.UTC(2026, 10, 24, 12);
const at = (seconds: number) => new Date(start + seconds * 1_000).toISOString();
const secondsOf = (date: Date | null) => (date === null ? null : (date.getTime() - start) / 1_000);
const letters = ["a", "b", "c"] as const;
const workspaceOf = (index: number) => `${(letters[index] ?? "a").repeat(8)}-0000-4000-8000-000000000001`;
const lastSecond = 200;

/** One incident: when it arrived and when its owner changed, to `o1`, `o2`, … Each value comes once, so a change is known by it. */
interface Fate {
  readonly workspace: number;
  readonly arrives: number;
  readonly changes: readonly number[];
}
/** One call of a reading: its picture was taken at some instant between its beginning and its answer. */
interface PlannedCall {
  readonly called: number;
  readonly untilPicture: number;
  readonly untilAnswer: number;
  /** Seconds from the answer until it is written down. */
  readonly delay: number;
  readonly isRepeated: boolean;
  readonly leftOut: readonly number[];
  readonly outcome: "complete" | "failed" | "stopped";
  readonly windowSeconds: number;
}

const anyFate: fc.Arbitrary<Fate> = fc.record({
  workspace: fc.nat(letters.length - 1),
  arrives: fc.integer({ min: 1, max: 150 }),
  changes: fc.uniqueArray(fc.integer({ min: 1, max: 199 }), { maxLength: 4 }),
});
const anyCall: fc.Arbitrary<PlannedCall> = fc.record({
  called: fc.integer({ min: 0, max: 180 }),
  untilPicture: fc.nat(10),
  untilAnswer: fc.nat(10),
  delay: fc.oneof(fc.constant(0), fc.nat(40)),
  isRepeated: fc.boolean(),
  leftOut: fc.oneof(fc.constant([]), fc.subarray([0, 1, 2])),
  outcome: fc.constantFrom("complete", "complete", "failed", "stopped"),
  windowSeconds: fc.integer({ min: 5, max: 60 }),
});
const histories = fc.sample(
  fc.record({
    fates: fc.array(anyFate, { minLength: 1, maxLength: 6 }),
    calls: fc.array(anyCall, { minLength: 4, maxLength: 14 }),
  }),
  { numRuns: 8, seed: 20261124 },
);

/** Instants at which an incident has its owner `o<n>`: from the first to before the second. */
function reign(fate: Fate, n: number): readonly [number, number] {
  const times = [fate.arrives, ...fate.changes.filter((time) => time > fate.arrives).sort((a, b) => a - b)];
  return [times[n] ?? Number.POSITIVE_INFINITY, times[n + 1] ?? Number.POSITIVE_INFINITY];
}
function ownerAt(fate: Fate, second: number): number | null {
  for (let n = 0; n <= fate.changes.length; n += 1) {
    const [from, to] = reign(fate, n);
    if (from <= second && second < to) return n;
  }
  return null;
}
const rowOf = (fate: Fate, id: number, owner: number) =>
  makeRow({
    id: `i${id}`,
    workspaceId: workspaceOf(fate.workspace),
    user: { id: `o${owner}`, displayName: null, email: null },
    creationTime: at(fate.arrives),
  });

/** What must be held of an incident, kept in plain words. */
interface Held {
  owner: number;
  called: number;
  answered: number;
}

/** The register in memory. */
class Model {
  readonly held = new Map<number, Held>();
  readonly changes: string[] = [];

  show(id: number, owner: number, called: number, answered: number): void {
    const held = this.held.get(id);
    if (!held) {
      this.changes.push(`i${id} arrival null ${answered}`);
      this.held.set(id, { owner, called, answered });
    } else if (called > held.called && owner === held.owner) {
      held.called = called;
      held.answered = Math.max(held.answered, answered);
    } else if (called > held.called && called >= held.answered) {
      this.changes.push(`i${id} o${held.owner}>o${owner} ${held.called} ${answered}`);
      this.held.set(id, { owner, called, answered });
    }
  }
}

forEachEngine("the register against a plain model", (open) => {
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

  test.each(histories.map((history, index) => ({ name: `${index + 1}`, ...history })))(
    "history $name",
    async ({ fates, calls }) => {
      const model = new Model();
      // A last look at everything, after all else: the register must end up with the truth.
      const final: PlannedCall = {
        ...{ called: 260, untilPicture: 0, untilAnswer: 1, delay: 0, isRepeated: true },
        ...{ leftOut: [], outcome: "complete", windowSeconds: 10 },
      };
      const planned = [...calls, final].map((call) => {
        const answered = call.called + call.untilPicture + call.untilAnswer;
        return { ...call, readingId: randomUUID(), answered, written: answered + call.delay };
      });
      const covered = new Map(letters.map((_, workspace) => [workspace, new Set<number>()]));
      const newest = new Map<number, { sweptAt: number; state: string; notReadSince: number | null }>();
      for (const call of planned.sort((a, b) => a.written - b.written || a.called - b.called)) {
        const { readingId, called, answered, leftOut } = call;
        const picture = called + call.untilPicture;
        const shown = fates.flatMap((fate, id) => {
          const owner = ownerAt(fate, picture);
          return owner === null || leftOut.includes(fate.workspace) ? [] : [{ fate, id, owner }];
        });
        const rows = shown.map(({ fate, id, owner }) => rowOf(fate, id, owner));
        const coverage: ReadingCoverage[] = letters.flatMap((_, index) =>
          leftOut.includes(index)
            ? []
            : [
                {
                  workspaceId: workspaceOf(index),
                  source: "Sentinel",
                  state: "read",
                  asOf: at(answered),
                  reason: null,
                },
              ],
        );
        await withOrganisation(org, async (tx) => {
          const window = { windowFrom: at(called - call.windowSeconds), windowTo: at(called + 5) };
          await beginReading(tx, {
            id: readingId,
            kind: "sweep",
            sources: [],
            ...window,
            startedAt: at(called),
          });
          for (let time = 0; time < (call.isRepeated ? 2 : 1); time += 1)
            await recordRows(tx, { readingId, calledAt: at(called), answeredAt: at(answered), rows });
          await finishReading(tx, {
            readingId,
            endedAt: at(answered),
            outcome: call.outcome,
            failureCode: null,
            coverage,
          });
        });
        for (const { id, owner } of shown) model.show(id, owner, called, answered);
        for (const [index] of letters.entries()) {
          const held = newest.get(index);
          if (!leftOut.includes(index)) {
            for (let second = called - call.windowSeconds; second < called; second += 1)
              covered.get(index)?.add(second);
            if (!held || held.sweptAt <= called)
              newest.set(index, { sweptAt: called, state: "read", notReadSince: null });
          } else if (held && held.sweptAt <= called && call.outcome !== "stopped") {
            const state = call.outcome === "failed" ? "failed" : "missing";
            newest.set(index, { sweptAt: called, state, notReadSince: held.notReadSince ?? called });
          }
        }
      }
      const found = await withOrganisation(org, async (tx) => ({
        incidents: await tx.select().from(registerIncidents),
        transitions: await tx.select().from(registerTransitions),
        coverage: await tx.select().from(registerCoverage),
      }));
      const held = new Map(
        found.incidents.map((row) => [
          row.incidentId,
          { owner: row.owner, called: secondsOf(row.calledAt), answered: secondsOf(row.answeredAt) },
        ]),
      );
      expect(held).toEqual(
        new Map([...model.held].map(([id, own]) => [`i${id}`, { ...own, owner: `o${own.owner}` }])),
      );
      expect(
        found.transitions
          .map(({ incidentId, field, from, to, seenAfter, seenBefore }) =>
            [
              incidentId,
              field === "arrival" ? field : `${from}>${to}`,
              secondsOf(seenAfter),
              secondsOf(seenBefore),
            ]
              .join(" ")
              .replace("arrival  ", "arrival null "),
          )
          .sort(),
      ).toEqual([...model.changes].sort());
      // Against the world itself: each printed change has happened, within its interval; the end is the truth.
      for (const { incidentId, field, from, to, seenAfter, seenBefore } of found.transitions) {
        const fate = fates[Number(incidentId.slice(1))]!;
        const before = secondsOf(seenBefore)!;
        if (field === "arrival") expect(fate.arrives).toBeLessThanOrEqual(before);
        if (field !== "owner") continue;
        const [older, newer] = [Number(from!.slice(1)), Number(to!.slice(1))];
        expect(newer).toBeGreaterThan(older);
        for (let n = older + 1; n <= newer; n += 1) {
          const [turned] = reign(fate, n);
          expect(turned).toBeGreaterThan(secondsOf(seenAfter)!);
          expect(turned).toBeLessThanOrEqual(before);
        }
      }
      for (const [id, fate] of fates.entries())
        expect(held.get(`i${id}`)?.owner).toBe(`o${ownerAt(fate, lastSecond + 60)}`);
      expect(
        new Map(
          found.coverage.map((row) => [
            row.workspaceId,
            { sweptAt: secondsOf(row.sweptAt), state: row.state, notReadSince: secondsOf(row.notReadSince) },
          ]),
        ),
      ).toEqual(new Map([...newest].map(([index, state]) => [workspaceOf(index), state])));
      await withOrganisation(org, async (tx) => {
        for (const [index, seconds] of covered)
          for (const from of [-30, 0, 40, 120, 250]) {
            const isWhole = Array.from({ length: 10 }, (_, n) => from + n).every((second) =>
              seconds.has(second),
            );
            const pair = { workspaceId: workspaceOf(index), source: "Sentinel" };
            expect(await coversWindow(tx, pair, { from: at(from), to: at(from + 10) })).toBe(isWhole);
          }
      });
    },
  );
});
