import "server-only";
import { and, eq } from "drizzle-orm";
import { type BesideView, type ConnectionView, retireAfterMs } from "@/lib/domain/connection";
import { Failure } from "@/lib/errors";
import { type ConnectionInput, credentialPlace, putCredential, type UpstreamConnection } from "./connection";
import type { Tx } from "@/lib/server/db/database";
import { connectionCredentials, connections } from "@/lib/server/db/schema/tenant";
import { open, VaultError } from "@/lib/server/vault/envelope";
import { keyRing } from "@/lib/server/vault/keys";

/*
 * Rotation with two credentials. A second one is entered and stands beside the current one (`waiting`); they change places; after
 * `retireAfterMs` nobody uses the replaced one any more and it is retired. Until then both are good, so no call ever meets a dead one.
 */

type CredentialRow = typeof connectionCredentials.$inferSelect;

interface Stored {
  readonly connection: typeof connections.$inferSelect;
  readonly current: CredentialRow;
  readonly beside: CredentialRow | null;
}

/** Both credentials, locked against another rotation until the transaction ends. Null without a connection. */
async function lockStored(tx: Tx): Promise<Stored | null> {
  const [connection] = await tx.select().from(connections).for("update");
  return connection ? readStored(tx, connection) : null;
}

async function readStored(tx: Tx, connection: Stored["connection"]): Promise<Stored> {
  const rows = await tx
    .select()
    .from(connectionCredentials)
    .where(eq(connectionCredentials.connectionId, connection.id));
  const current = rows.find((row) => row.isCurrent);
  if (!current) throw new Error("A connection stands without its credential.");
  return { connection, current, beside: rows.find((row) => !row.isCurrent) ?? null };
}

const stale = (detail: string) => new Failure("CONFLICT", { detail });

async function lockConnected(tx: Tx): Promise<Stored> {
  const stored = await lockStored(tx);
  if (!stored) throw new Failure("NO_CONNECTION");
  return stored;
}

function viewOf(row: CredentialRow) {
  return { id: row.id, clientIdEnd: row.clientId.slice(-4), enteredAt: row.createdAt.toISOString() };
}

function besideView(row: CredentialRow): BesideView {
  const { replacedAt } = row;
  return {
    ...viewOf(row),
    state: replacedAt === null ? "waiting" : "replaced",
    replacedAt: replacedAt?.toISOString() ?? null,
    retireFrom: replacedAt && new Date(replacedAt.getTime() + retireAfterMs).toISOString(),
  };
}

/** The connection as it may be shown. Runs inside `withOrganisation`. */
export async function readConnectionView(tx: Tx): Promise<ConnectionView["connection"]> {
  const [connection] = await tx.select().from(connections);
  if (!connection) return null;
  const { current, beside } = await readStored(tx, connection);
  const { baseUrl, managedBy } = connection;
  return { baseUrl, managedBy, current: viewOf(current), beside: beside && besideView(beside) };
}

/**
 * One of the two credentials, opened, to be tried. Runs inside `withOrganisation`.
 * @throws Failure NO_CONNECTION without a connection or when its secret does not open; CONFLICT when there is no second credential
 */
export async function openCredential(
  tx: Tx,
  organisationId: string,
  which: "current" | "beside",
): Promise<UpstreamConnection> {
  const { connection, current, beside } = await lockConnected(tx);
  const row = which === "current" ? current : beside;
  if (!row) throw stale("There is no second credential.");
  const { baseUrl, lineId: credentialId } = connection;
  try {
    const place = credentialPlace(organisationId, row.id, baseUrl);
    const clientSecret = open(keyRing(), place, row.sealedSecret);
    return { organisationId, baseUrl, credentialId, clientId: row.clientId, clientSecret };
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new Failure("NO_CONNECTION", {
      detail: "The stored secret does not fit this address or key; enter the service account again.",
    });
  }
}

/**
 * Puts a second credential beside the current one, for the same address; one that was waiting is dropped for it.
 * @throws Failure NO_CONNECTION; CONFLICT when the address is another by now, or a replaced credential has not been retired
 */
export async function addBeside(tx: Tx, organisationId: string, input: ConnectionInput): Promise<void> {
  const { connection, beside } = await lockConnected(tx);
  if (connection.baseUrl !== input.baseUrl)
    throw stale("The address was changed by somebody else meanwhile. Look again, then enter the credential.");
  if (beside?.replacedAt) throw stale("Retire the replaced credential first.");
  if (beside) await tx.delete(connectionCredentials).where(eq(connectionCredentials.id, beside.id));
  await putCredential(tx, connection, input, false);
}

/**
 * The two credentials change places. Works backwards too, as long as the replaced one has not been retired.
 * @returns the end of the client id that is in use now
 * @throws Failure NO_CONNECTION; CONFLICT when there is no second credential, or it is not the one that was meant
 */
export async function switchCredentials(tx: Tx, id: string, now: Date): Promise<string> {
  const { connection, current, beside } = await lockConnected(tx);
  if (beside?.id !== id)
    throw stale("The second credential is no longer the one that was shown. Look again.");
  // Out and in again, because at no moment may two be current or two stand beside. The row keeps its id, to which its secret is sealed.
  await tx.delete(connectionCredentials).where(eq(connectionCredentials.id, beside.id));
  await tx
    .update(connectionCredentials)
    .set({ isCurrent: false, replacedAt: now })
    .where(and(eq(connectionCredentials.id, current.id), eq(connectionCredentials.isCurrent, true)));
  await tx.insert(connectionCredentials).values({ ...beside, isCurrent: true, replacedAt: null });
  await tx
    .update(connections)
    .set({ managedBy: "page", updatedAt: now })
    .where(eq(connections.id, connection.id));
  return beside.clientId.slice(-4);
}

/**
 * Drops the second credential for good.
 * @returns the end of its client id
 * @throws Failure NO_CONNECTION; CONFLICT when it is not the one that was meant, or with `retryAfterSeconds` while calls may still be using it
 */
export async function retireBeside(tx: Tx, id: string, now: Date): Promise<string> {
  const { beside } = await lockConnected(tx);
  if (beside?.id !== id)
    throw stale("The second credential is no longer the one that was shown. Look again.");
  const waitMs = (beside.replacedAt?.getTime() ?? Number.NEGATIVE_INFINITY) + retireAfterMs - now.getTime();
  if (waitMs > 0)
    throw new Failure("CONFLICT", {
      detail: "Calls that began before the switch may still be using it.",
      retryAfterSeconds: Math.ceil(waitMs / 1000),
    });
  await tx.delete(connectionCredentials).where(eq(connectionCredentials.id, beside.id));
  return beside.clientId.slice(-4);
}
