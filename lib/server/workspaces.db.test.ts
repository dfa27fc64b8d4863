import { beforeAll, beforeEach, expect, test } from "vitest";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { workspaceSources, workspaces } from "@/lib/server/db/schema/tenant";
import { forEachEngine } from "@/lib/server/db/testing";
import { databaseRegistry as registry, type LearnedFrom, type Observations } from "./workspaces";

const nothing: Observations = { workspaces: [], pairs: [], read: [] };
const start = Date.UTC(2026, 10, 24, 12);
const iso = (ms: number) => new Date(ms).toISOString();

forEachEngine("workspace registry", (open) => {
  let one = "";
  let two = "";

  const learn = (id: string, name: string | null, from: LearnedFrom, nowMs = start) =>
    registry.record(one, { ...nothing, workspaces: [{ id, name, from }] }, nowMs);
  const nameOf = async (id: string) => (await registry.list(one)).find((known) => known.id === id)?.name;

  beforeAll(async () => {
    await open();
    const rows = await withPlatform((tx) =>
      tx
        .insert(organisations)
        .values([
          { slug: "one", name: "One" },
          { slug: "two", name: "Two" },
        ])
        .returning(),
    );
    one = rows[0]!.id;
    two = rows[1]!.id;
  });
  beforeEach(async () => {
    for (const organisation of [one, two])
      await withOrganisation(organisation, async (tx) => {
        await tx.delete(workspaceSources);
        await tx.delete(workspaces);
      });
  });

  test("keeps workspaces and sources, by name and then by id, ids in lower case", async () => {
    await registry.record(
      one,
      {
        workspaces: [
          { id: "B", name: "Fabrikam", from: "rows" },
          { id: "a", name: "Contoso", from: "rows" },
          { id: "z", name: null, from: "rows" },
        ],
        pairs: [
          { workspaceId: "A", source: "Splunk" },
          { workspaceId: "a", source: "Sentinel" },
          { workspaceId: "a", source: "Sentinel" },
        ],
        read: [],
      },
      start,
    );
    expect(await registry.list(one)).toEqual([
      {
        id: "a",
        name: "Contoso",
        ownName: null,
        isNameReplaceable: true,
        lastSeenAt: iso(start),
        sources: [
          { source: "Sentinel", lastReadAt: null },
          { source: "Splunk", lastReadAt: null },
        ],
      },
      {
        id: "b",
        name: "Fabrikam",
        ownName: null,
        isNameReplaceable: true,
        lastSeenAt: iso(start),
        sources: [],
      },
      { id: "z", name: null, ownName: null, isNameReplaceable: true, lastSeenAt: iso(start), sources: [] },
    ]);
  });

  test("a pair makes its workspace known", async () => {
    await registry.record(one, { ...nothing, read: [{ workspaceId: "A", source: "Sentinel" }] }, start);
    expect(await registry.list(one)).toMatchObject([
      { id: "a", name: null, sources: [{ source: "Sentinel", lastReadAt: iso(start) }] },
    ]);
  });

  test("a name is replaced by one from the same or a better place, and never by nothing", async () => {
    await learn("a", "from rows", "rows");
    await learn("a", null, "service-accounts");
    expect(await nameOf("a")).toBe("from rows");
    await learn("a", "newer rows", "rows");
    expect(await nameOf("a")).toBe("newer rows");
    await learn("a", "from the directory", "service-accounts");
    for (const worse of ["rows", "gamebooks", "users"] as const) await learn("a", "worse", worse);
    expect(await nameOf("a")).toBe("from the directory");
    await learn("a", "renamed", "service-accounts");
    expect(await nameOf("a")).toBe("renamed");
  });

  test("the same name from a better place protects it from then on", async () => {
    await learn("a", "Contoso", "rows");
    await learn("a", "Contoso", "users");
    await learn("a", "Account 17", "rows");
    expect(await registry.list(one)).toMatchObject([{ name: "Contoso", isNameReplaceable: false }]);
  });

  test("of several names in one batch the best counts", async () => {
    const workspaces = [
      { id: "a", name: "rows", from: "rows" },
      { id: "A", name: "best", from: "service-accounts" },
      { id: "a", name: "users", from: "users" },
      { id: "a", name: null, from: "service-accounts" },
    ] as const;
    await registry.record(one, { ...nothing, workspaces }, start);
    expect(await nameOf("a")).toBe("best");
  });

  test("the time of the last reading only moves forward, and a mere mention does not touch it", async () => {
    const read = [{ workspaceId: "a", source: "Sentinel" }];
    await registry.record(one, { ...nothing, read }, start);
    await registry.record(one, { ...nothing, read }, start - 60_000);
    await registry.record(one, { ...nothing, pairs: read }, start + 60_000);
    expect((await registry.list(one))[0]?.sources).toEqual([{ source: "Sentinel", lastReadAt: iso(start) }]);
  });

  test("the time of the last sight moves by minutes, so that nothing is rewritten for less", async () => {
    await learn("a", "Contoso", "rows");
    await learn("a", "Contoso", "rows", start + 59_000);
    expect((await registry.list(one))[0]?.lastSeenAt).toBe(iso(start));
    await learn("a", "Contoso", "rows", start + 61_000);
    expect((await registry.list(one))[0]?.lastSeenAt).toBe(iso(start + 61_000));
  });

  test("two organisations do not see each other's workspaces, even of the same id", async () => {
    await learn("a", "Mine", "rows");
    await registry.record(
      two,
      { ...nothing, workspaces: [{ id: "a", name: "Theirs", from: "rows" }] },
      start,
    );
    expect((await registry.list(one)).map(({ name }) => name)).toEqual(["Mine"]);
    expect((await registry.list(two)).map(({ name }) => name)).toEqual(["Theirs"]);
  });

  test("writers of the same workspaces at the same time all get through", async () => {
    const pairs = Array.from({ length: 50 }, (_, at) => ({ workspaceId: `w${at}`, source: "Sentinel" }));
    const shuffled = (by: number) => pairs.map((_, at) => pairs[(at * by) % pairs.length]!);
    await Promise.all(
      [1, 3, 7, 9, 11, 13].map((by) =>
        registry.record(one, { ...nothing, pairs: shuffled(by), read: shuffled(by) }, start),
      ),
    );
    expect(await registry.list(one)).toHaveLength(50);
  });

  test("names and sources that no database takes as they are do not stop a reading", async () => {
    await learn("a", "Con\0toso \ud800", "rows");
    await registry.record(one, { ...nothing, pairs: [{ workspaceId: "a", source: "Senti\0nel" }] }, start);
    expect(await registry.list(one)).toMatchObject([
      { name: "Con\uFFFDtoso \uFFFD", sources: [{ source: "Senti\uFFFDnel" }] },
    ]);
  });
});
