import "server-only";
import { asc, gt } from "drizzle-orm";
import { chainHash, chainStart, type ChainedRow } from "./chain";
import { type AuditHead, AuditHeadError, readHead } from "./head";
import type { Tx } from "@/lib/server/db/database";
import { audit } from "@/lib/server/db/schema/tenant";

/** A row as it is stored. */
export interface StoredRow extends ChainedRow {
  readonly prevHash: Uint8Array;
  readonly hash: Uint8Array;
}

export interface ChainFault {
  /** Sequence number of the first row that is not as we wrote it. */
  readonly seq: number;
  readonly reason: string;
}

/** What was written down outside the database: the end of a chain at some time. */
export interface Checkpoint {
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
}

/** The rows up to here are as we wrote them. */
export interface ChainPosition {
  readonly seq: number;
  readonly hash: Uint8Array;
}

const beginning: ChainPosition = { seq: 0, hash: chainStart };
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** Follows a chain row by row. Pure. */
export class ChainCheck {
  #at: ChainPosition;

  constructor(
    private readonly head: Pick<AuditHead, "seq" | "hash" | "keyedFrom" | "key">,
    private readonly checkpoints: ReadonlyMap<number, string> = new Map(),
    from: ChainPosition = beginning,
  ) {
    this.#at = from;
  }

  get position(): ChainPosition {
    return this.#at;
  }

  /** The next row in order of `seq`; what is wrong with it, or null. */
  next({ hash, prevHash, ...row }: StoredRow): ChainFault | null {
    const expected = this.#at.seq + 1;
    const fault = (reason: string): ChainFault => ({ seq: expected, reason });
    if (row.seq > expected) return fault("the row is missing");
    if (row.seq < expected) return { seq: row.seq, reason: "the number stands there twice" };
    if (row.seq > this.head.seq) return fault("the row stands behind the end of the chain");
    if (!same(prevHash, this.#at.hash)) return fault("the row does not follow the one before");
    const key = row.seq >= this.head.keyedFrom ? this.head.key : null;
    if (!same(hash, chainHash(this.#at.hash, row, key))) return fault("the row was changed");
    const noted = this.checkpoints.get(row.seq);
    if (noted !== undefined && noted !== Buffer.from(hash).toString("hex"))
      return fault("the row is not the one that a checkpoint names");
    this.#at = { seq: row.seq, hash };
    return null;
  }

  /** After the last row. */
  end(): ChainFault | null {
    const { seq, hash } = this.#at;
    const next = seq + 1;
    if (seq < this.head.seq) return { seq: next, reason: "the row is missing, and all after it" };
    if (!same(hash, this.head.hash)) return { seq, reason: "the end of the chain is another one" };
    const beyond = [...this.checkpoints.keys()].some((noted) => noted > seq);
    return beyond ? { seq: next, reason: "a checkpoint names rows that are gone" } : null;
  }
}

export interface ChainReport {
  readonly rows: number;
  /** Rows whose hash has no key, from before there were heads; anybody with the database could have made them anew. */
  readonly unkeyed: number;
  readonly end: ChainPosition;
  readonly fault: ChainFault | null;
}

const batch = 1_000;

/** Verifies the organisation's chain. Runs inside `withOrganisation`; reads in pieces of 1,000 rows. */
export async function verifyAudit(
  tx: Tx,
  organisationId: string,
  checkpoints: readonly Checkpoint[] = [],
): Promise<ChainReport> {
  const notes = new Map(checkpoints.map(({ seq, hash }) => [seq, hash]));
  let head: AuditHead | null;
  try {
    head = await readHead(tx, organisationId);
  } catch (error) {
    if (!(error instanceof AuditHeadError)) throw error;
    return {
      rows: 0,
      unkeyed: 0,
      end: beginning,
      fault: { seq: 1, reason: "the head of the chain was changed" },
    };
  }
  if (!head) return withoutHead(tx, notes);
  const check = new ChainCheck(head, notes);
  const unkeyed = head.keyedFrom - 1;
  for (let seen = 0; ; ) {
    const rows = await tx
      .select()
      .from(audit)
      .where(gt(audit.seq, seen))
      .orderBy(asc(audit.seq))
      .limit(batch);
    for (const row of rows) {
      const fault = check.next(row);
      if (fault) return { rows: check.position.seq, unkeyed, end: check.position, fault };
      seen = row.seq;
    }
    if (rows.length < batch) break;
  }
  return { rows: check.position.seq, unkeyed, end: check.position, fault: check.end() };
}

/** A chain is without a head only while it has no row (or was begun before there were heads, and not written to since). */
async function withoutHead(tx: Tx, notes: ReadonlyMap<number, string>): Promise<ChainReport> {
  const [first] = await tx.select({ seq: audit.seq }).from(audit).orderBy(asc(audit.seq)).limit(1);
  const reason = first
    ? "the chain has no head"
    : notes.size > 0
      ? "a checkpoint names rows that are gone"
      : null;
  return { rows: 0, unkeyed: 0, end: beginning, fault: reason === null ? null : { seq: 1, reason } };
}
