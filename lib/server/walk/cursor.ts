import "server-only";
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { Failure } from "@/lib/errors";

/** A reading position: which walk, which step of it, for which workspace scope, and until when (ms since 1970). */
export interface Position {
  readonly walkId: string;
  readonly step: number;
  /** Fingerprint of the person's workspace scope (`scopeFingerprint`). */
  readonly scope: string;
  readonly expiresAtMs: number;
}

/** Whom a cursor belongs to. A cursor opened under any other binding is not valid. */
export interface CursorBinding {
  readonly personId: string;
  readonly organisationId: string;
  readonly credentialId: string;
  /** SHA-256 of the canonical filter, hex. */
  readonly filterHash: string;
}

/**
 * How long a cursor can be used after it was made. Upstream's tokens behind it are good for minutes only, and each page
 * brings a new cursor, so that a walk that goes on never meets this limit.
 */
export const cursorLifetimeMs = 15 * 60_000;

const version = 1;
const ivBytes = 12;
const tagBytes = 16;
const scopeBytes = 8;
/** walk id 16 · step 4 · expiry in seconds 6 · scope 8 */
const payloadBytes = 34;
const sealedBytes = 1 + ivBytes + payloadBytes + tagBytes;

/** SHA-256 over a JSON text, hex. The caller passes a canonical value. */
export function fingerprint(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

/** What the cursor remembers of a scope: a cursor made under wider rights must not outlive them. */
export function scopeFingerprint(workspaceIds: ReadonlySet<string> | "all"): string {
  const value = workspaceIds === "all" ? workspaceIds : [...workspaceIds].sort();
  return fingerprint(value).slice(0, scopeBytes * 2);
}

/** Unambiguous: a JSON array cannot be read in two ways, however odd the members. */
function associatedData(binding: CursorBinding): Buffer {
  const { personId, organisationId, credentialId, filterHash } = binding;
  return Buffer.from(
    JSON.stringify(["walk-cursor", version, personId, organisationId, credentialId, filterHash]),
  );
}

/**
 * Seals a position with AES-256-GCM; base64url, 84 characters however large the walk.
 * @param key 32 bytes
 */
export function sealCursor(key: Uint8Array, binding: CursorBinding, position: Position): string {
  const payload = Buffer.alloc(payloadBytes);
  payload.write(position.walkId.replaceAll("-", ""), 0, 16, "hex");
  payload.writeUInt32BE(position.step, 16);
  payload.writeUIntBE(Math.floor(position.expiresAtMs / 1000), 20, 6);
  payload.write(position.scope, 26, scopeBytes, "hex");
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(associatedData(binding));
  const sealed = Buffer.concat([cipher.update(payload), cipher.final()]);
  return Buffer.concat([Buffer.of(version), iv, sealed, cipher.getAuthTag()]).toString("base64url");
}

/**
 * Opens a cursor.
 * @throws Failure CURSOR_INVALID when it was not sealed by us for exactly this binding; CURSOR_EXPIRED when it is too old.
 */
export function openCursor(key: Uint8Array, binding: CursorBinding, cursor: string, nowMs: number): Position {
  const payload = unseal(key, binding, cursor);
  if (payload === null) throw new Failure("CURSOR_INVALID");
  const hex = payload.toString("hex", 0, 16);
  const position: Position = {
    walkId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    step: payload.readUInt32BE(16),
    scope: payload.toString("hex", 26, 26 + scopeBytes),
    expiresAtMs: payload.readUIntBE(20, 6) * 1000,
  };
  if (position.expiresAtMs <= nowMs) throw new Failure("CURSOR_EXPIRED");
  return position;
}

function unseal(key: Uint8Array, binding: CursorBinding, cursor: string): Buffer | null {
  const bytes = Buffer.from(cursor, "base64url");
  // The re-encoding refuses other spellings of the same bytes, which the lenient decoder would take.
  if (bytes.length !== sealedBytes || bytes[0] !== version || bytes.toString("base64url") !== cursor)
    return null;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, 1 + ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(associatedData(binding)).setAuthTag(bytes.subarray(sealedBytes - tagBytes));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(1 + ivBytes, sealedBytes - tagBytes)),
      decipher.final(),
    ]);
  } catch {
    return null;
  }
}
