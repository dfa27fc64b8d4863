import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { callOperation, dataOf } from "@/emulator/testing/caller";
import { type Receiver, startReceiver } from "@/emulator/testing/receiver";
import { saveConnection } from "@/lib/server/connection/connection";
import { adoptDatabase, closeDatabase, openDatabase } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { memberships, organisations, people } from "@/lib/server/db/schema/platform";
import { recoveryItems, recoveryJobs } from "@/lib/server/db/schema/webhooks";
// Sets the environment of the tests, which the processes below inherit.
import "@/lib/server/db/testing";
import { type Program, startProgram } from "@/lib/server/db/testing/program";
import { Secret } from "@/lib/server/secret";
import { readItems, viewJob } from "./view";

interface LogRow {
  readonly id: string;
  readonly status: string;
  readonly createdAt: string;
  readonly eventId: string;
}

const events = 60;
let emulator: RunningEmulator;
let receiver: Receiver;
const folder = mkdtempSync(join(tmpdir(), "watchfloor-recovery-"));
beforeAll(async () => {
  emulator = await startEmulator({
    scenario: "quiet-night",
    seed: 7,
    webhooks: { retryMs: [0], disableAfter: 10_000 },
  });
  receiver = await startReceiver();
});
afterAll(async () => {
  await closeDatabase();
  await emulator.stop();
  await receiver.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function failedDeliveries(): Promise<{ hook: string; rows: readonly LogRow[] }> {
  receiver.answer = { status: 503, body: "" };
  const { id: hook } = dataOf<{ id: string }>(
    await callOperation(emulator, "webhooks.create", {
      body: { name: "Receiver", url: receiver.url, eventTypes: ["incident.created.v1"] },
    }),
  );
  const workspace = emulator.control.workspaces().find(({ sources }) => sources.includes("Sentinel"))!;
  emulator.control.putIncidents(
    Array.from({ length: events }, () => ({ workspaceId: workspace.id, source: "Sentinel" as const })),
  );
  for (;;) {
    const { items } = dataOf<{ items: LogRow[] }>(
      await callOperation(emulator, "webhooks.deliveryLogs", {
        params: { id: hook },
        query: { pageSize: 100 },
      }),
    );
    if (items.length < events || items.some(({ status }) => status === "Pending")) continue;
    receiver.answer = { status: 200, body: "" };
    receiver.received.length = 0;
    return { hook, rows: items };
  }
}

/** A started job over these deliveries, in the store of the folder. */
async function startedJob(hook: string, rows: readonly LogRow[]) {
  adoptDatabase(await openDatabase({ kind: "embedded", folder }));
  const { organisationId, personId } = await withPlatform(async (tx) => {
    const [organisation] = await tx.insert(organisations).values({ slug: "main", name: "Main" }).returning();
    const [person] = await tx.insert(people).values({ email: "ada@demo.test", name: "Ada" }).returning();
    const ids = { organisationId: organisation!.id, personId: person!.id };
    await tx.insert(memberships).values({ ...ids, role: "admin", scope: "all" });
    return ids;
  });
  const { clientId, secret } = demoCredentials.main;
  const jobId = await withOrganisation(organisationId, async (tx) => {
    await saveConnection(tx, organisationId, {
      baseUrl: emulator.baseUrl,
      clientId,
      clientSecret: new Secret(secret),
    });
    const request = { webhookIds: [hook], from: rows.at(-1)!.createdAt };
    const newest = { [hook]: rows[0]!.createdAt };
    const [job] = await tx
      .insert(recoveryJobs)
      .values({ organisationId, personId, state: "running", request, newest, perMinute: 1_200 })
      .returning();
    const items = rows.map(({ id: logId, createdAt, eventId }, index) => ({
      jobId: job!.id,
      organisationId,
      seq: index + 1,
      webhookId: hook,
      logId,
      createdAt,
      eventId,
      attempts: 1,
    }));
    await tx.insert(recoveryItems).values(items);
    return job!.id;
  });
  await closeDatabase();
  return { organisationId, jobId };
}

/** Ends the process right after it has printed its n-th line of this kind. */
async function killAt(program: Program, kind: "asking" | "asked", count: number): Promise<void> {
  for (let index = 0, seen = 0; seen < count; index += 1)
    if ((await program.line(index)).startsWith(`${kind} `)) seen += 1;
  await program.kill();
}

test("kill -9 in the middle of a recovery, again and again: no delivery is asked for twice, and each is accounted for", async () => {
  const { hook, rows } = await failedDeliveries();
  const { organisationId, jobId } = await startedJob(hook, rows);
  emulator.control.clearStats();
  const start = () =>
    startProgram("lib/server/recovery/testing/job-runner.ts", [folder, organisationId, jobId]);
  for (const [kind, count] of [
    ["asking", 7],
    ["asked", 9],
    ["asking", 1],
    ["asked", 12],
  ] as const)
    await killAt(start(), kind, count);
  const last = start();
  for (let index = 0; (await last.line(index)) !== "done"; index += 1);
  await last.kill();

  adoptDatabase(await openDatabase({ kind: "embedded", folder }));
  const job = await viewJob(organisationId, jobId, { kind: "all" });
  const wire = emulator.control
    .stats()
    .requests.filter(({ operation }) => operation === "webhooks.redeliver")
    .map(({ rawPath }) => /delivery-logs\/([^/]+)\//.exec(rawPath)![1]!);
  expect(new Set(wire).size).toBe(wire.length);
  expect(wire.length).toBeGreaterThan(events - 10);
  const { redelivered, unknown, total } = job.counts;
  expect([job.state, total, redelivered + unknown, redelivered]).toEqual([
    "done",
    events,
    events,
    wire.length,
  ]);
  const { items } = await readItems(organisationId, jobId, { kind: "all" }, { state: "unknown", after: 0 });
  expect(items.filter(({ logId }) => wire.includes(logId))).toEqual([]);
  expect(job.counts.results).toMatchObject({ delivered: redelivered, pending: 0 });
  const arrived = receiver.received.map(({ headers }) => String(headers["x-cf-event-id"]));
  expect(new Set(arrived).size).toBe(arrived.length);
}, 240_000);
