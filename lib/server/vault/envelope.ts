import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Secret } from "@/lib/server/secret";
import type { Key, KeyRing } from "@/lib/server/vault/key-ring";

/*
 * Envelope encryption (RELIABILITY SEC-10). Each secret has a data key of its own (DEK), which is wrapped under a key of the ring (KEK):
 * rotating the ring re-wraps 32 bytes and never touches the secret (`rewrap`). A record, byte by byte:
 *
 *   version 1 · length of the key id 1 · key id · IV 12 · wrapped DEK 32 · tag 16 · IV 12 · ciphertext · tag 16
 *
 * Version 2. In version 1 the secret was bound to the key's id as well, so such a record is sealed anew when the ring is rotated.
 */

/** Where a secret stands. It is bound into the record, which opens in exactly this place and nowhere else. */
export interface SealContext {
  readonly table: string;
  readonly rowId: string;
  readonly organisationId: string;
  readonly field: string;
  /** Origin of the upstream that the secret may be shown to: a changed base address makes it unusable. Empty when it is for no upstream. */
  readonly origin: string;
}

/** The record was not sealed by this ring for this place, or was changed. Says nothing about which. */
export class VaultError extends Error {
  constructor() {
    super("The sealed value cannot be opened here.");
    this.name = "VaultError";
  }
}

type Version = 1 | 2;
const current: Version = 2;
const ivBytes = 12;
const tagBytes = 16;
const dekBytes = 32;
const algorithm = "aes-256-gcm";

/** What a layer is bound to. Unambiguous: a JSON array cannot be read in two ways, however odd the members. */
function associatedData(version: Version, layer: "key" | "value", keyId: string, place: SealContext): Buffer {
  const { table, rowId, organisationId, field, origin } = place;
  const bound = layer === "value" && version === 2 ? "" : keyId;
  return Buffer.from(JSON.stringify([version, layer, bound, table, rowId, organisationId, field, origin]));
}

function encrypt(key: Buffer, aad: Buffer, plain: Buffer): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(aad);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, aad: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(aad).setAuthTag(sealed.subarray(sealed.length - tagBytes));
  return Buffer.concat([
    decipher.update(sealed.subarray(ivBytes, sealed.length - tagBytes)),
    decipher.final(),
  ]);
}

function wrap(key: Key, context: SealContext, dek: Buffer): Buffer {
  const keyId = Buffer.from(key.id);
  return Buffer.concat([
    Buffer.of(current, keyId.length),
    keyId,
    encrypt(key.bytes, associatedData(current, "key", key.id, context), dek),
  ]);
}

/** Seals a secret for one place under the ring's current key. Two seals of the same secret differ in every part. */
export function seal(ring: KeyRing, context: SealContext, secret: Secret): Buffer {
  const dek = randomBytes(dekBytes);
  const bound = associatedData(current, "value", ring.current.id, context);
  return Buffer.concat([
    wrap(ring.current, context, dek),
    encrypt(dek, bound, Buffer.from(secret.reveal(), "utf8")),
  ]);
}

interface Unwrapped {
  readonly version: Version;
  readonly keyId: string;
  readonly dek: Buffer;
  /** IV, ciphertext and tag of the secret. */
  readonly sealed: Buffer;
}

/** Throws VaultError, or whatever the cipher throws. */
function unwrap(ring: KeyRing, context: SealContext, record: Uint8Array): Unwrapped {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  const keyEnd = 2 + (bytes[1] ?? 0);
  const wrappedEnd = keyEnd + ivBytes + dekBytes + tagBytes;
  const key = ring.byId.get(bytes.toString("latin1", 2, keyEnd));
  const version = bytes[0];
  if ((version !== 1 && version !== 2) || !key || bytes.length < wrappedEnd + ivBytes + tagBytes)
    throw new VaultError();
  const bound = associatedData(version, "key", key.id, context);
  const dek = decrypt(key.bytes, bound, bytes.subarray(keyEnd, wrappedEnd));
  return { version, keyId: key.id, dek, sealed: bytes.subarray(wrappedEnd) };
}

/**
 * Opens a record.
 * @throws VaultError when the key is not in the ring, a bit was changed, or the record belongs to another place or upstream.
 */
export function open(ring: KeyRing, context: SealContext, record: Uint8Array): Secret {
  try {
    const { version, keyId, dek, sealed } = unwrap(ring, context, record);
    return new Secret(
      decrypt(dek, associatedData(version, "value", keyId, context), sealed).toString("utf8"),
    );
  } catch {
    throw new VaultError();
  }
}

/** The id of the key that a record is sealed under, as the record says; proves nothing. */
export function keyIdOf(record: Uint8Array): string {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  return bytes.toString("latin1", 2, 2 + (bytes[1] ?? 0));
}

/**
 * The same secret under the ring's current key, in the same place; null when it stands there already.
 * @throws VaultError as `open`
 */
export function rewrap(ring: KeyRing, context: SealContext, record: Uint8Array): Buffer | null {
  // Opened as a whole first: a record that was tampered with must not get a fresh wrapping.
  const secret = open(ring, context, record);
  const { version, keyId, dek, sealed } = unwrap(ring, context, record);
  if (version !== current) return seal(ring, context, secret);
  if (keyId === ring.current.id) return null;
  return Buffer.concat([wrap(ring.current, context, dek), sealed]);
}
