import "server-only";
import { eq } from "drizzle-orm";
import type { ConnectionInput } from "@/lib/server/connection/connection";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { acrossRoles } from "@/lib/server/db/roles";
import { organisations } from "@/lib/server/db/schema/platform";
import { connections } from "@/lib/server/db/schema/tenant";
import { type Environment, StartupError } from "@/lib/server/env";
import { log } from "@/lib/server/log";
import {
  ensureOrganisation,
  isSetupNeeded,
  preparePerson,
  putFirstAdmin,
  recordFirstAdmin,
  takeSetupTurn,
} from "@/lib/server/setup/people";
import { isCurrentConnection, putConnection } from "@/lib/server/setup/put-connection";
import { probeCredential } from "@/lib/server/setup/probe";

/** What the environment asks for at a start; the rest of it is of no interest here. */
type Wanted = Pick<Environment, "organisationSlug" | "upstream" | "admin">;

/** True when nothing is to be stored: it is there already, or the connection page has the last word. */
async function isStored(slug: string, wanted: ConnectionInput): Promise<boolean> {
  const [row] = await withPlatform((tx) =>
    tx.select().from(organisations).where(eq(organisations.slug, slug)),
  );
  if (!row) return false;
  return withOrganisation(row.id, async (tx) => {
    const [connection] = await tx.select().from(connections);
    // An admin has changed it on the connection page since: what the environment still says is older.
    if (connection?.managedBy === "page") return true;
    return isCurrentConnection(tx, row.id, wanted);
  });
}

/** Throws `StartupError` when upstream refuses the credential; one that could not be tried is taken with a warning. */
async function tryCredential(wanted: ConnectionInput): Promise<void> {
  const probe = await probeCredential(wanted);
  if (probe.verdict === "refused")
    throw new StartupError(
      `ContraForce at ${new URL(wanted.baseUrl).host} refused the service account of CONTRAFORCE_CLIENT_ID and CONTRAFORCE_CLIENT_SECRET; nothing was stored.`,
    );
  if (probe.verdict === "unclear")
    log.warn(
      { baseUrl: wanted.baseUrl, reason: probe.reason },
      `The service account could not be tried, because of ContraForce: ${probe.reason}. It is stored all the same.`,
    );
}

/**
 * Brings the database to what the environment asks for: the first organisation, its connection, the first admin. The credential is
 * tried before anything is written, and everything is written in one transaction, so a start that fails leaves nothing half-made.
 * On later starts a changed credential is tried and stored; an unchanged one is left alone, and so is everybody's password.
 */
export async function seedFromEnvironment(wanted: Wanted): Promise<void> {
  const { organisationSlug, upstream } = wanted;
  const newConnection = upstream && !(await isStored(organisationSlug, upstream)) ? upstream : null;
  if (newConnection) await tryCredential(newConnection);
  const admin = (await withPlatform(isSetupNeeded)) ? wanted.admin : null;
  const prepared =
    admin &&
    (await preparePerson({ email: admin.email, name: admin.email, password: admin.password.reveal() }));
  await acrossRoles(async (roles) => {
    const { organisationId, made } = await roles.platform(async (tx) => {
      // Two starters take turns; the second finds everything there.
      await takeSetupTurn(tx);
      const [any] = await tx.select({ id: organisations.id }).from(organisations).limit(1);
      return {
        organisationId: !any || newConnection ? await ensureOrganisation(tx, organisationSlug) : null,
        made:
          prepared && (await isSetupNeeded(tx)) ? await putFirstAdmin(tx, organisationSlug, prepared) : null,
      };
    });
    if (organisationId && newConnection)
      await putConnection(roles, organisationId, newConnection, "environment");
    if (made) await recordFirstAdmin(roles, made, { requestId: "start", by: "environment" });
  });
}
