CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"scope" jsonb NOT NULL,
	"invited_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "invitations_email" UNIQUE("organisation_id","email"),
	CONSTRAINT "invitations_email_lower_case" CHECK ("invitations"."email" = lower("invitations"."email")),
	CONSTRAINT "invitations_role" CHECK ("invitations"."role" in ('viewer', 'analyst', 'manager', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "membership_groups" (
	"person_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	CONSTRAINT "membership_groups_pk" PRIMARY KEY("person_id","organisation_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "workspace_group_workspaces" (
	"group_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"workspace_id" text NOT NULL,
	CONSTRAINT "workspace_group_workspaces_pk" PRIMARY KEY("group_id","workspace_id"),
	CONSTRAINT "workspace_group_workspaces_lower_case" CHECK ("workspace_group_workspaces"."workspace_id" = lower("workspace_group_workspaces"."workspace_id"))
);
--> statement-breakpoint
CREATE TABLE "workspace_groups" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workspace_groups_within_organisation" UNIQUE("organisation_id","id"),
	CONSTRAINT "workspace_groups_name" UNIQUE("organisation_id","name")
);
--> statement-breakpoint
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_scope";--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "disabled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_people_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_groups" ADD CONSTRAINT "membership_groups_membership_fk" FOREIGN KEY ("person_id","organisation_id") REFERENCES "public"."memberships"("person_id","organisation_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_groups" ADD CONSTRAINT "membership_groups_group_fk" FOREIGN KEY ("organisation_id","group_id") REFERENCES "public"."workspace_groups"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace_group_workspaces" ADD CONSTRAINT "workspace_group_workspaces_group_fk" FOREIGN KEY ("organisation_id","group_id") REFERENCES "public"."workspace_groups"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace_groups" ADD CONSTRAINT "workspace_groups_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_scope" CHECK ("memberships"."scope" in ('all', 'list', 'groups'));--> statement-breakpoint
-- Hand-written: who may see what is decided before an organisation is chosen, so these belong to the platform, like memberships.
GRANT SELECT, INSERT, UPDATE, DELETE ON
  workspace_groups, workspace_group_workspaces, membership_groups, invitations
  TO watchfloor_platform;
