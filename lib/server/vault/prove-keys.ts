import "server-only";
import { withPlatform } from "@/lib/server/db/platform";
import { env } from "@/lib/server/env";
import { StartupError } from "@/lib/server/startup-error";
import { hasCanary, proveKeyRing } from "@/lib/server/vault/canary";
import { authSecret, hasKeyRing, keyRing } from "@/lib/server/vault/keys";

/**
 * Proves the keys before anything is sealed with them. They are made on the very first start of the embedded store only: a missing key
 * file beside a used database is a fault, and a new key would hide it.
 * @throws StartupError
 */
export async function proveKeys(): Promise<void> {
  if (!hasKeyRing() && (await withPlatform(hasCanary)))
    throw new StartupError(
      `The key that sealed this database's secrets is missing from the data folder ${env().dataDir} (DATA_DIR); restore the file from a backup, or set WATCHFLOOR_KEYS.`,
    );
  const ring = keyRing();
  await withPlatform((tx) => proveKeyRing(tx, ring));
  authSecret();
}
