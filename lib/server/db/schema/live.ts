// Without "server-only": drizzle-kit loads this file outside any bundler. It holds no secret and no connection.
import { bigint, check, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { instant } from "../columns";
import { organisationId } from "./tenant";

/*
 * What happened, in the order in which it was committed, for whoever is looking: one log per organisation. Written by
 * `lib/server/live` only, in the transaction of what happened. Workspace ids are lower case.
 */

/** The newest event of each organisation. Its row is the turn that writers of the log take. */
export const liveHeads = pgTable("live_heads", {
  organisationId: organisationId().primaryKey(),
  lastId: bigint("last_id", { mode: "number" }).notNull(),
});

export const liveEvents = pgTable(
  "live_events",
  {
    organisationId: organisationId(),
    /** From 1, without a gap, so that a reader knows that it has missed nothing. */
    id: bigint("id", { mode: "number" }).notNull(),
    at: instant("at").notNull(),
    topic: text("topic", { enum: ["incident", "coverage"] }).notNull(),
    /** Whose event it is; null: everybody's in the organisation. */
    workspaceId: text("workspace_id"),
    /** What it is about, by topic (`LiveEvent` in lib/domain/live). */
    subject: jsonb("subject").notNull(),
  },
  (table) => [
    primaryKey({ name: "live_events_pk", columns: [table.organisationId, table.id] }),
    index("live_events_at").on(table.organisationId, table.at),
    check("live_events_topic", sql`${table.topic} in ('incident', 'coverage')`),
  ],
);
