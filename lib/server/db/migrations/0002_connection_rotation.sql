CREATE TABLE "connection_health" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"last_success_at" timestamp (3) with time zone,
	"last_failure_at" timestamp (3) with time zone,
	"failure_code" text,
	"failure_operation" text,
	"failure_upstream_request_id" text
);
--> statement-breakpoint
ALTER TABLE "connection_credentials" ADD COLUMN "replaced_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "line_id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "managed_by" text DEFAULT 'environment' NOT NULL;--> statement-breakpoint
ALTER TABLE "connection_health" ADD CONSTRAINT "connection_health_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "connection_credentials_beside" ON "connection_credentials" USING btree ("connection_id") WHERE not is_current;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_managed_by" CHECK ("connections"."managed_by" in ('environment', 'page'));--> statement-breakpoint
-- Hand-written: as for the other tenant tables (0001).
GRANT SELECT, INSERT, UPDATE, DELETE ON connection_health TO watchfloor_app;
--> statement-breakpoint
ALTER TABLE connection_health ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE connection_health FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_organisation ON connection_health
  USING (organisation_id = nullif(current_setting('watchfloor.organisation', true), '')::uuid)
  WITH CHECK (organisation_id = nullif(current_setting('watchfloor.organisation', true), '')::uuid);
