import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { Failure } from "@/lib/errors";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { connectionCredentials, connections } from "@/lib/server/db/schema/tenant";
import { log } from "@/lib/server/log";
import { processWide } from "@/lib/server/process-wide";
import type { Secret } from "@/lib/server/secret";
import { open, seal, type SealContext, VaultError } from "@/lib/server/vault/envelope";
import { keyRing } from "@/lib/server/vault/keys";

/** How an organisation reaches upstream. */
export interface UpstreamConnection {
  readonly organisationId: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /**
   * Our own id of the service account at this address, not upstream's; safe to log. It outlives a rotation of the credential, and with it
   * cursors, page tokens and cool-downs that are bound to it.
   */
  readonly credentialId: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
}

/** What an operator gives to connect an organisation. */
export interface ConnectionInput {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
}

/** Where a credential's secret is sealed: its row, and the origin that it may be shown to. */
export function credentialPlace(organisationId: string, rowId: string, baseUrl: string): SealContext {
  return {
    table: "connection_credentials",
    rowId,
    organisationId,
    field: "sealed_secret",
    origin: new URL(baseUrl).origin,
  };
}

/**
 * The organisation's connection, or null when it has none. Runs inside `withOrganisation`.
 * @throws VaultError when the stored secret was sealed for another address or by another key.
 */
export async function readConnection(tx: Tx, organisationId: string): Promise<UpstreamConnection | null> {
  const [row] = await tx
    .select()
    .from(connections)
    .innerJoin(
      connectionCredentials,
      and(eq(connectionCredentials.connectionId, connections.id), eq(connectionCredentials.isCurrent, true)),
    );
  if (!row) return null;
  const { baseUrl, lineId } = row.connections;
  const { id, clientId, sealedSecret } = row.connection_credentials;
  const clientSecret = open(keyRing(), credentialPlace(organisationId, id, baseUrl), sealedSecret);
  return { organisationId, baseUrl, credentialId: lineId, clientId, clientSecret };
}

/**
 * Makes or replaces the organisation's connection and its current credential; one that was waiting for its turn goes with the old
 * connection. Runs inside `withOrganisation`.
 */
export async function saveConnection(
  tx: Tx,
  organisationId: string,
  input: ConnectionInput,
  managedBy: "environment" | "page" = "environment",
): Promise<void> {
  const fresh = { baseUrl: input.baseUrl, lineId: randomUUID(), managedBy };
  const [connection] = await tx
    .insert(connections)
    .values({ id: randomUUID(), organisationId, ...fresh })
    .onConflictDoUpdate({ target: connections.organisationId, set: { ...fresh, updatedAt: new Date() } })
    .returning();
  if (!connection) throw new Error("The connection was not written.");
  await tx.delete(connectionCredentials).where(eq(connectionCredentials.connectionId, connection.id));
  await putCredential(tx, connection, input, true);
}

/** Seals and writes a further credential of the connection. Runs inside `withOrganisation`. */
export async function putCredential(
  tx: Tx,
  { organisationId, id: connectionId }: { readonly organisationId: string; readonly id: string },
  { baseUrl, clientId, clientSecret }: ConnectionInput,
  isCurrent: boolean,
): Promise<void> {
  const id = randomUUID();
  const sealedSecret = seal(keyRing(), credentialPlace(organisationId, id, baseUrl), clientSecret);
  await tx
    .insert(connectionCredentials)
    .values({ id, organisationId, connectionId, clientId, sealedSecret, isCurrent });
}

/** A changed connection acts within this time on every instance. */
const keptMs = 2_000;

interface Kept {
  readonly untilMs: number;
  readonly connection: Promise<UpstreamConnection>;
}

const kept = processWide("connections", () => new Map<string, Kept>());

async function load(organisationId: string): Promise<UpstreamConnection> {
  const connection = await withOrganisation(organisationId, (tx) => readConnection(tx, organisationId)).catch(
    (error: unknown) => {
      if (!(error instanceof VaultError)) throw error;
      log.error(
        { organisationId, err: error },
        "the stored service account cannot be opened for this address",
      );
      throw new Failure("NO_CONNECTION", {
        detail: "The stored service account does not fit this address or key; enter it again.",
      });
    },
  );
  if (!connection) throw new Failure("NO_CONNECTION");
  return connection;
}

/**
 * The connection of an organisation, kept for at most two seconds.
 * @throws Failure NO_CONNECTION when there is none or its secret cannot be opened; STORE_UNAVAILABLE.
 */
export function connectionFor(organisationId: string): Promise<UpstreamConnection> {
  const now = Date.now();
  const held = kept.get(organisationId);
  if (held && held.untilMs > now) return held.connection;
  const connection = load(organisationId);
  kept.set(organisationId, { untilMs: now + keptMs, connection });
  // A failure is not kept: the next call asks again.
  connection.catch(() => kept.delete(organisationId));
  return connection;
}

/** Drops what is kept of an organisation's connection, so that a change acts at once in this process. */
export function forgetConnection(organisationId: string): void {
  kept.delete(organisationId);
}
