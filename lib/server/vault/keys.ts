import "server-only";
import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { env } from "@/lib/server/env";
import { Secret } from "@/lib/server/secret";
import { readOrMakeSecretFile } from "@/lib/server/vault/secret-file";
import { parseKeyRing, type KeyRing } from "@/lib/server/vault/key-ring";

/** On the embedded store the secrets lie here, in the data folder, readable by this user only. */
const files = { keys: "watchfloor-keys", authSecret: "session-secret" } as const;

/** Marked for the bundler, which would otherwise take the whole project for files that might be read here. */
function pathOf(file: string): string {
  return join(/* turbopackIgnore: true */ env().dataDir, file);
}

let ring: KeyRing | null = null;
let sessionSecret: Secret | null = null;

/** False when the key ring would have to be made, because neither the environment nor the data folder holds one. */
export function hasKeyRing(): boolean {
  return env().keys !== null || existsSync(/* turbopackIgnore: true */ pathOf(files.keys));
}

/**
 * The process's key ring: WATCHFLOOR_KEYS, or on the embedded store a key that is made once and kept in the data folder.
 * Throws `StartupError` when the kept file cannot be read or made.
 */
export function keyRing(): KeyRing {
  ring ??= parseKeyRing(
    env().keys?.reveal() ??
      readOrMakeSecretFile(pathOf(files.keys), () => `embedded-1:${randomBytes(32).toString("base64")}`),
  );
  return ring;
}

/** The secret of the session cookie: NEXTAUTH_SECRET, or one that is made once and kept in the data folder. */
export function authSecret(): Secret {
  sessionSecret ??=
    env().authSecret ??
    new Secret(readOrMakeSecretFile(pathOf(files.authSecret), () => randomBytes(48).toString("base64url")));
  return sessionSecret;
}

/**
 * A 32-byte key for one purpose, such as sealing cursors, derived from the current key of the ring (HKDF-SHA-256).
 * It changes when the ring is rotated, so it fits what may be lost then.
 */
export function derivedKey(purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", keyRing().current.bytes, "", `watchfloor/${purpose}`, 32));
}
