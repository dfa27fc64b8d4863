ALTER TABLE "sessions" ADD COLUMN "method" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "user_agent" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_method" CHECK ("sessions"."method" in ('password', 'provider'));--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_agent" CHECK (length("sessions"."user_agent") <= 300);