import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { forEachEngine } from "@/lib/server/db/testing";
import { hostileHeaders } from "@/lib/server/proxy/testing/hostile-headers";
import { type Actor, actors, type Standing } from "@/lib/server/proxy/testing/access-table";
import type { MatrixCallers } from "@/lib/server/proxy/testing/matrix-callers";
import { scopeIn, unknownWorkspace } from "@/lib/server/proxy/testing/matrix-input";
import { storedCallers } from "@/lib/server/proxy/testing/stored-callers";

const root = join(process.cwd(), "app/api/[org]");
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];

/** Who gets past the access check, and with which status then. */
interface Row {
  readonly who: readonly Standing[];
  /** Only who sees all workspaces of the organisation. */
  readonly isOfAll?: boolean;
  readonly passes: readonly number[];
}

const people: readonly Standing[] = ["viewer", "analyst", "manager", "admin"];
const managers: readonly Standing[] = ["manager", "admin"];
const admins: readonly Standing[] = ["admin"];
/** Changes are asked with a member that nobody declared: refused as 400 once the access check is passed, so that nothing is changed. */
const changed = [400];
/** Reads of upstream: past the access check they find that this organisation has no connection. */
const unconnected = [409];
/** The thing named in the address does not exist. */
const missing = [404];

/**
 * Every call of our own inside an organisation, written by hand. A route or method that is not here fails the suite: say who may call it.
 */
const table: Readonly<Record<string, Partial<Record<Method, Row>>>> = {
  workspaces: { GET: { who: [...people, "display"], passes: [200] } },
  "workspaces/overview": { GET: { who: people, passes: [200] } },
  // Nobody knows the workspace of the address, or may see it.
  "workspaces/[id]": {
    GET: { who: people, passes: missing },
    PUT: { who: managers, passes: changed },
  },
  "workspaces/changes": { POST: { who: managers, passes: changed } },
  incidents: { GET: { who: [...people, "display"], passes: [200] } },
  events: { GET: { who: [...people, "display"], passes: [200] } },
  collector: { GET: { who: people, passes: [200] } },
  "incidents/rows": { GET: { who: [...people, "display"], passes: [200] } },
  // Without the place to go on from.
  "incidents/changes": { GET: { who: [...people, "display"], passes: [400] } },
  "incidents/summary": { GET: { who: [...people, "display"], passes: [200] } },
  "incidents/hours": { GET: { who: [...people, "display"], passes: [200] } },
  // Without what to stack by.
  "incidents/stacks": { GET: { who: [...people, "display"], passes: [400] } },
  "incidents/campaigns": { GET: { who: [...people, "display"], passes: [200] } },
  "incidents/export": { GET: { who: people, passes: [400] } },
  "data-sources/anomalies": { GET: { who: people, passes: unconnected } },
  "data-sources/anomalies/[id]": { GET: { who: people, passes: missing } },
  "data-sources/connectors": { GET: { who: people, passes: unconnected } },
  "account/sessions": {
    GET: { who: people, passes: [200] },
    DELETE: { who: people, passes: changed },
  },
  "account/sessions/[session]": { DELETE: { who: people, passes: changed } },
  audit: { GET: { who: admins, passes: [200] } },
  "audit/export": { GET: { who: admins, passes: [400] } },
  connection: { GET: { who: admins, passes: [200] }, PUT: { who: admins, passes: changed } },
  "connection/test": { POST: { who: admins, passes: changed } },
  "connection/credential": { POST: { who: admins, passes: changed } },
  "connection/credential/switch": { POST: { who: admins, passes: changed } },
  "connection/credential/retire": { POST: { who: admins, passes: changed } },
  members: { GET: { who: admins, isOfAll: true, passes: [200] } },
  "members/[id]": {
    PUT: { who: admins, isOfAll: true, passes: changed },
    DELETE: { who: admins, isOfAll: true, passes: changed },
  },
  "members/[id]/sessions": {
    GET: { who: admins, isOfAll: true, passes: missing },
    DELETE: { who: admins, isOfAll: true, passes: changed },
  },
  "members/[id]/sessions/[session]": { DELETE: { who: admins, isOfAll: true, passes: changed } },
  invitations: { POST: { who: admins, isOfAll: true, passes: changed } },
  "invitations/[id]": { DELETE: { who: admins, isOfAll: true, passes: changed } },
  // Groups that sight rests on are an administrator's alone: `members.db.test.ts`.
  "workspace-groups": { POST: { who: managers, isOfAll: true, passes: changed } },
  "workspace-groups/[id]": {
    PUT: { who: managers, isOfAll: true, passes: changed },
    DELETE: { who: managers, isOfAll: true, passes: changed },
  },
  "webhooks/deliveries": { POST: { who: managers, passes: unconnected } },
  "webhooks/health": { GET: { who: managers, passes: unconnected } },
  "webhooks/[id]/notes": { GET: { who: managers, passes: unconnected } },
  views: { GET: { who: people, passes: [200] }, POST: { who: people, passes: changed } },
  "views/[id]": { PUT: { who: people, passes: changed }, DELETE: { who: people, passes: changed } },
  "views/default": { PUT: { who: people, passes: changed } },
  portal: { GET: { who: people, passes: [200] } },
  "webhooks/recovery": {
    GET: { who: managers, passes: [200, 409] },
    POST: { who: admins, passes: [400, 409] },
  },
  "webhooks/recovery/[id]": {
    GET: { who: managers, passes: [404, 409] },
    POST: { who: admins, passes: [400, 404, 409] },
  },
  "webhooks/recovery/[id]/items": { GET: { who: managers, passes: [404, 409] } },
  "webhooks/recovery/[id]/report": { GET: { who: managers, passes: [404, 409] } },
  "webhooks/[id]/state": { POST: { who: admins, passes: unconnected } },
};
/** The proxy's operations have a matrix of their own. */
const elsewhere = ["v2/[...path]"];

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const routes = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((path) => path.split(sep).join("/"))
  .filter((path) => path.endsWith("/route.ts"))
  .map((path) => path.replace("/route.ts", ""))
  .filter((path) => !elsewhere.includes(path))
  .sort();
const handlersOf = async (route: string) =>
  (await import(join(root, route, "route.ts"))) as Partial<Record<Method, Handler>>;

const someId = "00000000-0000-4000-8000-000000000000";

function ask(route: string, method: Method, handler: Handler, headers: Readonly<Record<string, string>>) {
  const address = route.replaceAll(/\[\w+\]/g, someId);
  const own = { "content-type": "application/json", "x-watchfloor": "1", "sec-fetch-site": "same-origin" };
  const request = new Request(`http://localhost:3000/api/main/${address}`, {
    method,
    headers: { ...(method === "GET" ? {} : own), ...headers },
    body: method === "GET" ? undefined : JSON.stringify({ surprise: 1 }),
  });
  const names = [...route.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => [name, someId]);
  return handler(request, { params: Promise.resolve({ org: "main", ...Object.fromEntries(names) }) });
}

/** What an answer says. A stream goes on for ever: whoever gets one has passed, and leaves. */
async function textOf(answer: Response): Promise<string> {
  if (!answer.headers.get("content-type")?.startsWith("text/event-stream")) return answer.text();
  await answer.body?.cancel();
  return "{}";
}

function expected({ standing, ended, org, scope }: Actor, { who, isOfAll, passes }: Row): string[] {
  if (standing === null || ended) return ["401 NOT_SIGNED_IN"];
  // Where only people are asked for, a display is nobody; where callers are, it lacks the right.
  if (standing === "display" && !who.includes("display")) return ["401 NOT_SIGNED_IN", "403 FORBIDDEN"];
  if (org !== "main") return ["404 NOT_FOUND"];
  const isAllowed = who.includes(standing) && (!isOfAll || scope === "all");
  if (!isAllowed) return ["403 FORBIDDEN"];
  const codes: Readonly<Record<number, string>> = {
    200: "",
    400: " INVALID_INPUT",
    404: " NOT_FOUND",
    409: " NO_CONNECTION",
  };
  return passes.map((status) => `${status}${codes[status] ?? ""}`);
}

describe("SEC-04: every route of ours has its row", () => {
  test("by address and method", async () => {
    const offered = await Promise.all(
      routes.map(async (route) => {
        const handlers = await handlersOf(route);
        return [route, methods.filter((method) => handlers[method]).sort()];
      }),
    );
    const written = Object.entries(table).map(([route, row]) => [route, Object.keys(row).sort()]);
    expect(
      Object.fromEntries(offered),
      "say in `table` who may call a new route or method, and take out what is gone",
    ).toEqual(Object.fromEntries(written));
  });
});

forEachEngine("SEC-04: our own routes", (open) => {
  let callers: MatrixCallers;

  beforeAll(async () => {
    await open();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    callers = await storedCallers(() => vi.setSystemTime(Date.now() + 2_100));
    const places = {
      own: someId,
      second: unknownWorkspace,
      third: unknownWorkspace,
      foreign: unknownWorkspace,
    };
    await callers.place(new Map(actors.map((actor) => [actor, scopeIn("allowed", actor, places, true)])));
  });
  afterAll(() => void vi.useRealTimers());

  const cells = Object.entries(table).flatMap(([route, row]) =>
    methods.flatMap((method) => (row[method] ? [[method, route, row[method]] as const] : [])),
  );

  test.each(cells)("%s %s", async (method, route, row) => {
    const handler = (await handlersOf(route))[method];
    if (!handler) throw new Error("There is no such method.");
    const faults: string[] = [];
    for (const actor of actors) {
      const answer = await ask(route, method, handler, callers.headersOf(actor));
      const body = JSON.parse(await textOf(answer)) as { code?: string };
      const is = `${answer.status}${body.code ? ` ${body.code}` : ""}`;
      const should = expected(actor, row);
      if (!should.includes(is)) faults.push(`${actor.name}: ${is}, not ${should.join(" or ")}`);
      if (answer.headers.get("cache-control")?.split(", ")[0] !== "no-store")
        faults.push(`${actor.name}: may be kept by caches`);
    }
    expect(faults).toEqual([]);
  });

  test("SEC-03: forty hostile headers change nothing about who may call what, and come back in no answer", async () => {
    const { cookie: _cookie, ...hostile } = hostileHeaders;
    expect(Object.keys(hostile).length).toBeGreaterThanOrEqual(40);
    const faults: string[] = [];
    for (const [method, route, row] of cells) {
      const handler = (await handlersOf(route))[method];
      if (!handler) throw new Error("There is no such method.");
      for (const actor of actors.filter(({ name }) => ["nobody", "admin", "analyst of A"].includes(name))) {
        const headers = { ...hostile, ...callers.headersOf(actor) };
        const answer = await ask(route, method, handler, headers);
        const text = await textOf(answer);
        const { code } = JSON.parse(text) as { code?: string };
        const is = `${answer.status}${code ? ` ${code}` : ""}`;
        if (!expected(actor, row).includes(is)) faults.push(`${method} ${route}, ${actor.name}: ${is}`);
        const said = JSON.stringify([...answer.headers]) + text;
        if (/evil|chosen-by-caller/.test(said)) faults.push(`${method} ${route}: repeats what it was sent`);
      }
    }
    expect(faults).toEqual([]);
  });
});
