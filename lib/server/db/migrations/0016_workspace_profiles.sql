CREATE TABLE "workspace_profiles" (
	"organisation_id" uuid NOT NULL,
	"workspace_id" text NOT NULL,
	"own_name" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"hidden_at" timestamp (3) with time zone,
	"hidden_reason" text,
	"hidden_by" uuid,
	"revision" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "workspace_profiles_pk" PRIMARY KEY("organisation_id","workspace_id"),
	CONSTRAINT "workspace_profiles_lower_case" CHECK ("workspace_profiles"."workspace_id" = lower("workspace_profiles"."workspace_id")),
	CONSTRAINT "workspace_profiles_name" CHECK (length("workspace_profiles"."own_name") between 1 and 200),
	CONSTRAINT "workspace_profiles_tags" CHECK (cardinality("workspace_profiles"."tags") <= 12),
	CONSTRAINT "workspace_profiles_hidden" CHECK (("workspace_profiles"."hidden_at" is null) = ("workspace_profiles"."hidden_reason" is null) and ("workspace_profiles"."hidden_at" is not null or "workspace_profiles"."hidden_by" is null))
);
--> statement-breakpoint
ALTER TABLE "workspace_profiles" ADD CONSTRAINT "workspace_profiles_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace_profiles" ADD CONSTRAINT "workspace_profiles_workspace_fk" FOREIGN KEY ("organisation_id","workspace_id") REFERENCES "public"."workspaces"("organisation_id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Hand-written: as for the views (0015).
GRANT SELECT, INSERT, UPDATE, DELETE ON workspace_profiles TO watchfloor_app;
--> statement-breakpoint
ALTER TABLE workspace_profiles ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE workspace_profiles FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_organisation ON workspace_profiles
  USING (organisation_id = (select nullif(current_setting('watchfloor.organisation', true), '')::uuid))
  WITH CHECK (organisation_id = (select nullif(current_setting('watchfloor.organisation', true), '')::uuid));
