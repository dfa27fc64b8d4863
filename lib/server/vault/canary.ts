import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/server/db/database";
import { instanceSettings } from "@/lib/server/db/schema/platform";
import { Secret } from "@/lib/server/secret";
import { StartupError } from "@/lib/server/startup-error";
import { open, rewrap, seal, VaultError } from "@/lib/server/vault/envelope";
import type { KeyRing } from "@/lib/server/vault/key-ring";

const key = "vault.canary";
const context = { table: "instance_settings", rowId: key, organisationId: "", field: "value", origin: "" };

async function stored(tx: Tx): Promise<Buffer | null> {
  const [row] = await tx.select().from(instanceSettings).where(eq(instanceSettings.key, key));
  return row ? Buffer.from(String(row.value), "base64") : null;
}

/** True when a key ring has been used on this database before. */
export async function hasCanary(tx: Tx): Promise<boolean> {
  return (await stored(tx)) !== null;
}

/**
 * Proves that the key ring is the one that sealed this database's secrets: a value sealed at the first start must open.
 * @throws StartupError when it does not.
 */
export async function proveKeyRing(tx: Tx, ring: KeyRing): Promise<void> {
  const record = seal(ring, context, new Secret("watchfloor")).toString("base64");
  await tx.insert(instanceSettings).values({ key, value: record }).onConflictDoNothing();
  try {
    open(ring, context, (await stored(tx)) ?? Buffer.alloc(0));
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new StartupError(
      "WATCHFLOOR_KEYS does not hold the key that sealed this database's secrets; put that key back into the list, or into the data folder where it was kept.",
    );
  }
}

/**
 * Brings the canary under the ring's current key; true when it was not there yet. From then on a start needs that key.
 * @throws StartupError when the ring does not open it
 */
export async function rewrapCanary(tx: Tx, ring: KeyRing): Promise<boolean> {
  await proveKeyRing(tx, ring);
  const fresh = rewrap(ring, context, (await stored(tx)) ?? Buffer.alloc(0));
  if (fresh === null) return false;
  await tx
    .update(instanceSettings)
    .set({ value: fresh.toString("base64"), updatedAt: new Date() })
    .where(eq(instanceSettings.key, key));
  return true;
}
