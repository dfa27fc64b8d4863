import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { walkSteps, walks } from "@/lib/server/db/schema/tenant";
import { forEachEngine } from "@/lib/server/db/testing";
import { databaseRegistry, listWorkspaces, type Observations } from "../workspaces";
import { databaseWalkStore as store } from "./database-store";
import { type StepAppend, type WalkRecord, walksPerPerson } from "./store";
import { fakePair, FakeUpstream, rejectedTokens } from "./testing/fake-upstream";
import { walkContext, walkToEnd } from "./testing/harness";
import { createWalker } from "./walker";

const nothing: Observations = { workspaces: [], pairs: [], read: [] };
const minuteMs = 60_000;
const bytesOf = (text: string) => Buffer.from(text);
const textOf = (bytes: Uint8Array | null | undefined) => (bytes ? Buffer.from(bytes).toString() : null);

forEachEngine("walk store", (open) => {
  let organisationId = "";
  let other = "";
  let nowMs = 0;

  const walkOf = (over: Partial<WalkRecord> = {}): WalkRecord => ({
    id: randomUUID(),
    organisationId,
    personId: "person-1",
    sessionId: "session-1",
    credentialId: "credential-1",
    filterHash: "hash",
    filter: { sources: ["Sentinel"], timeFilterSelection: { type: "ThreeHours" } },
    createdAtMs: nowMs,
    expiresAtMs: nowMs + 15 * minuteMs,
    ...over,
  });
  const created = async (over: Partial<WalkRecord> = {}) => {
    const walk = walkOf(over);
    await store.create(walk, { step: 0, page: bytesOf("page 0"), next: bytesOf("next 0") }, nothing);
    return walk;
  };
  const appendOf = (walk: WalkRecord, step: number, over: Partial<StepAppend> = {}): StepAppend => ({
    walk,
    record: { step, page: bytesOf(`page ${step}`), next: bytesOf(`next ${step}`) },
    spent: bytesOf(`spent ${step - 1}`),
    expiresAtMs: nowMs + 15 * minuteMs,
    nowMs,
    observed: nothing,
    ...over,
  });
  const count = (table: typeof walks | typeof walkSteps, organisation = organisationId) =>
    withOrganisation(organisation, (tx) => tx.$count(table));

  beforeAll(async () => {
    await open();
    const rows = await withPlatform((tx) =>
      tx
        .insert(organisations)
        .values([
          { slug: "main", name: "Main" },
          { slug: "globex", name: "Globex" },
        ])
        .returning(),
    );
    organisationId = rows[0]!.id;
    other = rows[1]!.id;
  });
  beforeEach(async () => {
    nowMs = Date.now();
    for (const organisation of [organisationId, other])
      await withOrganisation(organisation, (tx) => tx.delete(walks));
  });

  test("a walk and its steps come back as they were kept, byte by byte", async () => {
    const walk = await created();
    const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await store.append(appendOf(walk, 1, { record: { step: 1, page: every, next: every } }));
    const first = await store.read(organisationId, walk.id, 0, nowMs);
    expect(first?.walk).toEqual(walk);
    expect([textOf(first?.page), first?.previous]).toEqual(["page 0", null]);
    const second = await store.read(organisationId, walk.id, 1, nowMs);
    expect(Buffer.compare(Buffer.from(second?.page ?? []), every)).toBe(0);
    const third = await store.read(organisationId, walk.id, 2, nowMs);
    expect(third?.page).toBeNull();
    expect(Buffer.compare(Buffer.from(third?.previous ?? []), every)).toBe(0);
  });

  test("a further step spends what the one before handed over, and extends the walk's life", async () => {
    const walk = await created();
    await store.append(appendOf(walk, 1, { expiresAtMs: nowMs + 40 * minuteMs }));
    const handovers = await store.handovers(organisationId, walk.id, 0, 9);
    expect(handovers.map(textOf)).toEqual(["spent 0", "next 1"]);
    expect(await store.read(organisationId, walk.id, 2, nowMs + 39 * minuteMs)).not.toBeNull();
    expect(await store.read(organisationId, walk.id, 2, nowMs + 40 * minuteMs)).toBeNull();
  });

  test("of two makers of one step the first wins, and both give out its page", async () => {
    const walk = await created();
    const append = (name: string) =>
      store.append(
        appendOf(walk, 1, { record: { step: 1, page: bytesOf(`page of ${name}`), next: bytesOf(name) } }),
      );
    const pages = await Promise.all([append("one"), append("two"), append("three")]);
    expect(new Set(pages.map(textOf)).size).toBe(1);
    const stored = await store.read(organisationId, walk.id, 1, nowMs);
    expect(textOf(stored?.page)).toBe(textOf(pages[0]));
    const next = textOf((await store.handovers(organisationId, walk.id, 1, 1))[0]);
    expect(`page of ${next}`).toBe(textOf(stored?.page));
  });

  test("a step of a walk that was dropped meanwhile is refused", async () => {
    const walk = await created();
    await withOrganisation(organisationId, (tx) => tx.delete(walks).where(eq(walks.id, walk.id)));
    expect(await store.append(appendOf(walk, 1))).toBeNull();
    expect(await count(walkSteps)).toBe(0);
  });

  test("starting a walk drops expired ones of anybody and the person's oldest beyond the bound", async () => {
    const expired = await created({ personId: "person-2", expiresAtMs: nowMs - 1 });
    const kept = await created({ personId: "person-2" });
    const mine: string[] = [];
    for (let at = 0; at < walksPerPerson + 2; at += 1)
      mine.push((await created({ createdAtMs: nowMs + at })).id);
    const left = await withOrganisation(organisationId, (tx) => tx.select({ id: walks.id }).from(walks));
    const ids = left.map((row) => row.id);
    expect(ids).not.toContain(expired.id);
    expect(ids).toContain(kept.id);
    expect(ids.filter((id) => mine.includes(id)).sort()).toEqual(mine.slice(2).sort());
    expect(await count(walkSteps)).toBe(walksPerPerson + 1);
  });

  test("many people starting at once do not get into each other's way", async () => {
    for (let at = 0; at < 5; at += 1) await created({ personId: `old-${at}`, expiresAtMs: nowMs - 1 });
    await Promise.all(Array.from({ length: 8 }, (_, at) => created({ personId: `person-${at}` })));
    expect(await count(walks)).toBeGreaterThanOrEqual(8);
  });

  test("another organisation finds nothing of it", async () => {
    const walk = await created();
    expect(await store.read(other, walk.id, 0, nowMs)).toBeNull();
    expect(await store.handovers(other, walk.id, 0, 9)).toEqual([]);
    expect(await store.append(appendOf({ ...walk, organisationId: other }, 1))).toBeNull();
    expect(await count(walkSteps)).toBe(1);
  });

  test("what a step observed is in the registry when its page is in the store, and neither without the other", async () => {
    const walk = await created();
    const observed: Observations = { ...nothing, pairs: [{ workspaceId: "w-atomic", source: "Sentinel" }] };
    // An id longer than an index entry may be cannot be stored: the registry's part fails, so the step must not be there either.
    const tooLong = randomBytes(10_000).toString("hex");
    const broken: Observations = { ...nothing, pairs: [{ workspaceId: tooLong, source: "Sentinel" }] };
    await expect(store.append(appendOf(walk, 1, { observed: broken }))).rejects.toThrow();
    expect((await store.read(organisationId, walk.id, 1, nowMs))?.page).toBeNull();
    await store.append(appendOf(walk, 1, { observed }));
    expect((await listWorkspaces(organisationId)).map((workspace) => workspace.id)).toContain("w-atomic");
  });

  test("a whole walk on it: restarts, several processes, coverage with dates", async () => {
    const upstream = new FakeUpstream([fakePair("wa", "Sentinel", 7), fakePair("wb", "Splunk", 3)]);
    upstream.fault = ({ at }) => (at === 2 ? [{ kind: "fail", failure: rejectedTokens() }] : []);
    const make = () =>
      createWalker({
        store,
        registry: databaseRegistry,
        clock: () => nowMs,
        cursorKeys: () => [Buffer.alloc(32, 7)],
        upstreamOf: () => upstream,
        onLearnFailure: () => undefined,
      });
    const context = walkContext({ organisationId });
    const scope = { kind: "list", ids: new Set(["wa", "wb"]) } as const;
    const own = { ...context, membership: { ...context.membership, scope } };
    const result = await walkToEnd((asking, request) => make()(asking, request), own);
    expect(result.incidents.size).toBe(10);
    expect(result.pages.flatMap((page) => page.incidents)).toHaveLength(10);
    expect(result.pages.at(-1)?.restarts).toBe(1);
    nowMs += minuteMs;
    upstream.silent.add("wb");
    const { coverage } = await walkToEnd(make(), own);
    expect(coverage.entries.find((entry) => entry.workspaceId === "wb")).toMatchObject({
      state: "missing",
      workspaceName: "Name of wb",
      since: new Date(nowMs - minuteMs).toISOString(),
    });
  });

  test("three thousand pairs are written and read in one go", async () => {
    const pairs = Array.from({ length: 3_000 }, (_, at) => ({
      workspaceId: `big-${Math.floor(at / 6)}`,
      source: `Source ${at % 6}`,
    }));
    const walk = await created();
    await store.append(appendOf(walk, 1, { observed: { ...nothing, pairs, read: pairs } }));
    const known = (await listWorkspaces(organisationId)).filter(({ id }) => id.startsWith("big-"));
    expect(known).toHaveLength(500);
    expect(
      known.every(({ sources }) => sources.length === 6 && sources.every((each) => each.lastReadAt)),
    ).toBe(true);
  });
});
