import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import type { FaultInput } from "@/emulator/faults/fault";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import {
  registerCoverage,
  registerIncidents,
  registerReadings,
  registerSpans,
  registerTransitions,
} from "@/lib/server/db/schema/register";
import { forEachEngine } from "@/lib/server/db/testing";
import { dayMs } from "./pace";
import { readState } from "./state";
import { keyText, Simulation } from "./testing/simulation";

const startAt = "2026-11-24T06:00:00.000Z";
const everyMs = 60 * 60_000;
const firstSeed = Number(process.env.COLLECTOR_SEED ?? 11);
const days = Number(process.env.COLLECTOR_DAYS ?? 1);

forEachEngine("a simulated day of the collector", (open) => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    await open();
    emulator = await startEmulator({ scenario: "quiet-night", seed: 7, startAt, frozen: true, pageSize: 10 });
  });
  afterAll(() => emulator.stop());

  async function organisation(slug: string): Promise<string> {
    const [row] = await withPlatform((tx) =>
      tx.insert(organisations).values({ slug, name: slug }).returning({ id: organisations.id }),
    );
    return row!.id;
  }

  /** Weather for an hour: mostly fair. */
  function weather(day: Simulation): FaultInput[] {
    const workspaces = emulator.control.workspaces();
    const victim = workspaces[Math.floor(day.random() * workspaces.length)]!;
    const kinds: FaultInput[] = [
      { kind: "status", status: 503, rate: 0.15 },
      { kind: "rejectTokens", rate: 0.2 },
      { kind: "emptyPage", rate: 0.1 },
      { kind: "reset", rate: 0.1 },
      { kind: "truncate", rate: 0.05 },
      { kind: "retryAfter", text: "soon", rate: 0.1 },
      { kind: "leaveOut", workspaceId: victim.id },
      { kind: "leaveOut", workspaceId: victim.id, rate: 0.5 },
      { kind: "status", status: 401, rate: 0.3, operation: "incidents.acrossWorkspaces" },
    ];
    return kinds.filter(() => day.random() < 0.15);
  }

  async function live(day: Simulation, hours: number): Promise<void> {
    const startMs = day.nowMs;
    const beats = (hours * 60 * 60_000) / everyMs;
    for (let at = 0; at < beats; at += 1) {
      emulator.control.faults(weather(day));
      if (at === beats / 2) day.reconnect();
      for (let n = 0; n < 4; n += 1) day.change();
      if (at % 3 === 0) day.fate(at % 2 === 0 ? "crash" : "loss", 1 + Math.floor(day.random() * 15));
      await day.beat();
      if (at % 3 === 1) day.fate(at % 2 === 0 ? "crash" : "loss", 1 + Math.floor(day.random() * 4));
      await day.step();
      day.until(startMs + (at + 1) * everyMs);
    }
    // Fair weather until everything that is to be read has been.
    emulator.control.clearFaults();
    await day.beat();
    for (let n = 0; n < 30; n += 1) await day.step();
    for (let n = 0; n < 3; n += 1) {
      day.until(day.nowMs + 5 * everyMs);
      await day.beat();
    }
  }

  const key = (row: { workspaceId: string; source: string; incidentId: string }) =>
    keyText({ workspaceId: row.workspaceId, source: row.source, id: row.incidentId });

  describe.each(Array.from({ length: days }, (_, at) => firstSeed + at))("seed %i", (seed) => {
    let day: Simulation;
    let id = "";
    beforeAll(async () => {
      id = await organisation(`day-${seed}`);
      day = new Simulation({ ...emulator, account: demoCredentials.main }, id, seed, everyMs);
      await live(day, 24);
    }, 600_000);

    test("much has happened to it", () => {
      expect(day.met.crashes).toBeGreaterThan(1);
      expect(day.met.losses).toBeGreaterThan(1);
      expect(day.truth.keys.filter((each) => day.truth.of(each).length > 1).length).toBeGreaterThan(50);
    });

    test("each incident is held as it was at an instant between its last call and that call's answer", async () => {
      const rows = await withOrganisation(id, (tx) => tx.select().from(registerIncidents));
      expect(rows.length).toBeGreaterThan(200);
      const wrong = rows.filter(
        (row) =>
          !day.truth
            .during(key(row), row.calledAt.getTime(), row.answeredAt.getTime())
            .includes(row.state ?? ""),
      );
      expect(wrong.map((row) => [key(row), row.state, row.calledAt, row.answeredAt])).toEqual([]);
    });

    test("nothing that coverage claims is absent", async () => {
      const [rows, spans] = await withOrganisation(id, async (tx) => [
        await tx.select().from(registerIncidents),
        await tx.select().from(registerSpans),
      ]);
      const held = new Set(rows.map(key));
      let claimed = 0;
      for (const { workspaceId, source, coveredFrom, coveredTo } of spans) {
        const window = {
          type: "Custom" as const,
          customStartUtc: coveredFrom.toISOString(),
          customEndUtc: coveredTo.toISOString(),
        };
        for (const each of emulator.control.incidents({ timeFilterSelection: window })) {
          if (each.workspaceId.toLowerCase() !== workspaceId || each.source !== source) continue;
          claimed += 1;
          expect(held, keyText(each)).toContain(keyText(each));
        }
      }
      expect(claimed).toBeGreaterThan(200);
    });

    test("at the end everything is read, the back-fill as well, and no reading is left open", async () => {
      const [coverage, readings, state] = await withOrganisation(id, async (tx) => [
        await tx.select().from(registerCoverage),
        await tx.select().from(registerReadings),
        await readState(tx),
      ]);
      expect(coverage.filter((each) => each.state !== "read" && each.state !== "quiet")).toEqual([]);
      expect(readings.filter(({ endedAt }) => endedAt === null)).toEqual([]);
      expect(new Set(readings.map(({ outcome }) => outcome))).toEqual(
        new Set(["complete", "failed", "stopped"]),
      );
      expect(state).toMatchObject({ sweepId: null, backfillId: null, sweepOutcome: "complete" });
      expect(state?.backfillDoneTo).toEqual(state?.backfillUntil);
      // With the new account it began anew.
      expect(state!.backfillFrom.getTime()).toBeGreaterThan(Date.parse(startAt) + dayMs / 4);
    });

    test("every real transition of what was known lies inside its printed interval, and none is made up", async () => {
      const [rows, all] = await withOrganisation(id, async (tx) => [
        await tx.select().from(registerIncidents),
        await tx.select().from(registerTransitions),
      ]);
      const printed = new Map<string, { from: string | null; to: string | null; a: number; b: number }[]>();
      for (const each of all) {
        if (each.field !== "state") continue;
        const own = printed.get(key(each)) ?? [];
        own.push({
          from: each.from,
          to: each.to,
          a: each.seenAfter!.getTime(),
          b: each.seenBefore.getTime(),
        });
        printed.set(key(each), own);
      }
      let real = 0;
      for (const row of rows) {
        const own = printed.get(key(row)) ?? [];
        const past = day.truth.of(key(row));
        for (const { from, to, a, b } of own) {
          const turns = past.filter(({ sinceMs }) => sinceMs > a && sinceMs <= b);
          expect([turns.some(({ status }) => status === to), key(row), from, to]).toEqual([
            true,
            key(row),
            from,
            to,
          ]);
        }
        for (const [at, { sinceMs, status }] of past.entries()) {
          const before = past[at - 1]?.status;
          // There and back again between two looks leaves no trace.
          const isThereAndBack =
            past.slice(at + 1).some((later) => later.status === before) ||
            past.slice(0, at).some((earlier) => earlier.status === status);
          if (before === undefined || isThereAndBack) continue;
          // Seen from the first answer on, and up to the newest call.
          if (sinceMs <= row.firstSeenAt.getTime() || sinceMs > row.calledAt.getTime()) continue;
          real += 1;
          expect([own.some(({ a, b }) => sinceMs > a && sinceMs <= b), key(row), sinceMs]).toEqual([
            true,
            key(row),
            sinceMs,
          ]);
        }
      }
      expect(real).toBeGreaterThan(30);
    });
  });
});
