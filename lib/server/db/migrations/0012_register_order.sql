DROP INDEX "register_incidents_open";--> statement-breakpoint
DROP INDEX "register_incidents_modified";--> statement-breakpoint
ALTER TABLE "register_incidents" ADD COLUMN "owner_name" text collate "C";--> statement-breakpoint
CREATE INDEX "register_incidents_open" ON "register_incidents" USING btree ("organisation_id","is_open","modified_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "register_incidents_modified" ON "register_incidents" USING btree ("organisation_id","modified_at" DESC NULLS LAST);