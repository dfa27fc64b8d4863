import "server-only";
import { createHash } from "node:crypto";
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
 * SHA-256 over the hash of the row before and this row: a change, a gap or an exchange breaks every hash after it.
 * The form must never change, because old rows could not be verified any more; a test pins it.
 */
export function chainHash(previous: Uint8Array, row: ChainedRow): Buffer {
  const { at, ...rest } = row;
  return createHash("sha256")
    .update(previous)
    .update(canonicalJson({ ...rest, at: at.toISOString() }))
    .digest();
}
