import { randomBytes, randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { callOperation, dataOf } from "@/emulator/testing/caller";
import { type Receiver, startReceiver } from "@/emulator/testing/receiver";
import type { RecoveryChange, RecoveryItemsPage, RecoveryJob, RecoveryRequest } from "@/lib/domain/recovery";
import { recordAudit } from "@/lib/server/audit/record";
import { readPrincipal, createSession, sessionIdOf } from "@/lib/server/auth/session-store";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { memberships, organisations, people } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { recoveryItems as itemsTable, recoveryJobs as jobsTable } from "@/lib/server/db/schema/webhooks";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { type Runner, startRunner } from "@/lib/server/jobs/runner";
import { origin, ownHeaders, proxyHarness } from "@/lib/server/proxy/testing/harness";
import { Secret } from "@/lib/server/secret";
import type { CallOperation } from "@/lib/server/upstream/call";
import { policy } from "@/lib/server/upstream/policy";
import { closePools } from "@/lib/server/upstream/pools";
import type { DeskDependencies } from "@/lib/server/webhooks/context";
import type { ClaimTimes } from "./claims";
import {
  recoveryChange,
  recoveryItems,
  recoveryList,
  recoveryPlan,
  recoveryReport,
  recoveryView,
} from "./handle";
import { findActor } from "./rights";
import { recoveryWork } from "./work";

/** Short, so that a crash is found soon; the proportions are those of the real ones. */
const times: ClaimTimes = { itemMs: 1_500, planMs: 1_500, checkMs: 50, giveUpMs: 4_000, settleMs: 60 };

let emulator: RunningEmulator;
let receiver: Receiver;
beforeAll(async () => {
  emulator = await startEmulator({ scenario: "quiet-night", seed: 7 });
  receiver = await startReceiver();
});
afterAll(async () => {
  await closePools();
  await emulator.stop();
  await receiver.stop();
});

interface LogRow {
  readonly id: string;
  readonly status: string;
  readonly eventId: string;
  readonly originalDeliveryId: string | null;
  readonly createdAt: string;
}

forEachEngine("recovering an outage", (open) => {
  let store: OpenDatabase;
  let organisationId = "";
  let personId = "";
  let session = "";
  let desk: DeskDependencies;
  const runners: Runner[] = [];

  beforeAll(async () => {
    store = await open();
  });
  beforeEach(async () => {
    emulator.control.reset();
    emulator.control.clearFaults();
    emulator.control.webhooks({ retryMs: [0], disableAfter: 100_000 });
    receiver.answer = { status: 200, body: "" };
    await emptyStore(store);
    await withPlatform(async (tx) => {
      const made = await tx
        .insert(organisations)
        .values(["main", "other"].map((slug) => ({ slug, name: slug })))
        .returning({ id: organisations.id });
      organisationId = made[0]!.id;
      const [row] = await tx
        .insert(people)
        .values({ email: "ada@demo.test", name: "Ada" })
        .returning({ id: people.id });
      personId = row!.id;
      await tx.insert(memberships).values({ personId, organisationId, role: "admin", scope: "all" });
      session = sessionIdOf(await createSession(tx, personId, new Date()));
    });
    const { clientId, secret } = demoCredentials.main;
    const connection = {
      organisationId,
      baseUrl: emulator.baseUrl,
      credentialId: randomUUID(),
      clientId,
      clientSecret: new Secret(secret),
    };
    const key = randomBytes(32);
    desk = {
      ...proxyHarness(connection, [secret], { policy }).deps,
      authenticate: () => withPlatform((tx) => readPrincipal(tx, session, new Date())),
      connectionFor: () => Promise.resolve(connection),
      recordAudit: (entry) => withOrganisation(entry.organisationId, (tx) => recordAudit(tx, entry)),
      tokenKeys: () => [key],
    };
  });
  afterEach(async () => {
    for (const runner of runners.splice(0)) await runner.stop();
  });

  /** An instance of the server, as far as jobs go. */
  function instance(call: CallOperation = desk.callUpstream): Runner {
    const runner = startRunner({
      work: recoveryWork({ desk: { ...desk, callUpstream: call }, findActor, times }),
      organisations: () => Promise.resolve([organisationId]),
      lanes: 3,
      sweepMs: 50,
      log: { error: () => undefined },
    });
    runners.push(runner);
    return runner;
  }

  async function makeHook(): Promise<string> {
    const body = { name: "Receiver", url: receiver.url, eventTypes: ["incident.created.v1"] };
    return dataOf<{ id: string }>(await callOperation(emulator, "webhooks.create", { body })).id;
  }
  async function logOf(id: string): Promise<LogRow[]> {
    const rows: LogRow[] = [];
    let token: string | undefined;
    do {
      const page = dataOf<{ items: LogRow[]; continuationToken: string | null }>(
        await callOperation(emulator, "webhooks.deliveryLogs", {
          params: { id },
          query: { pageSize: 100, ...(token && { continuationToken: token }) },
        }),
      );
      rows.push(...page.items);
      token = page.continuationToken ?? undefined;
    } while (token !== undefined);
    return rows;
  }
  /** So many events, delivered or not as the receiver is just now. */
  async function events(id: string, count: number): Promise<void> {
    const before = (await logOf(id)).length;
    const workspace = emulator.control.workspaces().find(({ sources }) => sources.includes("Sentinel"))!;
    emulator.control.putIncidents(
      Array.from({ length: count }, (_, n) => ({
        workspaceId: workspace.id,
        source: "Sentinel" as const,
        title: `Made ${n}`,
        severity: "High" as const,
      })),
    );
    for (;;) {
      const log = await logOf(id);
      if (log.length >= before + count && log.every(({ status }) => status !== "Pending")) return;
    }
  }
  async function outage(count: number): Promise<string> {
    const id = await makeHook();
    receiver.answer = { status: 503, body: "" };
    await events(id, count);
    receiver.answer = { status: 200, body: "" };
    receiver.received.length = 0;
    return id;
  }
  /** Log ids that redeliveries were asked for, as the emulator saw them on the wire. */
  const asked = () =>
    emulator.control
      .stats()
      .requests.filter(({ operation }) => operation === "webhooks.redeliver")
      .map(({ rawPath }) => /delivery-logs\/([^/]+)\/redeliver/.exec(rawPath)![1]!);

  const post = (path: string, body: unknown) =>
    new Request(`${origin}/api/main/webhooks/recovery${path}`, {
      method: "POST",
      headers: ownHeaders,
      body: JSON.stringify(body),
    });
  const get = (path: string) => new Request(`${origin}/api/main/webhooks/recovery${path}`);
  const at = (id: string) => ({ params: Promise.resolve({ org: "main", id }) });
  async function dataFrom<T>(answer: Response): Promise<T> {
    const json = (await answer.json()) as { data: T };
    expect(answer.status, JSON.stringify(json)).toBe(200);
    return json.data;
  }
  const plan = async (webhookIds: readonly string[], over: Partial<RecoveryRequest> = {}) =>
    dataFrom<RecoveryJob>(
      await recoveryPlan(desk)(
        post("", {
          webhookIds,
          from: new Date(emulator.control.now().getTime() - 3_600_000).toISOString(),
          to: new Date(emulator.control.now().getTime() + 60_000).toISOString(),
          eventTypes: [],
          accountIds: [],
          statusClasses: [],
          perMinute: 1_200,
          reason: "Receiver was down, CHG-7",
          ...over,
        }),
        { params: Promise.resolve({ org: "main" }) },
      ),
    );
  const change = (id: string, body: RecoveryChange) => recoveryChange(desk)(post(`/${id}`, body), at(id));
  const view = async (id: string) => dataFrom<RecoveryJob>(await recoveryView(desk)(get(`/${id}`), at(id)));
  const items = async (id: string, search = "") =>
    dataFrom<RecoveryItemsPage>(await recoveryItems(desk)(get(`/${id}/items${search}`), at(id)));

  /** Asks until it is so; the test's time limit ends a wait in vain. */
  async function until(id: string, isSo: (job: RecoveryJob) => boolean): Promise<RecoveryJob> {
    for (;;) {
      const job = await view(id);
      if (isSo(job)) return job;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const inState = (state: RecoveryJob["state"]) => (job: RecoveryJob) => job.state === state;
  async function planned(webhookIds: readonly string[], over: Partial<RecoveryRequest> = {}) {
    const { id } = await plan(webhookIds, over);
    return until(id, (job) => job.state !== "planning");
  }

  test("the plan counts what never arrived, sends nothing, and the run delivers each once", async () => {
    const hook = await outage(12);
    // Three of them arrive by hand before the plan is made.
    const failed = (await logOf(hook)).slice(0, 3);
    for (const row of failed)
      await callOperation(emulator, "webhooks.redeliver", {
        params: { id: hook, logId: row.id },
        query: { createdAt: row.createdAt },
      });
    while ((await logOf(hook)).filter(({ status }) => status === "Succeeded").length < 3);
    await callOperation(emulator, "webhooks.test", { params: { id: hook } });
    emulator.control.clearStats();
    instance();
    const dry = await planned([hook]);
    expect(dry).toMatchObject({
      state: "planned",
      plan: { examined: 16, deliveredLater: 3, isComplete: true },
      counts: { total: 9, waiting: 9, redelivered: 0 },
      request: { reason: "Receiver was down, CHG-7" },
      person: { name: "Ada" },
    });
    expect(asked()).toEqual([]);
    expect((await items(dry.id)).items).toHaveLength(9);

    await change(dry.id, { act: "start" });
    const done = await until(dry.id, inState("done"));
    expect(done.counts).toMatchObject({
      redelivered: 9,
      waiting: 0,
      unknown: 0,
      results: { delivered: 9, pending: 0 },
    });
    expect(new Set(asked()).size).toBe(9);
    expect(asked()).toHaveLength(9);
    // Each event arrived exactly once more: 3 by hand, 1 test, 9 by the job.
    const ids = receiver.received.map(({ headers }) => String(headers["x-cf-event-id"]));
    expect(ids).toHaveLength(13);
    expect(new Set(ids).size).toBe(13);
    // Every redelivery and every verb stands in the audit.
    const rows = await withOrganisation(organisationId, (tx) => tx.select().from(audit).orderBy(audit.seq));
    const actions = rows.map(({ action, outcome }) => `${action} ${outcome}`);
    expect(actions.filter((text) => text === "webhooks.redeliver unknown")).toHaveLength(9);
    expect(actions.filter((text) => text === "webhooks.redeliver done")).toHaveLength(9);
    expect(actions.filter((text) => text.startsWith("recovery."))).toEqual([
      "recovery.plan done",
      "recovery.start done",
      "recovery.done done",
    ]);
    // A second recovery of the same window has nothing to do.
    expect((await planned([hook])).counts.total).toBe(0);
    const report = await recoveryReport(desk)(get(`/${dry.id}/report`), at(dry.id));
    const lines = (await report.text()).trim().split("\r\n");
    expect(lines).toHaveLength(10);
    expect(lines[1]).toContain('"redelivered","","delivered","200"');
  });

  test("500 deliveries, killed again and again at every point: each is asked for at most once, and what is unknown is named", async () => {
    const hook = await outage(500);
    emulator.control.clearStats();
    instance();
    const job = await planned([hook]);
    expect(job.counts.waiting).toBe(500);
    await runners.pop()!.stop();
    await change(job.id, { act: "start" });

    /** A server that is killed at its n-th step: from then on nothing of it comes back, as of a process that is gone. */
    let marked = 0;
    const dead = new Promise<never>(() => undefined);
    function mortal(deathAt: { point: "before read" | "before call" | "after call"; after: number }) {
      let steps = 0;
      let die: () => void = () => undefined;
      const died = new Promise<void>((resolve) => {
        die = resolve;
      });
      let isDead = false;
      const call: CallOperation = async (connection, id, values, options) => {
        if (isDead) return dead;
        const isCall = id === "webhooks.redeliver";
        const isPoint = deathAt.point === "before read" ? id === "webhooks.deliveryLog" : isCall;
        if (isPoint) steps += 1;
        const isTime = isPoint && steps >= deathAt.after;
        if (isTime) isDead = true;
        if (isTime && deathAt.point === "before call") marked += 1;
        if (isTime && deathAt.point !== "after call") {
          die();
          return dead;
        }
        const reply = await desk.callUpstream(connection, id, values, options);
        // Others of the same process were on their way; they do not come back either.
        if (isDead) {
          die();
          return dead;
        }
        return reply;
      };
      const living = recoveryWork({ desk: { ...desk, callUpstream: call }, findActor, times });
      // Never stopped: what is dead is not stopped in an orderly way.
      const runner = startRunner({
        work: {
          isOpen: () => Promise.resolve(true),
          next: (organisation, owner, signal) => (isDead ? dead : living.next(organisation, owner, signal)),
        },
        organisations: () => Promise.resolve([organisationId]),
        lanes: 3,
        sweepMs: 50,
        log: { error: () => undefined },
      });
      void runner;
      return died;
    }
    for (const [round, point] of (
      [
        "before read",
        "before call",
        "after call",
        "after call",
        "before call",
        "before read",
        "after call",
      ] as const
    ).entries())
      await mortal({ point, after: 11 + round * 7 });
    instance();
    instance();
    const done = await until(job.id, inState("done"));
    const wire = asked();
    expect(new Set(wire).size).toBe(wire.length);
    const { redelivered, unknown, total } = done.counts;
    expect([total, redelivered + unknown]).toEqual([500, 500]);
    // Exactly the redelivered ones were on the wire; the others died between mark and call, and are named.
    expect(wire).toHaveLength(redelivered);
    expect(unknown).toBeGreaterThanOrEqual(2);
    expect(unknown).toBeLessThanOrEqual(marked * 3);
    const left = await items(job.id, "?state=unknown");
    expect(left.items.map(({ logId }) => logId).filter((logId) => wire.includes(logId))).toEqual([]);
    expect(left.items.every(({ why }) => /no trace/.test(why ?? ""))).toBe(true);
    expect(done.counts.results).toMatchObject({ delivered: redelivered, pending: 0, unread: 0 });
    const events = receiver.received.map(({ headers }) => String(headers["x-cf-event-id"]));
    expect(new Set(events).size).toBe(events.length);
    expect(events).toHaveLength(redelivered);
  }, 180_000);

  test("two instances share a job without doubling; stop acts before the next mark; resume goes on", async () => {
    const hook = await outage(60);
    emulator.control.clearStats();
    const calls: [number, number] = [0, 0];
    const counting =
      (index: 0 | 1): CallOperation =>
      (connection, id, values, options) => {
        if (id === "webhooks.redeliver") calls[index] += 1;
        return desk.callUpstream(connection, id, values, options);
      };
    instance(counting(0));
    instance(counting(1));
    const { id } = await planned([hook]);
    await change(id, { act: "start" });
    await until(id, ({ counts }) => counts.redelivered >= 20);
    expect((await change(id, { act: "stop" })).status).toBe(200);
    const stopped = await until(id, ({ counts }) => counts.sending === 0 && counts.results.pending === 0);
    expect(stopped.state).toBe("stopped");
    const atStop = asked().length;
    expect(stopped.counts).toMatchObject({ redelivered: atStop, waiting: 60 - atStop });
    expect(atStop).toBeLessThan(60);
    expect(await (await change(id, { act: "start" })).json()).toMatchObject({ code: "CONFLICT" });
    await change(id, { act: "resume" });
    const done = await until(id, inState("done"));
    expect(done.counts.results.delivered).toBe(60);
    expect(new Set(asked()).size).toBe(60);
    expect(asked()).toHaveLength(60);
    expect(calls[0]).toBeGreaterThan(0);
    expect(calls[1]).toBeGreaterThan(0);
  }, 60_000);

  test("the rate is kept", async () => {
    const hook = await outage(12);
    emulator.control.clearStats();
    instance();
    instance();
    const { id } = await planned([hook], { perMinute: 600 });
    await change(id, { act: "start" });
    await until(id, inState("done"));
    const at = emulator.control
      .stats()
      .requests.filter(({ operation }) => operation === "webhooks.redeliver")
      .map((request) => Date.parse(request.at));
    // Twelve with a tenth of a second between them, less what one call may be quicker than the one before.
    expect(Math.max(...at) - Math.min(...at)).toBeGreaterThan(11 * 100 - 150);
  });

  test("a lost answer is settled by the log and not by asking again", async () => {
    const hook = await outage(6);
    emulator.control.clearStats();
    instance();
    const { id } = await planned([hook]);
    emulator.control.faults([
      { kind: "reset", after: "done", operation: "webhooks.redeliver", times: 2 },
      { kind: "reset", after: "start", operation: "webhooks.redeliver", times: 1 },
    ]);
    await change(id, { act: "start" });
    const done = await until(id, inState("done"));
    expect(done.counts).toMatchObject({ redelivered: 5, unknown: 1, results: { delivered: 5 } });
    expect(new Set(asked()).size).toBe(6);
    expect(asked()).toHaveLength(6);
  });

  test("a 429 slows the job down and loses nothing", async () => {
    const hook = await outage(5);
    emulator.control.clearStats();
    instance();
    const { id } = await planned([hook]);
    emulator.control.faults([{ kind: "retryAfter", seconds: 1, operation: "webhooks.redeliver", times: 2 }]);
    await change(id, { act: "start" });
    const done = await until(id, inState("done"));
    expect(done.counts).toMatchObject({ redelivered: 5, results: { delivered: 5 } });
    // Two refusals and five that were taken.
    expect(asked()).toHaveLength(7);
    expect((await logOf(hook)).filter(({ originalDeliveryId }) => originalDeliveryId !== null)).toHaveLength(
      5,
    );
  });

  test("a right that is taken away stops the job, which says so; somebody else resumes it in their own name", async () => {
    const hook = await outage(40);
    emulator.control.clearStats();
    instance();
    const { id } = await planned([hook], { perMinute: 1_000 });
    await change(id, { act: "start" });
    await until(id, ({ counts }) => counts.redelivered >= 3);
    const mine = and(eq(memberships.personId, personId), eq(memberships.organisationId, organisationId));
    await withPlatform((tx) => tx.update(memberships).set({ role: "manager" }).where(mine));
    const stopped = await until(id, inState("stopped"));
    expect(stopped.stoppedBecause).toMatch(/may not change webhooks any more/);
    expect(asked().length).toBeLessThan(40);
    expect((await change(id, { act: "resume" })).status).toBe(403);
    await withPlatform((tx) => tx.update(memberships).set({ role: "admin" }).where(mine));
    await change(id, { act: "resume" });
    const done = await until(id, inState("done"));
    expect(done.counts.redelivered + done.counts.unknown).toBe(40);
    expect(new Set(asked()).size).toBe(asked().length);
    const rows = await withOrganisation(organisationId, (tx) =>
      tx.select().from(audit).where(eq(audit.action, "recovery.stop")),
    );
    expect(rows.map((row) => row.personId)).toEqual([null]);
  });

  test("started by somebody who sees less than its planner: what they may not see is skipped, and says so", async () => {
    const hook = await outage(2);
    instance();
    const { id } = await planned([hook]);
    const mine = eq(memberships.personId, personId);
    await withPlatform((tx) => tx.update(memberships).set({ scope: "list" }).where(mine));
    await change(id, { act: "start" });
    expect((await until(id, inState("done"))).stoppedBecause).toBeNull();
    await withPlatform((tx) => tx.update(memberships).set({ scope: "all" }).where(mine));
    const why = expect.stringMatching(/may not see/) as unknown;
    expect((await items(id)).items).toMatchObject([
      { state: "skipped", why },
      { state: "skipped", why },
    ]);
    expect(asked()).toEqual([]);
  }, 20_000);

  test("two jobs over the same window: one delivery is asked for once", async () => {
    const hook = await outage(10);
    emulator.control.clearStats();
    instance();
    const [one, two] = [await planned([hook]), await planned([hook])];
    expect([one.counts.waiting, two.counts.waiting]).toEqual([10, 10]);
    await Promise.all([change(one.id, { act: "start" }), change(two.id, { act: "start" })]);
    const [first, second] = [await until(one.id, inState("done")), await until(two.id, inState("done"))];
    expect(first.counts.redelivered + second.counts.redelivered).toBe(10);
    expect(first.counts.skipped + second.counts.skipped).toBe(10);
    expect(asked()).toHaveLength(10);
  });

  test("two jobs that look at the same delivery at the same moment: the database lets one of them ask", async () => {
    const hook = await outage(1);
    emulator.control.clearStats();
    const planner = instance();
    const [one, two] = [await planned([hook]), await planned([hook])];
    await planner.stop();
    // Both have looked, and nobody has marked, before either goes on.
    let looks = 0;
    let open: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      open = resolve;
    });
    instance(async (connection, id, values, options) => {
      const reply = await desk.callUpstream(connection, id, values, options);
      if (id !== "webhooks.deliveryLog" || looks >= 2) return reply;
      looks += 1;
      if (looks === 2) open();
      await both;
      return reply;
    });
    await Promise.all([change(one.id, { act: "start" }), change(two.id, { act: "start" })]);
    await until(one.id, inState("done"));
    await until(two.id, inState("done"));
    const ends = [...(await items(one.id)).items, ...(await items(two.id)).items];
    expect(ends.map(({ state, why }) => [state, why]).sort()).toEqual([
      ["redelivered", null],
      ["skipped", "Another recovery has asked for this delivery."],
    ]);
    expect(asked()).toHaveLength(1);
  });

  test("one is no longer needed, one is gone: skipped, and why", async () => {
    const hook = await outage(3);
    instance();
    const { id } = await planned([hook]);
    const [first, second] = (await items(id)).items;
    await callOperation(emulator, "webhooks.redeliver", {
      params: { id: hook, logId: first!.logId },
      query: { createdAt: first!.createdAt },
    });
    await withOrganisation(organisationId, (tx) =>
      tx.update(itemsTable).set({ logId: randomUUID() }).where(eq(itemsTable.logId, second!.logId)),
    );
    await change(id, { act: "start" });
    await until(id, inState("done"));
    expect((await items(id)).items.map(({ state, why }) => [state, why])).toEqual([
      ["skipped", "Somebody asked for it to be delivered again after the plan was made."],
      ["skipped", expect.stringContaining("ContraForce says")],
      ["redelivered", null],
    ]);
  });

  test("a plan whose runner dies is made anew by another; a log that cannot be read fails it", async () => {
    const hook = await outage(4);
    const dead = new Promise<never>(() => undefined);
    let died = false;
    startRunner({
      work: recoveryWork({
        desk: {
          ...desk,
          callUpstream: () => {
            died = true;
            return dead;
          },
        },
        findActor,
        times,
      }),
      organisations: () => Promise.resolve([organisationId]),
      lanes: 1,
      sweepMs: 50,
      log: { error: () => undefined },
    });
    const { id } = await plan([hook]);
    while (!died) await new Promise((resolve) => setImmediate(resolve));
    instance();
    expect((await until(id, inState("planned"))).counts.waiting).toBe(4);
    const gone = await planned(["00000000-0000-4000-8000-000000000000"]);
    expect(gone.state).toBe("failed");
    expect(gone.stoppedBecause).toMatch(/could not be read/);
  });

  test("who may read sees jobs, and of items only those of their workspaces; who may not, nothing", async () => {
    const hook = await outage(2);
    instance();
    const accountIds = emulator.control.workspaces().map((workspace) => workspace.id);
    const { id, request, counts } = await planned([hook], { accountIds });
    expect([request.accountIds, counts.total]).toEqual([accountIds, 2]);
    const mine = eq(memberships.personId, personId);
    await withPlatform((tx) => tx.update(memberships).set({ role: "manager", scope: "list" }).where(mine));
    const limited = await view(id);
    expect([limited.counts.total, limited.plan, limited.request.accountIds]).toEqual([0, null, []]);
    expect((await items(id)).items).toEqual([]);
    // A delivery that names no workspace is nobody's in particular.
    await withOrganisation(organisationId, (tx) =>
      tx
        .update(itemsTable)
        .set({ accountId: "" })
        .where(and(eq(itemsTable.jobId, id), eq(itemsTable.seq, 1))),
    );
    expect([(await view(id)).counts.total, (await items(id)).items]).toEqual([0, []]);
    expect((await change(id, { act: "start" })).status).toBe(403);
    await withPlatform((tx) => tx.update(memberships).set({ role: "analyst" }).where(mine));
    const list = await recoveryList(desk)(get(""), { params: Promise.resolve({ org: "main" }) });
    expect(list.status).toBe(403);
    const [row] = await withOrganisation(organisationId, (tx) =>
      tx.select().from(jobsTable).where(eq(jobsTable.id, id)),
    );
    expect(row?.state).toBe("planned");
  });
});
