// Without "server-only": drizzle-kit loads this file outside any bundler. It holds no secret and no connection.
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, instant } from "../columns";
import { auditColumns } from "./audit-columns";
import { organisations } from "./platform";

/*
 * Tables of one organisation each: they carry `organisation_id`, are reached through `withOrganisation` and have row-level security.
 * Roles, grants and policies stand in hand-written migrations; a test finds a tenant table that has none.
 */

/** The column of every tenant table. */
export const organisationId = () =>
  uuid("organisation_id")
    .notNull()
    .references(() => organisations.id, { onDelete: "cascade" });

export const connections = pgTable(
  "connections",
  {
    id: uuid("id").primaryKey(),
    organisationId: organisationId().unique(),
    /** Without a trailing slash. Its origin is bound into the sealed secrets below. */
    baseUrl: text("base_url").notNull(),
    /** Stays when the credential is rotated, so that cursors and cool-downs outlive it; new when the connection is replaced. */
    lineId: uuid("line_id").notNull().defaultRandom(),
    /** Who has the last word: the environment at each start, or the connection page once it was used. */
    managedBy: text("managed_by", { enum: ["environment", "page"] })
      .notNull()
      .default("environment"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    unique("connections_within_organisation").on(table.organisationId, table.id),
    check("connections_managed_by", sql`${table.managedBy} in ('environment', 'page')`),
  ],
);

/** What the organisation's calls met last; written by `lib/server/connection/health`, at most every few seconds. */
export const connectionHealth = pgTable("connection_health", {
  organisationId: organisationId().primaryKey(),
  lastSuccessAt: instant("last_success_at"),
  lastFailureAt: instant("last_failure_at"),
  /** A code of `lib/errors`, never a text of upstream's. */
  failureCode: text("failure_code"),
  failureOperation: text("failure_operation"),
  failureUpstreamRequestId: text("failure_upstream_request_id"),
});

export const connectionCredentials = pgTable(
  "connection_credentials",
  {
    id: uuid("id").primaryKey(),
    organisationId: organisationId(),
    connectionId: uuid("connection_id").notNull(),
    clientId: text("client_id").notNull(),
    /** Record of `lib/server/vault`. */
    sealedSecret: bytes("sealed_secret").notNull(),
    /** During a rotation a second credential stands beside the current one. */
    isCurrent: boolean("is_current").notNull(),
    /** When another one took its place; null for the current one and for one that has not been in use yet. */
    replacedAt: instant("replaced_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    // Both columns: a foreign key is checked without row-level security, so the id alone could name another tenant's row.
    foreignKey({
      name: "connection_credentials_connection_fk",
      columns: [table.organisationId, table.connectionId],
      foreignColumns: [connections.organisationId, connections.id],
    }).onDelete("cascade"),
    uniqueIndex("connection_credentials_current").on(table.connectionId).where(sql`is_current`),
    uniqueIndex("connection_credentials_beside").on(table.connectionId).where(sql`not is_current`),
    index("connection_credentials_organisation").on(table.organisationId),
  ],
);

export const workspaces = pgTable(
  "workspaces",
  {
    organisationId: organisationId(),
    /** Lower-case GUID. */
    workspaceId: text("workspace_id").notNull(),
    name: text("name"),
    firstSeenAt: instant("first_seen_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    /** Which kind of reply told us of it. */
    learnedFrom: text("learned_from").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.workspaceId] })],
);

export const workspaceSources = pgTable(
  "workspace_sources",
  {
    organisationId: organisationId(),
    workspaceId: text("workspace_id").notNull(),
    source: text("source").notNull(),
    firstSeenAt: instant("first_seen_at").notNull().defaultNow(),
    lastReadAt: instant("last_read_at"),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.workspaceId, table.source] })],
);

export const walks = pgTable(
  "walks",
  {
    id: uuid("id").primaryKey(),
    organisationId: organisationId(),
    personId: text("person_id").notNull(),
    sessionId: text("session_id").notNull(),
    credentialId: text("credential_id").notNull(),
    filterHash: text("filter_hash").notNull(),
    filter: jsonb("filter").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    unique("walks_within_organisation").on(table.organisationId, table.id),
    index("walks_expiry").on(table.organisationId, table.expiresAt),
  ],
);

export const walkSteps = pgTable(
  "walk_steps",
  {
    walkId: uuid("walk_id").notNull(),
    organisationId: organisationId(),
    step: integer("step").notNull(),
    /** Gzip JSON: state for the following step; null after the last one. */
    next: bytes("next"),
    /** Gzip JSON: the page as it was answered. */
    page: bytes("page").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.walkId, table.step] }),
    foreignKey({
      name: "walk_steps_walk_fk",
      columns: [table.organisationId, table.walkId],
      foreignColumns: [walks.organisationId, walks.id],
    }).onDelete("cascade"),
  ],
);

export const audit = pgTable(
  "audit",
  {
    // Without a cascade: an organisation with an audit trail cannot be deleted together with it.
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id),
    ...auditColumns,
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.seq] }),
    index("audit_by_action").on(table.organisationId, table.action, table.seq),
  ],
);

/** The end of each audit chain under a key of its own: rows taken off the end, and a chain made anew without the key, show here. */
export const auditHeads = pgTable("audit_heads", {
  organisationId: uuid("organisation_id")
    .primaryKey()
    .references(() => organisations.id),
  seq: bigint("seq", { mode: "number" }).notNull(),
  hash: bytes("hash").notNull(),
  /** First row whose hash is keyed; 1 but for chains that were begun before there were heads. */
  keyedFrom: bigint("keyed_from", { mode: "number" }).notNull(),
  /** Record of `lib/server/vault`: the 32 bytes that key this chain's hashes. */
  sealedKey: bytes("sealed_key").notNull(),
  mac: bytes("mac").notNull(),
});
