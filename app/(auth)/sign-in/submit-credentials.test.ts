import { describe, expect, it } from "vitest";
import { submitCredentials } from "./submit-credentials";

const person = { email: "ada@demo.test", password: "watchfloor-demo" };

/** A server that gives a token and then one answer; keeps what it was sent. */
function server(answer: () => Response) {
  const sent: { url: string; body: URLSearchParams | null }[] = [];
  const send = (async (url: string, init?: RequestInit) => {
    sent.push({ url, body: (init?.body as URLSearchParams | undefined) ?? null });
    return url === "/api/auth/csrf" ? Response.json({ csrfToken: "token" }) : answer();
  }) as typeof fetch;
  return { sent, send };
}

describe("submitCredentials", () => {
  it("sends the password in a body, with the token, and once", async () => {
    const { sent, send } = server(() => Response.json({ url: "http://127.0.0.1:3000/" }));
    expect(await submitCredentials(person, send)).toBeNull();
    expect(sent.map(({ url }) => url)).toEqual(["/api/auth/csrf", "/api/auth/callback/credentials"]);
    expect(Object.fromEntries(sent[1]!.body!)).toEqual({ ...person, csrfToken: "token", json: "true" });
  });

  it.each([
    [401, { url: "http://h/api/auth/error?error=CredentialsSignin" }, "credentials"],
    [401, { url: "http://h/api/auth/error?error=TOO_MANY_ATTEMPTS" }, "too-many"],
    [429, { title: "Too many attempts" }, "too-many"],
    [401, { url: "http://h/api/auth/error?error=Surprise" }, "other"],
    [500, { url: "http://h/" }, "other"],
    [200, { url: "http://h/api/auth/signin?csrf=true&error=Callback" }, "provider"],
    // next-auth's word for a token against forgery that it did not take: a success by its status, and nobody is signed in.
    [200, { url: "http://h/api/auth/signin?csrf=true" }, "other"],
    [200, { url: "http://h/sign-in?csrf=true" }, "other"],
    [200, {}, "other"],
  ])("status %i with %j means %s", async (status, body, outcome) => {
    expect(await submitCredentials(person, server(() => Response.json(body, { status })).send)).toBe(outcome);
  });

  it("tells a dead server from a wrong password", async () => {
    const dead = (() => Promise.reject(new TypeError("Failed to fetch"))) as typeof fetch;
    expect(await submitCredentials(person, dead)).toBe("unreachable");
    expect(await submitCredentials(person, server(() => new Response("<html>")).send)).toBe("unreachable");
  });
});
