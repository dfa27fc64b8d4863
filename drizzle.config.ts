import { defineConfig } from "drizzle-kit";

/** `npm run db:generate`: writes the difference between the schema and the last migration as a new migration. */
export default defineConfig({
  dialect: "postgresql",
  schema: [
    "platform",
    "tenant",
    "collector",
    "data-sources",
    "webhooks",
    "register",
    "live",
    "views",
    "workspaces",
  ].map((name) => `./lib/server/db/schema/${name}.ts`),
  out: "./lib/server/db/migrations",
});
