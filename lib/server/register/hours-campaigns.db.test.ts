import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { Principal, WorkspaceScope } from "@/lib/domain/access";
import { entityKeysOf } from "@/lib/domain/incident-entities";
import { printPin } from "@/lib/domain/incident-pin";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import { narrowedTo } from "@/lib/domain/incident-stack";
import { defaultView } from "@/lib/domain/incident-view";
import {
  type CampaignsAnswer,
  type HoursAnswer,
  type IncidentsAnswer,
  type StackKind,
  stackKinds,
  type StacksAnswer,
} from "@/lib/domain/register";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { finishReading } from "./finish-reading";
import type { RegisterDependencies } from "./call";
import { campaignsView, hoursView, incidentsView, stacksView } from "./handle";
import { beginReading } from "./reading";
import { recordRows } from "./record";

const nowMs = Date.UTC(2026, 10, 24, 12);
const at = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();
const workspaceIds = ["a", "b", "c", "d"].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000001`);
const host = (hostName: string) => ({
  id: "1",
  type: "Device",
  kind: "Host",
  displayName: null,
  friendlyName: null,
  hostName,
});

forEachEngine("hours and campaigns of the register", (open) => {
  let store: OpenDatabase;
  let org = "";
  let scope: WorkspaceScope = { kind: "all" };

  beforeAll(async () => {
    store = await open();
  });

  beforeEach(async () => {
    scope = { kind: "all" };
    await emptyStore(store);
    const made = await withPlatform((tx) =>
      tx.insert(organisations).values({ slug: "one", name: "One" }).returning(),
    );
    org = made[0]!.id;
  });

  const requirePrincipal = (): Promise<Principal> => {
    const standing = { organisationId: org, organisationSlug: "one", organisationName: "One" };
    const memberships = [{ ...standing, role: "viewer" as const, scope }];
    return Promise.resolve({
      personId: randomUUID(),
      sessionId: "s",
      email: "v@x.test",
      name: "V",
      memberships,
    });
  };
  const deps: RegisterDependencies = {
    ...{ requirePrincipal, requireCaller: requirePrincipal, exportBatchRows: 10, now: () => nowMs },
    positionKeys: () => [new Uint8Array(32).fill(7)],
  };
  const context = { params: Promise.resolve({ org: "one" }) };
  const views = { hours: hoursView, campaigns: campaignsView, stacks: stacksView, incidents: incidentsView };
  const ask = (what: keyof typeof views, query: string) => {
    const request = new Request(`http://x/api/one/incidents/${what}${query}`);
    return views[what](deps)(request, context);
  };
  const data = async <T>(answer: Response) => {
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { data: T }).data;
  };

  /** One whole sweep at this minute. */
  async function sweep(minutes: number, rows: readonly IncidentRow[]): Promise<void> {
    const id = randomUUID();
    await withOrganisation(org, async (tx) => {
      const window = { windowFrom: at(-24 * 60), windowTo: at(minutes), startedAt: at(minutes) };
      await beginReading(tx, { id, kind: "sweep", sources: [], ...window });
      await recordRows(tx, { readingId: id, calledAt: at(minutes), answeredAt: at(minutes), rows });
      const coverage = workspaceIds.map((workspaceId) => ({
        workspaceId,
        source: "Sentinel",
        state: "read" as const,
        asOf: at(minutes),
        reason: null,
      }));
      await finishReading(tx, {
        readingId: id,
        endedAt: at(minutes),
        outcome: "complete",
        failureCode: null,
        coverage,
      });
    });
  }

  test("arrivals stand in the hour of their creation, closures in the hour they were seen in, doubts are counted", async () => {
    const row = (id: string, minutes: number, over: Partial<IncidentRow> = {}) =>
      makeRow({ id, workspaceId: workspaceIds[0]!, creationTime: at(minutes), ...over });
    await sweep(-100, [
      row("1", -110),
      row("2", -110, { severity: "Low" }),
      row("3", -170, { status: "Closed" }),
    ]);
    // Within one hour of the look before; an hour and a half after it.
    await sweep(-70, [row("1", -110, { status: "Closed" })]);
    await sweep(0, [row("2", -110, { severity: "Low", status: "Closed" }), row("4", -5)]);
    const answer = await data<HoursAnswer>(await ask("hours", `?from=${at(-180)}&to=${at(60)}`));
    expect(answer.hours).toEqual([
      { hour: at(-180), arrivals: { High: 1 }, closures: {}, uncertainClosures: 0 },
      { hour: at(-120), arrivals: { High: 1, Low: 1 }, closures: { High: 1 }, uncertainClosures: 0 },
      { hour: at(-60), arrivals: { High: 1 }, closures: {}, uncertainClosures: 0 },
      { hour: at(0), arrivals: {}, closures: { Low: 1 }, uncertainClosures: 1 },
    ]);
    expect(answer).toMatchObject({ closedBeforeSeen: 1, asOf: at(0), window: { isCovered: true } });
    scope = { kind: "list", ids: new Set([workspaceIds[1]!]) };
    const other = await data<HoursAnswer>(await ask("hours", `?from=${at(-180)}&to=${at(60)}`));
    expect(other.closedBeforeSeen).toBe(0);
    expect(
      other.hours.every(({ arrivals, closures }) => Object.keys({ ...arrivals, ...closures }).length === 0),
    ).toBe(true);
  });

  test("windows are bounded, and so is what makes a campaign", async () => {
    for (const query of [`?from=${at(-32 * 24 * 60)}`, `?from=${at(5)}`, "?colour=red"])
      expect((await ask("hours", query)).status).toBe(400);
    for (const query of [
      "?least=1",
      "?least=x",
      "?least=2&least=3",
      "?least=2.5",
      "?kind=colour",
      "?kind=rule&kind=rule",
    ])
      expect((await ask("campaigns", query)).status).toBe(400);
  });

  test("N10: the customers of a campaign in the order of their first hit; nothing tells of one that needs a customer out of sight", async () => {
    const row = (id: string, workspace: number, minutes: number, over: Partial<IncidentRow> = {}) =>
      makeRow({
        id,
        workspaceId: workspaceIds[workspace]!,
        workspaceName: `W${workspace}`,
        title: `Own ${id}`,
        creationTime: at(minutes),
        ...over,
      });
    await sweep(0, [
      row("1", 2, -30, { title: "Éclair loader" }),
      row("2", 0, -50, { title: "eclair loader" }),
      row("3", 3, -60, { title: "ECLAIR LOADER", entities: [host("SRV-9")] }),
      row("4", 0, -20, { title: "Eclair loader", entities: [host("srv-9")] }),
      row("5", 1, -10, { ruleIds: ["rule-7"] }),
      row("6", 1, -9, { ruleIds: ["rule-7"] }),
    ]);
    const all = await data<CampaignsAnswer>(await ask("campaigns", "?least=2"));
    expect(all.campaigns.map(({ kind, value, incidents }) => [kind, value, incidents])).toEqual([
      ["title", "eclair loader", 4],
      ["entity", "host:srv-9", 2],
    ]);
    const hit = (workspace: number, minutes: number) => ({
      workspaceId: workspaceIds[workspace],
      workspaceName: `W${workspace}`,
      firstAt: at(minutes),
      latestAt: at(minutes),
    });
    expect(all.campaigns[0]?.hits).toEqual([
      { ...hit(3, -60), incidents: 1 },
      { ...hit(0, -50), latestAt: at(-20), incidents: 2 },
      { ...hit(2, -30), incidents: 1 },
    ]);
    scope = { kind: "list", ids: new Set(workspaceIds.slice(0, 3)) };
    const mine = await data<CampaignsAnswer>(await ask("campaigns", "?least=2"));
    expect(mine.campaigns).toMatchObject([
      { kind: "title", incidents: 3, hits: [{ firstAt: at(-50) }, { firstAt: at(-30) }] },
    ]);
    expect((await data<CampaignsAnswer>(await ask("campaigns", ""))).campaigns).toEqual([]);
    expect(JSON.stringify(mine)).not.toContain(workspaceIds[3]);
    scope = { kind: "all" };
    expect((await data<CampaignsAnswer>(await ask("campaigns", ""))).campaigns).toHaveLength(1);
    expect(
      (await data<CampaignsAnswer>(await ask("campaigns", `?least=2&from=${at(-55)}`))).campaigns,
    ).toHaveLength(1);
  });

  test("campaigns are those of the plain model, for any sight", async () => {
    const anyRow = fc.record({
      workspace: fc.nat(3),
      title: fc.constantFrom("A", "B", "C", null),
      rule: fc.constantFrom("r1", "r2", "r3", "r4", "r5"),
      entity: fc.constantFrom("h1", "h2", "h3", "h4", "h5", "h6"),
      minutes: fc.integer({ min: 1, max: 30 }),
    });
    const rows = fc
      .sample(anyRow, { numRuns: 25, seed: 3 })
      .map(({ workspace, title, rule, entity, minutes }, index) =>
        makeRow({
          id: `${index}`,
          workspaceId: workspaceIds[workspace]!,
          title,
          ruleIds: [rule],
          entities: [host(entity)],
          creationTime: at(-minutes),
        }),
      );
    await sweep(0, rows);
    for (const ids of fc.sample(fc.subarray(workspaceIds, { minLength: 1 }), { numRuns: 8, seed: 5 })) {
      scope = { kind: "list", ids: new Set(ids) };
      const met = new Map<string, Set<string>>();
      for (const each of rows.filter(({ workspaceId }) => ids.includes(workspaceId)))
        for (const name of [
          `title ${each.title?.toLowerCase()}`,
          `rule ${each.ruleIds[0]}`,
          `entity ${entityKeysOf(each)[0]}`,
        ])
          if (name !== "title undefined") met.set(name, (met.get(name) ?? new Set()).add(each.workspaceId));
      const expected = [...met].filter(([, customers]) => customers.size >= 3).map(([name]) => name);
      const { campaigns } = await data<CampaignsAnswer>(await ask("campaigns", "?least=3"));
      expect(campaigns.map(({ kind, value }) => `${kind} ${value}`).sort()).toEqual(expected.sort());
      for (const { hits } of campaigns)
        expect(hits.map(({ firstAt }) => firstAt)).toEqual(hits.map(({ firstAt }) => firstAt).sort());
    }
  });

  test("stacks are those of the plain model, for any sight, and their filters find exactly their incidents", async () => {
    const titles = ["A", "B", "b", "C", null];
    const rows = Array.from({ length: 30 }, (_, n) =>
      makeRow({
        id: `${n}`,
        workspaceId: workspaceIds[n % 3]!,
        title: titles[n % 5] ?? null,
        ruleIds: n % 4 === 0 ? [] : [`r${n % 2}`, `r${n % 7}x`],
        entities: n % 6 === 0 ? [] : [host(`SRV ${n % 5}`)],
        alertProductNames: [`P${n % 2}`],
        creationTime: at(-n - 1),
      }),
    );
    await sweep(0, rows);
    const valuesOf: Record<StackKind, (row: IncidentRow) => readonly string[]> = {
      title: ({ title }) => (title === null ? [] : [title.toLowerCase()]),
      rule: ({ ruleIds }) => ruleIds,
      entity: entityKeysOf,
      product: ({ alertProductNames }) => alertProductNames,
      workspace: ({ workspaceId }) => [workspaceId],
    };
    for (const ids of [workspaceIds, workspaceIds.slice(1, 3)]) {
      scope = { kind: "list", ids: new Set(ids) };
      const mine = rows.filter(({ workspaceId }) => ids.includes(workspaceId));
      for (const by of stackKinds) {
        const answer = await data<StacksAnswer>(await ask("stacks", `?by=${by}&from=${at(-24 * 60)}`));
        const met = new Map<string, IncidentRow[]>();
        for (const row of mine)
          for (const value of valuesOf[by](row)) met.set(value, [...(met.get(value) ?? []), row]);
        const plain = [...met].map(([value, of]) => [
          ...[value, of.length, new Set(of.map(({ workspaceId }) => workspaceId)).size],
          of
            .map(({ creationTime }) => creationTime)
            .sort()
            .at(-1),
        ]);
        expect(
          answer.stacks.map((each) => [each.value, each.incidents, each.customers, each.latestAt]).sort(),
        ).toEqual(plain.sort());
        expect(answer.stacks.map(({ incidents }) => incidents)).toEqual(
          answer.stacks.map(({ incidents }) => incidents).sort((a, b) => b - a),
        );
        expect(answer).toMatchObject({
          ...{ by, total: mine.length, kinds: met.size },
          without: mine.filter((row) => valuesOf[by](row).length === 0).length,
        });
        for (const stack of answer.stacks.slice(0, 3)) {
          const filter = narrowedTo(defaultView.filter, by, stack)!;
          const asked = new URLSearchParams({ from: at(-24 * 60), text: filter.text });
          for (const value of filter.workspaces.values) asked.append("workspace", value);
          for (const value of filter.products.values) asked.append("product", value);
          const list = await data<IncidentsAnswer>(await ask("incidents", `?${asked}`));
          expect(list.total, `${by} ${stack.value}`).toBe(stack.incidents);
        }
      }
    }
    scope = { kind: "all" };
    expect((await ask("stacks", "?by=owner")).status).toBe(400);
    const named = await data<StacksAnswer>(await ask("stacks", `?by=title&from=${at(-24 * 60)}`));
    expect(named.stacks.map(({ name }) => name).sort()).toEqual(["A", "C", "b"]);
  });

  test("the queue's filter for a campaign, and for one customer of it, finds exactly its incidents", async () => {
    const titles = [
      "A%20 b",
      'He said "hi"',
      "two  blanks ",
      "Ärger\u00a0X",
      "50% _off_ \\ now",
      "x".repeat(300),
    ];
    const rows = titles.flatMap((title, n) =>
      [0, 1, 2, 2].map((workspace, nth) =>
        makeRow({
          id: `${n}-${nth}`,
          workspaceId: workspaceIds[workspace]!,
          title: nth === 3 ? `${title} and more` : title,
          ruleIds: [`rule ${n % 2}`, `rule ${n % 2}0`],
          entities: [host(`SRV ${n % 3}`), host(`srv ${n % 3}${nth}`)],
          // Longer than what is searched, so that its entities stand beyond the end.
          description: n === 1 ? "d".repeat(5_000) : null,
          creationTime: at(-n - nth - 1),
        }),
      ),
    );
    await sweep(0, rows);
    for (const ids of [workspaceIds, workspaceIds.slice(0, 2)]) {
      scope = { kind: "list", ids: new Set(ids) };
      const { campaigns } = await data<CampaignsAnswer>(await ask("campaigns", "?least=2"));
      expect(new Set(campaigns.map(({ kind }) => kind)).size).toBe(3);
      for (const campaign of campaigns) {
        const pin = new URLSearchParams({ from: at(-24 * 60), text: printPin(campaign) ?? "" });
        const all = await data<IncidentsAnswer>(await ask("incidents", `?${pin}`));
        expect(all.total, campaign.value).toBe(campaign.incidents);
        const own = all.facets.workspace.map(({ value, rows: n }) => [value, n]).sort();
        expect(own).toEqual(campaign.hits.map((hit) => [hit.workspaceId, hit.incidents]).sort());
      }
    }
  });

  test("a campaign is called as its first incident within sight spells it, and one kind can be asked for alone", async () => {
    const row = (id: string, workspace: number, title: string, hostName: string) =>
      makeRow({
        ...{ id, title, workspaceId: workspaceIds[workspace]!, ruleIds: ["rule-1"] },
        entities: [host(hostName)],
        creationTime: at(Number(id) - 10),
      });
    await sweep(0, [
      row("1", 3, "ÉCLAIR", "SRV-9"),
      row("2", 0, "Eclair", "Srv-9"),
      row("3", 1, "eclair", "srv-9"),
    ]);
    const names = async (query: string) =>
      (await data<CampaignsAnswer>(await ask("campaigns", `?least=2${query}`))).campaigns
        .map(({ kind, name, entityKind, title }) => [kind, name, entityKind, title])
        .sort();
    expect(await names("")).toEqual([
      ["entity", "SRV-9", "Host", "ÉCLAIR"],
      ["rule", "rule-1", null, "ÉCLAIR"],
      ["title", "ÉCLAIR", null, "ÉCLAIR"],
    ]);
    expect(await names("&kind=entity")).toEqual([["entity", "SRV-9", "Host", "ÉCLAIR"]]);
    scope = { kind: "list", ids: new Set(workspaceIds.slice(0, 3)) };
    expect(await names("")).toEqual([
      ["entity", "Srv-9", "Host", "Eclair"],
      ["rule", "rule-1", null, "Eclair"],
      ["title", "Eclair", null, "Eclair"],
    ]);
  });
});
