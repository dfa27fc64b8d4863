import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { routes } from "@/lib/routes";
import { contentSecurityPolicy } from "@/lib/security-headers";
import { authCookies, sessionCookieName } from "@/lib/server/auth/cookies";
import { newForgeryToken, tokenOfCookie } from "@/lib/server/auth/forgery-token";
import { authSecret } from "@/lib/server/vault/keys";

/** Set by next.config.mjs while building. */
declare const __DEVELOPMENT__: boolean;

/** Where a page learns its own address from, for the way back after sign-in. Overwrites whatever a caller sends. */
const pathHeader = "x-watchfloor-path";

/** Pages for people without a session; "/" decides by itself, because it also leads to set-up. */
const isOpen = (pathname: string) => /^\/($|sign-in(\/|$)|setup$|invitation$)/.test(pathname);

/**
 * Runs before each page: gives it its own nonce and policy, and spares people without any session cookie a page that
 * would only send them on. Nothing is decided here: each page and each call checks the session by itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const path = `${pathname}${search}`;
  if (!isOpen(pathname) && !request.cookies.has(sessionCookieName()))
    return NextResponse.redirect(new URL(routes.signIn(path), request.nextUrl));
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, __DEVELOPMENT__);
  const headers = new Headers(request.headers);
  // Next reads the nonce out of the request's policy and puts it on its own scripts and styles.
  headers.set("Content-Security-Policy", policy);
  headers.set(pathHeader, path);
  const token = pathname === routes.signIn() ? missingForgeryCookie(request) : null;
  if (token) headers.append("cookie", `${token.name}=${encodeURIComponent(token.value)}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  if (token) response.cookies.set(token.name, token.value, token.options);
  return response;
}

/** The cookie that the sign-in form needs, for a browser that has none yet: a page cannot set one by itself. */
function missingForgeryCookie(request: NextRequest) {
  const { csrfToken } = authCookies();
  if (!csrfToken || tokenOfCookie(request.cookies.get(csrfToken.name)?.value) !== null) return null;
  return { name: csrfToken.name, value: newForgeryToken(authSecret()), options: csrfToken.options };
}

export const config = {
  matcher: [
    "/((?!api/|_next/static/|_next/image|icon.svg|favicon.ico|robots.txt|sw.js|manifest.webmanifest).*)",
  ],
};
