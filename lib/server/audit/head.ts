import "server-only";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Tx } from "@/lib/server/db/database";
import { auditHeads } from "@/lib/server/db/schema/tenant";
import { Secret } from "@/lib/server/secret";
import { open, seal, type SealContext, VaultError } from "@/lib/server/vault/envelope";
import { keyRing } from "@/lib/server/vault/keys";

/** The end of an organisation's audit chain. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: Uint8Array;
  /** First row whose hash is keyed. */
  readonly keyedFrom: number;
  readonly key: Buffer;
  /** As it is stored; null before the head was ever written. */
  readonly sealedKey: Buffer | null;
}

/** The head does not carry its own seal: somebody wrote to the table past us, or the key ring is another one. */
export class AuditHeadError extends Error {
  constructor() {
    super("The head of the audit chain is not what we wrote.");
    this.name = "AuditHeadError";
  }
}

/** Where a chain's key stands, for the vault and its rotation. */
export function auditKeyPlace(organisationId: string): SealContext {
  return { table: "audit_heads", rowId: organisationId, organisationId, field: "sealed_key", origin: "" };
}

function macOf(organisationId: string, { seq, hash, keyedFrom, key }: AuditHead): Buffer {
  return createHmac("sha256", key)
    .update(JSON.stringify(["head", organisationId, seq, Buffer.from(hash).toString("hex"), keyedFrom]))
    .digest();
}

/** A head with a fresh key for a chain that ends here. */
export function newHead(end: { readonly seq: number; readonly hash: Uint8Array }): AuditHead {
  return { ...end, keyedFrom: end.seq + 1, key: randomBytes(32), sealedKey: null };
}

/**
 * The head of the organisation's chain; null when it has none. Runs inside `withOrganisation`.
 * @throws AuditHeadError when it is not what we wrote
 */
export async function readHead(tx: Tx, organisationId: string): Promise<AuditHead | null> {
  const [row] = await tx.select().from(auditHeads);
  if (!row) return null;
  const { seq, hash, keyedFrom, sealedKey, mac } = row;
  const head = { seq, hash, keyedFrom, key: openKey(organisationId, sealedKey), sealedKey };
  const expected = macOf(organisationId, head);
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) throw new AuditHeadError();
  return head;
}

function openKey(organisationId: string, sealedKey: Buffer): Buffer {
  try {
    return Buffer.from(open(keyRing(), auditKeyPlace(organisationId), sealedKey).reveal(), "base64");
  } catch (error) {
    throw error instanceof VaultError ? new AuditHeadError() : error;
  }
}

/** Moves the head. Runs inside `withOrganisation`, in the turn of the row that it now names. */
export async function writeHead(tx: Tx, organisationId: string, head: AuditHead): Promise<void> {
  const sealedKey =
    head.sealedKey ?? seal(keyRing(), auditKeyPlace(organisationId), new Secret(head.key.toString("base64")));
  const moved = { seq: head.seq, hash: Buffer.from(head.hash), mac: macOf(organisationId, head) };
  await tx
    .insert(auditHeads)
    .values({ organisationId, ...moved, keyedFrom: head.keyedFrom, sealedKey })
    .onConflictDoUpdate({ target: auditHeads.organisationId, set: moved });
}
