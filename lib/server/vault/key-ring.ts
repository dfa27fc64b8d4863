import "server-only";
import { StartupError } from "@/lib/server/startup-error";

/** A key-encryption key: its id stands in each record that it wrapped. */
export interface Key {
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

/** Keys by id. New records are sealed under `current`; the others only open older ones. */
export interface KeyRing {
  readonly current: Key;
  readonly byId: ReadonlyMap<string, Key>;
}

const keyBytes = 32;
const expected = "expected is id:base64,… where each key is 32 random bytes and the first one is current";

function parseKey(text: string): Key {
  const separator = text.indexOf(":");
  const id = separator < 0 ? "" : text.slice(0, separator).trim();
  if (!/^[A-Za-z0-9._-]{1,32}$/.test(id))
    throw new StartupError(`WATCHFLOOR_KEYS has an entry without a usable id; ${expected}.`);
  const encoded = text.slice(separator + 1).trim();
  const bytes = Buffer.from(encoded, "base64");
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded);
  if (!isBase64 || bytes.length !== keyBytes)
    throw new StartupError(`WATCHFLOOR_KEYS: the key "${id}" is not 32 bytes in base64; ${expected}.`);
  return { id, bytes };
}

/**
 * Reads the text of WATCHFLOOR_KEYS. Throws `StartupError` when it is empty, a key is short, or an id stands twice.
 * The sentence may name a key's id, never its bytes.
 */
export function parseKeyRing(text: string): KeyRing {
  const keys = text
    .split(",")
    .filter((part) => part.trim() !== "")
    .map((part) => parseKey(part.trim()));
  const [current] = keys;
  if (!current) throw new StartupError(`WATCHFLOOR_KEYS holds no key; ${expected}.`);
  const byId = new Map(keys.map((key) => [key.id, key]));
  if (byId.size !== keys.length) throw new StartupError("WATCHFLOOR_KEYS has the same key id twice.");
  return { current, byId };
}
