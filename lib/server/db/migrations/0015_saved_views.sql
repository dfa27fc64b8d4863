CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"query" text NOT NULL,
	"is_shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name" ON "saved_views" USING btree ("organisation_id","owner_id","name_key");--> statement-breakpoint
CREATE INDEX "saved_views_shared" ON "saved_views" USING btree ("organisation_id","is_shared");--> statement-breakpoint
-- Hand-written: as for the log (0014).
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_views TO watchfloor_app;
--> statement-breakpoint
ALTER TABLE saved_views ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE saved_views FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_organisation ON saved_views
  USING (organisation_id = (select nullif(current_setting('watchfloor.organisation', true), '')::uuid))
  WITH CHECK (organisation_id = (select nullif(current_setting('watchfloor.organisation', true), '')::uuid));
