// Without "server-only": drizzle-kit loads this file outside any bundler. It holds no secret and no connection.
import { sql } from "drizzle-orm";
import {
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
import { recoveryItemStates, recoveryResults, recoveryStates } from "../../../domain/recovery";
import { instant } from "../columns";
import { organisationId } from "./tenant";

/* Tables of one organisation each, like those in `tenant.ts`: reached through `withOrganisation`, with row-level security. */

/** Why somebody paused, resumed or enabled a webhook. Written with the audit row that comes before the call, and moved with the one after it. */
export const webhookNotes = pgTable(
  "webhook_notes",
  {
    organisationId: organisationId(),
    /** Of our call; the audit rows carry the same. */
    requestId: text("request_id").notNull(),
    /** Lower-case GUID. */
    webhookId: text("webhook_id").notNull(),
    reason: text("reason").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.requestId] }),
    index("webhook_notes_webhook").on(table.organisationId, table.webhookId),
  ],
);

/** Deliveries that failed in an outage, to be delivered again. See `lib/domain/recovery` for the states. */
export const recoveryJobs = pgTable(
  "recovery_jobs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organisationId: organisationId(),
    /** In whose name it acts; their rights are looked up anew at each step. */
    personId: text("person_id").notNull(),
    state: text("state", { enum: recoveryStates }).notNull(),
    stoppedBecause: text("stopped_because"),
    /** `RecoveryRequest`. */
    request: jsonb("request").notNull(),
    perMinute: integer("per_minute").notNull(),
    /** `RecoveryPlan`; null until it is made. */
    plan: jsonb("plan"),
    /** Webhook id → `createdAt` of the newest row when the plan was made: redeliveries stand above it, by upstream's own clock. */
    newest: jsonb("newest"),
    createdAt: instant("created_at").notNull().defaultNow(),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
    /** When the rate lets the next one go. */
    nextAt: instant("next_at"),
    /** Upstream asked for a pause, or fails; nothing of this job is sent before. */
    slowedUntil: instant("slowed_until"),
    /** Refusals and faults in a row; decides how long the pause is, and when the job stops by itself. */
    faults: integer("faults").notNull().default(0),
    /** Who makes the plan now, and until when that holds without a sign of life. */
    leaseOwner: text("lease_owner"),
    leaseUntil: instant("lease_until"),
    /** When results were last looked for. */
    checkedAt: instant("checked_at"),
  },
  (table) => [
    unique("recovery_jobs_within_organisation").on(table.organisationId, table.id),
    index("recovery_jobs_state").on(table.organisationId, table.state),
    check("recovery_jobs_rate", sql`${table.perMinute} > 0`),
  ],
);

export const recoveryItems = pgTable(
  "recovery_items",
  {
    jobId: uuid("job_id").notNull(),
    organisationId: organisationId(),
    seq: integer("seq").notNull(),
    webhookId: text("webhook_id").notNull(),
    logId: text("log_id").notNull(),
    /** As upstream wrote it: its partition key. */
    createdAt: text("created_at").notNull(),
    eventId: text("event_id"),
    eventType: text("event_type"),
    /** Lower case, so that a person's workspaces can be compared. */
    accountId: text("account_id"),
    accountName: text("account_name"),
    subjectId: text("subject_id"),
    subjectName: text("subject_name"),
    attempts: integer("attempts").notNull(),
    httpStatusCode: integer("http_status_code"),
    state: text("state", { enum: recoveryItemStates }).notNull().default("waiting"),
    why: text("why"),
    /** Who works on it now, and until when others leave it alone. */
    claimOwner: text("claim_owner"),
    claimUntil: instant("claim_until"),
    /** What `redeliveryRequestedAt` said before it was sent: only a change of it is a trace of ours. */
    requestedBefore: text("requested_before"),
    requestId: text("request_id"),
    sentAt: instant("sent_at"),
    result: text("result", { enum: recoveryResults }),
    resultLogId: text("result_log_id"),
    resultCreatedAt: text("result_created_at"),
    resultHttpStatusCode: integer("result_http_status_code"),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.seq] }),
    foreignKey({
      name: "recovery_items_job_fk",
      columns: [table.organisationId, table.jobId],
      foreignColumns: [recoveryJobs.organisationId, recoveryJobs.id],
    }).onDelete("cascade"),
    unique("recovery_items_delivery").on(table.jobId, table.webhookId, table.logId),
    // One delivery is asked for once, whatever job lists it.
    uniqueIndex("recovery_items_once")
      .on(table.organisationId, table.webhookId, table.logId)
      .where(sql`state in ('sending', 'redelivered', 'unknown')`),
    index("recovery_items_state").on(table.jobId, table.state, table.seq),
  ],
);
