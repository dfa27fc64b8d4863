import "server-only";
import { sql } from "drizzle-orm";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { LiveSubject } from "@/lib/domain/live";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { storableJson } from "@/lib/server/db/storable";
import { appendEvents } from "@/lib/server/live/log";
import { observationsOf } from "@/lib/server/walk/observe";
import { recordObservations } from "@/lib/server/workspaces";
import { arrivalOf, type Call, compareIncident, type HeldIncident, type Transition } from "./compare";
import {
  gone,
  type IncidentColumns,
  incidentColumns,
  keyText,
  registerKey,
  type RegisterKey,
} from "./incident-columns";
import { takeRegisterTurn } from "./reading";
import { touchIncidents, writeIncidents, writeTransitions } from "./write-incidents";

/** What a call changed in the register: something that arrived, or one member of an incident that turned. */
export interface Change extends RegisterKey, Transition {}

/** A page of rows, as one upstream call brought it. Times ISO, UTC. */
export interface RowsOfCall {
  readonly readingId: string;
  /** When the call was begun, and when it was answered. */
  readonly calledAt: string;
  readonly answeredAt: string;
  readonly rows: readonly IncidentRow[];
}

/**
 * Writes down what one upstream call showed, and returns what changed by it. The same call again changes nothing; nor does one that was
 * begun before the newest call a row rests on, or whose picture cannot be put in order with it (`compareIncident`).
 */
export async function recordRows(tx: Tx, shown: RowsOfCall): Promise<Change[]> {
  const organisationId = await takeRegisterTurn(tx);
  const call = callOf(shown, shown.readingId);
  await requireReading(tx, shown.readingId);
  if (shown.rows.length === 0) return [];
  const observed = observationsOf({ incidents: [...shown.rows], sourcePageTokens: [] });
  await recordObservations(tx, organisationId, observed, call.answeredMs);
  // One call may bring an incident twice, from two pages of a source that moved in between: the last one counts.
  const latest = new Map<string, IncidentColumns>();
  for (const row of shown.rows) {
    const key = registerKey({ workspaceId: row.workspaceId, source: row.source, incidentId: row.id });
    latest.set(keyText(key), incidentColumns(key, row));
  }
  return settle(tx, [...latest.values()], call);
}

/** An incident that was asked for by itself. */
export interface Recheck extends RegisterKey {
  readonly calledAt: string;
  readonly answeredAt: string;
  /** Null when upstream answers that there is no such incident. */
  readonly row: IncidentRow | null;
  /** The reading it belongs to, where there is one. */
  readonly readingId?: string | null;
}

/**
 * Writes down what became of one incident. One that upstream no longer knows is `Gone`, never closed; it comes back as soon as a
 * later call shows it.
 */
export async function recordRecheck(tx: Tx, recheck: Recheck): Promise<Change[]> {
  await takeRegisterTurn(tx);
  const call = callOf(recheck, recheck.readingId ?? null);
  const key = registerKey(recheck);
  if (recheck.row !== null) return settle(tx, [incidentColumns(key, recheck.row)], call);
  const held = (await readHeld(tx, [key])).get(keyText(key));
  if (!held) return [];
  const comparison = compareIncident(held, { ...held, state: gone }, call);
  if (comparison.kind === "same") await touchIncidents(tx, [key], call);
  if (comparison.kind !== "changed") return [];
  const changes = comparison.transitions.map((transition) => ({ ...key, ...transition }));
  await tx.execute(sql`
    update register_incidents
      set state = ${gone}, is_open = false, closed_seen_at = null,
          called_at = ${new Date(call.calledMs).toISOString()}::timestamptz,
          answered_at = ${new Date(call.answeredMs).toISOString()}::timestamptz, reading_id = ${call.readingId}::uuid
      where workspace_id = ${key.workspaceId} and source = ${key.source} and incident_id = ${key.incidentId}`);
  await writeTransitions(tx, changes);
  await appendEvents(tx, [{ topic: "incident", ...key, change: "changed" }]);
  return changes;
}

function callOf(times: { readonly calledAt: string; readonly answeredAt: string }, readingId: string | null) {
  const call: Call = {
    calledMs: Date.parse(times.calledAt),
    answeredMs: Date.parse(times.answeredAt),
    readingId,
  };
  if (!(call.calledMs <= call.answeredMs)) throw new Error("A call is answered after it was begun.");
  return call;
}

async function requireReading(tx: Tx, readingId: string): Promise<void> {
  const found = rowsOf(await tx.execute(sql`select 1 from register_readings where id = ${readingId}::uuid`));
  if (found.length === 0) throw new Error("Rows belong to a reading that was begun.");
}

/** Compares with what is held and writes the difference. */
async function settle(tx: Tx, shown: readonly IncidentColumns[], call: Call): Promise<Change[]> {
  const held = await readHeld(tx, shown);
  const written: IncidentColumns[] = [];
  const touched: RegisterKey[] = [];
  const changes: Change[] = [];
  const events: LiveSubject[] = [];
  for (const columns of shown) {
    const { workspaceId, source, incidentId } = columns;
    const key = { workspaceId, source, incidentId };
    const known = held.get(keyText(key));
    const comparison = known
      ? compareIncident(known, columns, call)
      : ({ kind: "changed", transitions: [arrivalOf(columns.state, call)] } as const);
    if (comparison.kind === "same") touched.push(key);
    if (comparison.kind !== "changed") continue;
    written.push(columns);
    events.push({ topic: "incident", ...key, change: known ? "changed" : "added" });
    for (const transition of comparison.transitions) changes.push({ ...key, ...transition });
  }
  await touchIncidents(tx, touched, call);
  await writeIncidents(tx, written, call);
  await writeTransitions(tx, changes);
  await appendEvents(tx, events);
  return changes;
}

interface HeldRow extends Record<string, unknown> {
  readonly workspace_id: string;
  readonly source: string;
  readonly incident_id: string;
  readonly state: string | null;
  readonly severity: string | null;
  readonly owner: string | null;
  readonly classification: string | null;
  readonly digest: string;
  readonly reading_id: string | null;
  readonly called_ms: string | number;
  readonly answered_ms: string | number;
}

async function readHeld(tx: Tx, keys: readonly RegisterKey[]): Promise<ReadonlyMap<string, HeldIncident>> {
  const asked = keys.map(({ workspaceId, source, incidentId }) => ({ workspaceId, source, incidentId }));
  const rows = rowsOf<HeldRow>(
    await tx.execute(sql`
      select held.workspace_id, held.source, held.incident_id, held.state, held.severity, held.owner,
          held.classification, held.digest, held.reading_id,
          (extract(epoch from held.called_at) * 1000)::bigint as called_ms,
          (extract(epoch from held.answered_at) * 1000)::bigint as answered_ms
        from jsonb_to_recordset(${storableJson(asked)}::jsonb) as each
          ("workspaceId" text collate "C", source text collate "C", "incidentId" text collate "C")
          join register_incidents as held on held.workspace_id = each."workspaceId"
            and held.source = each.source and held.incident_id = each."incidentId"`),
  );
  return new Map(
    rows.map((row) => {
      const key = { workspaceId: row.workspace_id, source: row.source, incidentId: row.incident_id };
      const { state, severity, owner, classification, digest, reading_id: readingId } = row;
      const calledMs = Number(row.called_ms);
      const answeredMs = Number(row.answered_ms);
      return [
        keyText(key),
        { state, severity, owner, classification, digest, readingId, calledMs, answeredMs },
      ];
    }),
  );
}
