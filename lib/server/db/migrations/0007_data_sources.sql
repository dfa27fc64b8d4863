CREATE TABLE "datasource_anomalies" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"workspace_id" text NOT NULL,
	"connector_key" text NOT NULL,
	"detail_key" text NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"last_good_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"workspace_name" text,
	"connector_id" text,
	"connector_name" text,
	"table_name" text,
	"message" text,
	"last_received_at" timestamp (3) with time zone,
	"reported_at" timestamp (3) with time zone,
	"expected" double precision,
	"actual" double precision,
	"score" double precision,
	"raw" text NOT NULL,
	CONSTRAINT "datasource_anomalies_pk" PRIMARY KEY("organisation_id","workspace_id","connector_key","detail_key","first_seen_at"),
	CONSTRAINT "datasource_anomalies_id" UNIQUE("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "datasource_connectors" (
	"organisation_id" uuid NOT NULL,
	"workspace_id" text NOT NULL,
	"connector_id" text NOT NULL,
	"name" text,
	"connector_type" text,
	"provider" text,
	"connected" boolean,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_read_at" timestamp (3) with time zone NOT NULL,
	"last_connected_at" timestamp (3) with time zone,
	CONSTRAINT "datasource_connectors_pk" PRIMARY KEY("organisation_id","workspace_id","connector_id")
);
--> statement-breakpoint
CREATE TABLE "datasource_coverage" (
	"organisation_id" uuid NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"last_read_at" timestamp (3) with time zone,
	"missing_since" timestamp (3) with time zone,
	"reason" text,
	CONSTRAINT "datasource_coverage_pk" PRIMARY KEY("organisation_id","workspace_id","kind"),
	CONSTRAINT "datasource_coverage_kind" CHECK ("datasource_coverage"."kind" in ('anomalies', 'connectors'))
);
--> statement-breakpoint
CREATE TABLE "datasource_replies" (
	"organisation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"failed_since" timestamp (3) with time zone,
	"failure_code" text,
	"unreadable_rows" integer DEFAULT 0 NOT NULL,
	"remainder" text,
	CONSTRAINT "datasource_replies_pk" PRIMARY KEY("organisation_id","kind"),
	CONSTRAINT "datasource_replies_kind" CHECK ("datasource_replies"."kind" in ('anomalies', 'connectors'))
);
--> statement-breakpoint
ALTER TABLE "datasource_anomalies" ADD CONSTRAINT "datasource_anomalies_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasource_connectors" ADD CONSTRAINT "datasource_connectors_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasource_coverage" ADD CONSTRAINT "datasource_coverage_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasource_replies" ADD CONSTRAINT "datasource_replies_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "datasource_anomalies_open" ON "datasource_anomalies" USING btree ("organisation_id","workspace_id","connector_key","detail_key") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "datasource_anomalies_last_seen" ON "datasource_anomalies" USING btree ("organisation_id","last_seen_at");--> statement-breakpoint
-- Hand-written: as for the other tenant tables (0001).
GRANT SELECT, INSERT, UPDATE, DELETE ON
  datasource_anomalies, datasource_connectors, datasource_coverage, datasource_replies
  TO watchfloor_app;
--> statement-breakpoint
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'datasource_anomalies', 'datasource_connectors', 'datasource_coverage', 'datasource_replies'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I
         USING (organisation_id = nullif(current_setting(''watchfloor.organisation'', true), '''')::uuid)
         WITH CHECK (organisation_id = nullif(current_setting(''watchfloor.organisation'', true), '''')::uuid)',
      tenant_table);
  END LOOP;
END $$;
