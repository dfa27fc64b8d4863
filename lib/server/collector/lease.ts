import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/server/db/database";
import { rowsOf } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { collectorLeases } from "@/lib/server/db/schema/collector";

/** The right to collect for one organisation, as one leader holds it. */
export interface Lease {
  readonly organisationId: string;
  /** Of the process, new with each start (uuid). */
  readonly owner: string;
  readonly fence: number;
}

/** Milliseconds. */
export interface LeaseTimes {
  /** Between two signs of life, and between two looks at a lease that somebody else holds. */
  readonly beatMs: number;
  /** Without a sign of life a lease is free after so long. */
  readonly lapseMs: number;
  /** A transaction of a leader that stands still for so long is ended by the server, so that its lock cannot outlive it. */
  readonly idleMs: number;
}

export const leaseTimes: LeaseTimes = { beatMs: 2_000, lapseMs: 6_000, idleMs: 4_000 };

/** The lease is another's by now. Nothing was written, and nothing more may be. */
export class LeaseLost extends Error {
  constructor() {
    super("The right to collect has gone to another server.");
    this.name = "LeaseLost";
  }
}

const lockOf = (organisationId: string) => sql`hashtextextended(${`collector:${organisationId}`}, 0)`;
/** Not `now()`, which stands still for the whole transaction, the wait for the lock included. */
const after = (ms: number) => sql`clock_timestamp() + ${ms} * interval '1 millisecond'`;
const isMine = ({ owner, fence }: Lease) =>
  and(eq(collectorLeases.owner, owner), eq(collectorLeases.fence, fence));

/** Is the lease held by somebody? By the database's clock. */
async function isHeld(tx: Tx): Promise<boolean> {
  const rows = rowsOf(
    await tx.execute(
      sql`select from collector_leases where owner is not null and lapses_at > clock_timestamp()`,
    ),
  );
  return rows.length > 0;
}

/**
 * Takes the lease where it is free: never held, given back or lapsed. Waits for writes that are under way, takes turns with
 * everybody who tries the same, and gets a fence above all before.
 * @returns null when another holds it
 */
export function takeLease(organisationId: string, owner: string, times: LeaseTimes): Promise<Lease | null> {
  return withOrganisation(organisationId, async (tx) => {
    if (await isHeld(tx)) return null;
    await tx.execute(sql`select pg_advisory_xact_lock(${lockOf(organisationId)})`);
    if (await isHeld(tx)) return null;
    const held = {
      owner,
      leaderSince: sql`clock_timestamp()`,
      lapsesAt: after(times.lapseMs),
    };
    const [row] = await tx
      .insert(collectorLeases)
      .values({ organisationId, fence: 1, ...held })
      .onConflictDoUpdate({
        target: collectorLeases.organisationId,
        set: { ...held, fence: sql`${collectorLeases.fence} + 1` },
      })
      .returning({ fence: collectorLeases.fence });
    if (!row) throw new Error("The lease was not written.");
    return { organisationId, owner, fence: row.fence };
  });
}

/** A sign of life. False: the lease is another's. One that has lapsed without being taken is still ours. */
export async function renewLease(lease: Lease, times: LeaseTimes): Promise<boolean> {
  const rows = await withOrganisation(lease.organisationId, (tx) =>
    tx
      .update(collectorLeases)
      .set({ lapsesAt: after(times.lapseMs) })
      .where(isMine(lease))
      .returning({ fence: collectorLeases.fence }),
  );
  return rows.length > 0;
}

/** Gives the lease back, so that the next one need not wait until it lapses. Nothing happens when it is another's. */
export async function releaseLease(lease: Lease): Promise<void> {
  await withOrganisation(lease.organisationId, (tx) =>
    tx.update(collectorLeases).set({ owner: null, lapsesAt: sql`clock_timestamp()` }).where(isMine(lease)),
  );
}

/** One transaction of a leader. */
export type Write = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * The only way in which a collector writes: a transaction that holds off the next leader until it ends, and in which nothing
 * happens when there is one already.
 * @throws LeaseLost; whatever `work` throws
 */
export function writeUnder(lease: Lease, times: LeaseTimes): Write {
  const { organisationId } = lease;
  return (work) =>
    withOrganisation(organisationId, async (tx) => {
      // A process that is stopped in here keeps its connection, and with it the lock: the server ends it for that.
      await tx.execute(
        sql`select set_config('idle_in_transaction_session_timeout', ${String(times.idleMs)}, true)`,
      );
      await tx.execute(sql`select pg_advisory_xact_lock_shared(${lockOf(organisationId)})`);
      const [row] = await tx
        .select({ fence: collectorLeases.fence })
        .from(collectorLeases)
        .where(isMine(lease));
      if (!row) throw new LeaseLost();
      return work(tx);
    });
}
