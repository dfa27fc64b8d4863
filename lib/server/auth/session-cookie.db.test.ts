import { createRequire } from "node:module";
import { decode } from "next-auth/jwt";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GET as workspacesGet } from "@/app/api/[org]/workspaces/route";
import { withPlatform } from "@/lib/server/db/platform";
import { memberships, organisations, people, sessions } from "@/lib/server/db/schema/platform";
import { forEachEngine } from "@/lib/server/db/testing";
import { authSecret } from "@/lib/server/vault/keys";
import { handleAuth } from "./handle";
import { hashPassword } from "./password";
import { createSession, sessionIdOf, sessionLimits } from "./session-store";

const origin = "https://soc.example.com";
const sessionName = "__Host-next-auth.session-token";
const email = "ana@example.test";
const password = "correct horse battery";
const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

/**
 * next-auth asks Next for the headers and cookies of the request under way, which there is none of outside of a server: here they are those
 * of the request that `send` makes.
 */
const asked = { headers: new Headers() };
Object.assign(createRequire(import.meta.url)("next/headers") as object, {
  headers: () => Promise.resolve(asked.headers),
  cookies: () =>
    Promise.resolve({
      getAll: () =>
        (asked.headers.get("cookie") ?? "")
          .split("; ")
          .filter((part) => part !== "")
          .map((part) => {
            const [name = "", value = ""] = part.split(/=(.*)/s);
            return { name, value: decodeURIComponent(value) };
          }),
    }),
});

/** What a browser keeps: name to value, and each line that set one. */
class Jar {
  readonly held = new Map<string, string>();
  readonly lines: string[] = [];

  constructor(planted: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(planted)) this.held.set(name, value);
  }

  header(): string {
    return [...this.held].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  take(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      this.lines.push(line);
      const [name = "", value = ""] = line.split(";", 1)[0]?.split(/=(.*)/s) ?? [];
      if (value === "") this.held.delete(name);
      else this.held.set(name, value);
    }
  }
}

forEachEngine("SEC-07, SEC-08: the session and its cookie, through next-auth, on an https origin", (open) => {
  let person = "";

  beforeAll(async () => {
    await open();
    vi.stubEnv("WATCHFLOOR_URL", origin);
    const passwordHash = await hashPassword(password);
    await withPlatform(async (tx) => {
      const [org] = await tx
        .insert(organisations)
        .values({ slug: "main", name: "Main" })
        .returning({ id: organisations.id });
      const [made] = await tx
        .insert(people)
        .values({ email, name: "Ana", passwordHash })
        .returning({ id: people.id });
      person = made!.id;
      await tx
        .insert(memberships)
        .values({ personId: person, organisationId: org!.id, role: "analyst", scope: "all" });
    });
  });
  afterAll(() => vi.unstubAllEnvs());

  async function send(jar: Jar, path: string, form?: Record<string, string>) {
    const request = new NextRequest(`${origin}/api/auth/${path}`, {
      method: form ? "POST" : "GET",
      headers: {
        cookie: jar.header(),
        host: "soc.example.com",
        "user-agent": userAgent,
        "x-watchfloor-address": "192.0.2.7",
        ...(form && { "content-type": "application/x-www-form-urlencoded" }),
      },
      body: form && new URLSearchParams(form).toString(),
    });
    asked.headers = request.headers;
    const nextauth = path.split("?")[0]!.split("/");
    const answer = await handleAuth(request, { params: Promise.resolve({ nextauth }) });
    jar.take(answer);
    return answer;
  }

  async function token(jar: Jar): Promise<string> {
    const { csrfToken } = (await (await send(jar, "csrf")).json()) as { csrfToken: string };
    return csrfToken;
  }

  async function signIn(jar: Jar, given = password): Promise<number> {
    const form = { csrfToken: await token(jar), email, password: given, json: "true" };
    return (await send(jar, "callback/credentials", form)).status;
  }

  async function signOut(jar: Jar): Promise<void> {
    await send(jar, "signout", { csrfToken: await token(jar), json: "true" });
  }

  async function call(cookie: string): Promise<number> {
    const request = new Request(`${origin}/api/main/workspaces`, { headers: { cookie } });
    return (await workspacesGet(request, { params: Promise.resolve({ org: "main" }) })).status;
  }

  const sidOf = async (cookie: string | undefined) =>
    (await decode({ token: cookie, secret: authSecret().reveal() }))?.sid as string | undefined;
  const idsNow = async () =>
    new Set((await withPlatform((tx) => tx.select({ id: sessions.id }).from(sessions))).map(({ id }) => id));

  test("the id differs before and after each sign-in, and its row says how it came to be", async () => {
    const jar = new Jar();
    expect(await call(jar.header())).toBe(401);
    const before = await idsNow();
    expect(await signIn(jar)).toBe(200);
    const first = await sidOf(jar.held.get(sessionName));
    expect(before.has(sessionIdOf(first!))).toBe(false);
    expect(await call(jar.header())).toBe(200);
    // Again, without signing out: the browser sends the cookie of the first.
    expect(await signIn(jar)).toBe(200);
    const second = await sidOf(jar.held.get(sessionName));
    expect(second).not.toBe(first);
    const rows = await withPlatform((tx) => tx.select().from(sessions));
    expect(rows.find(({ id }) => id === sessionIdOf(second!))).toMatchObject({
      personId: person,
      method: "password",
      address: "192.0.2.7",
      userAgent,
    });
  });

  test("a planted id is never adopted: neither a made-up cookie, nor an attacker's own session", async () => {
    const attackers = await withPlatform(async (tx) => {
      const [other] = await tx
        .insert(people)
        .values({ email: "mallory@example.test", name: "Mallory" })
        .returning({ id: people.id });
      return createSession(tx, other!.id, new Date());
    });
    const { encode } = await import("next-auth/jwt");
    const sealed = await encode({ token: { sid: attackers }, secret: authSecret().reveal() });
    const bare = await encode({ token: { sid: "A".repeat(43) }, secret: authSecret().reveal() });
    for (const planted of [sealed, bare, "anything"]) {
      // Under the name that a plain http site of the same host could set, too.
      const jar = new Jar({ [sessionName]: planted, "next-auth.session-token": planted });
      expect(await signIn(jar)).toBe(200);
      const cookie = jar.held.get(sessionName);
      expect(cookie).not.toBe(planted);
      const sid = await sidOf(cookie);
      expect([attackers, "A".repeat(43)]).not.toContain(sid);
      expect(await idsNow()).not.toContain(sessionIdOf("A".repeat(43)));
      expect(await call(`next-auth.session-token=${cookie}`), "the bare name counts for nothing").toBe(401);
    }
    const rows = await withPlatform((tx) => tx.select().from(sessions));
    expect(rows.find(({ id }) => id === sessionIdOf(attackers))?.personId).not.toBe(person);
  });

  test("a refused sign-in leaves the browser without a session", async () => {
    const jar = new Jar();
    expect(await signIn(jar, "not the password")).toBe(401);
    expect(jar.held.has(sessionName)).toBe(false);
    expect(await call(jar.header())).toBe(401);
  });

  test("after signing out the old cookie, sent again, is answered with 401", async () => {
    const jar = new Jar();
    await signIn(jar);
    const old = jar.header();
    expect(await call(old)).toBe(200);
    await signOut(jar);
    expect(jar.held.has(sessionName)).toBe(false);
    expect(await call(old)).toBe(401);
    // Nor does next-auth's own answer bring it back to life.
    const again = new Jar(Object.fromEntries([...old.split("; ")].map((part) => part.split(/=(.*)/s, 2))));
    expect(await (await send(again, "session")).json()).toEqual({});
    expect(await call(old)).toBe(401);
  });

  test("the cookie lives as long as the session may at most, and past either limit it opens nothing", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    try {
      const jar = new Jar();
      await signIn(jar);
      const line = jar.lines.findLast((text) => text.startsWith(`${sessionName}=`)) ?? "";
      const ends = Date.parse(/expires=([^;]+)/i.exec(line)?.[1] ?? "");
      expect(ends - Date.now()).toBeLessThanOrEqual(sessionLimits.absoluteMs);
      const cookie = jar.header();
      vi.setSystemTime(Date.now() + sessionLimits.idleMs);
      expect(await call(cookie)).toBe(401);
      await signIn(jar);
      const busy = jar.header();
      const end = Date.now() + sessionLimits.absoluteMs;
      while (Date.now() + 6 * 3_600_000 < end) {
        expect(await call(busy)).toBe(200);
        vi.setSystemTime(Date.now() + 6 * 3_600_000);
      }
      vi.setSystemTime(end);
      expect(await call(busy)).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });

  test("SEC-08: every cookie of a whole visit is __Host-, HttpOnly, Secure, SameSite, of no domain", async () => {
    const jar = new Jar();
    await signIn(jar);
    await send(jar, "session");
    await send(jar, "signin/credentials?callbackUrl=/");
    await signOut(jar);
    const names = new Set(jar.lines.map((line) => line.slice(0, line.indexOf("="))));
    expect(names).toEqual(
      new Set([sessionName, "__Host-next-auth.csrf-token", "__Host-next-auth.callback-url"]),
    );
    for (const line of jar.lines) {
      expect(line).toMatch(/; httponly/i);
      expect(line).toMatch(/; secure/i);
      expect(line).toMatch(/; samesite=(lax|strict)/i);
      expect(line).toMatch(/; path=\/(;|$)/i);
      expect(line).not.toMatch(/domain=/i);
    }
  });
});
