import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/server/db/database";
import { notOvertaken, takeRecordingTurn, writeCoverage, writeReply } from "./coverage";

/** A connector as one reply lists it, in the form of its table. */
export interface ListedConnector {
  readonly connectorId: string;
  readonly name: string | null;
  readonly connectorType: string | null;
  readonly provider: string | null;
  readonly connected: boolean | null;
}

/** What one workspace answered: its connectors, or why they are not known. */
export interface WorkspaceConnectors {
  /** Lower case. */
  readonly workspaceId: string;
  readonly outcome: { readonly connectors: readonly ListedConnector[] } | { readonly reason: string };
}

/** One reading of connectors, to be written down. */
export interface ConnectorReading {
  /** When the first call of it was begun, ISO. */
  readonly askedAt: string;
  readonly isWhole: boolean;
  readonly workspaces: readonly WorkspaceConnectors[];
  readonly unreadableRows: number;
}

/** Writes one reading of connectors into the history, in the caller's transaction. An older one that comes late changes nothing. */
export async function recordConnectors(
  tx: Tx,
  organisationId: string,
  reading: ConnectorReading,
): Promise<void> {
  const { askedAt, isWhole, unreadableRows } = reading;
  await takeRecordingTurn(tx, organisationId);
  const ids = reading.workspaces.map(({ workspaceId }) => workspaceId);
  const current = await notOvertaken(tx, "connectors", ids, askedAt);
  const accepted = reading.workspaces.filter(({ workspaceId }) => current.has(workspaceId));
  const rows = accepted.flatMap(({ workspaceId, outcome }) =>
    "connectors" in outcome ? outcome.connectors.map((connector) => ({ workspaceId, ...connector })) : [],
  );
  await writeConnectors(tx, organisationId, rows, askedAt);
  await writeCoverage(
    tx,
    organisationId,
    { kind: "connectors", askedAt },
    accepted.map(({ workspaceId, outcome }) => ({
      workspaceId,
      reason: "reason" in outcome ? outcome.reason : null,
    })),
  );
  if (isWhole)
    await writeReply(tx, organisationId, {
      kind: "connectors",
      askedAt,
      failureCode: commonFailure(reading.workspaces),
      unreadableRows,
      remainder: null,
    });
}

/** The failure that no workspace escaped; null when one was read, or there were none to ask. */
function commonFailure(workspaces: readonly WorkspaceConnectors[]): string | null {
  const reasons = workspaces.map(({ outcome }) => ("reason" in outcome ? outcome.reason : null));
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

async function writeConnectors(
  tx: Tx,
  organisationId: string,
  rows: readonly ({ readonly workspaceId: string } & ListedConnector)[],
  askedAt: string,
): Promise<void> {
  if (rows.length === 0) return;
  const at = sql`${askedAt}::timestamptz`;
  await tx.execute(sql`
    insert into datasource_connectors as held
      (organisation_id, workspace_id, connector_id, name, connector_type, provider, connected,
       first_seen_at, last_read_at, last_connected_at)
    select ${organisationId}::uuid, each."workspaceId", each."connectorId", each.name, each."connectorType",
        each.provider, each.connected, ${at}, ${at}, case when each.connected then ${at} end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as each
        ("workspaceId" text, "connectorId" text, name text, "connectorType" text, provider text, connected boolean)
    on conflict (organisation_id, workspace_id, connector_id) do update
      set name = excluded.name, connector_type = excluded.connector_type, provider = excluded.provider,
          connected = excluded.connected, last_read_at = excluded.last_read_at,
          last_connected_at = coalesce(excluded.last_connected_at, held.last_connected_at)`);
}
