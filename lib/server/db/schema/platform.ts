// Without "server-only": drizzle-kit loads this file outside any bundler. It holds no secret and no connection.
import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "../columns";
import { auditColumns } from "./audit-columns";

/*
 * Tables that belong to no organisation, or say who belongs to which; they are reached through `withPlatform`.
 */

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

/**
 * Paired screens. They belong to the platform like memberships: who one is, is decided before an organisation is chosen.
 */
export const displays = pgTable(
  "displays",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    scope: text("scope", { enum: ["all", "list"] }).notNull(),
    /** Lower-case GUIDs; counts with scope `list` only. */
    workspaceIds: text("workspace_ids").array().notNull().default([]),
    /** SHA-256 (hex) of the device cookie's random part: a reader of the database cannot show what the screen shows. */
    tokenHash: text("token_hash").notNull().unique(),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** Set once, and for good. */
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    check("displays_scope", sql`${table.scope} in ('all', 'list')`),
    check(
      "displays_workspaces",
      sql`${table.workspaceIds}::text = lower(${table.workspaceIds}::text) and (${table.scope} = 'list' or ${table.workspaceIds} = '{}')`,
    ),
    index("displays_organisation").on(table.organisationId),
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
    /** How the person signed in; null for a session from before this was kept, as are the two below. */
    method: text("method", { enum: ["password", "provider"] }),
    /** IPv4 address, or the /64 network of an IPv6 one, of the sign-in. */
    address: text("address"),
    /** What the browser called itself at the sign-in, at most 300 characters. */
    userAgent: text("user_agent"),
  },
  (table) => [
    index("sessions_person").on(table.personId),
    check("sessions_method", sql`${table.method} in ('password', 'provider')`),
    check("sessions_user_agent", sql`length(${table.userAgent}) <= 300`),
  ],
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

/** What concerns no organisation: a refused sign-in of an unknown e-mail address, the set-up. */
export const platformAudit = pgTable("platform_audit", auditColumns, (table) => [
  primaryKey({ columns: [table.seq] }),
]);
