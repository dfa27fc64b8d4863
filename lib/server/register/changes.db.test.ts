import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { Principal, WorkspaceScope } from "@/lib/domain/access";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import type { ChangesAnswer, IncidentsAnswer, ListChanges, RowsAnswer } from "@/lib/domain/register";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { eventsAfter, headOf, pruneEvents } from "@/lib/server/live/log";
import { finishReading } from "./finish-reading";
import type { RegisterDependencies } from "./call";
import { changesView, incidentsView, rowsView } from "./handle";
import { beginReading } from "./reading";
import { recordRecheck, recordRows } from "./record";

const contoso = "aaaaaaaa-0000-4000-8000-000000000001";
const fabrikam = "bbbbbbbb-0000-4000-8000-000000000002";
const nowMs = Date.UTC(2026, 10, 24, 12);
const at = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();
const personId = randomUUID();

const row = (id: string, over: Partial<IncidentRow> = {}): IncidentRow =>
  makeRow({ id, workspaceId: contoso, lastModificationTime: at(-60), creationTime: at(-90), ...over });

forEachEngine("changes of a list", (open) => {
  let store: OpenDatabase;
  let org = "";
  let scope: WorkspaceScope = { kind: "all" };
  let person = personId;

  beforeAll(async () => {
    store = await open();
  });

  beforeEach(async () => {
    await emptyStore(store);
    const made = await withPlatform((tx) =>
      tx.insert(organisations).values({ slug: "one", name: "One" }).returning(),
    );
    org = made[0]!.id;
    scope = { kind: "all" };
    person = personId;
  });

  const requirePrincipal = (): Promise<Principal> => {
    const standing = { organisationId: org, organisationSlug: "one", organisationName: "One" };
    const memberships = [{ ...standing, role: "viewer" as const, scope }];
    const who = { personId: person, sessionId: "s", email: "v@x.test", name: "V" };
    return Promise.resolve({ ...who, memberships });
  };
  const deps: RegisterDependencies = {
    ...{ requirePrincipal, requireCaller: requirePrincipal, exportBatchRows: 10, now: () => nowMs },
    positionKeys: () => [new Uint8Array(32).fill(7)],
  };
  const context = { params: Promise.resolve({ org: "one" }) };
  async function data<Answer>(view: typeof changesView, path: string): Promise<Answer> {
    const answer = await view(deps)(new Request(`http://x/api/one/${path}`), context);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { data: Answer }).data;
  }
  const list = (query = "") => data<IncidentsAnswer>(incidentsView, `incidents?${query}`);
  const since = (position: string, query = "") =>
    data<ChangesAnswer>(changesView, `incidents/changes?since=${position}&${query}`);
  async function told(position: string, query = ""): Promise<ListChanges> {
    const answer = await since(position, query);
    if (answer.mustReload) throw new Error("The list has to be read anew.");
    return answer;
  }
  const ids = (rows: readonly IncidentRow[]) => rows.map(({ id }) => id).sort();

  /** One whole sweep at this minute. */
  async function sweep(minutes: number, rows: readonly IncidentRow[]): Promise<void> {
    const id = randomUUID();
    const call = { readingId: id, calledAt: at(minutes), answeredAt: at(minutes) };
    await withOrganisation(org, async (tx) => {
      const window = { windowFrom: at(-24 * 60), windowTo: at(minutes), startedAt: at(minutes) };
      await beginReading(tx, { id, kind: "sweep", sources: [], ...window });
      await recordRows(tx, { ...call, rows });
      const held = { source: "Sentinel", asOf: at(minutes), reason: null, state: "read" as const };
      await finishReading(tx, {
        ...{ readingId: id, endedAt: at(minutes), outcome: "complete", failureCode: null },
        coverage: [...new Set(rows.map(({ workspaceId }) => workspaceId))].map((workspaceId) => ({
          ...held,
          workspaceId,
        })),
      });
    });
  }

  test("arrivals, changes and what no longer matches are told once; then nothing, with a younger basis", async () => {
    await sweep(-10, [row("1"), row("2"), row("3")]);
    const first = await list("status=New");
    expect(first.total).toBe(3);
    await sweep(-5, [
      row("1"),
      row("2", { title: "Another title", lastModificationTime: at(-7) }),
      row("3", { status: "Closed", lastModificationTime: at(-6) }),
      row("4"),
    ]);
    const change = await told(first.position, "status=New");
    expect(ids(change.rows)).toEqual(["2", "4"]);
    expect(change.left).toEqual([{ workspaceId: contoso, source: "Sentinel", incidentId: "3" }]);
    expect(change).toMatchObject({ total: 3, asOf: at(-5) });
    const nothing = await told(change.position, "status=New");
    expect(nothing).toMatchObject({ rows: [], left: [], total: 3 });
    await sweep(-1, [row("1"), row("4")]);
    expect(await told(nothing.position, "status=New")).toMatchObject({ rows: [], left: [], asOf: at(-1) });
  });

  test("an incident that upstream no longer knows leaves the list of open work", async () => {
    await sweep(-10, [row("1")]);
    const { position } = await list("status=New");
    const asked = { workspaceId: contoso, source: "Sentinel", incidentId: "1" };
    await withOrganisation(org, (tx) =>
      recordRecheck(tx, { ...asked, calledAt: at(-4), answeredAt: at(-4), row: null }),
    );
    expect(await told(position, "status=New")).toMatchObject({ rows: [], left: [asked], total: 0 });
  });

  test("what is rolled back was never told, and leaves no gap", async () => {
    await sweep(-10, [row("1")]);
    const before = await withOrganisation(org, headOf);
    const { position } = await list();
    const id = randomUUID();
    await expect(
      withOrganisation(org, async (tx) => {
        const window = { windowFrom: at(-60), windowTo: at(0), startedAt: at(-3) };
        await beginReading(tx, { id, kind: "sweep", sources: [], ...window });
        await recordRows(tx, { readingId: id, calledAt: at(-3), answeredAt: at(-3), rows: [row("9")] });
        throw new Error("the server dies here");
      }),
    ).rejects.toThrow("dies");
    expect((await told(position)).rows).toEqual([]);
    await sweep(-2, [row("2")]);
    expect(ids((await told(position)).rows)).toEqual(["2"]);
    const slice = await withOrganisation(org, (tx) =>
      eventsAfter(tx, before, { scope: { kind: "all" }, limit: 100 }),
    );
    expect(slice?.events.map((event) => event.id)).toEqual([before + 1, before + 2]);
  });

  test("many rows come in further pages, each once, in the order of the list", async () => {
    const rows = Array.from({ length: 250 }, (_, index) =>
      row(String(index).padStart(3, "0"), { lastModificationTime: at(-61 - index) }),
    );
    await sweep(-10, rows);
    const first = await list();
    expect(first.incidents).toHaveLength(200);
    const rest = await data<RowsAnswer>(
      rowsView,
      `incidents/rows?after=${encodeURIComponent(first.next ?? "")}`,
    );
    expect(rest.next).toBeNull();
    expect([...first.incidents, ...rest.incidents].map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  });

  describe("a person of one workspace", () => {
    const other = (id: string, over: Partial<IncidentRow> = {}) =>
      row(id, { workspaceId: fabrikam, workspaceName: "Fabrikam", ...over });

    test("is told nothing of another one: no row, key, count, or number", async () => {
      await sweep(-10, [row("1"), other("2")]);
      scope = { kind: "list", ids: new Set([contoso]) };
      const first = await list();
      expect(first.total).toBe(1);
      await sweep(-5, [row("1"), other("2", { status: "Closed", lastModificationTime: at(-6) }), other("3")]);
      const change = await told(first.position);
      expect(change).toMatchObject({ rows: [], left: [], total: 1 });
      expect(JSON.stringify(change)).not.toContain(fabrikam);
      expect(JSON.stringify(change)).not.toContain("Fabrikam");
      // Sealed anew each time: also two places without anything in between differ.
      expect((await told(change.position)).position).not.toBe(change.position);
    });

    test("who sees more, or less, than when the list was read has to read it anew, as another person does", async () => {
      await sweep(-10, [row("1"), other("2")]);
      scope = { kind: "list", ids: new Set([contoso]) };
      const { position } = await list();
      scope = { kind: "all" };
      expect(await since(position)).toEqual({ mustReload: true });
      scope = { kind: "list", ids: new Set([contoso]) };
      person = randomUUID();
      expect(await since(position)).toEqual({ mustReload: true });
      person = personId;
      expect(await since(position)).toMatchObject({ mustReload: false });
    });
  });

  test("a place that the log no longer reaches, and one that was never given out, ask for a new reading", async () => {
    await sweep(-10, [row("1")]);
    const { position } = await list();
    await sweep(-5, [row("2")]);
    await withOrganisation(org, (tx) => pruneEvents(tx, { olderThan: "2100-01-01T00:00:00.000Z" }));
    expect(await since(position)).toEqual({ mustReload: true });
    expect(await since("bm90LXNlYWxlZC1ieS11cw")).toEqual({ mustReload: true });
    const { position: now } = await list();
    expect(await since(now)).toMatchObject({ mustReload: false, rows: [] });
    const answer = await changesView(deps)(
      new Request("http://x/api/one/incidents/changes?status=New"),
      context,
    );
    expect(answer.status).toBe(400);
  });

  test("one event too many for a single answer is a new reading, and never half of the story", async () => {
    await sweep(-10, [row("1")]);
    const { position } = await list();
    await sweep(
      -5,
      Array.from({ length: 1_001 }, (_, index) => row(`m${index}`)),
    );
    expect(await since(position)).toEqual({ mustReload: true });
  });
});
