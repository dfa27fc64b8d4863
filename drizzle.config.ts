import { defineConfig } from "drizzle-kit";

/** `npm run db:generate`: writes the difference between the schema and the last migration as a new migration. */
export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./lib/server/db/schema/platform.ts",
    "./lib/server/db/schema/tenant.ts",
    "./lib/server/db/schema/data-sources.ts",
  ],
  out: "./lib/server/db/migrations",
});
