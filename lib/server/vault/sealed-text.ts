import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Failure } from "@/lib/errors";

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const EXPIRY_BYTES = 6;

let drawn = Buffer.alloc(0);

/** Each is used once. Drawn many at a time: to ask the system for each costs as much as the sealing itself. */
function freshIv(): Buffer {
  if (drawn.length < IV_BYTES) drawn = randomBytes(IV_BYTES * 256);
  const iv = drawn.subarray(0, IV_BYTES);
  drawn = drawn.subarray(IV_BYTES);
  return iv;
}

/**
 * A text that the browser holds for us and can neither read nor change: AES-256-GCM, bound to `binding`, good until `expiresAtMs`.
 * @param key 32 bytes
 */
export function sealText(key: Uint8Array, binding: Buffer, text: string, expiresAtMs: number): string {
  const iv = freshIv();
  const expiry = Buffer.alloc(EXPIRY_BYTES);
  expiry.writeUIntBE(expiresAtMs, 0, EXPIRY_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(binding);
  const sealed = Buffer.concat([cipher.update(expiry), cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, sealed, cipher.getAuthTag()]).toString("base64url");
}

/** The text of `sealText`. Throws `CURSOR_INVALID` for what this key and binding did not seal, `CURSOR_EXPIRED` when it is too old. */
export function openText(key: Uint8Array, binding: Buffer, sealed: string, nowMs: number): string {
  const bytes = Buffer.from(sealed, "base64url");
  const isOurForm =
    bytes.length > 1 + IV_BYTES + EXPIRY_BYTES + TAG_BYTES &&
    bytes[0] === VERSION &&
    bytes.toString("base64url") === sealed;
  if (!isOurForm) throw new Failure("CURSOR_INVALID");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, 1 + IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(binding).setAuthTag(bytes.subarray(-TAG_BYTES));
  let plain: Buffer;
  try {
    plain = Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new Failure("CURSOR_INVALID");
  }
  if (plain.readUIntBE(0, EXPIRY_BYTES) <= nowMs) throw new Failure("CURSOR_EXPIRED");
  return plain.toString("utf8", EXPIRY_BYTES);
}
