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
import { bytes, instant } from "./columns";

/*
 * Platform tables belong to no organisation; they are reached through `withPlatform`.
 * Tenant tables carry `organisation_id`, are reached through `withOrganisation` and have row-level security.
 * Roles, grants and policies stand in hand-written migrations; a test finds a tenant table that has none.
 */

// ── platform ─────────────────────────────────────────────────────────────────────────────────────

export const organisations = pgTable("organisations", {
  id: uuid("id").primaryKey().defaultRandom(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const people = pgTable(
  "people",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    /** argon2id, in its own text form; null for a person who signs in through a provider only. */
    passwordHash: text("password_hash"),
    /** Issuer and subject at the identity provider, once the person has come in through it. An e-mail address may change hands; this does not. */
    providerSubject: text("provider_subject").unique(),
    disabledAt: instant("disabled_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [check("people_email_lower_case", sql`${table.email} = lower(${table.email})`)],
);

export const memberships = pgTable(
  "memberships",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["viewer", "analyst", "manager", "admin"] }).notNull(),
    /** `list`: exactly the rows of `membership_workspaces`; `groups`: the workspaces of the groups in `membership_groups`. */
    scope: text("scope", { enum: ["all", "list", "groups"] }).notNull(),
    /** Set: counts as no membership until it is cleared. The person's other organisations are not touched. */
    disabledAt: instant("disabled_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.organisationId] }),
    check("memberships_role", sql`${table.role} in ('viewer', 'analyst', 'manager', 'admin')`),
    check("memberships_scope", sql`${table.scope} in ('all', 'list', 'groups')`),
  ],
);

export const membershipWorkspaces = pgTable(
  "membership_workspaces",
  {
    personId: uuid("person_id").notNull(),
    organisationId: uuid("organisation_id").notNull(),
    /** Lower-case GUID of upstream's workspace. */
    workspaceId: text("workspace_id").notNull(),
  },
  (table) => [
    primaryKey({
      name: "membership_workspaces_pk",
      columns: [table.personId, table.organisationId, table.workspaceId],
    }),
    foreignKey({
      name: "membership_workspaces_membership_fk",
      columns: [table.personId, table.organisationId],
      foreignColumns: [memberships.personId, memberships.organisationId],
    }).onDelete("cascade"),
    check("membership_workspaces_lower_case", sql`${table.workspaceId} = lower(${table.workspaceId})`),
  ],
);

/** A named set of workspaces that memberships may be limited to. */
export const workspaceGroups = pgTable(
  "workspace_groups",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    unique("workspace_groups_within_organisation").on(table.organisationId, table.id),
    unique("workspace_groups_name").on(table.organisationId, table.name),
  ],
);

export const workspaceGroupWorkspaces = pgTable(
  "workspace_group_workspaces",
  {
    groupId: uuid("group_id").notNull(),
    organisationId: uuid("organisation_id").notNull(),
    /** Lower-case GUID. */
    workspaceId: text("workspace_id").notNull(),
  },
  (table) => [
    primaryKey({ name: "workspace_group_workspaces_pk", columns: [table.groupId, table.workspaceId] }),
    foreignKey({
      name: "workspace_group_workspaces_group_fk",
      columns: [table.organisationId, table.groupId],
      foreignColumns: [workspaceGroups.organisationId, workspaceGroups.id],
    }).onDelete("cascade"),
    check("workspace_group_workspaces_lower_case", sql`${table.workspaceId} = lower(${table.workspaceId})`),
  ],
);

export const membershipGroups = pgTable(
  "membership_groups",
  {
    personId: uuid("person_id").notNull(),
    organisationId: uuid("organisation_id").notNull(),
    groupId: uuid("group_id").notNull(),
  },
  (table) => [
    primaryKey({
      name: "membership_groups_pk",
      columns: [table.personId, table.organisationId, table.groupId],
    }),
    foreignKey({
      name: "membership_groups_membership_fk",
      columns: [table.personId, table.organisationId],
      foreignColumns: [memberships.personId, memberships.organisationId],
    }).onDelete("cascade"),
    // Without a cascade: a group that somebody's sight rests on cannot go. Both columns: never another organisation's group.
    foreignKey({
      name: "membership_groups_group_fk",
      columns: [table.organisationId, table.groupId],
      foreignColumns: [workspaceGroups.organisationId, workspaceGroups.id],
    }),
  ],
);

export const invitations = pgTable(
  "invitations",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    /** SHA-256 (hex) of the link's random part: a reader of the database cannot accept it. */
    tokenHash: text("token_hash").notNull().unique(),
    email: text("email").notNull(),
    role: text("role", { enum: ["viewer", "analyst", "manager", "admin"] }).notNull(),
    /** `MemberScope` of the domain. */
    scope: jsonb("scope").notNull(),
    invitedBy: uuid("invited_by").references(() => people.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    // One open invitation per person: a second one replaces the first, whose link stops working.
    unique("invitations_email").on(table.organisationId, table.email),
    check("invitations_email_lower_case", sql`${table.email} = lower(${table.email})`),
    check("invitations_role", sql`${table.role} in ('viewer', 'analyst', 'manager', 'admin')`),
  ],
);

export const sessions = pgTable(
  "sessions",
  {
    /** SHA-256 (hex) of the random id in the cookie: a reader of the database cannot sign in with it. */
    id: text("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    revokedAt: instant("revoked_at"),
  },
  (table) => [index("sessions_person").on(table.personId)],
);

export const personPreferences = pgTable(
  "person_preferences",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    /** Null for what holds in every organisation. */
    organisationId: uuid("organisation_id").references(() => organisations.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    value: jsonb("value").notNull(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    unique("person_preferences_key").on(table.personId, table.organisationId, table.key).nullsNotDistinct(),
  ],
);

export const signInAttempts = pgTable(
  "sign_in_attempts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** SHA-256 of the e-mail address: strangers type passwords into the wrong field. */
    account: text("account").notNull(),
    address: text("address").notNull(),
    at: instant("at").notNull().defaultNow(),
    /** `tried` counts against the limits; `succeeded` no longer does; `limited` was turned away without a look at the password. */
    outcome: text("outcome", { enum: ["tried", "succeeded", "limited"] }).notNull(),
  },
  (table) => [
    index("sign_in_attempts_account").on(table.account, table.at),
    index("sign_in_attempts_address").on(table.address, table.at),
    index("sign_in_attempts_at").on(table.at),
  ],
);

export const instanceSettings = pgTable("instance_settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").notNull(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

const auditColumns = {
  seq: bigint("seq", { mode: "number" }).notNull(),
  at: instant("at").notNull(),
  personId: uuid("person_id"),
  action: text("action").notNull(),
  permission: text("permission"),
  workspaceId: text("workspace_id"),
  outcome: text("outcome", { enum: ["done", "refused", "failed", "unknown"] }).notNull(),
  upstreamRequestId: text("upstream_request_id"),
  requestId: text("request_id").notNull(),
  detail: jsonb("detail").notNull(),
  /** Hash of the row before; 32 zero bytes for the first. */
  prevHash: bytes("prev_hash").notNull(),
  hash: bytes("hash").notNull(),
};

/** What concerns no organisation: a refused sign-in of an unknown e-mail address, the set-up. */
export const platformAudit = pgTable("platform_audit", auditColumns, (table) => [
  primaryKey({ columns: [table.seq] }),
]);

// ── tenant ───────────────────────────────────────────────────────────────────────────────────────

const organisationId = () =>
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

/** What the organisation's calls met last; written by `lib/server/connection-health`, at most every few seconds. */
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
  (table) => [primaryKey({ columns: [table.organisationId, table.seq] })],
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
