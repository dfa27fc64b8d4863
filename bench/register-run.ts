import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SQL, sql } from "drizzle-orm";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { type IncidentQuery, wholeRegister } from "@/lib/domain/incident-query";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import { adoptDatabase, type OpenDatabase, prepareStore } from "@/lib/server/db/database";
import { openEmbedded } from "@/lib/server/db/embedded";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { finishReading } from "@/lib/server/register/finish-reading";
import { findCampaigns } from "@/lib/server/register/campaigns";
import { answerQuery } from "@/lib/server/register/query";
import { beginReading } from "@/lib/server/register/reading";
import { recordRows } from "@/lib/server/register/record";
import { percentile } from "./timing.mjs";

/*
 * The register on the embedded engine with 100,000 incidents, against hand-written SQL over the same rows: the page, the total
 * and the seven facets of one question, as a person would write them down, without row-level security. Prints JSON.
 */

const incidents = 100_000;
const rounds = 20;
const pageRows = 200;
const nowMs = Date.UTC(2026, 10, 24, 12);
const iso = (minutes: number) => new Date(nowMs - minutes * 60_000).toISOString();
const guid = (n: number) => `${String(n).padStart(8, "0")}-0000-4000-8000-000000000001`;
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** A provider's two months: 60 customers, 3 sources, 300 rules, 25 people; one in twenty is open. */
function incident(n: number): IncidentRow {
  const rule = (n * 7919) % 300;
  const person = (n * 31) % 25;
  const status = n % 20 === 0 ? pick(["New", "Active"], n / 20) : "Closed";
  return makeRow({
    id: `incident-${n}`,
    number: n,
    workspaceId: guid(n % 60),
    workspaceName: `Customer ${n % 60}`,
    source: pick(["Sentinel", "DefenderXDR", "CrowdStrike"], n % 60),
    title: `Rule ${rule}: unusual sign-in from a new place`,
    severity: pick(["Informational", "Low", "Medium", "High"], n * 13),
    status,
    creationTime: iso(n * 0.8),
    lastModificationTime: iso(n * 0.8 - (n % 97)),
    tactics: [
      pick(["InitialAccess", "Execution", "Impact"], rule),
      pick(["Discovery", "Exfiltration"], rule),
    ],
    ruleIds: [`rule-${rule}`],
    alertProductNames: [pick(["Defender for Endpoint", "Entra ID", "Sentinel"], rule)],
    user:
      n % 3 === 0
        ? null
        : { id: `p${person}`, displayName: `Person ${person}`, email: `p${person}@soc.test` },
    entities: [
      {
        id: "1",
        type: "Device",
        kind: "Host",
        displayName: null,
        friendlyName: null,
        hostName: `host-${n % 5_000}`,
      },
      {
        id: "2",
        type: "IP",
        kind: "IP",
        displayName: null,
        friendlyName: null,
        address: `10.${n % 200}.${n % 250}.7`,
      },
    ],
  });
}

const choice = (any: readonly string[], none: readonly string[] = []) => ({ any, none });
function question(
  facets: Partial<IncidentQuery["facets"]>,
  rest: Partial<IncidentQuery> = {},
): IncidentQuery {
  return { ...wholeRegister, ...rest, facets: { ...wholeRegister.facets, ...facets } };
}
const open = { status: choice(["Active", "New"]) };
const questions: Readonly<Record<string, IncidentQuery>> = {
  "open work": question(open),
  "open, High, by age": question(
    { ...open, severity: choice(["High"]) },
    { sort: { column: "age", descending: true } },
  ),
  "all, newest change": question({}),
  "all, by title": question({}, { sort: { column: "title", descending: false } }),
  "last week, not one owner": question({ owner: choice([], ["p3@soc.test"]) }, { from: iso(7 * 24 * 60) }),
  "three customers": question({ workspace: choice([guid(1), guid(2), guid(3)]) }),
  "one tactic, open": question({ ...open, tactic: choice(["Impact"]) }),
  "text, everything": question({}, { text: "host-4711" }),
  "text, open": question(open, { text: "rule 12 unusual" }),
};

/** A question as plain conditions; `without` leaves one facet out. */
function plainWhere(organisationId: string, query: IncidentQuery, without = ""): SQL {
  const column: Record<string, string> = {
    severity: "severity",
    status: "state",
    source: "source",
    owner: "owner",
    workspace: "workspace_id",
  };
  const conditions = [sql`organisation_id = ${organisationId}::uuid`];
  const list = (values: readonly string[]) =>
    sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    );
  for (const [facet, { any, none }] of Object.entries(query.facets)) {
    if (facet === without) continue;
    const name = column[facet];
    if (name === undefined && any.length > 0)
      conditions.push(sql`${sql.raw(facet === "tactic" ? "tactics" : "products")} && array[${list(any)}]`);
    if (name !== undefined && any.length > 0) conditions.push(sql`${sql.raw(name)} in (${list(any)})`);
    if (name !== undefined && none.length > 0)
      conditions.push(sql`(${sql.raw(name)} is null or ${sql.raw(name)} not in (${list(none)}))`);
  }
  if (query.from !== null) conditions.push(sql`created_at >= ${query.from}::timestamptz`);
  for (const word of query.text.split(" ").filter(Boolean)) conditions.push(sql`search like ${`%${word}%`}`);
  return sql.join(conditions, sql` and `);
}

async function handWritten(
  { db }: OpenDatabase,
  organisationId: string,
  query: IncidentQuery,
): Promise<number> {
  const order: Record<string, string> = { changed: "modified_at", age: "created_at", title: "title_sort" };
  const direction = query.sort.descending !== (query.sort.column === "age") ? "desc" : "asc";
  const where = (without?: string) => plainWhere(organisationId, query, without);
  let found = 0;
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      select i.*, r."row" from register_incidents as i
        join register_rows as r using (organisation_id, workspace_id, source, incident_id)
        where ${where()} order by ${sql.raw(`${order[query.sort.column]} ${direction}`)} nulls last, incident_id limit ${pageRows}`);
    const [total] = (
      (await tx.execute(
        sql`select count(*)::int as n from register_incidents where ${where()}`,
      )) as unknown as { rows: { n: number }[] }
    ).rows;
    found = total?.n ?? 0;
    for (const [facet, column] of [
      ["severity", "severity"],
      ["status", "state"],
      ["source", "source"],
      ["owner", "owner"],
      ["workspace", "workspace_id"],
    ] as const)
      await tx.execute(
        sql`select ${sql.raw(column)}, count(*) from register_incidents where ${where(facet)} group by 1`,
      );
    for (const [facet, column] of [
      ["tactic", "tactics"],
      ["product", "products"],
    ] as const)
      await tx.execute(
        sql`select each, count(*) from register_incidents, unnest(${sql.raw(column)}) as each where ${where(facet)} group by 1`,
      );
  });
  return found;
}

async function fill(organisationId: string): Promise<void> {
  const id = randomUUID();
  const times = { calledAt: iso(0), answeredAt: iso(0) };
  await withOrganisation(organisationId, (tx) =>
    beginReading(tx, {
      id,
      kind: "sweep",
      sources: [],
      windowFrom: iso(90_000),
      windowTo: iso(0),
      startedAt: iso(0),
    }),
  );
  for (let from = 0; from < incidents; from += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, n) => incident(from + n));
    await withOrganisation(organisationId, (tx) => recordRows(tx, { readingId: id, ...times, rows }));
  }
  const coverage = Array.from({ length: 60 }, (_, n) => ({
    workspaceId: guid(n),
    source: pick(["Sentinel", "DefenderXDR", "CrowdStrike"], n),
    state: "read" as const,
    asOf: iso(0),
    reason: null,
  }));
  await withOrganisation(organisationId, (tx) =>
    finishReading(tx, { readingId: id, endedAt: iso(0), outcome: "complete", failureCode: null, coverage }),
  );
}

const folder = mkdtempSync(join(tmpdir(), "watchfloor-bench-register-"));
const store = await prepareStore(await openEmbedded(join(folder, "db")));
adoptDatabase(store);
try {
  const [made] = await withPlatform((tx) =>
    tx.insert(organisations).values({ slug: "one", name: "One" }).returning(),
  );
  if (!made) throw new Error("no organisation");
  const started = performance.now();
  await fill(made.id);
  const fillMs = performance.now() - started;
  console.error(`register: ${incidents} incidents written in ${Math.round(fillMs / 1000)} s`);
  const results = [];
  for (const [name, query] of Object.entries(questions)) {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = -2; round < rounds; round += 1) {
      const a = performance.now();
      const answer = await withOrganisation(made.id, (tx) =>
        answerQuery(tx, query, { scope: { kind: "all" }, nowMs }, pageRows),
      );
      const b = performance.now();
      const found = await handWritten(store, made.id, query);
      const c = performance.now();
      if (answer.total !== found) throw new Error(`${name}: ${answer.total} and ${found} matches`);
      if (round < 0) continue;
      ours.push(b - a);
      theirs.push(c - b);
    }
    console.error(`register: ${name} measured`);
    results.push({
      name,
      ours: percentile(ours, 0.95),
      theirs: percentile(theirs, 0.95),
      oursMedian: percentile(ours, 0.5),
      theirsMedian: percentile(theirs, 0.5),
    });
  }
  const campaigns = [];
  for (const days of [1, 7, 30]) {
    const query = { ...question({}), from: iso(days * 24 * 60), to: iso(0) };
    const took: number[] = [];
    for (let round = -2; round < rounds; round += 1) {
      const begun = performance.now();
      await withOrganisation(made.id, (tx) =>
        findCampaigns(tx, { query, least: 3, kind: null }, { scope: { kind: "all" }, nowMs }),
      );
      if (round >= 0) took.push(performance.now() - begun);
    }
    console.error(`register: campaigns of ${days} days measured`);
    campaigns.push({ days, p95: percentile(took, 0.95), median: percentile(took, 0.5) });
  }
  console.log(JSON.stringify({ incidents, rounds, fillMs, results, campaigns }));
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
