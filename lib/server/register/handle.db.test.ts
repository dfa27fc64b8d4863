import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Principal, WorkspaceScope } from "@/lib/domain/access";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import type { IncidentsAnswer } from "@/lib/domain/register";
import { Failure } from "@/lib/errors";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { forEachEngine } from "@/lib/server/db/testing";
import { appendEvents } from "@/lib/server/live/log";
import { finishReading } from "./finish-reading";
import type { RegisterDependencies } from "./call";
import { incidentsView } from "./handle";
import { incidentsExport } from "./handle-export";
import { beginReading } from "./reading";
import { recordRows } from "./record";

const contoso = "aaaaaaaa-0000-4000-8000-000000000001";
const fabrikam = "bbbbbbbb-0000-4000-8000-000000000002";
const nowMs = Date.UTC(2026, 10, 24, 12);
const at = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();

forEachEngine("the register's calls", (open) => {
  let org = "";
  let scope: WorkspaceScope = { kind: "all" };
  let mayRead = true;

  beforeAll(async () => {
    await open();
    const made = await withPlatform((tx) =>
      tx.insert(organisations).values({ slug: "one", name: "One" }).returning(),
    );
    org = made[0]!.id;
    const rows = Array.from({ length: 45 }, (_, index) =>
      makeRow({
        id: `i${String(index).padStart(2, "0")}`,
        workspaceId: index < 30 ? contoso : fabrikam,
        workspaceName: index < 30 ? "Contoso" : "Fabrikam",
        title: index === 3 ? `=HYPERLINK("http://x")` : "Sign-in",
        lastModificationTime: at(-index),
      }),
    );
    const id = randomUUID();
    await withOrganisation(org, async (tx) => {
      await beginReading(tx, {
        ...{ id, kind: "sweep" as const, sources: [] },
        ...{ windowFrom: at(-60), windowTo: at(0), startedAt: at(0) },
      });
      await recordRows(tx, { readingId: id, calledAt: at(0), answeredAt: at(0), rows });
      const held = { source: "Sentinel", asOf: at(0), reason: null };
      await finishReading(tx, {
        ...{ readingId: id, endedAt: at(0), outcome: "complete" as const, failureCode: null },
        coverage: [
          { ...held, workspaceId: contoso, state: "read" },
          { ...held, workspaceId: fabrikam, state: "failed", reason: "did not answer" },
        ],
      });
    });
  });

  beforeEach(() => {
    scope = { kind: "all" };
    mayRead = true;
  });

  const requirePrincipal = (): Promise<Principal> => {
    if (!mayRead) return Promise.reject(new Failure("NOT_SIGNED_IN"));
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
  const ask = (query: string, slug = "one") =>
    incidentsView(deps)(new Request(`http://x/api/${slug}/incidents${query}`), {
      params: Promise.resolve({ org: slug }),
    });
  const take = (query: string) =>
    incidentsExport(deps)(new Request(`http://x/api/one/incidents/export${query}`), {
      params: Promise.resolve({ org: "one" }),
    });
  const exports = () =>
    withOrganisation(org, (tx) => tx.select().from(audit).where(eq(audit.action, "incidents.export")));

  test("a page with its count, facets and basis; a bad question names its member; a foreign organisation is not there", async () => {
    const answer = await ask("?status=New&sort=age");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { data } = (await answer.json()) as { data: IncidentsAnswer };
    expect(data).toMatchObject({ total: 45, next: null, asOf: at(0), window: { isCovered: false } });
    const refused = await ask("?sort=colour&severity=");
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { errors: object }).errors).toEqual({
      severity: ["holds a value that is empty or too long"],
      sort: ["is not a column"],
    });
    const misplaced = `?sort=severity&after=${encodeURIComponent('["x",null,"w","s","i"]')}`;
    expect((await ask(misplaced)).status).toBe(400);
    expect((await ask("", "two")).status).toBe(404);
  });

  test("who sees everything is answered from one reading, with a place of their own, until something happens; others never", async () => {
    const view = incidentsView(deps);
    const get = async () => {
      const answer = await view(new Request("http://x/api/one/incidents"), {
        params: Promise.resolve({ org: "one" }),
      });
      return ((await answer.json()) as { data: IncidentsAnswer }).data;
    };
    const retitle = (title: string) =>
      withOrganisation(org, (tx) =>
        tx.execute(sql`update register_rows set "row" = jsonb_set("row", '{title}', to_jsonb(${title}::text))
          where incident_id = 'i00'`),
      );
    const title = (data: IncidentsAnswer) => data.incidents.find(({ id }) => id === "i00")?.title;
    const first = await get();
    // Behind the register's back: no event tells of it.
    await retitle("Not told of");
    const second = await get();
    expect(title(second)).toBe("Sign-in");
    expect({ ...second, position: null }).toEqual({ ...first, position: null });
    expect(second.position).not.toBe(first.position);
    scope = { kind: "list", ids: new Set([contoso]) };
    expect(title(await get())).toBe("Not told of");
    scope = { kind: "all" };
    await withOrganisation(org, (tx) => appendEvents(tx, [{ topic: "coverage", workspaceId: null }]));
    expect(title(await get())).toBe("Not told of");
    await retitle("Sign-in");
  });

  test("a foreign, an unknown and a forbidden workspace look the same", async () => {
    scope = { kind: "list", ids: new Set([contoso]) };
    const asked = async (workspace: string) => {
      const { data } = (await (await ask(`?workspace=${workspace}`)).json()) as { data: IncidentsAnswer };
      // Sealed anew each time, so that it tells nothing by itself.
      return JSON.stringify({ ...data, position: null });
    };
    const unknown = "cccccccc-0000-4000-8000-000000000003";
    expect(await asked(fabrikam)).toBe(await asked(unknown));
    expect(await asked(contoso)).toContain('"total":30');
  });

  test("a file holds all matches behind what it rests on, formulas made harmless, and is written down first", async () => {
    const before = (await exports()).length;
    const csv = await take("?format=csv&severity=High&sort=number");
    expect(csv.headers.get("content-disposition")).toContain('filename="incidents-one-2026-11-24T1200.csv"');
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await csv.arrayBuffer());
    const [head = "", body = ""] = text.split("\r\n\r\n");
    expect(head.startsWith('\uFEFF"taken","2026-11-24T12:00:00.000Z"')).toBe(true);
    expect(head).toContain('"filter","severity=High&sort=number"');
    expect(head).toContain('"rows, at least","45"');
    expect(head).toContain('"not current","Fabrikam, Sentinel: did not answer, last read never"');
    expect(body.trimEnd().split("\r\n")).toHaveLength(46);
    expect(body).toContain(`"'=HYPERLINK(""http://x"")"`);
    const lines = (await (await take(`?format=jsonl&workspace=${contoso}&from=${at(-60)}`)).text())
      .trimEnd()
      .split("\n");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ rows: 30, window: { isCovered: true } });
    expect(new Set(lines.slice(1).map((line) => (JSON.parse(line) as { id: string }).id)).size).toBe(30);
    const written = (await exports()).slice(before);
    expect(written.map(({ detail }) => detail)).toContainEqual({
      format: "csv",
      filter: "severity=High&sort=number",
    });
    expect((await take("?format=xls")).status).toBe(400);
    expect((await exports()).length).toBe(before + 2);
  });

  test("SEC-07: a file that is under way breaks off when the person may no longer read, or sees other workspaces", async () => {
    const changes = [() => (mayRead = false), () => (scope = { kind: "list", ids: new Set([contoso]) })];
    for (const change of changes) {
      mayRead = true;
      scope = { kind: "all" };
      const reader = (await take("?format=jsonl")).body!.getReader();
      await reader.read();
      await reader.read();
      change();
      const rest = async () => {
        for (let pieces = 0; pieces < 10; pieces += 1) if ((await reader.read()).done) return "whole";
        return "endless";
      };
      await expect(rest()).rejects.toThrow();
    }
  });
});
