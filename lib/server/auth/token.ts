import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** A secret that somebody will hold: 256 random bits, for cookies and links. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What the database knows a token by (SHA-256, hex): the token cannot be made from it. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
