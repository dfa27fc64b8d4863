// Without "server-only": drizzle-kit loads this file outside any bundler. It holds no secret and no connection.
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  doublePrecision,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "../columns";
import { organisationId } from "./tenant";

/*
 * The register: incidents as the collector's readings showed them, what changed between readings, and which created-time windows were
 * read of which workspace × source. Upstream keeps none of it. Written by `lib/server/register` only. Workspace ids are lower case.
 *
 * Their row-level policies ask for the organisation once per statement instead of once per row: over 100,000 rows that is a
 * factor of four. Under such a policy no index serves an operator that is not leakproof (LIKE, arrays), hence the plain columns.
 */

/** Text that compares byte by byte: the same order on both engines, whatever their locale, and twice as fast. */
const plainText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

/** One incident: what lists filter, sort and group by, and on which calls it rests. Narrow, because counts read all of it. */
export const registerIncidents = pgTable(
  "register_incidents",
  {
    organisationId: organisationId(),
    workspaceId: plainText("workspace_id").notNull(),
    source: plainText("source").notNull(),
    incidentId: plainText("incident_id").notNull(),
    /** Upstream's status, or `Gone` while upstream answers that there is no such incident. Null where it does not say. */
    state: plainText("state"),
    /** Neither closed nor gone. */
    isOpen: boolean("is_open").notNull(),
    severity: plainText("severity"),
    /** 1 mildest; 0 one that we do not know; null where upstream does not say. */
    severityRank: smallint("severity_rank"),
    classification: plainText("classification"),
    /** The assignee's address, else id, in lower case; null: nobody. */
    owner: plainText("owner"),
    ownerName: plainText("owner_name"),
    /** Times as upstream tells them. */
    createdAt: instant("created_at"),
    modifiedAt: instant("modified_at"),
    number: doublePrecision("number"),
    alerts: doublePrecision("alerts"),
    tactics: text("tactics").array().notNull(),
    products: text("products").array().notNull(),
    rules: text("rules").array().notNull(),
    /** Folded for sorting: neither case nor accents count. */
    titleSort: plainText("title_sort"),
    workspaceSort: plainText("workspace_sort"),
    ownerSort: plainText("owner_sort"),
    /** Everything a text search looks at, folded, one item a line. */
    search: plainText("search").notNull(),
    /** The answer that first showed it closed, gone included never. Null while it is not closed. */
    closedSeenAt: instant("closed_seen_at"),
    firstSeenAt: instant("first_seen_at").notNull(),
    /** The newest call that showed it as it is here: when it was begun, when one of them was answered last, and its reading. */
    calledAt: instant("called_at").notNull(),
    answeredAt: instant("answered_at").notNull(),
    readingId: uuid("reading_id"),
    /** Of the whole row as it came; a row with the same one is not written again. */
    digest: text("digest").notNull(),
  },
  (table) => [
    primaryKey({
      name: "register_incidents_pk",
      columns: [table.organisationId, table.workspaceId, table.source, table.incidentId],
    }),
    index("register_incidents_open").on(
      table.organisationId,
      table.isOpen,
      table.modifiedAt.desc().nullsLast(),
    ),
    index("register_incidents_created").on(table.organisationId, table.createdAt),
    index("register_incidents_modified").on(table.organisationId, table.modifiedAt.desc().nullsLast()),
  ],
);

/** The rest of an incident, apart so that counting does not read it. */
export const registerRows = pgTable(
  "register_rows",
  {
    organisationId: organisationId(),
    workspaceId: plainText("workspace_id").notNull(),
    source: plainText("source").notNull(),
    incidentId: plainText("incident_id").notNull(),
    /** The `IncidentRow` as it came last. */
    row: jsonb("row").notNull(),
    /** `kind:value` in lower case, of what can be met again elsewhere. */
    entityKeys: text("entity_keys").array().notNull(),
  },
  (table) => [
    primaryKey({
      name: "register_rows_pk",
      columns: [table.organisationId, table.workspaceId, table.source, table.incidentId],
    }),
  ],
);

/**
 * What changed, as seen: after the newest earlier call that showed the old value was begun, and before the call was answered that
 * shows the new one. `arrival`: in the register for the first time, `to` is its state then.
 */
export const registerTransitions = pgTable(
  "register_transitions",
  {
    organisationId: organisationId(),
    seq: bigint("seq", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    workspaceId: plainText("workspace_id").notNull(),
    source: plainText("source").notNull(),
    incidentId: plainText("incident_id").notNull(),
    field: text("field", { enum: ["arrival", "state", "severity", "owner", "classification"] }).notNull(),
    from: text("from_value"),
    to: text("to_value"),
    /** Null with an arrival. */
    seenAfter: instant("seen_after"),
    seenBefore: instant("seen_before").notNull(),
    /** The readings of both calls; null with an arrival, and for a single incident looked at outside a reading. */
    readingBefore: uuid("reading_before"),
    readingAfter: uuid("reading_after"),
  },
  (table) => [
    primaryKey({ name: "register_transitions_pk", columns: [table.organisationId, table.seq] }),
    index("register_transitions_incident").on(
      table.organisationId,
      table.workspaceId,
      table.source,
      table.incidentId,
    ),
    index("register_transitions_seen").on(table.organisationId, table.field, table.seenBefore),
    check(
      "register_transitions_field",
      sql`${table.field} in ('arrival', 'state', 'severity', 'owner', 'classification')`,
    ),
  ],
);

/** One reading by the collector: a sweep of what is new and open, a window of the past, or single incidents looked at again. */
export const registerReadings = pgTable(
  "register_readings",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    kind: text("kind", { enum: ["sweep", "backfill", "recheck"] }).notNull(),
    /** Empty: every source. */
    sources: text("sources").array().notNull(),
    /** Created-time window of the incidents that were asked for. */
    windowFrom: instant("window_from").notNull(),
    windowTo: instant("window_to").notNull(),
    startedAt: instant("started_at").notNull(),
    /** Null while it goes on, and for good when the process was killed. */
    endedAt: instant("ended_at"),
    outcome: text("outcome", { enum: ["complete", "failed", "stopped"] }),
    /** A code of `lib/errors`. */
    failureCode: text("failure_code"),
  },
  (table) => [
    primaryKey({ name: "register_readings_pk", columns: [table.organisationId, table.id] }),
    index("register_readings_started").on(table.organisationId, table.startedAt),
    check("register_readings_kind", sql`${table.kind} in ('sweep', 'backfill', 'recheck')`),
    check("register_readings_outcome", sql`${table.outcome} in ('complete', 'failed', 'stopped')`),
  ],
);

/** How the newest sweep left a workspace × source. An empty source: the workspace is known, none of its sources is. */
export const registerCoverage = pgTable(
  "register_coverage",
  {
    organisationId: organisationId(),
    workspaceId: plainText("workspace_id").notNull(),
    source: plainText("source").notNull(),
    /** A state of `lib/domain/coverage`. */
    state: text("state").notNull(),
    /** Plain sentence for people; null when it was read. */
    reason: text("reason"),
    /** When the newest sweep that is recorded here was begun. */
    sweptAt: instant("swept_at").notNull(),
    /** The newest sweep that read it to the end: its reading, the time of its answer, its window. */
    readingId: uuid("reading_id"),
    readAsOf: instant("read_as_of"),
    windowFrom: instant("window_from"),
    windowTo: instant("window_to"),
    /** The first sweep since then that did not read it; null while the newest one did. */
    notReadSince: instant("not_read_since"),
  },
  (table) => [
    primaryKey({
      name: "register_coverage_pk",
      columns: [table.organisationId, table.workspaceId, table.source],
    }),
  ],
);

/**
 * Created-time spans of a workspace × source whose incidents were all read once. They neither overlap nor touch: what touches is
 * one span.
 */
export const registerSpans = pgTable(
  "register_spans",
  {
    organisationId: organisationId(),
    workspaceId: plainText("workspace_id").notNull(),
    source: plainText("source").notNull(),
    coveredFrom: instant("covered_from").notNull(),
    coveredTo: instant("covered_to").notNull(),
  },
  (table) => [
    primaryKey({
      name: "register_spans_pk",
      columns: [table.organisationId, table.workspaceId, table.source, table.coveredFrom],
    }),
    check("register_spans_order", sql`${table.coveredFrom} < ${table.coveredTo}`),
  ],
);
