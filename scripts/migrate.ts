import { closeDatabase, database } from "@/lib/server/db/database";
import { StartupError } from "@/lib/server/env";

/** `npm run db:migrate`: brings the database of the environment to this version's schema, and proves its guards. */
try {
  await database();
  await closeDatabase();
  console.log("The database is at this version's schema.");
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  console.error(`The database was not migrated: ${error.message}`);
  process.exitCode = 1;
}
