import { encode } from "next-auth/jwt";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { GET as workspacesGet } from "@/app/api/[org]/workspaces/route";
import type { Role } from "@/lib/domain/access";
import { invitationMs, type MemberScope, type MembersView, type NewInvitation } from "@/lib/domain/members";
import type { Problem } from "@/lib/errors";
import { sessionCookieName } from "@/lib/server/auth/cookies";
import { signInLimits } from "@/lib/server/auth/limits";
import { hashPassword } from "@/lib/server/auth/password";
import { createSession } from "@/lib/server/auth/session-store";
import { auth } from "@/lib/server/auth/session";
import type { OpenDatabase } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { invitations, organisations, people } from "@/lib/server/db/schema/platform";
import { audit, workspaces } from "@/lib/server/db/schema/tenant";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { ensurePerson, putMembership } from "@/lib/server/setup/people";
import { authSecret } from "@/lib/server/vault/keys";
import {
  groupAdd,
  groupChange,
  groupRemove,
  invitationAccept,
  invitationAdd,
  invitationLook,
  invitationWithdraw,
  memberChange,
  memberRemove,
  membersView,
} from "./handle";

type Handler = (
  request: Request,
  route: { params: Promise<{ org: string; id: string }> },
) => Promise<Response>;

const all: MemberScope = { kind: "all" };
const guid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const nobody = "00000000-0000-4000-8000-0000000000ff";

forEachEngine("the people of an organisation", (open) => {
  let store: OpenDatabase;
  let org = { main: "", globex: "" };
  let now = Date.UTC(2026, 10, 24, 12);
  let ada: Person;
  let grace: Person;
  let stranger: Person;

  interface Person {
    readonly id: string;
    readonly email: string;
    readonly cookie: string;
  }

  async function signedIn(id: string, email: string): Promise<Person> {
    const sid = await withPlatform((tx) => createSession(tx, id, new Date()));
    const cookie = await encode({ token: { sid }, secret: authSecret().reveal(), maxAge: 30 * 24 * 3_600 });
    return { id, email, cookie: `${sessionCookieName()}=${cookie}` };
  }

  async function person(name: string, organisationId: string | null, role: Role = "viewer"): Promise<Person> {
    const email = `${name}@example.test`;
    const id = await withPlatform(async (tx) => {
      const made = await ensurePerson(tx, { email, name, passwordHash: ownHash });
      if (organisationId !== null)
        await putMembership(tx, { personId: made, organisationId, role, workspaces: "all" });
      return made;
    });
    return signedIn(id, email);
  }

  const ownPassword = "correct horse battery";
  let ownHash = "";

  beforeAll(async () => {
    store = await open();
    ownHash = await hashPassword(ownPassword);
  });
  beforeEach(async () => {
    await emptyStore(store);
    vi.useFakeTimers({ toFake: ["Date"], now: (now += 3_600_000) });
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
    await withOrganisation(org.main, (tx) =>
      tx.insert(workspaces).values(
        [1, 2, 3].map((n) => ({
          organisationId: org.main,
          workspaceId: guid(n),
          name: `Customer ${n}`,
          learnedFrom: "test",
        })),
      ),
    );
    ada = await person("ada", org.main, "admin");
    grace = await person("grace", org.main, "analyst");
    stranger = await person("stranger", org.globex, "admin");
  });
  afterAll(() => vi.useRealTimers());

  async function ask(
    handler: Handler,
    by: Person | null,
    {
      id = nobody,
      method = "POST",
      body,
      slug = "main",
    }: { id?: string; method?: string; body?: unknown; slug?: string } = {},
  ) {
    const headers = new Headers({ "x-watchfloor": "1", "content-type": "application/json" });
    if (by) headers.set("cookie", by.cookie);
    const request = new Request("http://127.0.0.1:3000/api", {
      method,
      headers,
      body: method === "GET" || body === undefined ? undefined : JSON.stringify(body),
    });
    const response = await handler(request, { params: Promise.resolve({ org: slug, id }) });
    const json = (await response.json()) as { data?: unknown } & Partial<Problem>;
    return { status: response.status, json };
  }

  const change = (by: Person, of: Person, role: Role, scope: MemberScope = all, isDisabled = false) =>
    ask(memberChange, by, {
      id: of.id,
      method: "PUT",
      body: { role, scope, isDisabled, password: ownPassword },
    });
  const view = async () => (await ask(membersView, ada, { method: "GET" })).json.data as MembersView;
  const seenBy = async (who: Person) => {
    const { status, json } = await ask(workspacesGet, who, { method: "GET" });
    return status === 200
      ? (json.data as { workspaces: { id: string }[] }).workspaces.map(({ id }) => id).sort()
      : status;
  };
  const acts = async () => {
    const rows = await withOrganisation(org.main, (tx) => tx.select().from(audit).orderBy(audit.seq));
    return rows.map(({ action, outcome, personId, detail }) => ({ action, outcome, personId, detail }));
  };
  const invite = async (email: string, scope: MemberScope = all) => {
    const made = await ask(invitationAdd, ada, { body: { email, role: "analyst", scope } });
    expect(made.status).toBe(200);
    return made.json.data as NewInvitation;
  };
  const account = { name: "New Person", password: "a-long-enough-password" };

  test("role, scope, disabling and removal act on calls and pages within five seconds", async () => {
    expect(await seenBy(grace)).toEqual([guid(1), guid(2), guid(3)]);
    expect((await change(ada, grace, "viewer", { kind: "list", workspaceIds: [guid(2)] })).status).toBe(200);
    vi.setSystemTime(now + 5_000);
    expect(await seenBy(grace)).toEqual([guid(2)]);
    expect((await auth(new Headers({ cookie: grace.cookie })))?.memberships).toMatchObject([
      { role: "viewer" },
    ]);
    await change(ada, grace, "viewer", all, true);
    vi.setSystemTime(now + 10_000);
    expect(await seenBy(grace)).toBe(404);
    expect((await auth(new Headers({ cookie: grace.cookie })))?.memberships).toEqual([]);
    await change(ada, grace, "viewer", all, false);
    vi.setSystemTime(now + 15_000);
    expect(await seenBy(grace)).toEqual([guid(1), guid(2), guid(3)]);
    await ask(memberRemove, ada, { id: grace.id, method: "DELETE" });
    vi.setSystemTime(now + 20_000);
    expect(await seenBy(grace)).toBe(404);
    expect((await acts()).map(({ action }) => action)).toEqual([
      "member.change",
      "member.disable",
      "member.enable",
      "member.remove",
    ]);
  });

  test("the last administrator of all workspaces stays one, whichever way it is tried", async () => {
    for (const attempt of [
      () => change(ada, ada, "manager"),
      () => change(ada, ada, "admin", { kind: "list", workspaceIds: [guid(1)] }),
      () => change(ada, ada, "admin", all, true),
      () => ask(memberRemove, ada, { id: ada.id, method: "DELETE" }),
    ]) {
      const refused = await attempt();
      expect([refused.status, refused.json.code]).toEqual([409, "CONFLICT"]);
    }
    expect((await view()).members).toMatchObject([{ role: "admin", scope: all, disabledAt: null }, {}]);
    const byAda = { outcome: "refused", personId: ada.id };
    const why = { member: ada.id, code: "CONFLICT", reason: expect.stringContaining("last administrator") };
    expect(await acts()).toMatchObject([
      { ...byAda, action: "member.change", detail: { ...why, asked: { role: "manager" } } },
      { ...byAda, action: "member.change", detail: { ...why, asked: { scope: { kind: "list" } } } },
      { ...byAda, action: "member.change", detail: { ...why, asked: { isDisabled: true } } },
      { ...byAda, action: "member.remove", detail: why },
    ]);
    await change(ada, grace, "admin");
    expect((await change(ada, ada, "viewer")).status).toBe(200);
  });

  test("two administrators who take each other's role away at the same time leave one", async () => {
    await change(ada, grace, "admin");
    vi.setSystemTime(now + 5_000);
    // Both are known as administrators before either acts, so that it is the turn-taking that decides.
    for (const { cookie } of [ada, grace]) await auth(new Headers({ cookie }));
    const answers = await Promise.all([change(ada, grace, "viewer"), change(grace, ada, "viewer")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("nobody but an administrator of all workspaces manages people", async () => {
    const groupTries = async (by: Person | null) => [
      await ask(groupAdd, by, { body: { name: "G", workspaceIds: [guid(1)] } }),
      await ask(groupChange, by, { method: "PUT", body: { name: "G", workspaceIds: [guid(1)] } }),
      await ask(groupRemove, by, { method: "DELETE" }),
    ];
    // A manager keeps groups that nobody's sight rests on (`workspace-profiles`).
    const tries = async (by: Person | null, isKeeper = false) => {
      const body = { email: "x@example.test", role: "admin", scope: all };
      const answers = [
        await ask(membersView, by, { method: "GET" }),
        await ask(memberChange, by, {
          id: grace.id,
          method: "PUT",
          body: { role: "admin", scope: all, isDisabled: false },
        }),
        await ask(memberRemove, by, { id: grace.id, method: "DELETE" }),
        await ask(invitationAdd, by, { body }),
        await ask(invitationWithdraw, by, { method: "DELETE" }),
        ...(isKeeper ? [] : await groupTries(by)),
      ];
      return [...new Set(answers.map(({ status }) => status))];
    };
    expect(await tries(null)).toEqual([401]);
    expect(await tries(stranger)).toEqual([404]);
    for (const role of ["viewer", "analyst", "manager"] as const)
      expect(await tries(await person(role, org.main, role), role === "manager"), role).toEqual([403]);
    await change(ada, grace, "admin", { kind: "list", workspaceIds: [guid(1)] });
    expect(await tries(grace)).toEqual([403]);
  });

  test("a change refused for want of a right is written down with who asked for what; a reading is not", async () => {
    const viewer = await person("viewer", org.main, "viewer");
    const body = { role: "admin", scope: all, isDisabled: false, password: "typed in the wrong place" };
    await ask(membersView, viewer, { method: "GET" });
    await ask(memberChange, viewer, { id: viewer.id, method: "PUT", body });
    await ask(invitationAdd, viewer, { body: { email: "x@example.test", role: "admin", scope: all } });
    await ask(memberRemove, stranger, { id: grace.id, method: "DELETE" });
    await ask(memberChange, ada, { id: stranger.id, method: "PUT", body: { ...body, role: "viewer" } });
    const refused = { outcome: "refused", personId: viewer.id };
    expect(await acts()).toMatchObject([
      { ...refused, action: "member.change", detail: { member: viewer.id, code: "FORBIDDEN" } },
      { ...refused, action: "invitation.add", detail: { code: "FORBIDDEN" } },
      {
        outcome: "refused",
        personId: ada.id,
        action: "member.change",
        detail: { member: stranger.id, code: "NOT_FOUND" },
      },
    ]);
    expect(JSON.stringify(await acts())).not.toContain("typed in");
  });

  test("a refusal that cannot be written down stays the refusal that it is", async () => {
    await store.db.execute("alter table audit add constraint refuse check (seq < 0) not valid");
    try {
      const refused = await change(ada, ada, "viewer");
      expect([refused.status, refused.json.code]).toEqual([409, "CONFLICT"]);
    } finally {
      await store.db.execute("alter table audit drop constraint refuse");
    }
  });

  test("whoever makes an administrator proves that it is them, with their own password", async () => {
    const listed: MemberScope = { kind: "list", workspaceIds: [guid(1)] };
    const put = (role: Role, scope: MemberScope, password?: string) =>
      ask(memberChange, ada, {
        id: grace.id,
        method: "PUT",
        body: { role, scope, isDisabled: false, ...(password !== undefined && { password }) },
      });
    expect((await put("manager", all)).status).toBe(200);
    for (const password of [undefined, "not the password"]) {
      const refused = await put("admin", all, password);
      expect([refused.status, Object.keys(refused.json.errors ?? {})]).toEqual([400, ["password"]]);
    }
    expect((await view()).members.find(({ personId }) => personId === grace.id)?.role).toBe("manager");
    expect((await put("admin", listed)).status).toBe(400);
    expect((await put("admin", listed, ownPassword)).status).toBe(200);
    expect((await put("admin", all)).status, "sight of all makes a manager of people").toBe(400);
    expect((await put("admin", all, ownPassword)).status).toBe(200);
    expect((await put("admin", all)).status, "no more than before").toBe(200);
    expect((await put("viewer", all)).status).toBe(200);
    const refusals = (await acts()).filter(({ outcome }) => outcome === "refused");
    expect(refusals).toHaveLength(4);
    expect(refusals).toMatchObject([{ detail: { reason: "Enter your password." } }, {}, {}, {}]);
    expect(JSON.stringify(await acts())).not.toMatch(/not the password|correct horse/);
  });

  test("inviting an administrator asks for the password; five wrong ones a minute are looked at", async () => {
    const body = { email: "boss@example.test", role: "admin", scope: all };
    const send = (password?: string) => ask(invitationAdd, ada, { body: { ...body, password } });
    expect((await send()).json.errors).toHaveProperty("password");
    for (let n = 0; n < signInLimits.perAccount; n++)
      expect((await send("not the password")).json.errors).toHaveProperty("password");
    expect((await send(ownPassword)).json.code).toBe("TOO_MANY_ATTEMPTS");
    vi.setSystemTime(now + signInLimits.windowMs + 1);
    expect((await send(ownPassword)).status).toBe(200);
    expect((await acts()).at(-1)).toMatchObject({
      action: "invitation.add",
      outcome: "done",
      detail: { role: "admin" },
    });
    expect(JSON.stringify(await acts())).not.toContain(ownPassword);
  });

  test("who signs in through a provider proves it by a sign-in of the last ten minutes", async () => {
    const sso = await person("sso", org.main, "admin");
    await withPlatform((tx) => tx.update(people).set({ passwordHash: null }).where(eq(people.id, sso.id)));
    vi.setSystemTime(now + 10 * 60_000 + 1);
    expect((await change(sso, grace, "admin")).json.errors).toHaveProperty("password");
    vi.setSystemTime(now + 9 * 60_000);
    expect((await change(sso, grace, "admin")).status).toBe(200);
  });

  test("a person of another organisation cannot be told from one who does not exist", async () => {
    const foreign = await change(ada, stranger, "admin");
    const unknown = await change(ada, { ...stranger, id: nobody }, "admin");
    const told = ({ status, json }: typeof foreign) => ({ status, ...json, requestId: "" });
    expect(told(foreign)).toEqual(told(unknown));
    expect(foreign.status).toBe(404);
  });

  test("disabling in one organisation leaves the person's other organisations as they were", async () => {
    await withPlatform((tx) =>
      putMembership(tx, {
        personId: grace.id,
        organisationId: org.globex,
        role: "viewer",
        workspaces: "all",
      }),
    );
    await change(ada, grace, "analyst", all, true);
    const principal = await auth(new Headers({ cookie: grace.cookie }));
    expect(principal?.memberships.map(({ organisationSlug }) => organisationSlug)).toEqual(["globex"]);
  });

  test("a workspace group is what its people see, and follows when it changes", async () => {
    const body = { name: "North", workspaceIds: [guid(1), guid(2)] };
    const { id } = (await ask(groupAdd, ada, { body })).json.data as { id: string };
    expect((await ask(groupAdd, ada, { body })).json.errors).toHaveProperty("name");
    await change(ada, grace, "analyst", { kind: "groups", groupIds: [id] });
    expect(await seenBy(grace)).toEqual([guid(1), guid(2)]);
    await ask(groupChange, ada, { id, method: "PUT", body: { name: "North", workspaceIds: [guid(3)] } });
    vi.setSystemTime(now + 5_000);
    expect(await seenBy(grace)).toEqual([guid(3)]);
    const kept = await ask(groupRemove, ada, { id, method: "DELETE" });
    expect([kept.status, kept.json.detail]).toEqual([409, expect.stringContaining("grace")]);
    await change(ada, grace, "analyst", { kind: "list", workspaceIds: [guid(1)] });
    expect((await ask(groupRemove, ada, { id, method: "DELETE" })).status).toBe(200);
    expect((await view()).groups).toEqual([]);
  });

  test("another organisation's group can be neither used nor touched", async () => {
    const made = await ask(groupAdd, stranger, {
      slug: "globex",
      body: { name: "Theirs", workspaceIds: [guid(1)] },
    });
    const { id } = made.json.data as { id: string };
    const used = await change(ada, grace, "analyst", { kind: "groups", groupIds: [id] });
    expect([used.status, used.json.code]).toEqual([400, "INVALID_INPUT"]);
    const invited = { email: "x@example.test", role: "viewer", scope: { kind: "groups", groupIds: [id] } };
    expect((await ask(invitationAdd, ada, { body: invited })).status).toBe(400);
    expect(
      (await ask(groupChange, ada, { id, method: "PUT", body: { name: "Mine", workspaceIds: [guid(1)] } }))
        .status,
    ).toBe(404);
    expect((await ask(groupRemove, ada, { id, method: "DELETE" })).status).toBe(404);
  });

  test("an invitation makes account and membership once; its token is stored as a digest only", async () => {
    const { token } = await invite("new@example.test", { kind: "list", workspaceIds: [guid(2)] });
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(JSON.stringify(await withPlatform((tx) => tx.select().from(invitations)))).not.toContain(token);
    expect((await ask(invitationLook, null, { body: { token } })).json.data).toMatchObject({
      organisation: { slug: "main", name: "Main" },
      email: "new@example.test",
      next: "account",
    });
    expect((await ask(invitationAccept, null, { body: { token } })).json.errors).toEqual({
      name: [expect.any(String)],
      password: [expect.any(String)],
    });
    const both = await Promise.all(
      [1, 2].map(() => ask(invitationAccept, null, { body: { token, ...account } })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    const { members, invitations: left } = await view();
    expect(left).toEqual([]);
    const made = members.find(({ email }) => email === "new@example.test")!;
    expect(made).toMatchObject({
      name: "New Person",
      role: "analyst",
      scope: { kind: "list", workspaceIds: [guid(2)] },
    });
    expect(await seenBy(await signedIn(made.personId, made.email))).toEqual([guid(2)]);
    expect(await acts()).toMatchObject([
      { action: "invitation.add", personId: ada.id },
      { action: "invitation.accept", personId: made.personId },
    ]);
    expect(JSON.stringify(await withOrganisation(org.main, (tx) => tx.select().from(audit)))).not.toContain(
      token,
    );
  });

  test("a link never takes over an account that is there: only its owner accepts, signed in", async () => {
    const { token } = await invite(stranger.email);
    const look = async (by: Person | null) =>
      ((await ask(invitationLook, by, { body: { token } })).json.data as { next: string }).next;
    expect([await look(null), await look(grace), await look(stranger)]).toEqual([
      "sign-in",
      "other-person",
      "confirm",
    ]);
    const accept = async (by: Person | null) =>
      (await ask(invitationAccept, by, { body: { token, ...account } })).status;
    expect([await accept(null), await accept(grace)]).toEqual([401, 409]);
    const [before] = await withPlatform((tx) => tx.select().from(people).orderBy(people.email));
    expect(before?.passwordHash).toBe(ownHash);
    expect(await accept(stranger)).toBe(200);
    vi.setSystemTime(now + 5_000);
    expect(await seenBy(stranger)).toEqual([guid(1), guid(2), guid(3)]);
  });

  test("withdrawn, replaced, expired and invented links answer alike", async () => {
    const first = await invite("a@example.test");
    const second = await invite("a@example.test");
    const withdrawn = await invite("b@example.test");
    await ask(invitationWithdraw, ada, { id: withdrawn.id, method: "DELETE" });
    const tell = async (token: string) => {
      const { status, json } = await ask(invitationAccept, null, { body: { token, ...account } });
      return { status, ...json, requestId: "" };
    };
    const invented = await tell("A".repeat(43));
    expect(invented.status).toBe(404);
    expect(await tell(first.token)).toEqual(invented);
    expect(await tell(withdrawn.token)).toEqual(invented);
    vi.setSystemTime(now + invitationMs);
    expect(await tell(second.token)).toEqual(invented);
  });

  test("a member cannot be invited, so that an invitation never changes who is there already", async () => {
    const again = await ask(invitationAdd, ada, {
      body: { email: grace.email, role: "admin", scope: all, password: ownPassword },
    });
    expect(again.json.errors).toHaveProperty("email");
  });

  test("a change whose audit row cannot be written does not happen", async () => {
    await store.db.execute("alter table audit add constraint refuse check (seq < 0) not valid");
    try {
      expect((await change(ada, grace, "admin")).status).toBeGreaterThanOrEqual(500);
      expect(
        (await ask(invitationAdd, ada, { body: { email: "x@example.test", role: "viewer", scope: all } }))
          .status,
      ).toBeGreaterThanOrEqual(500);
    } finally {
      await store.db.execute("alter table audit drop constraint refuse");
    }
    const { members, invitations: left } = await view();
    expect(members.find(({ personId }) => personId === grace.id)?.role).toBe("analyst");
    expect(left).toEqual([]);
  });
});
