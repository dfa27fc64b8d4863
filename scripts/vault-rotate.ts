import { closeDatabase, database } from "@/lib/server/db/database";
import { StartupError } from "@/lib/server/env";
import { addKeptKey, keyRing } from "@/lib/server/vault/keys";
import { proveKeys } from "@/lib/server/vault/prove-keys";
import { rotateVault } from "@/lib/server/vault/rotate";

/**
 * `npm run vault:rotate`: brings every sealed secret under the first key of WATCHFLOOR_KEYS. Where the key is kept in the data folder,
 * `npm run vault:rotate -- --new-key` makes a new one first. Can be broken off and run again.
 */
try {
  await database();
  await proveKeys();
  if (process.argv.includes("--new-key")) console.log(`Made the key "${addKeptKey()}" in the data folder.`);
  const ring = keyRing();
  const { rewrapped, total, unopenable, unusedKeys } = await rotateVault(ring);
  console.log(`${total} sealed values: ${rewrapped} brought under the key "${ring.current.id}" now.`);
  if (unusedKeys.length > 0)
    console.log(`No sealed value needs ${unusedKeys.map((id) => `"${id}"`).join(", ")} any more.`);
  for (const slug of unopenable)
    console.error(`A secret of "${slug}" opens under no key; enter its service account again.`);
  if (unopenable.length > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  console.error(`The keys were not rotated: ${error.message}`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
