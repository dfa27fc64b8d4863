import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Secret } from "@/lib/server/secret";
import type { KeyRing } from "@/lib/server/vault/key-ring";

/*
 * Envelope encryption (RELIABILITY SEC-10). Each secret has a data key of its own (DEK), which is wrapped under a key of the ring (KEK):
 * rotating the ring re-wraps 32 bytes and never touches the secret. A record, byte by byte:
 *
 *   version 1 · length of the key id 1 · key id · IV 12 · wrapped DEK 32 · tag 16 · IV 12 · ciphertext · tag 16
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

const version = 1;
const ivBytes = 12;
const tagBytes = 16;
const dekBytes = 32;
const algorithm = "aes-256-gcm";

/** Unambiguous: a JSON array cannot be read in two ways, however odd the members. */
function associatedData(layer: "key" | "value", keyId: string, context: SealContext): Buffer {
  const { table, rowId, organisationId, field, origin } = context;
  return Buffer.from(JSON.stringify([version, layer, keyId, table, rowId, organisationId, field, origin]));
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

/** Seals a secret for one place under the ring's current key. Two seals of the same secret differ in every part. */
export function seal(ring: KeyRing, context: SealContext, secret: Secret): Buffer {
  const keyId = Buffer.from(ring.current.id);
  const dek = randomBytes(dekBytes);
  return Buffer.concat([
    Buffer.of(version, keyId.length),
    keyId,
    encrypt(ring.current.bytes, associatedData("key", ring.current.id, context), dek),
    encrypt(dek, associatedData("value", ring.current.id, context), Buffer.from(secret.reveal(), "utf8")),
  ]);
}

/**
 * Opens a record.
 * @throws VaultError when the key is not in the ring, a bit was changed, or the record belongs to another place or upstream.
 */
export function open(ring: KeyRing, context: SealContext, record: Uint8Array): Secret {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  const keyEnd = 2 + (bytes[1] ?? 0);
  const wrappedEnd = keyEnd + ivBytes + dekBytes + tagBytes;
  const key = ring.byId.get(bytes.toString("latin1", 2, keyEnd));
  if (bytes[0] !== version || !key || bytes.length < wrappedEnd + ivBytes + tagBytes) throw new VaultError();
  try {
    const dek = decrypt(
      key.bytes,
      associatedData("key", key.id, context),
      bytes.subarray(keyEnd, wrappedEnd),
    );
    return new Secret(
      decrypt(dek, associatedData("value", key.id, context), bytes.subarray(wrappedEnd)).toString("utf8"),
    );
  } catch {
    throw new VaultError();
  }
}
