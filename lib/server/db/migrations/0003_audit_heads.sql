CREATE TABLE "audit_heads" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"keyed_from" bigint NOT NULL,
	"sealed_key" "bytea" NOT NULL,
	"mac" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_heads" ADD CONSTRAINT "audit_heads_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Hand-written: as for the other tenant tables (0001). Heads move, and are never taken away.
GRANT SELECT, INSERT, UPDATE ON audit_heads TO watchfloor_app;
--> statement-breakpoint
ALTER TABLE audit_heads ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE audit_heads FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_organisation ON audit_heads
  USING (organisation_id = nullif(current_setting('watchfloor.organisation', true), '')::uuid)
  WITH CHECK (organisation_id = nullif(current_setting('watchfloor.organisation', true), '')::uuid);
