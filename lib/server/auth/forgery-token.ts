import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { Secret } from "@/lib/server/secret";

/**
 * A fresh token against forged sign-in forms, as next-auth 4 makes it: the token, and a cookie that proves with our secret that the
 * token is ours. Given out with the sign-in page, so that its form works where no script runs to fetch one.
 */
export function newForgeryToken(secret: Secret): string {
  const token = randomBytes(32).toString("hex");
  const proof = createHash("sha256").update(`${token}${secret.reveal()}`).digest("hex");
  return `${token}|${proof}`;
}

/** The token inside such a cookie; null when it does not look like one. Whether it is ours is checked when it comes back. */
export function tokenOfCookie(cookie: string | undefined): string | null {
  return /^([0-9a-f]{64})\|[0-9a-f]{64}$/.exec(cookie ?? "")?.[1] ?? null;
}
