import "server-only";
import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { env } from "@/lib/server/env";
import { Secret } from "@/lib/server/secret";
import { StartupError } from "@/lib/server/startup-error";
import { readOrMakeSecretFile, replaceSecretFile } from "@/lib/server/vault/secret-file";
import { type Key, parseKeyRing, type KeyRing } from "@/lib/server/vault/key-ring";

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

/**
 * Puts a fresh key in front of the kept ones in the data folder, for servers that must be started anew; its id. A ring that holds a
 * second key already is on its way to a rotation and gets no third one.
 * @throws StartupError when WATCHFLOOR_KEYS is set: that list is the operator's
 */
export function addKeptKey(): string {
  if (env().keys !== null)
    throw new StartupError(
      "WATCHFLOOR_KEYS is set, so the new key goes there: put it in front of the list, as id:base64 of 32 random bytes.",
    );
  const before = keyRing();
  if (before.byId.size > 1) return before.current.id;
  const number = Number(/^embedded-(\d+)$/.exec(before.current.id)?.[1] ?? 1);
  const fresh = `embedded-${number + 1}:${randomBytes(32).toString("base64")}`;
  const kept = [...before.byId.values()].map((key) => `${key.id}:${key.bytes.toString("base64")}`);
  const text = [fresh, ...kept].join(",");
  replaceSecretFile(pathOf(files.keys), text);
  ring = parseKeyRing(text);
  return ring.current.id;
}

/** The secret of the session cookie: NEXTAUTH_SECRET, or one that is made once and kept in the data folder. */
export function authSecret(): Secret {
  sessionSecret ??=
    env().authSecret ??
    new Secret(readOrMakeSecretFile(pathOf(files.authSecret), () => randomBytes(48).toString("base64url")));
  return sessionSecret;
}

/**
 * 32-byte keys for one purpose, such as sealing cursors, derived from the keys of the ring (HKDF-SHA-256): the current one first, which
 * seals; the others open what was sealed before the ring was rotated.
 */
export function derivedKeys(purpose: string): readonly [Buffer, ...Buffer[]] {
  const { current, byId } = keyRing();
  const derive = (key: Key) => Buffer.from(hkdfSync("sha256", key.bytes, "", `watchfloor/${purpose}`, 32));
  const older = [...byId.values()].filter((key) => key !== current);
  return [derive(current), ...older.map(derive)];
}
