import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newForgeryToken, tokenOfCookie } from "@/lib/server/auth/forgery-token";
import { Secret } from "@/lib/server/secret";

const text = "a secret of at least thirty-two characters";

/** The token that next-auth itself goes on with when a browser brings this cookie: the same one when it takes the cookie for its own. */
async function tokenFor(cookie: string): Promise<unknown> {
  let body: unknown;
  const response = {
    status: () => response,
    setHeader: () => response,
    getHeader: () => undefined,
    send: (sent: unknown) => {
      body = sent;
    },
  };
  const request = {
    method: "GET",
    query: { nextauth: ["csrf"] },
    headers: { host: "127.0.0.1" },
    cookies: { "next-auth.csrf-token": cookie },
  };
  const options = { secret: text, providers: [], useSecureCookies: false };
  await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, options);
  return (body as { csrfToken: unknown }).csrfToken;
}

beforeEach(() => {
  vi.stubEnv("NEXTAUTH_URL", "http://127.0.0.1:3000");
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the forgery token of the sign-in page (SEC-06)", () => {
  it("is taken by next-auth as its own", async () => {
    const cookie = newForgeryToken(new Secret(text));
    expect(tokenOfCookie(cookie)).toMatch(/^[0-9a-f]{64}$/);
    expect(await tokenFor(cookie)).toBe(tokenOfCookie(cookie));
  });

  it("is not taken when another secret has made it", async () => {
    const cookie = newForgeryToken(new Secret("another secret, as long as the first one"));
    expect(await tokenFor(cookie)).not.toBe(tokenOfCookie(cookie));
  });

  it("is fresh each time", () => {
    const secret = new Secret(text);
    expect(newForgeryToken(secret)).not.toBe(newForgeryToken(secret));
  });

  it("reads nothing into other cookies", () => {
    for (const cookie of [undefined, "", "x|y", `${"a".repeat(64)}|`, `${"A".repeat(64)}|${"b".repeat(64)}`])
      expect(tokenOfCookie(cookie)).toBeNull();
  });
});
