import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Role } from "@/lib/domain/access";
import { type SavedView, type ViewsAnswer, viewsPerPerson } from "@/lib/domain/saved-view";
import type { Problem } from "@/lib/errors";
import { membershipOf } from "@/lib/server/access";
import { sessionCookieName } from "@/lib/server/auth/cookies";
import { requirePrincipal } from "@/lib/server/auth/session";
import { createSession } from "@/lib/server/auth/session-store";
import type { OpenDatabase } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { savedViews } from "@/lib/server/db/schema/views";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { ensurePerson, putMembership } from "@/lib/server/setup/people";
import { authSecret } from "@/lib/server/vault/keys";
import { viewAdd, viewChange, viewDefault, viewRemove, viewsList } from "./handle";
import { openingView } from "./read";

type Handler = (
  request: Request,
  route: { params: Promise<{ org: string; id: string }> },
) => Promise<Response>;

const guid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const high = "severity=High";

forEachEngine("saved views", (open) => {
  let store: OpenDatabase;
  let org = { main: "", globex: "" };
  let now = Date.UTC(2026, 10, 24, 12);
  let ada: string;
  let grace: string;
  let vera: string;
  let mark: string;
  let stranger: string;

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => vi.useRealTimers());

  /** A new person with a session; its cookie. */
  async function person(
    name: string,
    organisationId: string,
    role: Role,
    workspaces: "all" | string[] = "all",
  ): Promise<string> {
    const sid = await withPlatform(async (tx) => {
      const personId = await ensurePerson(tx, { email: `${name}@example.test`, name, passwordHash: "x" });
      await putMembership(tx, { personId, organisationId, role, workspaces });
      return createSession(tx, personId, new Date());
    });
    const cookie = await encode({ token: { sid }, secret: authSecret().reveal(), maxAge: 30 * 24 * 3_600 });
    return `${sessionCookieName()}=${cookie}`;
  }

  beforeEach(async () => {
    await emptyStore(store);
    vi.useFakeTimers({ toFake: ["Date"], now: (now += 24 * 3_600_000) });
    org = await withPlatform(async (tx) => {
      const [main, globex] = await tx
        .insert(organisations)
        .values([
          { slug: "main", name: "Main" },
          { slug: "globex", name: "Globex" },
        ])
        .returning({ id: organisations.id });
      return { main: main!.id, globex: globex!.id };
    });
    ada = await person("ada", org.main, "analyst");
    grace = await person("grace", org.main, "analyst");
    vera = await person("vera", org.main, "viewer", [guid(1)]);
    mark = await person("mark", org.main, "manager", [guid(1), guid(2)]);
    stranger = await person("stranger", org.globex, "admin");
  });

  async function ask(
    handler: Handler,
    by: string,
    {
      id = guid(9),
      method = "POST",
      body = {},
      slug = "main",
    }: {
      id?: string;
      method?: string;
      body?: unknown;
      slug?: string;
    } = {},
  ) {
    const headers = new Headers({ "x-watchfloor": "1", "content-type": "application/json", cookie: by });
    const request = new Request("http://127.0.0.1:3000/api", {
      method,
      headers,
      body: method === "GET" ? undefined : JSON.stringify(body),
    });
    const response = await handler(request, { params: Promise.resolve({ org: slug, id }) });
    const json = (await response.json()) as { data?: unknown } & Partial<Problem>;
    return { status: response.status, json };
  }

  const add = (by: string, body: object, slug = "main") => ask(viewAdd, by, { body, slug });
  const change = (by: string, id: string, body: object) => ask(viewChange, by, { id, method: "PUT", body });
  const remove = (by: string, id: string, slug = "main") =>
    ask(viewRemove, by, { id, method: "DELETE", slug });
  const choose = (by: string, key: string | null) => ask(viewDefault, by, { method: "PUT", body: { key } });
  const list = async (by: string, slug = "main") =>
    (await ask(viewsList, by, { method: "GET", slug })).json.data as ViewsAnswer;
  const views = async (by: string, slug = "main"): Promise<readonly SavedView[]> =>
    (await list(by, slug)).views;
  const names = async (by: string) => (await views(by)).map(({ name }) => name);
  const opening = async (by: string) => {
    const principal = await requirePrincipal(new Headers({ cookie: by }));
    return openingView({ principal, membership: membershipOf(principal, "main") });
  };
  async function made(by: string, body: object): Promise<string> {
    const { json } = await add(by, body);
    return (json.data as { id: string }).id;
  }
  const trail = () =>
    withOrganisation(org.main, (tx) =>
      tx
        .select({ action: audit.action, outcome: audit.outcome, detail: audit.detail })
        .from(audit)
        .orderBy(audit.seq),
    );

  test("a private view is its owner's alone: to others it does not exist, whatever they may do else", async () => {
    const id = await made(ada, { name: "My shift", query: high });
    expect(await views(ada)).toEqual([
      {
        id,
        name: "My shift",
        query: high,
        isShared: false,
        isOwn: true,
        ownerName: null,
        mayChange: true,
      },
    ]);
    for (const other of [grace, mark, vera]) {
      expect(await names(other)).toEqual([]);
      expect((await change(other, id, { name: "x" })).status).toBe(404);
      expect((await remove(other, id)).status).toBe(404);
      expect((await choose(other, id)).status).toBe(404);
    }
    expect(await names(ada)).toEqual(["My shift"]);
  });

  test("a shared one is seen by everybody, and changed by its owner and managers", async () => {
    const id = await made(ada, { name: "Night", query: high, isShared: true });
    expect(await views(grace)).toMatchObject([
      { id, name: "Night", ownerName: "ada", isOwn: false, mayChange: false },
    ]);
    expect((await change(grace, id, { name: "Day" })).status).toBe(403);
    expect((await remove(grace, id)).status).toBe(403);
    expect((await change(mark, id, { name: "Late" })).status).toBe(200);
    expect(await names(ada)).toEqual(["Late"]);
    expect((await change(ada, id, { isShared: false })).status).toBe(200);
    expect(await names(grace)).toEqual([]);
    expect((await remove(mark, id)).status).toBe(404);
  });

  test("a viewer keeps views, and shares none", async () => {
    expect((await add(vera, { name: "Mine", query: "", isShared: true })).status).toBe(403);
    const id = await made(vera, { name: "Mine", query: "" });
    expect((await change(vera, id, { isShared: true })).status).toBe(403);
    expect((await change(vera, id, { name: "Still mine" })).status).toBe(200);
    expect(await names(grace)).toEqual([]);
  });

  test("another organisation sees, changes and takes nothing of it", async () => {
    const id = await made(ada, { name: "Night", query: high, isShared: true });
    expect(await views(stranger, "globex")).toEqual([]);
    expect((await ask(viewsList, stranger, { method: "GET" })).status).toBe(404);
    expect((await remove(stranger, id, "globex")).status).toBe(404);
    expect((await add(stranger, { name: "Night", query: high }, "globex")).status).toBe(200);
    expect(await names(ada)).toEqual(["Night"]);
  });

  describe("a person of some workspaces", () => {
    const of = (...n: number[]) => `workspace=${n.map(guid).join("%2C")}`;

    test("is told of no other workspace", async () => {
      await made(ada, { name: "Both", query: of(1, 3), isShared: true });
      await made(ada, {
        name: "Without",
        query: `workspace=${encodeURIComponent("!")}${guid(3)}`,
        isShared: true,
      });
      const told = await views(vera);
      expect(told.map(({ name, query }) => [name, query])).toEqual([
        ["Both", of(1)],
        ["Without", ""],
      ]);
      expect(JSON.stringify(told)).not.toContain(guid(3));
    });

    test("does not learn of a view that is about others only, not even its name", async () => {
      const id = await made(ada, { name: "Fabrikam", query: of(3), isShared: true });
      expect(await names(vera)).toEqual([]);
      expect((await choose(vera, id)).status).toBe(404);
      expect((await remove(mark, id)).status).toBe(404);
      expect(await names(grace)).toEqual(["Fabrikam"]);
    });

    test("cannot save over what they see in part, which would lose the rest; can rename it", async () => {
      const id = await made(ada, { name: "Three", query: of(1, 2, 3), isShared: true });
      expect((await change(mark, id, { query: high })).status).toBe(403);
      expect((await change(mark, id, { name: "All" })).status).toBe(200);
      expect((await views(ada))[0]).toMatchObject({ name: "All", query: of(1, 2, 3) });
    });

    test("saves no workspace that they may not see", async () => {
      await made(vera, { name: "Mine", query: of(1, 2) });
      expect((await views(vera))[0]?.query).toBe(of(1));
      expect((await add(vera, { name: "Theirs", query: of(2) })).status).toBe(400);
    });

    test("keeps a view of theirs whose workspaces they lost, empty, so that it can be deleted", async () => {
      const id = await made(mark, { name: "Second", query: of(2) });
      const { personId } = await requirePrincipal(new Headers({ cookie: mark }));
      await withPlatform((tx) =>
        putMembership(tx, { personId, organisationId: org.main, role: "manager", workspaces: [guid(1)] }),
      );
      vi.setSystemTime(Date.now() + 2_100);
      expect((await views(mark))[0]?.query).toBe("workspace=00000000-0000-0000-0000-000000000000");
      expect((await remove(mark, id)).status).toBe(200);
    });
  });

  test("a name is one owner's once, however it is written, also when two ask at the same time", async () => {
    const both = await Promise.all([
      add(ada, { name: "My shift", query: "" }),
      add(ada, { name: "  MY SHIFT ", query: high }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(both.find(({ status }) => status === 400)?.json.errors).toEqual({
      name: ["Another view has this name."],
    });
    expect((await add(grace, { name: "My shift", query: "" })).status).toBe(200);
    const other = await made(ada, { name: "Other", query: "" });
    expect((await change(ada, other, { name: "my Shift" })).status).toBe(400);
    expect((await change(ada, other, { name: "OTHER" })).status).toBe(200);
  });

  test("keeps at most so many of one person, also when two ask at the same time", async () => {
    const { personId: ownerId } = await requirePrincipal(new Headers({ cookie: ada }));
    await withOrganisation(org.main, (tx) =>
      tx.insert(savedViews).values(
        Array.from({ length: viewsPerPerson - 1 }, (_, n) => ({
          organisationId: org.main,
          ownerId,
          name: `View ${n}`,
          nameKey: `view ${n}`,
          query: "",
        })),
      ),
    );
    const both = await Promise.all(["a", "b"].map((name) => add(ada, { name, query: "" })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await add(grace, { name: "a", query: "" })).status).toBe(200);
  });

  test.each([
    [{ name: "", query: "" }, "name"],
    [{ name: "x".repeat(61), query: "" }, "name"],
    [{ name: "a\u0000b", query: "" }, "name"],
    [{ name: "x", query: "severity=Awful" }, "query"],
    [{ name: "x", query: "sort=-colour" }, "query"],
    [{ name: "x", query: "open=a/b/c" }, "query"],
    [{ name: "x", query: "surprise=1" }, "query"],
    [{ name: "x", query: "", owner: "grace" }, "owner"],
  ])("refuses %o", async (body, field) => {
    const { status, json } = await add(ada, body);
    expect(status).toBe(400);
    expect(Object.keys(json.errors ?? {})).toEqual([field]);
  });

  test("keeps the view in its one spelling", async () => {
    await made(ada, { name: "x", query: "cols=title%2Cage&severity=high&status=new,active&rows=normal" });
    expect((await views(ada))[0]?.query).toBe("severity=High&cols=title%2Cage");
  });

  test("opens with the view that the person chose, for as long as they may know of it", async () => {
    expect(await opening(grace)).toBeNull();
    const id = await made(ada, { name: "Night", query: high, isShared: true });
    expect((await choose(grace, id)).status).toBe(200);
    expect((await list(grace)).defaultKey).toBe(id);
    expect(await opening(grace)).toEqual({ key: id, query: high });
    expect(await opening(ada)).toBeNull();
    await change(ada, id, { isShared: false });
    expect((await list(grace)).defaultKey).toBeNull();
    expect(await opening(grace)).toBeNull();
    expect((await choose(grace, "mine")).status).toBe(200);
    expect(await opening(grace)).toEqual({ key: "mine", query: "owner=grace%40example.test" });
    for (const key of ["open", null]) {
      await choose(grace, "mine");
      expect((await choose(grace, key)).status).toBe(200);
      expect(await opening(grace)).toBeNull();
    }
    expect((await choose(grace, "'; drop table")).status).toBe(404);
  });

  test("each change and each no is in the audit; what is private is there without its name", async () => {
    const id = await made(ada, { name: "Secret plan", query: high });
    await change(ada, id, { query: "" });
    await change(ada, id, { isShared: true });
    await change(grace, id, { name: "x" });
    await choose(grace, id);
    await remove(ada, id);
    const rows = await trail();
    expect(rows.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "view.add done",
      "view.change done",
      "view.change done",
      "view.change refused",
      "view.default done",
      "view.remove done",
    ]);
    expect(rows[0]?.detail).toEqual({ view: id, isShared: false });
    expect(rows[2]?.detail).toEqual({
      view: id,
      name: "Secret plan",
      isShared: true,
      changed: ["isShared"],
    });
  });
});
