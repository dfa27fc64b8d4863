import "server-only";
import type { CookiesOptions } from "next-auth";
import { env } from "@/lib/server/env";

/*
 * On https every cookie carries the `__Host-` prefix: a sibling host can neither plant nor shadow it (RELIABILITY SEC-08). Plain http is
 * taken on loopback only, where browsers refuse the prefix; there the names stand bare.
 *
 * The session cookie is Lax, not Strict: a link from a mail or a ticket must arrive signed in. Nothing that changes state answers to
 * GET, and every other method needs our own header and origin, so Lax gives an attacker's page nothing.
 */

function isSecure(): boolean {
  return env().publicUrl.startsWith("https:");
}

function ownCookie(
  name: string,
  sameSite: "lax" | "strict",
  maxAge?: number,
): CookiesOptions["sessionToken"] {
  const secure = isSecure();
  return {
    name: `${secure ? "__Host-" : ""}${name}`,
    options: { httpOnly: true, sameSite, path: "/", secure, maxAge },
  };
}

const cookie = (name: string, maxAge?: number) => ownCookie(`next-auth.${name}`, "lax", maxAge);

/** The longest that browsers keep a cookie: a screen is paired once and hangs on the wall until it is revoked. */
const displaySeconds = 400 * 24 * 3_600;

/** The cookie of a paired display. Strict: nobody follows a link on a wall. */
export function displayCookie(): CookiesOptions["sessionToken"] {
  return ownCookie("watchfloor.display", "strict", displaySeconds);
}

/** Name of the cookie that holds the session. */
export function sessionCookieName(): string {
  return cookie("session-token").name;
}

/** next-auth's cookies, under our names. Seconds for the short-lived ones of a provider's sign-in. */
export function authCookies(): Partial<CookiesOptions> {
  return {
    sessionToken: cookie("session-token"),
    callbackUrl: cookie("callback-url"),
    csrfToken: cookie("csrf-token"),
    pkceCodeVerifier: cookie("pkce.code_verifier", 900),
    state: cookie("state", 900),
    nonce: cookie("nonce", 900),
  };
}

/** The value of one cookie of a Cookie header; null when it is not there. The first one counts, as browsers send the most specific first. */
export function readCookie(header: string | null, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const separator = part.indexOf("=");
    if (separator > 0 && part.slice(0, separator).trim() === name) return part.slice(separator + 1).trim();
  }
  return null;
}
