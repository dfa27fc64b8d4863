import "server-only";
import { asc, eq } from "drizzle-orm";
import { auditKeyPlace } from "@/lib/server/audit/head";
import { credentialPlace } from "@/lib/server/connection/connection";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { auditHeads, connectionCredentials, connections } from "@/lib/server/db/schema/tenant";
import { rewrapCanary } from "@/lib/server/vault/canary";
import { keyIdOf, rewrap, VaultError } from "@/lib/server/vault/envelope";
import type { KeyRing } from "@/lib/server/vault/key-ring";

export interface RotationReport {
  /** Sealed values that stand under the current key now and did not before. */
  readonly rewrapped: number;
  /** Sealed values in all. */
  readonly total: number;
  /** Slugs of organisations with a secret that no key of the ring opens in its place; it was left as it is. */
  readonly unopenable: readonly string[];
  /** Ids of the ring's keys that no sealed value needs any more. */
  readonly unusedKeys: readonly string[];
}

interface Tally {
  rewrapped: number;
  total: number;
  readonly unopenable: Set<string>;
}

/** One organisation's secrets in one transaction, its rows locked against a rotation of the credential at the same time. */
async function rotateOrganisation(
  tx: Tx,
  ring: KeyRing,
  organisation: { readonly id: string; readonly slug: string },
  tally: Tally,
): Promise<void> {
  const rows = await tx
    .select({
      id: connectionCredentials.id,
      baseUrl: connections.baseUrl,
      sealedSecret: connectionCredentials.sealedSecret,
    })
    .from(connectionCredentials)
    .innerJoin(connections, eq(connections.id, connectionCredentials.connectionId))
    .for("update", { of: connectionCredentials });
  for (const { id, baseUrl, sealedSecret } of rows) {
    tally.total += 1;
    try {
      const fresh = rewrap(ring, credentialPlace(organisation.id, id, baseUrl), sealedSecret);
      if (fresh === null) continue;
      await tx
        .update(connectionCredentials)
        .set({ sealedSecret: fresh })
        .where(eq(connectionCredentials.id, id));
      tally.rewrapped += 1;
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      tally.unopenable.add(organisation.slug);
    }
  }
}

/** The key of the organisation's audit chain. Its writers wait for the row meanwhile. */
async function rotateAuditKey(
  tx: Tx,
  ring: KeyRing,
  organisation: { readonly id: string; readonly slug: string },
  tally: Tally,
): Promise<void> {
  const [head] = await tx.select({ sealedKey: auditHeads.sealedKey }).from(auditHeads).for("update");
  if (!head) return;
  tally.total += 1;
  try {
    const fresh = rewrap(ring, auditKeyPlace(organisation.id), head.sealedKey);
    if (fresh === null) return;
    await tx.update(auditHeads).set({ sealedKey: fresh });
    tally.rewrapped += 1;
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    tally.unopenable.add(organisation.slug);
  }
}

/** Which keys are still needed, read anew: somebody may have sealed under an older key meanwhile. */
async function readUsedKeys(ids: readonly string[], canaryKey: string): Promise<ReadonlySet<string>> {
  const used = new Set([canaryKey]);
  for (const id of ids) {
    const rows = await withOrganisation(id, (tx) =>
      tx.select({ sealedSecret: connectionCredentials.sealedSecret }).from(connectionCredentials),
    );
    for (const { sealedSecret } of rows) used.add(keyIdOf(sealedSecret));
    const heads = await withOrganisation(id, (tx) =>
      tx.select({ sealedKey: auditHeads.sealedKey }).from(auditHeads),
    );
    for (const { sealedKey } of heads) used.add(keyIdOf(sealedKey));
  }
  return used;
}

/**
 * Brings every sealed value under the ring's current key: each secret's own key is wrapped anew, the secret is not touched. Organisation by
 * organisation, each in one transaction: broken off anywhere it has done no harm and goes on when it is run again. Servers that hold
 * both keys run on meanwhile.
 * @throws StartupError when the ring is not the one of this database
 */
export async function rotateVault(ring: KeyRing): Promise<RotationReport> {
  const all = await withPlatform((tx) =>
    tx
      .select({ id: organisations.id, slug: organisations.slug })
      .from(organisations)
      .orderBy(asc(organisations.slug)),
  );
  const isCanaryNew = await withPlatform((tx) => rewrapCanary(tx, ring));
  const tally: Tally = { rewrapped: isCanaryNew ? 1 : 0, total: 1, unopenable: new Set() };
  for (const organisation of all)
    await withOrganisation(organisation.id, async (tx) => {
      await rotateOrganisation(tx, ring, organisation, tally);
      await rotateAuditKey(tx, ring, organisation, tally);
    });
  const used = await readUsedKeys(
    all.map(({ id }) => id),
    ring.current.id,
  );
  return {
    rewrapped: tally.rewrapped,
    total: tally.total,
    unopenable: [...tally.unopenable],
    unusedKeys: [...ring.byId.keys()].filter((id) => !used.has(id)),
  };
}
