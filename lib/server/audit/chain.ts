import "server-only";
import { createHash, createHmac } from "node:crypto";
import { canonicalJson } from "@/lib/server/upstream/canonical";

/** Everything in an audit row that its hash covers. */
export interface ChainedRow {
  readonly seq: number;
  readonly at: Date;
  /** Null in the platform's own chain. */
  readonly organisationId: string | null;
  readonly personId: string | null;
  readonly action: string;
  readonly permission: string | null;
  readonly workspaceId: string | null;
  readonly outcome: string;
  readonly upstreamRequestId: string | null;
  readonly requestId: string;
  readonly detail: unknown;
}

/** What the first row of a chain follows. */
export const chainStart = Buffer.alloc(32);

/**
 * Hash over the hash of the row before and this row: a change, a gap or an exchange breaks every hash after it. HMAC-SHA-256 under the
 * chain's key, so that who can write to the database but does not hold the vault's keys cannot make it anew; SHA-256 without a key for the
 * rows from before there were keys, and for the platform's own chain.
 * The form must never change, because old rows could not be verified any more; a test pins it.
 */
export function chainHash(previous: Uint8Array, row: ChainedRow, key: Uint8Array | null = null): Buffer {
  const { at, ...rest } = row;
  const hash = key === null ? createHash("sha256") : createHmac("sha256", key);
  return hash
    .update(previous)
    .update(canonicalJson({ ...rest, at: at.toISOString() }))
    .digest();
}
