// Without "server-only": drizzle-kit loads this file outside any bundler. It holds no secret and no connection.
import { sql } from "drizzle-orm";
import { check, foreignKey, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "../columns";
import { organisationId, workspaces } from "./tenant";

/**
 * What people made of a workspace: a name of ours, tags, hidden or not. Beside the registry and not in it, so that no reply of upstream's
 * ever touches it, and it touches nothing that upstream said.
 */
export const workspaceProfiles = pgTable(
  "workspace_profiles",
  {
    organisationId: organisationId(),
    /** Lower-case GUID. */
    workspaceId: text("workspace_id").notNull(),
    ownName: text("own_name"),
    /** `tidyTag` of each, in order. */
    tags: text("tags").array().notNull().default([]),
    hiddenAt: instant("hidden_at"),
    hiddenReason: text("hidden_reason"),
    hiddenBy: uuid("hidden_by"),
    /** Counts changes, those of its groups through the workspace's own page included. */
    revision: integer("revision").notNull(),
    updatedAt: instant("updated_at").notNull(),
    updatedBy: uuid("updated_by").notNull(),
  },
  (table) => [
    primaryKey({ name: "workspace_profiles_pk", columns: [table.organisationId, table.workspaceId] }),
    foreignKey({
      name: "workspace_profiles_workspace_fk",
      columns: [table.organisationId, table.workspaceId],
      foreignColumns: [workspaces.organisationId, workspaces.workspaceId],
    }).onDelete("cascade"),
    check("workspace_profiles_lower_case", sql`${table.workspaceId} = lower(${table.workspaceId})`),
    check("workspace_profiles_name", sql`length(${table.ownName}) between 1 and 200`),
    check("workspace_profiles_tags", sql`cardinality(${table.tags}) <= 12`),
    check(
      "workspace_profiles_hidden",
      sql`(${table.hiddenAt} is null) = (${table.hiddenReason} is null) and (${table.hiddenAt} is not null or ${table.hiddenBy} is null)`,
    ),
  ],
);
