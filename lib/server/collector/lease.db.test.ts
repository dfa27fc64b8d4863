import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import postgres from "postgres";
import { adoptDatabase, closeDatabase, openDatabase } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { collectorLeases } from "@/lib/server/db/schema/collector";
import { organisations } from "@/lib/server/db/schema/platform";
import { emptyStore, forEachEngine, onPostgres } from "@/lib/server/db/testing";
import { type Program, startProgram } from "@/lib/server/db/testing/program";
import type { OpenDatabase, Tx } from "@/lib/server/db/engine";
import { Secret } from "@/lib/server/secret";
import { listWorkspaces, recordObservations } from "@/lib/server/workspaces";
import { rest, stand } from "./leader";
import {
  type Lease,
  LeaseLost,
  type LeaseTimes,
  releaseLease,
  renewLease,
  takeLease,
  writeUnder,
} from "./lease";

const times: LeaseTimes = { beatMs: 30, lapseMs: 200, idleMs: 2_000 };
const patient: LeaseTimes = { ...times, lapseMs: 60_000 };
const never = new AbortController().signal;
const silent = { info: () => undefined, error: () => undefined };

async function organisation(slug = "one"): Promise<string> {
  const [row] = await withPlatform((tx) =>
    tx.insert(organisations).values({ slug, name: slug }).returning({ id: organisations.id }),
  );
  return row!.id;
}

/** A row that says by its id who wrote it. */
const put = (tx: Tx, organisationId: string, id: string) =>
  recordObservations(
    tx,
    organisationId,
    { workspaces: [{ id, name: null, from: "rows" }], pairs: [], read: [] },
    Date.now(),
  );
const note = (lease: Lease, id: string) =>
  writeUnder(lease, times)((tx) => put(tx, lease.organisationId, id));

const written = async (id: string) => (await listWorkspaces(id)).map((workspace) => workspace.id).sort();

forEachEngine("HA-04: one collector per organisation", (open) => {
  let store: OpenDatabase;
  let id = "";
  beforeAll(async () => {
    store = await open();
  });
  beforeEach(async () => {
    await emptyStore(store);
    id = await organisation();
  });

  test("of many who try at once exactly one gets it; another organisation is another matter", async () => {
    const tries = await Promise.all(Array.from({ length: 12 }, () => takeLease(id, randomUUID(), patient)));
    expect(tries.filter((lease) => lease !== null)).toHaveLength(1);
    const other = await organisation("two");
    expect(await takeLease(other, randomUUID(), patient)).toMatchObject({ fence: 1 });
  });

  test("each holder's fence is above all before, however it ended", async () => {
    const fences: (number | undefined)[] = [];
    for (let n = 0; n < 3; n += 1) {
      const lease = await takeLease(id, randomUUID(), patient);
      fences.push(lease?.fence);
      await releaseLease(lease!);
    }
    const lapsed = await takeLease(id, randomUUID(), { ...times, lapseMs: 0 });
    fences.push(lapsed?.fence, (await takeLease(id, randomUUID(), patient))?.fence);
    expect(fences).toEqual([1, 2, 3, 4, 5]);
  });

  test("a lease with signs of life is not to be had; without them it is, and the old one writes nothing more", async () => {
    const old = (await takeLease(id, randomUUID(), times))!;
    for (let n = 0; n < 6; n += 1) {
      await rest(60, never);
      expect(await renewLease(old, times)).toBe(true);
      expect(await takeLease(id, randomUUID(), times)).toBeNull();
    }
    await note(old, "by-the-old-one");
    await rest(times.lapseMs + 50, never);
    const fresh = (await takeLease(id, randomUUID(), patient))!;
    await expect(note(old, "too-late")).rejects.toThrow(LeaseLost);
    expect(await renewLease(old, times)).toBe(false);
    await releaseLease(old);
    await note(fresh, "by-the-new-one");
    expect(await written(id)).toEqual(["by-the-new-one", "by-the-old-one"]);
  });

  test("one that lapsed without being taken goes on", async () => {
    const lease = (await takeLease(id, randomUUID(), { ...times, lapseMs: 0 }))!;
    await note(lease, "late");
    expect(await renewLease(lease, patient)).toBe(true);
    expect(await takeLease(id, randomUUID(), times)).toBeNull();
  });

  test("a change of leader waits for the write that is under way, and for none after it", async () => {
    const old = (await takeLease(id, randomUUID(), { ...times, lapseMs: 0 }))!;
    const order: string[] = [];
    let begin: () => void = () => undefined;
    // Begun outside the write: no transaction opens inside another.
    const taking = new Promise<void>((resolve) => {
      begin = resolve;
    })
      .then(() => takeLease(id, randomUUID(), patient))
      .then(() => order.push("taken"));
    await writeUnder(
      old,
      times,
    )(async (tx) => {
      begin();
      await rest(150, never);
      await put(tx, id, "last");
      order.push("written");
    });
    await taking;
    expect(order).toEqual(["written", "taken"]);
    await expect(note(old, "too-late")).rejects.toThrow(LeaseLost);
    expect(await written(id)).toEqual(["last"]);
  });

  test("two processes' worth of candidates: one leads, and the other within a beat when it goes", async () => {
    const leading: string[] = [];
    const candidate = (name: string) => {
      const ending = new AbortController();
      const ended = stand(
        {
          organisationId: id,
          owner: randomUUID(),
          times: patient,
          log: silent,
          lead: async (_lease, signal) => {
            leading.push(name);
            await rest(60_000, signal);
          },
        },
        ending.signal,
      );
      return { end: () => (ending.abort(), ended) };
    };
    const first = candidate("first");
    await expect.poll(() => leading).toEqual(["first"]);
    const second = candidate("second");
    await rest(200, never);
    expect(leading).toEqual(["first"]);
    await first.end();
    await expect.poll(() => leading).toEqual(["first", "second"]);
    await second.end();
    const [row] = await withOrganisation(id, (tx) => tx.select().from(collectorLeases));
    expect(row).toMatchObject({ owner: null, fence: 2 });
  });

  test("a leader whose work breaks leads again, with a new fence", async () => {
    const fences: number[] = [];
    const ending = new AbortController();
    const ended = stand(
      {
        organisationId: id,
        owner: randomUUID(),
        times,
        log: silent,
        lead: (lease) => {
          fences.push(lease.fence);
          return Promise.reject(new Error("broken"));
        },
      },
      ending.signal,
    );
    await expect.poll(() => fences.length).toBeGreaterThan(1);
    ending.abort();
    await ended;
    expect(fences.slice(0, 2)).toEqual([1, 2]);
  });
});

onPostgres("HA-04: leaders in processes of their own", (address) => {
  const name = `wf_leaders_${randomUUID().slice(0, 8)}`;
  let server: postgres.Sql;
  let url = "";
  let id = "";
  const programs: Program[] = [];
  beforeAll(async () => {
    server = postgres(address, { max: 1, onnotice: () => undefined });
    await server`create database ${server(name)}`;
    const own = new URL(address);
    own.pathname = `/${name}`;
    url = own.href;
    adoptDatabase(await openDatabase({ kind: "postgres", url: new Secret(url) }));
    id = await organisation();
  });
  afterAll(async () => {
    for (const program of programs) await program.kill();
    await closeDatabase();
    await server`drop database ${server(name)} with (force)`;
    await server.end();
  });

  const contender = () => {
    const program = startProgram("lib/server/collector/testing/contender.ts", [url, id]);
    programs.push(program);
    return program;
  };
  const has = (program: Program, line: string) => program.lines.includes(line);
  const until = (isSo: () => boolean) => expect.poll(isSo, { timeout: 20_000, interval: 20 }).toBe(true);
  const writtenBy = async (fence: number) =>
    (await written(id)).filter((each) => each.startsWith(`fence-${fence}-`)).length;

  test("stopped in the middle of a write it is succeeded, wakes up, writes nothing and notices", async () => {
    const first = contender();
    await until(() => has(first, "wrote 1"));
    const second = contender();
    await second.line(0);
    first.child.kill("SIGSTOP");
    const stoppedAt = performance.now();
    await until(() => has(second, "leading 2"));
    const takeoverMs = performance.now() - stoppedAt;
    // 2 s until the lease lapses, half a second between two looks: with the times of production 6 s and 2 s.
    expect(takeoverMs).toBeLessThan(5_000);
    await until(() => has(second, "wrote 2"));
    const before = await writtenBy(1);
    expect(before).toBeGreaterThan(0);
    first.child.kill("SIGCONT");
    await until(() => has(first, "lost 1"));
    expect(await writtenBy(1)).toBe(before);

    // Killed, it is succeeded by the one that was stopped before.
    await second.kill();
    await until(() => has(first, "leading 3"));
    await until(() => has(first, "wrote 3"));

    // Asked to end, it gives the lease back: whoever waits has it at the next look.
    const third = contender();
    await third.line(0);
    first.child.kill("SIGTERM");
    await first.ended;
    await until(() => has(third, "leading 4"));
  });
});
