import "server-only";
import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { passwordLength } from "@/lib/domain/password-rule";

/** OWASP's first choice for argon2id (the library's own default kind): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** One spelling of a text that keyboards can type in several. */
function canonical(password: string): string {
  return password.normalize("NFKC");
}

/** argon2id in its own text form, with a fresh salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(canonical(password), cost);
}

let decoy: Promise<string> | null = null;

/**
 * True when the password fits the hash. With null (nobody by that name, or no password set) a hash of nothing is checked instead, so
 * that both take the same work and the answer's time tells nothing.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(32).toString("base64"));
  const decoyHash = await decoy;
  if (password.length > passwordLength.max) return false;
  const fits = await verify(stored ?? decoyHash, canonical(password));
  return fits && stored !== null;
}
