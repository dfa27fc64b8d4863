import "server-only";
import { recordAudit } from "@/lib/server/audit/record";
import { type ConnectionInput, readConnection, saveConnection } from "@/lib/server/connection/connection";
import type { Tx } from "@/lib/server/db/database";
import type { Roles } from "@/lib/server/db/roles";
import { VaultError } from "@/lib/server/vault/envelope";

function isSame(a: ConnectionInput, b: ConnectionInput): boolean {
  return (
    a.baseUrl === b.baseUrl &&
    a.clientId === b.clientId &&
    a.clientSecret.reveal() === b.clientSecret.reveal()
  );
}

/** True when this is the stored connection. A secret that cannot be opened here counts as another. Runs inside `withOrganisation`. */
export async function isCurrentConnection(
  tx: Tx,
  organisationId: string,
  wanted: ConnectionInput,
): Promise<boolean> {
  try {
    const current = await readConnection(tx, organisationId);
    return current !== null && isSame(current, wanted);
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
}

/** Stores a connection and writes it down; does nothing when it is the stored one. `by` says whose wish it was. */
export function putConnection(
  roles: Roles,
  organisationId: string,
  wanted: ConnectionInput,
  by: string,
): Promise<void> {
  return roles.organisation(organisationId, async (tx) => {
    if (await isCurrentConnection(tx, organisationId, wanted)) return;
    await saveConnection(tx, organisationId, wanted);
    await recordAudit(tx, {
      organisationId,
      personId: null,
      action: "connection.save",
      permission: null,
      workspaceId: null,
      outcome: "done",
      upstreamRequestId: null,
      requestId: "start",
      detail: { baseUrl: wanted.baseUrl, clientId: wanted.clientId, by },
    });
  });
}
