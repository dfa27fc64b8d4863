import "server-only";
import { sql } from "drizzle-orm";
import type { WorkspaceScope } from "@/lib/domain/access";
import type { LiveEvent, LiveSubject, LiveTopic } from "@/lib/domain/live";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { ownOrganisation } from "@/lib/server/db/organisation";
import { storableJson } from "@/lib/server/db/storable";

/**
 * The log of what happened in an organisation, as live screens follow it. Numbers are given in the order of commits and without a gap:
 * writers take turns at the head, so whoever has read to a number will never find an earlier one that was not there.
 */

/** The channel of the doorbell; its message is the organisation's id. */
export const liveChannel = "watchfloor_live";

/**
 * Writes events in the transaction of what happened, and rings once it is committed. Other writers of the organisation's log wait from here
 * until then, so it belongs near the end of a transaction.
 */
export async function appendEvents(tx: Tx, events: readonly LiveSubject[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ topic, workspaceId, ...subject }) => ({ topic, workspaceId, subject }));
  await tx.execute(sql`
    with head as (
      insert into live_heads as held (organisation_id, last_id) values (${ownOrganisation}, ${rows.length}::bigint)
        on conflict (organisation_id) do update set last_id = held.last_id + excluded.last_id
        returning last_id)
    insert into live_events (organisation_id, id, at, topic, workspace_id, subject)
    select ${ownOrganisation}, (select last_id from head) - ${rows.length}::bigint + each.place, clock_timestamp(),
        each.event->>'topic', each.event->>'workspaceId', each.event->'subject'
      from jsonb_array_elements(${storableJson(rows)}::jsonb) with ordinality as each (event, place)`);
  await tx.execute(sql`select pg_notify(${liveChannel}, ${ownOrganisation}::text)`);
}

/** The number of the newest event; 0 when there was none. */
export async function headOf(tx: Tx): Promise<number> {
  const [row] = rowsOf<{ id: string | number }>(await tx.execute(sql`select last_id as id from live_heads`));
  return Number(row?.id ?? 0);
}

interface EventRow extends Record<string, unknown> {
  readonly id: string | number;
  readonly at_ms: string | number;
  readonly topic: LiveTopic;
  readonly workspace_id: string | null;
  readonly subject: object;
}

export interface LiveSlice {
  /** Those that the person may see. */
  readonly events: readonly LiveEvent[];
  /** How far the log was read, whoever's events that were. */
  readonly upTo: number;
  /** False where there is more. */
  readonly isAll: boolean;
}

/**
 * What happened after a number, in order, within the person's sight. Null when the log no longer goes back so far, or never went: then what is
 * shown has to be read anew.
 * @param limit of log entries looked at, whether they may be seen or not
 */
export async function eventsAfter(
  tx: Tx,
  after: number,
  { scope, limit }: { readonly scope: WorkspaceScope; readonly limit: number },
): Promise<LiveSlice | null> {
  const head = await headOf(tx);
  if (after > head) return null;
  if (after === head) return { events: [], upTo: after, isAll: true };
  const rows = rowsOf<EventRow>(
    await tx.execute(sql`
      select id, (extract(epoch from at) * 1000)::bigint as at_ms, topic, workspace_id, subject
        from live_events where id > ${after}::bigint order by id limit ${limit}`),
  );
  if (Number(rows[0]?.id) !== after + 1) return null;
  const isSeen = (workspaceId: string | null) =>
    workspaceId === null || scope.kind === "all" || scope.ids.has(workspaceId);
  const upTo = Number(rows.at(-1)?.id ?? after);
  return {
    // Written by `appendEvents` from the very type.
    events: rows
      .filter((row) => isSeen(row.workspace_id))
      .map(
        ({ id, at_ms, topic, workspace_id, subject }) =>
          ({
            ...subject,
            topic,
            workspaceId: workspace_id,
            id: Number(id),
            at: new Date(Number(at_ms)).toISOString(),
          }) as LiveEvent,
      ),
    upTo,
    isAll: upTo >= head,
  };
}

/** Forgets events from before `olderThan` (ISO). Who comes back from further away reads anew. */
export async function pruneEvents(tx: Tx, { olderThan }: { readonly olderThan: string }): Promise<void> {
  await tx.execute(sql`delete from live_events where at < ${olderThan}::timestamptz`);
}
