import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import type { Membership } from "@/lib/domain/access";
import type { CollectorState } from "@/lib/domain/collector";
import { Failure } from "@/lib/errors";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { collectorLeases } from "@/lib/server/db/schema/collector";
import { organisations } from "@/lib/server/db/schema/platform";
import { registerIncidents, registerReadings } from "@/lib/server/db/schema/register";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import type { Log } from "@/lib/server/log";
import { Secret } from "@/lib/server/secret";
import { patientPolicy, testUpstream } from "@/lib/server/upstream/testing/test-upstream";
import type { Call } from "@/lib/server/walk/contract-upstream";
import { type Collector, startCollector } from "./collector";
import { collectorView } from "./handle";
import { rest } from "./leader";
import { dayMs } from "./pace";
import { databaseRegister } from "./register";
import { collectorState } from "./view";

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const times = { beatMs: 40, lapseMs: 60_000, idleMs: 10_000 };
const patient = { timeout: 60_000, interval: 40 };

forEachEngine("the collector of a process", (open) => {
  let store: OpenDatabase;
  let emulator: RunningEmulator;
  let id = "";
  let connected = true;
  const collectors: Collector[] = [];
  beforeAll(async () => {
    store = await open();
    emulator = await startEmulator({ scenario: "quiet-night", seed: 7, pageSize: 20 });
  });
  afterAll(() => emulator.stop());
  beforeEach(async () => {
    await emptyStore(store);
    emulator.control.clearFaults();
    connected = true;
    const rows = await withPlatform((tx) =>
      tx
        .insert(organisations)
        .values(["main", "globex"].map((slug) => ({ slug, name: slug })))
        .returning(),
    );
    id = rows.find(({ slug }) => slug === "main")!.id;
  });
  afterEach(async () => {
    for (const collector of collectors.splice(0)) await collector.stop();
  });

  /** A process of its own: nothing is shared but the store. */
  function start(everyMs: number, slowMs = 0): Collector {
    const upstream = testUpstream({
      log: silent,
      policy: {
        ...patientPolicy,
        budgetOf: () => ({ ...patientPolicy.budgetOf("incidents.get", "query"), maxBodyBytes: 32e6 }),
      },
    });
    const call = (async (connection, operation, values, options) => {
      if (slowMs > 0) await rest(slowMs, options.signal ?? new AbortController().signal);
      options.signal?.throwIfAborted();
      return upstream(connection, operation, values as never, options);
    }) as Call;
    const { clientId, secret } = demoCredentials.main;
    const connection = {
      organisationId: id,
      baseUrl: emulator.baseUrl,
      credentialId: "line",
      clientId,
      clientSecret: new Secret(secret),
    };
    const collector = startCollector({
      connectionOf: () =>
        connected ? Promise.resolve(connection) : Promise.reject(new Failure("NO_CONNECTION")),
      call,
      register: databaseRegister,
      clock: Date.now,
      rest: (ms, signal) => rest(Math.min(ms, 1_000), signal),
      everyMs,
      keptMs: () => Promise.resolve(400 * dayMs),
      log: silent,
      times,
      organisations: () => Promise.resolve([id]),
    });
    collectors.push(collector);
    return collector;
  }

  const state = () => withOrganisation(id, (tx) => collectorState(tx, 60));

  test("stops in the middle of a reading, gives the lease back, and the next one goes on where it was", async () => {
    const first = start(600_000, 25);
    await expect.poll(async () => (await state()).backfill?.days.done ?? 0, patient).toBeGreaterThan(1);
    await first.stop();
    const stopped = await state();
    expect(stopped).toMatchObject({ leaderSince: null, readingSince: null, fence: 1 });
    const readings = await withOrganisation(id, (tx) => tx.select().from(registerReadings));
    expect(readings.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    const done = stopped.backfill!.days.done;
    expect(done).toBeLessThan(30);

    start(600_000);
    await expect.poll(async () => (await state()).backfill?.days.done, patient).toBe(30);
    const windows = (await withOrganisation(id, (tx) => tx.select().from(registerReadings)))
      .filter(({ kind, outcome }) => kind === "backfill" && outcome === "complete")
      .map(({ windowTo }) => windowTo.getTime());
    // Each day once: what the first one had read to its end is not read again.
    expect([windows.length, new Set(windows).size]).toEqual([30, 30]);
    expect(await state()).toMatchObject({ fence: 2, backfill: { estimateSeconds: 0 } });
    expect(await withOrganisation(id, (tx) => tx.$count(registerIncidents))).toBeGreaterThan(200);
  }, 120_000);

  test("a second process waits, and leads as soon as the first has gone", async () => {
    const first = start(600_000);
    await expect.poll(async () => (await state()).lastCompleteAt, patient).not.toBeNull();
    start(600_000);
    await rest(300, new AbortController().signal);
    expect((await state()).fence).toBe(1);
    await first.stop();
    await expect.poll(async () => (await state()).fence, { timeout: 10_000, interval: 20 }).toBe(2);
    const [lease] = await withOrganisation(id, (tx) => tx.select().from(collectorLeases));
    expect(lease?.owner).not.toBeNull();
  }, 120_000);

  test("RES-04: told to wait, it waits: one reading fails with the reason, and upstream is not asked before the time", async () => {
    emulator.control.faults([{ kind: "retryAfter", seconds: 120 }]);
    start(300);
    await expect.poll(async () => (await state()).lastSweep?.outcome, patient).toBe("failed");
    const failed = await state();
    expect(failed.lastSweep?.failureCode).toBe("UPSTREAM_RATE_LIMITED");
    expect(Date.parse(failed.nextDueAt!) - Date.parse(failed.lastSweep!.endedAt)).toBeGreaterThan(110_000);
    emulator.control.clearStats();
    await rest(1_500, new AbortController().signal);
    expect(emulator.control.stats().byOperation["incidents.acrossWorkspaces"] ?? 0).toBe(0);
  }, 60_000);

  test("without a connection it reads nothing, and begins when there is one", async () => {
    connected = false;
    start(300);
    await rest(300, new AbortController().signal);
    expect(await state()).toMatchObject({ fence: 1, lastSweep: null, backfill: null });
    connected = true;
    await expect.poll(async () => (await state()).lastCompleteAt, patient).not.toBeNull();
  }, 60_000);

  test("its state is told to whoever may read incidents, without a workspace in it, and to nobody else", async () => {
    start(600_000);
    await expect.poll(async () => (await state()).lastCompleteAt, patient).not.toBeNull();
    const membership: Membership = {
      organisationId: id,
      organisationSlug: "main",
      organisationName: "Main",
      role: "viewer",
      scope: { kind: "list", ids: new Set() },
    };
    const ask = async (org: string) => {
      const get = collectorView({
        requirePrincipal: () =>
          Promise.resolve({
            personId: "p",
            sessionId: "s",
            email: "a@demo.test",
            name: "Ada",
            memberships: [membership],
          }),
        everySeconds: () => 60,
      });
      return get(new Request(`http://localhost/api/${org}/collector`), { params: Promise.resolve({ org }) });
    };
    const answer = await ask("main");
    const text = await answer.text();
    const { data } = JSON.parse(text) as { data: CollectorState };
    expect(data).toMatchObject({ everySeconds: 60, fence: 1, lastSweep: { outcome: "complete" } });
    for (const workspace of emulator.control.workspaces()) {
      expect(text).not.toContain(workspace.id);
      expect(text).not.toContain(workspace.name);
    }
    const statuses = [(await ask("globex")).status, (await ask("nobody")).status];
    expect([answer.status, ...statuses]).toEqual([200, 404, 404]);
  }, 60_000);
});
