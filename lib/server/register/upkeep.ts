import "server-only";
import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import type { RegisterKey } from "./incident-columns";
import { takeRegisterTurn } from "./reading";

interface KeyRow extends Record<string, unknown> {
  readonly workspace_id: string;
  readonly source: string;
  readonly incident_id: string;
}

/**
 * Open incidents that no call has shown that was begun at `before` (ISO) or later: they left the window, or a reading that should have had
 * them came without. Their absence tells nothing, so each has to be asked for. The pairs take turns, the longest unseen first in
 * each, so that one workspace that does not answer cannot hold up the others.
 */
export async function dueForRecheck(
  tx: Tx,
  { before, limit }: { readonly before: string; readonly limit: number },
): Promise<RegisterKey[]> {
  const rows = rowsOf<KeyRow>(
    await tx.execute(sql`
      select workspace_id, source, incident_id from (
        select workspace_id, source, incident_id, called_at,
            row_number() over (partition by workspace_id, source order by called_at, incident_id) as turn
          from register_incidents where is_open and called_at < ${before}::timestamptz) as due
        order by turn, called_at, workspace_id, source, incident_id limit ${limit}`),
  );
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    source: row.source,
    incidentId: row.incident_id,
  }));
}

export interface Pruned {
  readonly incidents: number;
  readonly transitions: number;
  readonly readings: number;
}

/**
 * Forgets closed and gone incidents that no call has shown since `olderThan` (ISO), with their transitions, and readings from before then that
 * nothing names any more. What was created before then is no longer said to be covered.
 */
export async function pruneRegister(tx: Tx, { olderThan }: { readonly olderThan: string }): Promise<Pruned> {
  await takeRegisterTurn(tx);
  const before = sql`${olderThan}::timestamptz`;
  const countOf = async (statement: ReturnType<typeof sql>) => {
    const [row] = rowsOf<{ n: number }>(
      await tx.execute(sql`with gone as (${statement} returning 1) select count(*)::int as n from gone`),
    );
    return row?.n ?? 0;
  };
  const isForgotten = (alias: string) => sql`exists (
    select from register_incidents as old
      where not old.is_open and old.called_at < ${before}
        and old.workspace_id = ${sql.raw(alias)}.workspace_id and old.source = ${sql.raw(alias)}.source
        and old.incident_id = ${sql.raw(alias)}.incident_id)`;
  const transitions = await countOf(
    sql`delete from register_transitions as held where ${isForgotten("held")}`,
  );
  await tx.execute(sql`delete from register_rows as held where ${isForgotten("held")}`);
  const incidents = await countOf(
    sql`delete from register_incidents where not is_open and called_at < ${before}`,
  );
  const readings = await countOf(sql`
    delete from register_readings as held where started_at < ${before}
      and not exists (select from register_coverage where reading_id = held.id)
      and id not in (
        select reading_id from register_incidents where reading_id is not null
        union select reading_before from register_transitions where reading_before is not null
        union select reading_after from register_transitions where reading_after is not null)`);
  await tx.execute(sql`delete from register_spans where covered_to <= ${before}`);
  await tx.execute(sql`update register_spans set covered_from = ${before} where covered_from < ${before}`);
  return { incidents, transitions, readings };
}
