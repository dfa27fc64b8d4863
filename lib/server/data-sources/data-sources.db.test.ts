import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Membership, Principal } from "@/lib/domain/access";
import type { AnomaliesView, AnomalyDetail, ConnectorsView } from "@/lib/domain/data-sources";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import {
  datasourceAnomalies,
  datasourceConnectors,
  datasourceCoverage,
  datasourceReplies,
} from "@/lib/server/db/schema/data-sources";
import { organisations } from "@/lib/server/db/schema/platform";
import { workspaces } from "@/lib/server/db/schema/tenant";
import { forEachEngine } from "@/lib/server/db/testing";
import { testConnection } from "@/lib/server/upstream/testing/test-connection";
import { anomaliesView, anomalyView, connectorsView } from "./handle";
import { DataSourceReader } from "./reader";
import { FakeDataSources } from "./testing/fake-data-sources";

const contoso = "aaaaaaaa-0000-4000-8000-000000000001";
const fabrikam = "bbbbbbbb-0000-4000-8000-000000000002";
const initech = "cccccccc-0000-4000-8000-000000000003";
const minute = 60_000;
const start = Date.UTC(2026, 10, 24, 12);
const at = (minutes: number) => new Date(start + minutes * minute).toISOString();

const silent = (workspaceId: string, tableName: string, extra: object = {}) => ({
  workspaceId: workspaceId.toUpperCase(),
  workspaceName: `Name of ${workspaceId.slice(0, 1)}`,
  connectorId: `c-${tableName}`,
  connectorName: `Connector ${tableName}`,
  tableName,
  expected: 900,
  actual: 0,
  message: `No ${tableName} rows for 3 h.`,
  ...extra,
});

forEachEngine("the history of data sources", (open) => {
  let org = "";
  let other = "";
  let nowMs = start;
  let fake = new FakeDataSources();
  let reader = instance();

  /** A server of its own: nothing in memory is shared with the others. */
  function instance(of: FakeDataSources = fake): DataSourceReader {
    return new DataSourceReader({
      upstreamOf: () => of.upstream,
      learn: () => Promise.resolve(),
      now: () => nowMs,
      record: withOrganisation,
    });
  }

  beforeAll(async () => {
    await open();
    const rows = await withPlatform((tx) =>
      tx
        .insert(organisations)
        .values(["one", "two"].map((slug) => ({ slug, name: slug })))
        .returning(),
    );
    org = rows[0]!.id;
    other = rows[1]!.id;
  });

  beforeEach(async () => {
    nowMs = start;
    fake = new FakeDataSources();
    reader = instance();
    for (const each of [org, other])
      await withOrganisation(each, async (tx) => {
        for (const table of [
          datasourceAnomalies,
          datasourceConnectors,
          datasourceCoverage,
          datasourceReplies,
        ])
          await tx.delete(table);
        await tx.delete(workspaces);
        await tx.insert(workspaces).values(
          [contoso, fabrikam].map((workspaceId) => ({
            organisationId: each,
            workspaceId,
            name: `Name of ${workspaceId.slice(0, 1)}`,
            learnedFrom: "users",
          })),
        );
      });
    for (const id of [contoso, fabrikam])
      fake.connectors.set(id, [{ id: `c-Syslog`, name: "Syslog via AMA", connected: true }]);
  });

  const membershipOf = (ids: readonly string[] | null, organisationId = org): Membership => ({
    organisationId,
    organisationSlug: organisationId === org ? "one" : "two",
    organisationName: "One",
    role: "viewer",
    scope: ids === null ? { kind: "all" } : { kind: "list", ids: new Set(ids) },
  });
  const deps = (ids: readonly string[] | null, organisationId = org, by = reader) => {
    const principal: Principal = {
      personId: randomUUID(),
      sessionId: "s",
      email: "v@demo.test",
      name: "V",
      memberships: [membershipOf(ids, organisationId)],
    };
    return {
      requirePrincipal: () => Promise.resolve(principal),
      connectionFor: (organisation: string) =>
        Promise.resolve(testConnection("https://x.example.test", { organisationId: organisation })),
      reader: () => by,
      now: () => nowMs,
    };
  };
  const slug = (organisationId: string) => (organisationId === org ? "one" : "two");
  async function askAnomalies(ids: readonly string[] | null = null, query = "", organisationId = org) {
    const name = slug(organisationId);
    return anomaliesView(deps(ids, organisationId))(
      new Request(`http://x/api/${name}/data-sources/anomalies${query}`),
      { params: Promise.resolve({ org: name }) },
    );
  }
  async function anomalies(ids: readonly string[] | null = null, query = "", organisationId = org) {
    const answer = await askAnomalies(ids, query, organisationId);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { data: AnomaliesView }).data;
  }
  async function askConnectors(ids: readonly string[] | null = null, query = "") {
    return connectorsView(deps(ids))(new Request(`http://x/api/one/data-sources/connectors${query}`), {
      params: Promise.resolve({ org: "one" }),
    });
  }
  async function connectors(ids: readonly string[] | null = null, query = "") {
    const answer = await askConnectors(ids, query);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { data: ConnectorsView }).data;
  }
  /** The next reading, so many minutes after the start. */
  async function after(minutes: number, reply: unknown) {
    nowMs = start + minutes * minute;
    fake.anomaliesReply = reply;
    return anomalies();
  }
  const one = (view: AnomaliesView, tableName: string) =>
    view.anomalies.filter((each) => each.tableName === tableName);
  const stateOf = (view: Pick<AnomaliesView, "coverage">, id: string) =>
    view.coverage.find((entry) => entry.workspaceId === id);

  test("first seen, still open, closed by a reply that names the workspace, last good, and a second time", async () => {
    const syslog = silent(contoso, "Syslog");
    const office = silent(contoso, "OfficeActivity");
    await after(0, { anomalies: [office] });
    const began = await after(2, { anomalies: [office, syslog] });
    expect(one(began, "Syslog")).toMatchObject([
      {
        state: "open",
        firstSeenAt: at(2),
        lastSeenAt: at(2),
        lastGoodAt: at(0),
        closedAt: null,
        expected: 900,
      },
    ]);
    expect(one(began, "OfficeActivity")).toMatchObject([{ firstSeenAt: at(0), lastGoodAt: null }]);

    const goesOn = await after(4, {
      anomalies: [office, { ...syslog, message: "No Syslog rows for 4 h.", expected: 901 }],
    });
    expect(one(goesOn, "Syslog")).toMatchObject([
      {
        id: one(began, "Syslog")[0]!.id,
        firstSeenAt: at(2),
        lastSeenAt: at(4),
        expected: 901,
        message: "No Syslog rows for 4 h.",
      },
    ]);

    const over = await after(6, { anomalies: [office] });
    expect(one(over, "Syslog")).toMatchObject([
      { state: "closed", firstSeenAt: at(2), lastSeenAt: at(4), closedAt: at(6), lastGoodAt: at(6) },
    ]);
    await after(8, { anomalies: [office] });
    const again = await after(10, { anomalies: [office, syslog] });
    expect(one(again, "Syslog")).toMatchObject([
      { state: "open", firstSeenAt: at(10), lastGoodAt: at(8) },
      { state: "closed", firstSeenAt: at(2), closedAt: at(6) },
    ]);
    expect(again.asOf).toBe(at(10));
  });

  test("a reply without the workspace closes nothing: unconfirmed, and after a day in which it answered otherwise, lapsed", async () => {
    await after(0, { anomalies: [silent(contoso, "Syslog"), silent(fabrikam, "Dns")] });
    const absent = await after(5, { anomalies: [silent(fabrikam, "Dns")] });
    expect(one(absent, "Syslog")).toMatchObject([
      { state: "unconfirmed", unconfirmedSince: at(5), closedAt: null, lastSeenAt: at(0) },
    ]);
    expect(stateOf(absent, contoso)).toMatchObject({
      state: "missing",
      since: at(0),
      reason: "left out of the reply",
    });
    // An empty reply names nobody either.
    const empty = await after(10, { anomalies: [] });
    expect(empty.anomalies.map((each) => each.state)).toEqual(["unconfirmed", "unconfirmed"]);

    const nextDay = 24 * 60 + 6;
    const late = await after(nextDay, { anomalies: [] });
    expect(one(late, "Syslog")).toMatchObject([{ state: "lapsed", unconfirmedSince: at(5), closedAt: null }]);
    expect(stateOf(late, contoso)).toMatchObject({ state: "quiet" });
    // Seen again: the same one goes on, for nobody knows that it was ever over.
    const back = await after(nextDay + 2, { anomalies: [silent(contoso, "Syslog")] });
    expect(one(back, "Syslog")).toMatchObject([
      { state: "open", firstSeenAt: at(0), unconfirmedSince: null },
    ]);
  });

  test("a group that is named and empty closes; another form of the same reply goes on with the same rows", async () => {
    const first = await after(0, { anomalies: [silent(contoso, "Syslog"), silent(contoso, "Dns")] });
    const { workspaceId, workspaceName, ...bare } = silent(contoso, "Syslog");
    const grouped = await after(2, { workspaces: [{ workspaceId, workspaceName, anomalies: [bare] }] });
    expect(one(grouped, "Syslog")).toMatchObject([{ id: one(first, "Syslog")[0]!.id, state: "open" }]);
    expect(one(grouped, "Dns")).toMatchObject([{ state: "closed", closedAt: at(2) }]);
    const empty = await after(4, { workspaces: [{ workspaceId, workspaceName, anomalies: [] }] });
    expect(empty.anomalies.map((each) => each.state)).toEqual(["closed", "closed"]);
    expect(stateOf(empty, contoso)).toMatchObject({ state: "read", since: at(4) });
  });

  test("a failed reading closes nothing, says since when, and is not repeated for every viewer", async () => {
    await after(0, { anomalies: [silent(contoso, "Syslog")] });
    fake.anomaliesFail = "UPSTREAM_UNAVAILABLE";
    const failed = await after(2, { anomalies: [] });
    expect(failed.asOf).toBe(at(0));
    expect(one(failed, "Syslog")).toMatchObject([
      { state: "unconfirmed", unconfirmedSince: at(2), closedAt: null },
    ]);
    expect(stateOf(failed, contoso)).toMatchObject({
      state: "failed",
      since: at(0),
      reason: "ContraForce answered with a fault",
    });
    await anomalies();
    await anomalies();
    expect(fake.count("anomalies")).toBe(2);
    // The longer it lasts, the same "since".
    expect(one(await after(9, {}), "Syslog")).toMatchObject([{ unconfirmedSince: at(2) }]);
    fake.anomaliesFail = null;
    expect(one(await after(12, { anomalies: [silent(contoso, "Syslog")] }), "Syslog")).toMatchObject([
      { state: "open", firstSeenAt: at(0), unconfirmedSince: null },
    ]);
  });

  test("while nothing was ever read, the failure itself is the answer", async () => {
    fake.anomaliesFail = "UPSTREAM_TIMEOUT";
    for (const sees of [null, [contoso]])
      for (const _ of ["the one who reads", "the one who finds it read"]) {
        const answer = await askAnomalies(sees);
        expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
          504,
          "UPSTREAM_TIMEOUT",
        ]);
      }
  });

  test("after a restart the history goes on, and what is recent is not read again", async () => {
    await after(0, { anomalies: [silent(contoso, "Syslog")] });
    const calls = fake.asked.length;
    reader = instance();
    nowMs += 30_000;
    expect(one(await anomalies(), "Syslog")).toMatchObject([{ firstSeenAt: at(0) }]);
    expect(fake.asked.length).toBe(calls);
    expect(one(await after(2, { anomalies: [silent(contoso, "Syslog")] }), "Syslog")).toMatchObject([
      { firstSeenAt: at(0), lastSeenAt: at(2) },
    ]);
  });

  test("two servers at once make single rows; an older picture that comes late undoes nothing", async () => {
    const servers = Array.from({ length: 4 }, () => instance());
    fake.anomaliesReply = { anomalies: [silent(contoso, "Syslog"), silent(fabrikam, "Dns")] };
    const context = {
      membership: membershipOf(null),
      connection: testConnection("https://x.example.test"),
      requestId: "r",
    };
    await Promise.all(
      servers.map((server, n) => {
        nowMs = start + n;
        return server.anomalies(context, { isByHand: true });
      }),
    );
    expect((await withOrganisation(org, (tx) => tx.select().from(datasourceAnomalies))).length).toBe(2);

    // The slow one asked first, when Syslog was silent; the quick one asked later and saw it well.
    const slow = new FakeDataSources();
    slow.anomaliesReply = fake.anomaliesReply;
    let release = () => undefined as void;
    slow.gate = new Promise((resolve) => {
      release = resolve;
    });
    nowMs = start + 2 * minute;
    const slowly = instance(slow).anomalies(context, { isByHand: false });
    while (slow.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    nowMs = start + 3 * minute;
    fake.anomaliesReply = { anomalies: [silent(contoso, "Dns"), silent(fabrikam, "Dns")] };
    await servers[0]!.anomalies(context, { isByHand: false });
    release();
    await slowly;
    nowMs += 1_000;
    const view = await anomalies();
    expect(one(view, "Syslog")).toMatchObject([{ state: "closed", closedAt: at(3) }]);
    expect(view.asOf).toBe(at(3));
    expect(view.anomalies).toHaveLength(3);
  });

  test("viewers who come at once share one reading", async () => {
    fake.anomaliesReply = { anomalies: [silent(contoso, "Syslog"), silent(fabrikam, "Dns")] };
    const views = await Promise.all([anomalies(), anomalies(), anomalies([contoso]), anomalies()]);
    expect(fake.count("anomalies")).toBe(1);
    expect(fake.count("across")).toBe(1);
    expect(views.map((view) => view.anomalies.length)).toEqual([2, 2, 1, 2]);
  });

  test("a limited person asks for their workspaces only, and sees no row, name, count or text of others", async () => {
    const reply = {
      anomalies: [silent(contoso, "Syslog"), silent(fabrikam, "Dns")],
      note: ["canary of all"],
    };
    fake.anomaliesReply = reply;
    const view = await anomalies([contoso]);
    expect(fake.asked).toEqual([
      { call: "anomalies", ids: [contoso] },
      { call: "across", ids: [contoso] },
    ]);
    // Upstream ignored whom it was asked for; nothing of it is kept.
    expect(JSON.stringify(view)).not.toMatch(/bbbbbbbb|Name of b|canary/);
    expect(view.coverage.map((entry) => entry.workspaceId)).toEqual([contoso]);
    nowMs += 2 * minute;
    fake.anomaliesReply = { anomalies: [], note: ["canary of all"] };
    expect((await anomalies()).anomalies.map((each) => each.workspaceId)).toEqual([contoso]);

    nowMs += 2 * minute;
    fake.anomaliesReply = reply;
    const theirs = one(await anomalies(), "Dns")[0]!;
    const detail = (sees: readonly string[] | null, id: string) =>
      anomalyView(deps(sees))(new Request(`http://x/api/one/data-sources/anomalies/${id}`), {
        params: Promise.resolve({ org: "one", id }),
      });
    const whole = (await (await detail(null, theirs.id)).json()) as { data: AnomalyDetail };
    expect(whole.data.anomaly).toMatchObject({ id: theirs.id, tableName: "Dns" });
    expect(JSON.parse(whole.data.raw)).toMatchObject({ tableName: "Dns", actual: 0 });
    const refusals = await Promise.all([
      detail([contoso], theirs.id),
      detail([contoso], randomUUID()),
      askAnomalies([contoso], `?workspace=${fabrikam}`),
      askAnomalies([contoso], `?workspace=${initech}`),
      askConnectors([contoso], `?workspaceIds=${fabrikam}`),
      askConnectors([contoso], `?workspaceIds=${initech}`),
    ]);
    for (const answer of refusals) {
      const { requestId: _, ...problem } = (await answer.json()) as Record<string, unknown>;
      expect(problem).toEqual({
        type: "about:blank",
        status: 404,
        code: "NOT_FOUND",
        title: "There is nothing here, or it is not yours to see",
      });
    }
    // Nobody's rows are another organisation's.
    expect((await anomalies(null, "", other)).anomalies.map((each) => each.id)).not.toContain(theirs.id);
  });

  test("rows without a workspace and what no row can be made of are shown, raw, to those who see everything", async () => {
    const view = await after(0, {
      anomalies: [{ mystery: "the feed stopped 17 minutes ago", level: 3 }, "a text among objects"],
    });
    expect(view.anomalies).toMatchObject([{ workspaceId: null, connectorName: null, state: "open" }]);
    expect(view.remainder).toContain("a text among objects");
    // The same thing in other figures is the same anomaly.
    const later = await after(2, { anomalies: [{ level: 9, mystery: "the feed stopped 19 minutes ago" }] });
    expect(later.anomalies).toMatchObject([
      { id: view.anomalies[0]!.id, firstSeenAt: at(0), lastSeenAt: at(2) },
    ]);
    expect(later.remainder).toBeNull();
    const limited = await anomalies([contoso]);
    expect([limited.anomalies, limited.remainder]).toEqual([[], null]);
    const gone = await after(4, { status: "Everything is silent" });
    expect(gone.remainder).toContain("Everything is silent");
    expect(gone.anomalies).toMatchObject([{ state: "unconfirmed", unconfirmedSince: at(2) }]);
  });

  test("texts that no database takes are made storable; a name learned here is known everywhere", async () => {
    const odd = {
      ...silent(initech, "Syslog"),
      message: "NUL \0 and half a pair \ud800",
      workspaceName: "Initech\0",
    };
    const view = await after(0, { anomalies: [odd] });
    expect(one(view, "Syslog")[0]!.message).toBe("NUL  and half a pair \ufffd");
    expect(stateOf(view, initech)).toMatchObject({ workspaceName: "Initech", state: "read" });
    expect(fake.asked.at(-1)).toEqual({ call: "single", ids: [initech] });
  });

  test("connectors: connected, not connected, no longer listed, and a workspace left out is looked at by itself", async () => {
    fake.connectors.set(contoso, [
      { id: "a", name: "Syslog", connected: true },
      { id: "b", name: "Okta", connected: false },
    ]);
    fake.leftOut.add(fabrikam);
    const view = await connectors();
    expect(
      view.connectors.map(({ name, connected, lastConnectedAt }) => [name, connected, lastConnectedAt]),
    ).toEqual([
      ["Okta", false, null],
      ["Syslog", true, at(0)],
      ["Syslog via AMA", true, at(0)],
    ]);
    expect(fake.asked.map((each) => each.call)).toEqual(["across", "single"]);

    nowMs = start + 6 * minute;
    fake.connectors.set(contoso, [{ id: "a", name: "Syslog", connected: false }]);
    fake.singleFails = () => "UPSTREAM_FORBIDDEN";
    const later = await connectors();
    expect(later.connectors).toMatchObject([
      { name: "Okta", unlistedSince: at(0) },
      { name: "Syslog", connected: false, lastConnectedAt: at(0), unlistedSince: null, firstSeenAt: at(0) },
      { name: "Syslog via AMA", connected: true, unlistedSince: null },
    ]);
    expect(later.coverage).toMatchObject([
      { workspaceId: contoso, state: "read", rows: 1, since: at(6) },
      { workspaceId: fabrikam, state: "failed", since: at(0), reason: "The service account may not do this" },
    ]);
    expect(JSON.stringify(later)).not.toContain("never.example.test");
  });

  test("many workspaces are asked in batches of 50; one that fails leaves the others read", async () => {
    const many = Array.from(
      { length: 120 },
      (_, n) => `dddddddd-0000-4000-8000-${String(n).padStart(12, "0")}`,
    );
    for (const id of many) fake.connectors.set(id, [{ id: "a", name: "Syslog", connected: true }]);
    await withOrganisation(org, async (tx) => {
      await tx.delete(workspaces);
      await tx
        .insert(workspaces)
        .values(many.map((workspaceId) => ({ organisationId: org, workspaceId, learnedFrom: "users" })));
    });
    fake.acrossFails = (ids) => (ids.includes(many[60]!) ? "UPSTREAM_UNAVAILABLE" : null);
    const view = await connectors();
    expect(fake.asked.map((each) => each.ids?.length)).toEqual([50, 50, 20]);
    const states = view.coverage.map((entry) => entry.state);
    expect([
      states.filter((state) => state === "read").length,
      states.filter((state) => state === "failed").length,
    ]).toEqual([70, 50]);
    expect(view.coverage.find((entry) => entry.workspaceId === many[60])).toMatchObject({ since: null });
    expect(view.connectors).toHaveLength(70);
    // Read again by hand: only what is old enough.
    nowMs += 5_000;
    await connectors(null, "?fresh=1");
    expect(fake.asked).toHaveLength(3);
    nowMs += 6_000;
    await connectors(null, `?fresh=1&workspaceIds=${many[60]}&workspaceIds=${many[61]}`);
    expect(fake.asked.at(-1)).toEqual({ call: "across", ids: [many[60], many[61]] });
  });

  test("when the guessed calls are not there, the documented one and the named workspaces serve", async () => {
    fake.acrossFails = () => "UPSTREAM_NOT_FOUND";
    const { upstream } = fake;
    const guessed = upstream.anomalies;
    Object.assign(upstream, {
      anomalies: (ids: readonly string[] | null) => {
        fake.anomaliesFail = ids === null ? "UPSTREAM_INVALID" : null;
        return guessed(ids);
      },
    });
    const view = await after(0, { anomalies: [silent(contoso, "Syslog")] });
    expect(view.anomalies).toHaveLength(1);
    expect(fake.asked.filter((each) => each.call === "anomalies").map((each) => each.ids)).toEqual([
      null,
      [contoso, fabrikam],
    ]);
    expect((await connectors()).coverage.map((entry) => entry.state)).toEqual(["read", "read"]);
  });

  test("input that is not known is refused by its name", async () => {
    for (const query of ["?workspace=1", "?fresh=yes", "?workspace=a&workspace=b", "?scope=all"]) {
      const answer = await askAnomalies(null, query);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        400,
        "INVALID_INPUT",
      ]);
    }
  });
});
