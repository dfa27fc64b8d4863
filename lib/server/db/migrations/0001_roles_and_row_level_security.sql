-- Hand-written. Two roles without a sign-in: each transaction takes one of them (`set_config('role', …, true)`).
-- Neither owns a table, is superuser or bypasses row-level security; the start-up asserts it.
-- Roles belong to the whole server, so another database of the same server may have made them already.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['watchfloor_app', 'watchfloor_platform'] LOOP
    -- Asked first, because an owner who may not create roles gets "permission denied" even for one that exists.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END IF;
    -- A superuser may take any role. For others the administrator may have granted it already.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      BEGIN
        EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
      EXCEPTION WHEN insufficient_privilege THEN NULL;
      END;
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO watchfloor_app, watchfloor_platform;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON
  connections, connection_credentials, workspaces, workspace_sources, walks, walk_steps
  TO watchfloor_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON audit TO watchfloor_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON
  organisations, people, memberships, membership_workspaces, sessions, person_preferences, sign_in_attempts, instance_settings
  TO watchfloor_platform;
--> statement-breakpoint
GRANT SELECT, INSERT ON platform_audit TO watchfloor_platform;
--> statement-breakpoint
-- FORCE, because without it the owner of a table is not bound by its policies.
-- nullif: after a transaction the setting reads as an empty text, which then means: no organisation, no rows.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'connections', 'connection_credentials', 'workspaces', 'workspace_sources', 'walks', 'walk_steps', 'audit'
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
