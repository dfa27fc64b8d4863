CREATE TABLE "live_events" (
	"organisation_id" uuid NOT NULL,
	"id" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"topic" text NOT NULL,
	"workspace_id" text,
	"subject" jsonb NOT NULL,
	CONSTRAINT "live_events_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "live_events_topic" CHECK ("live_events"."topic" in ('incident', 'coverage'))
);
--> statement-breakpoint
CREATE TABLE "live_heads" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"last_id" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "live_events" ADD CONSTRAINT "live_events_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_heads" ADD CONSTRAINT "live_heads_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "live_events_at" ON "live_events" USING btree ("organisation_id","at");--> statement-breakpoint
-- Hand-written: as for the register (0011). Events are never changed; what is old is deleted.
GRANT SELECT, INSERT, UPDATE, DELETE ON live_heads TO watchfloor_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON live_events TO watchfloor_app;
--> statement-breakpoint
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['live_heads', 'live_events'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I
         USING (organisation_id = (select nullif(current_setting(''watchfloor.organisation'', true), '''')::uuid))
         WITH CHECK (organisation_id = (select nullif(current_setting(''watchfloor.organisation'', true), '''')::uuid))',
      tenant_table);
  END LOOP;
END $$;
