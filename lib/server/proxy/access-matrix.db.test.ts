import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import pino from "pino";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { foreignTenant, mainTenant } from "@/emulator/testing/tenants";
import { buildPath } from "@/lib/contract/address";
import { registry } from "@/lib/contract";
import type { OpenDatabase } from "@/lib/server/db/database";
import { forEachEngine } from "@/lib/server/db/testing";
import { Secret } from "@/lib/server/secret";
import { closePools } from "@/lib/server/upstream/pools";
import { testConnection } from "@/lib/server/upstream/testing/test-connection";
import { testUpstream } from "@/lib/server/upstream/testing/test-upstream";
import type { ProxyDependencies } from "./dependencies";
import { handleUpstreamCall } from "./handle";
import { productionDependencies } from "./production";
import { accessMatrix, type MatrixSetting } from "./testing/access-matrix";
import { actors } from "./testing/access-table";
import { origin } from "./testing/harness";
import { unknownWorkspace } from "./testing/matrix-input";
import { storedCallers } from "./testing/stored-callers";

const log = pino({ level: "silent" });
const seed = { scenario: "working-day", seed: 7 } as const;
/** Somewhat more than a caller is remembered for, and well below the five seconds that are promised. */
const pauseMs = 2_100;

/** A run takes a quarter of a minute. One that is given up on would go on beside the next, at the same emulator. */
const patienceMs = 600_000;

type Ask = MatrixSetting["ask"];

const slotNames = () =>
  Object.getOwnPropertySymbols(globalThis).filter((each) => each.description?.startsWith("watchfloor."));

/** What this process keeps under the names of `processWide`, taken away from it. */
function takeMemory(): Map<symbol, unknown> {
  const taken = new Map(slotNames().map((name) => [name, Reflect.get(globalThis, name) as unknown]));
  for (const name of taken.keys()) Reflect.deleteProperty(globalThis, name);
  return taken;
}

function giveMemory(memory: ReadonlyMap<symbol, unknown>): void {
  for (const [name, value] of memory) Reflect.set(globalThis, name, value);
}

/** A second copy of the server's code with a memory of its own, over the same store. */
async function secondInstance(open: OpenDatabase, change: Partial<ProxyDependencies>): Promise<Ask> {
  const mine = takeMemory();
  vi.resetModules();
  const { handleUpstreamCall: handle } = await import("./handle");
  const { productionDependencies: production } = await import("./production");
  const { adoptDatabase } = await import("@/lib/server/db/database");
  const { testUpstream: upstream } = await import("@/lib/server/upstream/testing/test-upstream");
  adoptDatabase(open);
  const deps = { ...production, ...change, callUpstream: upstream({ log }) };
  let its = takeMemory();
  giveMemory(mine);
  return async (request) => {
    const first = takeMemory();
    giveMemory(its);
    try {
      return await handle(request, deps);
    } finally {
      its = takeMemory();
      giveMemory(first);
    }
  };
}

const median = (list: readonly number[]) =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

/** Several instances need a server; what else the matrix asks does not depend on the engine, and is asked on one. */
forEachEngine("SEC-04: the access matrix, over stored sessions and displays", (open, engine) => {
  let store: OpenDatabase;
  let emulator: RunningEmulator;
  let callers: Awaited<ReturnType<typeof storedCallers>>;
  let foreign: MatrixSetting["foreign"];
  let change: Partial<ProxyDependencies>;
  let ask: Ask;

  beforeAll(async () => {
    store = await open();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    emulator = await startEmulator(seed);
    foreign = await foreignTenant(emulator);
    callers = await storedCallers(() => vi.setSystemTime(Date.now() + pauseMs));
    const { clientId, secret } = demoCredentials.main;
    const connection = testConnection(emulator.baseUrl, { clientId, clientSecret: new Secret(secret) });
    change = {
      connectionFor: (organisationId) => Promise.resolve({ ...connection, organisationId }),
      recordAudit: () => Promise.resolve(),
      publicOrigin: () => origin,
      log,
    };
    const deps = { ...productionDependencies, ...change, callUpstream: testUpstream({ log }) };
    ask = (request) => handleUpstreamCall(request, deps);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await closePools();
    await emulator.stop();
  });
  beforeEach(() => emulator.control.reset(seed));

  const setting = (more: Partial<MatrixSetting> = {}): MatrixSetting => ({
    upstream: mainTenant(emulator),
    callers,
    ask,
    foreign,
    isQuick: true,
    ...more,
  });

  async function isAsWritten(more: Partial<MatrixSetting>): Promise<void> {
    const { cells, faults } = await accessMatrix(setting(more));
    expect(faults).toEqual([]);
    expect(cells).toBeGreaterThan(4_320);
  }

  test("on a second instance, after an administrator asked the first", { timeout: patienceMs }, async () => {
    const second = await secondInstance(store, change);
    await isAsWritten({ ask: second, warm: { ask, when: "before" } });
  });

  test.each(["analyst of A", "display for A"])(
    "%s cannot tell an unknown workspace from a foreign or a forbidden one by the time it takes",
    async (name) => {
      const actor = actors.find((each) => each.name === name)!;
      const example = await mainTenant(emulator).exampleOf("incidents.get");
      const [own, second] = mainTenant(emulator).workspaceIds();
      await callers.place(new Map([[actor, { kind: "list", ids: new Set([own!.toLowerCase()]) }]]));
      // With the audit as it really is: a refusal is written down before it is answered.
      const deps = {
        ...productionDependencies,
        ...change,
        recordAudit: productionDependencies.recordAudit,
        callUpstream: testUpstream({ log }),
      };
      const kinds = { unknown: unknownWorkspace, foreign: foreign.workspaceId, forbidden: second! };
      const times = new Map(Object.keys(kinds).map((kind) => [kind, [] as number[]]));
      const rounds = 60;
      for (let round = 0; round < rounds; round += 1)
        for (const [kind, workspaceId] of Object.entries(kinds)) {
          const path = buildPath(registry["incidents.get"].path, { ...example.params, workspaceId });
          const headers = callers.headersOf(actor);
          const began = performance.now();
          const answer = await handleUpstreamCall(
            new Request(`${origin}/api/main/v2${path}`, { headers }),
            deps,
          );
          // The first rounds warm everything up.
          if (round >= 5) times.get(kind)?.push(performance.now() - began);
          expect(answer.status).toBe(404);
        }
      const medians = [...times.values()].map(median);
      expect(Math.max(...medians) - Math.min(...medians), JSON.stringify(medians)).toBeLessThan(10);
    },
  );

  if (engine === "postgres") return;

  test("with nothing at hand, changes made", { timeout: patienceMs }, () => isAsWritten({ isQuick: false }));

  test("beside an administrator who asks the same", { timeout: patienceMs }, () =>
    isAsWritten({ warm: { ask, when: "beside" } }),
  );

  test("while upstream fails: no other refusal, and no foreign word", { timeout: patienceMs }, async () => {
    const fail = () => emulator.control.faults([{ kind: "status", status: 500 }]);
    const upstream = mainTenant(emulator);
    await isAsWritten({
      isFailing: true,
      upstream: {
        ...upstream,
        async exampleOf(id) {
          emulator.control.clearFaults();
          const example = await upstream.exampleOf(id);
          fail();
          return example;
        },
      },
    });
    emulator.control.clearFaults();
  });
});
