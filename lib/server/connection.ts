import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { Failure } from "@/lib/errors";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { connectionCredentials, connections } from "@/lib/server/db/schema";
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
  /** Our own id of the credential, not upstream's; safe to log. */
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

function place(organisationId: string, credentialId: string, baseUrl: string): SealContext {
  return {
    table: "connection_credentials",
    rowId: credentialId,
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
  const { baseUrl } = row.connections;
  const { id: credentialId, clientId, sealedSecret } = row.connection_credentials;
  const clientSecret = open(keyRing(), place(organisationId, credentialId, baseUrl), sealedSecret);
  return { organisationId, baseUrl, credentialId, clientId, clientSecret };
}

/** Makes or replaces the organisation's connection and its current credential. Runs inside `withOrganisation`. */
export async function saveConnection(tx: Tx, organisationId: string, input: ConnectionInput): Promise<void> {
  const now = new Date();
  const [connection] = await tx
    .insert(connections)
    .values({ id: randomUUID(), organisationId, baseUrl: input.baseUrl })
    .onConflictDoUpdate({
      target: connections.organisationId,
      set: { baseUrl: input.baseUrl, updatedAt: now },
    })
    .returning();
  if (!connection) throw new Error("The connection was not written.");
  await tx.delete(connectionCredentials).where(eq(connectionCredentials.connectionId, connection.id));
  const id = randomUUID();
  await tx.insert(connectionCredentials).values({
    id,
    organisationId,
    connectionId: connection.id,
    clientId: input.clientId,
    sealedSecret: seal(keyRing(), place(organisationId, id, input.baseUrl), input.clientSecret),
    isCurrent: true,
  });
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
