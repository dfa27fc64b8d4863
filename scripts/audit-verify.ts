import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { asc } from "drizzle-orm";
import { readCheckpoints } from "@/lib/server/audit/checkpoint";
import { verifyAudit } from "@/lib/server/audit/verify";
import { closeDatabase, database } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { StartupError } from "@/lib/server/env";
import { proveKeys } from "@/lib/server/vault/prove-keys";

/**
 * `npm run audit:verify`: follows the audit chain of every organisation and names the first row that is not as it was written; exit code 1
 * when there is one. `-- --checkpoints FILE` holds the chains against the log lines "audit checkpoint" in a file kept elsewhere.
 * The embedded store takes one process: stop Watchfloor first.
 */
const { values } = parseArgs({ options: { checkpoints: { type: "string" } } });

async function verifyAll(): Promise<boolean> {
  const noted =
    values.checkpoints === undefined ? [] : readCheckpoints(readFileSync(values.checkpoints, "utf8"));
  if (values.checkpoints !== undefined && noted.length === 0)
    throw new StartupError(`${values.checkpoints} holds no line "audit checkpoint".`);
  const all = await withPlatform((tx) => tx.select().from(organisations).orderBy(asc(organisations.slug)));
  let isWhole = true;
  for (const { id, slug } of all) {
    const own = noted.filter(({ organisation }) => organisation === id);
    const { rows, unkeyed, end, fault } = await withOrganisation(id, (tx) => verifyAudit(tx, id, own));
    if (fault) {
      isWhole = false;
      console.error(`${slug}: first bad row ${fault.seq}: ${fault.reason}.`);
      continue;
    }
    const hash = Buffer.from(end.hash).toString("hex").slice(0, 16);
    const older =
      unkeyed > 0 ? ` Rows 1 to ${unkeyed} are from before keyed hashes and rest on the database alone.` : "";
    console.log(
      `${slug}: ${rows} rows, whole; ends with ${hash}…, held against ${own.length} checkpoints.${older}`,
    );
  }
  return isWhole;
}

try {
  await database();
  await proveKeys();
  if (!(await verifyAll())) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof StartupError) && !(error instanceof Error && "code" in error)) throw error;
  console.error(`The audit was not verified: ${error.message}`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
