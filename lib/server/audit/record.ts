import "server-only";
import { desc, sql } from "drizzle-orm";
import { chainHash, chainStart, type ChainedRow } from "./chain";
import { type AuditHead, newHead, readHead, writeHead } from "./head";
import type { Tx } from "@/lib/server/db/database";
import { platformAudit } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { storableJson, storableText } from "@/lib/server/db/storable";

/** What is written down about an act: who, what, where, with which right, and how it ended. Never a secret. */
export interface AuditEntry {
  readonly organisationId: string;
  /** Null when the server acted by itself, or nobody was signed in. */
  readonly personId: string | null;
  /** An operation id of the registry, or an act of ours such as `session.signed-in`. */
  readonly action: string;
  readonly permission: string | null;
  readonly workspaceId: string | null;
  readonly outcome: "done" | "refused" | "failed" | "unknown";
  readonly upstreamRequestId: string | null;
  readonly requestId: string;
  readonly detail: Record<string, unknown>;
}

/** The detail as it will be read back: JSON values only, so that the hash of the stored row is the hash of this one. */
const storableDetail = (detail: Record<string, unknown>): unknown => JSON.parse(storableJson(detail));

function chained(
  entry: Omit<AuditEntry, "organisationId">,
  organisationId: string | null,
  seq: number,
): ChainedRow {
  const orNull = (text: string | null) => (text === null ? null : storableText(text));
  return {
    seq,
    // To the millisecond, as the column keeps it.
    at: new Date(),
    organisationId,
    personId: entry.personId,
    action: storableText(entry.action),
    permission: orNull(entry.permission),
    workspaceId: orNull(entry.workspaceId),
    outcome: entry.outcome,
    upstreamRequestId: orNull(entry.upstreamRequestId),
    requestId: storableText(entry.requestId),
    detail: storableDetail(entry.detail),
  };
}

/** One writer at a time per chain, until the transaction ends: two rows must not follow the same one. */
async function takeTurn(tx: Tx, chain: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`audit:${chain}`}, 0))`);
}

/** The head of the chain, or one for a chain that has none yet: rows that stand there already stay without a key. */
async function headOf(tx: Tx, organisationId: string): Promise<AuditHead> {
  const head = await readHead(tx, organisationId);
  if (head) return head;
  const [last] = await tx.select().from(audit).orderBy(desc(audit.seq)).limit(1);
  return newHead({ seq: last?.seq ?? 0, hash: last?.hash ?? chainStart });
}

/**
 * Writes one row at the end of the organisation's chain, inside the caller's transaction (`withOrganisation` of that organisation):
 * when the row cannot be written, what it reports does not happen either. Make it the transaction's last statement; other
 * writers of the organisation's audit wait for the commit. It follows the head and not the last row there is: rows taken off the end
 * leave a gap for good.
 * @throws AuditHeadError when the head was tampered with
 */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const { organisationId } = entry;
  await takeTurn(tx, organisationId);
  const head = await headOf(tx, organisationId);
  const row = chained(entry, organisationId, head.seq + 1);
  const hash = chainHash(head.hash, row, head.key);
  await tx
    .insert(audit)
    .values({ ...row, organisationId, outcome: entry.outcome, prevHash: Buffer.from(head.hash), hash });
  await writeHead(tx, organisationId, { ...head, seq: row.seq, hash });
}

/** The same for what concerns no organisation, in a transaction of `withPlatform`. */
export async function recordPlatformAudit(tx: Tx, entry: Omit<AuditEntry, "organisationId">): Promise<void> {
  await takeTurn(tx, "platform");
  const [last] = await tx.select().from(platformAudit).orderBy(desc(platformAudit.seq)).limit(1);
  const row = chained(entry, null, (last?.seq ?? 0) + 1);
  const prevHash = last?.hash ?? chainStart;
  const { organisationId: _none, ...columns } = row;
  await tx
    .insert(platformAudit)
    .values({ ...columns, outcome: entry.outcome, prevHash, hash: chainHash(prevHash, row) });
}
