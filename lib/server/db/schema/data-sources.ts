// Without "server-only": drizzle-kit loads this file outside any bundler. It holds no secret and no connection.
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "../columns";
import { organisationId } from "./tenant";

/*
 * The history of data sources: upstream tells what is unusual now and keeps nothing. Written by `lib/server/data-sources` only.
 * Workspace ids are lower-case GUIDs where upstream sends GUIDs; empty where it names none.
 */

/** One time that an anomaly was there, from its first sighting to the reading of its workspace that no longer had it. */
export const datasourceAnomalies = pgTable(
  "datasource_anomalies",
  {
    /** Names it in addresses. */
    id: uuid("id").notNull().defaultRandom(),
    organisationId: organisationId(),
    workspaceId: text("workspace_id").notNull(),
    /** The connector's id as upstream names it, else its name, else a digest of the row. */
    connectorKey: text("connector_key").notNull(),
    /** What of the connector is concerned: its table, else a digest of what does not change. */
    detailKey: text("detail_key").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    /** The last reading that named the workspace without this anomaly: before it began, or the one that closed it. */
    lastGoodAt: instant("last_good_at"),
    closedAt: instant("closed_at"),
    workspaceName: text("workspace_name"),
    connectorId: text("connector_id"),
    connectorName: text("connector_name"),
    tableName: text("table_name"),
    message: text("message"),
    lastReceivedAt: instant("last_received_at"),
    reportedAt: instant("reported_at"),
    expected: doublePrecision("expected"),
    actual: doublePrecision("actual"),
    score: doublePrecision("score"),
    /** The row as it came last, as JSON text, cut to a bound. */
    raw: text("raw").notNull(),
  },
  (table) => [
    primaryKey({
      name: "datasource_anomalies_pk",
      columns: [
        table.organisationId,
        table.workspaceId,
        table.connectorKey,
        table.detailKey,
        table.firstSeenAt,
      ],
    }),
    unique("datasource_anomalies_id").on(table.organisationId, table.id),
    uniqueIndex("datasource_anomalies_open")
      .on(table.organisationId, table.workspaceId, table.connectorKey, table.detailKey)
      .where(sql`closed_at is null`),
    index("datasource_anomalies_last_seen").on(table.organisationId, table.lastSeenAt),
  ],
);

/** A connector of a workspace as it was last listed. One that is no longer listed stays, with the time it was. */
export const datasourceConnectors = pgTable(
  "datasource_connectors",
  {
    organisationId: organisationId(),
    workspaceId: text("workspace_id").notNull(),
    connectorId: text("connector_id").notNull(),
    name: text("name"),
    connectorType: text("connector_type"),
    provider: text("provider"),
    /** Null where upstream did not say. */
    connected: boolean("connected"),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastReadAt: instant("last_read_at").notNull(),
    lastConnectedAt: instant("last_connected_at"),
  },
  (table) => [
    primaryKey({
      name: "datasource_connectors_pk",
      columns: [table.organisationId, table.workspaceId, table.connectorId],
    }),
  ],
);

/** What the last readings of a workspace's anomalies and connectors came to. */
export const datasourceCoverage = pgTable(
  "datasource_coverage",
  {
    organisationId: organisationId(),
    workspaceId: text("workspace_id").notNull(),
    kind: text("kind", { enum: ["anomalies", "connectors"] }).notNull(),
    /** When the newest reading that is recorded was begun. */
    askedAt: instant("asked_at").notNull(),
    /** The newest reading whose reply named the workspace. */
    lastReadAt: instant("last_read_at"),
    /** The first reading after it that did not; null while the newest one did. */
    missingSince: instant("missing_since"),
    /** Why: `left-out`, or a code of `lib/errors`. */
    reason: text("reason"),
  },
  (table) => [
    primaryKey({
      name: "datasource_coverage_pk",
      columns: [table.organisationId, table.workspaceId, table.kind],
    }),
    check("datasource_coverage_kind", sql`${table.kind} in ('anomalies', 'connectors')`),
  ],
);

/** What the organisation's newest reading of all its workspaces came to as a whole. */
export const datasourceReplies = pgTable(
  "datasource_replies",
  {
    organisationId: organisationId(),
    kind: text("kind", { enum: ["anomalies", "connectors"] }).notNull(),
    askedAt: instant("asked_at").notNull(),
    answeredAt: instant("answered_at"),
    failedSince: instant("failed_since"),
    /** A code of `lib/errors`. */
    failureCode: text("failure_code"),
    /** Rows that could not be read at all. */
    unreadableRows: integer("unreadable_rows").notNull().default(0),
    /** What no row could be made of, as JSON text, cut to a bound. */
    remainder: text("remainder"),
  },
  (table) => [
    primaryKey({ name: "datasource_replies_pk", columns: [table.organisationId, table.kind] }),
    check("datasource_replies_kind", sql`${table.kind} in ('anomalies', 'connectors')`),
  ],
);
