CREATE TABLE "displays" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"workspace_ids" text[] DEFAULT '{}' NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "displays_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "displays_scope" CHECK ("displays"."scope" in ('all', 'list')),
	CONSTRAINT "displays_workspaces" CHECK ("displays"."workspace_ids"::text = lower("displays"."workspace_ids"::text) and ("displays"."scope" = 'list' or "displays"."workspace_ids" = '{}'))
);
--> statement-breakpoint
ALTER TABLE "displays" ADD CONSTRAINT "displays_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "displays_organisation" ON "displays" USING btree ("organisation_id");--> statement-breakpoint
-- Hand-written: which screen is asking is decided before an organisation is chosen, so this belongs to the platform, like memberships.
GRANT SELECT, INSERT, UPDATE, DELETE ON displays TO watchfloor_platform;
