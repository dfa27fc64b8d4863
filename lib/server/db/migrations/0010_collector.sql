CREATE TABLE "collector_leases" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"fence" bigint NOT NULL,
	"owner" uuid,
	"leader_since" timestamp (3) with time zone NOT NULL,
	"lapses_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "collector_states" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"connection_key" text NOT NULL,
	"next_due_at" timestamp (3) with time zone NOT NULL,
	"pace" integer DEFAULT 1 NOT NULL,
	"failures_in_a_row" integer DEFAULT 0 NOT NULL,
	"sweep_id" uuid,
	"sweep_begun_at" timestamp (3) with time zone,
	"sweep_started_at" timestamp (3) with time zone,
	"sweep_ended_at" timestamp (3) with time zone,
	"sweep_outcome" text,
	"sweep_failure" text,
	"sweep_completed_at" timestamp (3) with time zone,
	"backfill_from" timestamp (3) with time zone NOT NULL,
	"backfill_until" timestamp (3) with time zone NOT NULL,
	"backfill_done_to" timestamp (3) with time zone NOT NULL,
	"backfill_id" uuid,
	"backfill_failure" text,
	"backfill_steps" integer DEFAULT 0 NOT NULL,
	"backfill_ms" bigint DEFAULT 0 NOT NULL,
	"sources_read_at" timestamp (3) with time zone,
	"sources_failure" text,
	"pruned_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "collector_leases" ADD CONSTRAINT "collector_leases_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collector_states" ADD CONSTRAINT "collector_states_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Hand-written: as for the other tenant tables (0001).
GRANT SELECT, INSERT, UPDATE, DELETE ON collector_leases, collector_states TO watchfloor_app;
--> statement-breakpoint
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['collector_leases', 'collector_states'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I
         USING (organisation_id = nullif(current_setting(''watchfloor.organisation'', true), '''')::uuid)
         WITH CHECK (organisation_id = nullif(current_setting(''watchfloor.organisation'', true), '''')::uuid)',
      tenant_table);
  END LOOP;
END $$;
