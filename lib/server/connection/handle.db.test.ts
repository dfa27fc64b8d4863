import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { callOperation as callEmulator } from "@/emulator/testing/caller";
import type { Principal, Role } from "@/lib/domain/access";
import type { ConnectionView } from "@/lib/domain/connection";
import type { ConnectionTest } from "@/lib/domain/permission-mirror";
import type { Problem } from "@/lib/errors";
import { hashPassword } from "@/lib/server/auth/password";
import { createSession, sessionIdOf } from "@/lib/server/auth/session-store";
import { connectionFor, saveConnection } from "./connection";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations, people, sessions } from "@/lib/server/db/schema/platform";
import { audit, connectionCredentials, connections } from "@/lib/server/db/schema/tenant";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { Secret } from "@/lib/server/secret";
import { seedFromEnvironment } from "@/lib/server/setup/seed";
import { callOperation, tryOperation } from "@/lib/server/upstream/call";
import { closePools } from "@/lib/server/upstream/pools";
import { proveKeyRing } from "@/lib/server/vault/canary";
import { keyIdOf } from "@/lib/server/vault/envelope";
import { parseKeyRing } from "@/lib/server/vault/key-ring";
import { keyRing } from "@/lib/server/vault/keys";
import { rotateVault } from "@/lib/server/vault/rotate";
import {
  connectionReplace,
  connectionTest,
  connectionView,
  credentialAdd,
  credentialRetire,
  credentialSwitch,
} from "./handle";
import { noteCall, watchConnectionHealth } from "./health";

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const [oldKey, newKey] = [key("old"), key("new")];
// As every server of a deployment is set before its keys are rotated: it seals under the old one and opens both.
vi.stubEnv("WATCHFLOOR_KEYS", `${oldKey},${newKey}`);

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ scenario: "quiet-night", seed: 7 });
});
afterAll(async () => {
  await closePools();
  await emulator.stop();
});

const demo = demoCredentials.main;
const password = "a-long-enough-password";

forEachEngine("the connection page's calls", (open) => {
  let store: OpenDatabase;
  let organisationId = "";
  let principal: Principal;
  let passed = 0;

  beforeAll(async () => {
    store = await open();
  });
  beforeEach(async () => {
    emulator.control.reset();
    await emptyStore(store);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 24, 12) + (passed += 3_600_000) });
    organisationId = await withPlatform(async (tx) => {
      const [row] = await tx
        .insert(organisations)
        .values({ slug: "main", name: "Main" })
        .returning({ id: organisations.id });
      return row!.id;
    });
    principal = await person("admin");
  });
  afterAll(() => vi.useRealTimers());

  async function person(role: Role, passwordHash: string | null = null): Promise<Principal> {
    const stored = passwordHash ?? (await hashPassword(password));
    const { id, token } = await withPlatform(async (tx) => {
      const email = `${randomUUID()}@example.test`;
      const [row] = await tx
        .insert(people)
        .values({ email, name: "Ada", passwordHash: stored === "none" ? null : stored })
        .returning({ id: people.id });
      return { id: row!.id, token: await createSession(tx, row!.id, new Date()) };
    });
    return {
      personId: id,
      sessionId: sessionIdOf(token),
      email: `${id}@example.test`,
      name: "Ada",
      memberships: [
        {
          organisationId,
          organisationSlug: "main",
          organisationName: "Main",
          role,
          scope: { kind: "all" },
        },
      ],
    };
  }

  const deps = {
    requirePrincipal: () => Promise.resolve(principal),
    call: tryOperation,
    callStored: callOperation,
  };
  const ask = async (
    handler: ReturnType<typeof connectionReplace>,
    method: string,
    body?: unknown,
    headers: Record<string, string> = { "x-watchfloor": "1", "content-type": "application/json" },
  ) => {
    const request = new Request("http://127.0.0.1:3000/api/main/connection", {
      method,
      headers: body === undefined ? {} : headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const response = await handler(request, { params: Promise.resolve({ org: "main" }) });
    const text = await response.text();
    return { status: response.status, text, json: JSON.parse(text) as Record<string, unknown> };
  };
  const view = async () => (await ask(connectionView(deps), "GET")).json.data as ConnectionView;
  const account = { clientId: demo.clientId, clientSecret: demo.secret };
  const connect = (change: object = {}) =>
    ask(connectionReplace(deps), "PUT", { baseUrl: emulator.baseUrl, ...account, password, ...change });
  const rows = () => withOrganisation(organisationId, (tx) => tx.select().from(audit).orderBy(audit.seq));
  const problemOf = (answer: { json: Record<string, unknown> }) => answer.json as unknown as Problem;

  /** A second credential of the demo account, as upstream issues it. */
  async function issue(scopes = ["incidents:read", "webhooks:read", "org:service-accounts:manage"]) {
    const list = await callEmulator(emulator, "serviceAccounts.list");
    const own = (list.json as { data: { id: string; credentials: { id: string }[] }[] }).data.find(
      ({ id }) => id === demo.clientId,
    )!;
    const made = await callEmulator(emulator, "serviceAccounts.issueCredential", {
      params: { id: own.id },
      body: { scopes },
    });
    const { clientId, clientSecret } = (made.json as { data: typeof account }).data;
    return { account: { clientId, clientSecret }, accountId: own.id, oldId: own.credentials[0]!.id };
  }

  test("an organisation is connected, tested and shown, and no answer holds the secret or the whole client id", async () => {
    expect((await view()).connection).toBeNull();
    const saved = await connect();
    expect(saved.status).toBe(200);
    expect((saved.json.data as ConnectionTest).verdict).toBe("accepted");
    const shown = await ask(connectionView(deps), "GET");
    expect((shown.json.data as ConnectionView).connection).toMatchObject({
      baseUrl: emulator.baseUrl,
      managedBy: "page",
      current: { clientIdEnd: demo.clientId.slice(-4) },
      beside: null,
    });
    const tested = await ask(connectionTest(deps), "POST", { credential: "current" });
    for (const { text } of [saved, shown, tested]) {
      expect(text).not.toContain(demo.secret);
      expect(text).not.toContain(demo.clientId);
    }
    expect(JSON.stringify(await rows())).not.toContain(demo.secret);
    expect((await rows()).map(({ action, outcome }) => [action, outcome])).toEqual([
      ["connection.replace", "done"],
      ["connection.test", "done"],
    ]);
  });

  test.each([
    ["a wrong secret", { clientSecret: "wrong-secret-canary" }, "clientSecret"],
    ["a host that is not in the list", { baseUrl: "https://evil.test/api/v2" }, "baseUrl"],
    ["plain http", { baseUrl: "http://portal.example.com/api" }, "baseUrl"],
    ["an address with a password", { baseUrl: "https://u:p@portal.example.com/api" }, "baseUrl"],
    ["a path where the API is not", { baseUrl: "PATH" }, "baseUrl"],
    ["a colon in the client id", { clientId: "a:b" }, "clientId"],
    ["a wrong password", { password: "not my password" }, "password"],
    ["no password", { password: undefined }, "password"],
    ["a member too many", { isCurrent: true }, "isCurrent"],
  ])("%s is refused at its field, and what was stored stays", async (_, change, field) => {
    await connect();
    const before = await connectionFor(organisationId);
    const given =
      "baseUrl" in change && change.baseUrl === "PATH" ? { baseUrl: `${emulator.url}/x` } : change;
    const answer = await connect(given);
    expect(answer.status).toBe(400);
    expect(Object.keys(problemOf(answer).errors ?? {})).toEqual([field]);
    expect(answer.text).not.toContain("wrong-secret-canary");
    vi.setSystemTime(Date.now() + 10_000);
    expect(await connectionFor(organisationId)).toEqual(before);
  });

  test("SEC-10: the same secret is not usable at another address, and no call carries it there", async () => {
    await connect();
    const moved = `${emulator.url.replace("127.0.0.1", "localhost")}/api/v2`;
    await withOrganisation(organisationId, (tx) => tx.update(connections).set({ baseUrl: moved }));
    vi.setSystemTime(Date.now() + 10_000);
    await expect(connectionFor(organisationId)).rejects.toMatchObject({ code: "NO_CONNECTION" });
    const answer = await ask(connectionTest(deps), "POST", { credential: "current" });
    expect(problemOf(answer).code).toBe("NO_CONNECTION");
  });

  test.each(["viewer", "analyst", "manager"] as const)("a %s may neither look nor act", async (role) => {
    await connect();
    principal = await person(role);
    const id = randomUUID();
    const answers = [
      await ask(connectionView(deps), "GET"),
      await connect(),
      await ask(connectionTest(deps), "POST", { credential: "current" }),
      await ask(credentialAdd(deps), "POST", { ...account, password }),
      await ask(credentialSwitch(deps), "POST", { id }),
      await ask(credentialRetire(deps), "POST", { id }),
    ];
    expect(answers.map(({ json }) => json.code)).toEqual(answers.map(() => "FORBIDDEN"));
  });

  test("SEC-06: each change needs our header, our origin and JSON", async () => {
    const id = randomUUID();
    const plain = { "content-type": "application/json" };
    for (const handler of [
      connectionReplace,
      connectionTest,
      credentialAdd,
      credentialSwitch,
      credentialRetire,
    ])
      for (const headers of [
        plain,
        { ...plain, "x-watchfloor": "1", "sec-fetch-site": "cross-site" },
        { ...plain, "x-watchfloor": "1", origin: "https://evil.example" },
      ])
        expect((await ask(handler(deps), "POST", { id }, headers)).json.code).toBe("CROSS_SITE");
  });

  test("five wrong passwords are enough: the sixth is not looked at, even when it is right", async () => {
    for (let tried = 0; tried < 5; tried += 1)
      expect((await connect({ password: "wrong password" })).json.code).toBe("INVALID_INPUT");
    expect((await connect()).json.code).toBe("TOO_MANY_ATTEMPTS");
  });

  test("a person without a password here must have signed in a moment ago", async () => {
    principal = await person("admin", "none");
    expect((await view()).confirmBy).toBe("fresh-sign-in");
    expect((await connect({ password: undefined })).status).toBe(200);
    await withPlatform((tx) =>
      tx
        .update(sessions)
        .set({ createdAt: new Date(Date.now() - 11 * 60_000) })
        .where(eq(sessions.id, principal.sessionId)),
    );
    expect(problemOf(await connect({ password: undefined })).errors).toHaveProperty("password");
  });

  test("what an admin entered here is not overwritten by the environment at the next start", async () => {
    await seedFromEnvironment({
      organisationSlug: "main",
      upstream: { baseUrl: emulator.baseUrl, clientId: demo.clientId, clientSecret: new Secret(demo.secret) },
      admin: null,
    });
    const { account: fresh } = await issue();
    expect((await connect(fresh)).status).toBe(200);
    await seedFromEnvironment({
      organisationSlug: "main",
      upstream: { baseUrl: emulator.baseUrl, clientId: demo.clientId, clientSecret: new Secret(demo.secret) },
      admin: null,
    });
    vi.setSystemTime(Date.now() + 10_000);
    expect((await connectionFor(organisationId)).clientSecret.reveal()).toBe(fresh.clientSecret);
  });

  test("health tells the last good answer and the last fault, over all operations, without a secret", async () => {
    await connect();
    const at = new Date(Date.now() + 60_000);
    await noteCall({ organisationId, operation: "webhooks.list", error: null }, at);
    const { Failure } = await import("@/lib/errors");
    const refused = new Failure("UPSTREAM_CREDENTIAL_REFUSED", { upstreamRequestId: "0HN:1" });
    await noteCall(
      { organisationId, operation: "users.list", error: refused },
      new Date(at.getTime() + 1_000),
    );
    await noteCall(
      { organisationId, operation: "incidents.get", error: new Failure("UPSTREAM_NOT_FOUND") },
      new Date(at.getTime() + 2_000),
    );
    expect((await view()).health).toEqual({
      lastSuccessAt: new Date(at.getTime() + 2_000).toISOString(),
      lastFailure: {
        at: new Date(at.getTime() + 1_000).toISOString(),
        code: "UPSTREAM_CREDENTIAL_REFUSED",
        operation: "users.list",
        upstreamRequestId: "0HN:1",
      },
    });
  });

  test("a test of the credential in use counts for the health; one of another credential does not", async () => {
    watchConnectionHealth();
    vi.setSystemTime(Date.now() + 60_000);
    await connect();
    await ask(connectionTest(deps), "POST", { baseUrl: emulator.baseUrl, ...account });
    expect((await view()).health.lastSuccessAt).toBeNull();
    await ask(connectionTest(deps), "POST", { credential: "current" });
    await vi.waitUntil(async () => (await view()).health.lastSuccessAt !== null, { timeout: 10_000 });
  });

  /** Calls upstream as the proxy does, again and again until told to stop; what failed, and how many went out. */
  function load() {
    const failed: unknown[] = [];
    let sent = 0;
    let isOver = false;
    const one = async () => {
      while (!isOver) {
        try {
          const connection = await connectionFor(organisationId);
          const options = { requestId: "load", priority: "interactive" as const };
          await callOperation(
            connection,
            "webhooks.list",
            { params: {}, query: {}, body: undefined },
            options,
          );
          sent += 1;
        } catch (error) {
          failed.push(error);
        }
      }
    };
    const workers = Array.from({ length: 6 }, one);
    return {
      failed,
      /** Resolves after so many further calls. */
      async after(count: number) {
        const until = sent + count;
        await vi.waitUntil(() => sent >= until || failed.length > 0, { timeout: 20_000, interval: 5 });
      },
      async stop() {
        isOver = true;
        await Promise.all(workers);
        return sent;
      },
    };
  }

  test("SEC-11: a credential is rotated under load, step by step, with no failed request", async () => {
    await connect();
    const elsewhere = await connectionFor(organisationId);
    const { account: fresh, accountId, oldId } = await issue();
    const running = load();
    await running.after(30);

    expect((await ask(credentialAdd(deps), "POST", { ...fresh, password })).status).toBe(200);
    await running.after(30);
    const { beside } = (await view()).connection!;
    expect(beside).toMatchObject({ state: "waiting", retireFrom: null });
    expect((await ask(credentialSwitch(deps), "POST", { id: beside!.id })).status).toBe(200);
    await running.after(30);

    // Another instance, and calls that began before, still use the old one: it cannot be retired under them.
    const replaced = (await view()).connection!.beside!;
    expect(replaced.state).toBe("replaced");
    const early = await ask(credentialRetire(deps), "POST", { id: replaced.id });
    expect(problemOf(early)).toMatchObject({ code: "CONFLICT", retryAfterSeconds: 60 });
    const values = { params: {}, query: {}, body: undefined };
    await callOperation(elsewhere, "webhooks.list", values, { requestId: "elsewhere" });

    vi.setSystemTime(Date.now() + 61_000);
    expect((await ask(credentialRetire(deps), "POST", { id: replaced.id })).status).toBe(200);
    // Now it is revoked upstream, with the new one.
    const revoked = await callEmulator(
      emulator,
      "serviceAccounts.revokeCredential",
      { params: { id: accountId, credentialId: oldId } },
      { clientId: fresh.clientId, secret: fresh.clientSecret },
    );
    expect(revoked.status).toBe(200);
    await running.after(30);
    const sent = await running.stop();

    expect(running.failed).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(120);
    const now = await connectionFor(organisationId);
    expect(now.clientSecret.reveal()).toBe(fresh.clientSecret);
    // Cursors and page tokens are bound to this id: reading goes on where it was.
    expect(now.credentialId).toBe(elsewhere.credentialId);
    expect((await rows()).map(({ action }) => action)).toEqual([
      "connection.replace",
      "connection.credential.add",
      "connection.credential.switch",
      "connection.credential.retire",
    ]);
  });

  test("a rotation that turns out badly is taken back: the two change places again", async () => {
    await connect();
    const { account: fresh } = await issue();
    await ask(credentialAdd(deps), "POST", { ...fresh, password });
    const first = (await view()).connection!;
    await ask(credentialSwitch(deps), "POST", { id: first.beside!.id });
    const back = await ask(credentialSwitch(deps), "POST", { id: first.current.id });
    expect(back.status).toBe(200);
    expect((await view()).connection).toMatchObject({
      current: { id: first.current.id },
      beside: { id: first.beside!.id, state: "replaced" },
    });
  });

  test("a second credential that upstream refuses is not stored; one that died while waiting does not take over", async () => {
    await connect();
    const { account: fresh, accountId } = await issue();
    const wrong = await ask(credentialAdd(deps), "POST", {
      ...fresh,
      clientSecret: "nonsense-canary",
      password,
    });
    expect(problemOf(wrong).errors).toHaveProperty("clientSecret");
    expect((await view()).connection?.beside).toBeNull();

    await ask(credentialAdd(deps), "POST", { ...fresh, password });
    const list = await callEmulator(emulator, "serviceAccounts.list");
    const data = (list.json as { data: { id: string; credentials: { id: string }[] }[] }).data;
    const dying = data.find(({ id }) => id === accountId)!.credentials.at(-1)!;
    await callEmulator(emulator, "serviceAccounts.revokeCredential", {
      params: { id: accountId, credentialId: dying.id },
    });
    const { beside, current } = (await view()).connection!;
    const refused = await ask(credentialSwitch(deps), "POST", { id: beside!.id });
    expect(refused.status).toBe(400);
    expect((await view()).connection?.current.id).toBe(current.id);
  });

  test("a switch and a retirement mean the credential that was shown, not whichever stands there by now", async () => {
    await connect();
    const { account: fresh } = await issue();
    await ask(credentialAdd(deps), "POST", { ...fresh, password });
    const stale = (await view()).connection!.beside!.id;
    await ask(credentialAdd(deps), "POST", { ...fresh, password });
    for (const handler of [credentialSwitch, credentialRetire])
      expect((await ask(handler(deps), "POST", { id: stale })).json.code).toBe("CONFLICT");
  });

  test("a change whose audit row cannot be written does not happen", async () => {
    await connect();
    const { account: fresh } = await issue();
    await store.db.execute("revoke insert on audit from watchfloor_app");
    try {
      expect((await connect(fresh)).status).toBe(500);
      expect((await ask(credentialAdd(deps), "POST", { ...fresh, password })).status).toBe(500);
    } finally {
      await store.db.execute("grant insert on audit to watchfloor_app");
    }
    const stored = await withOrganisation(organisationId, (tx) => tx.select().from(connectionCredentials));
    expect(stored).toHaveLength(1);
    vi.setSystemTime(Date.now() + 10_000);
    expect((await connectionFor(organisationId)).clientSecret.reveal()).toBe(demo.secret);
  });

  test("SEC-11: the key ring is rotated under load with no failed request, and the old key is not needed afterwards", async () => {
    await withPlatform((tx) => proveKeyRing(tx, keyRing()));
    await withOrganisation(organisationId, (tx) =>
      saveConnection(tx, organisationId, {
        baseUrl: emulator.baseUrl,
        clientId: demo.clientId,
        clientSecret: new Secret(demo.secret),
      }),
    );
    const keyOf = async () => {
      const [row] = await withOrganisation(organisationId, (tx) => tx.select().from(connectionCredentials));
      return keyIdOf(row!.sealedSecret);
    };
    expect(await keyOf()).toBe("old");
    const running = load();
    // Back and forth, the kept connection run out each time, so that calls open secrets in every state on the way.
    for (const ring of [`${newKey},${oldKey}`, `${oldKey},${newKey}`, `${newKey},${oldKey}`]) {
      await running.after(20);
      await rotateVault(parseKeyRing(ring));
      vi.setSystemTime(Date.now() + 10_000);
    }
    await running.after(20);
    expect(await running.stop()).toBeGreaterThanOrEqual(80);
    expect(running.failed).toEqual([]);
    expect(await keyOf()).toBe("new");
    await withPlatform((tx) => proveKeyRing(tx, parseKeyRing(newKey)));
  });
});
