import type { Instant } from "../time/clock";
import { dateTime } from "../time/instant";
import type { Organisation } from "../world/organisation";
import { findWorkspace } from "../world/organisation";
import { type Credential, credentialStatus, type ServiceAccount } from "./account";

const orNull = (at: Instant | null) => (at === null ? null : dateTime(at, 1));

export function credentialOut(credential: Credential, now: Instant): Record<string, unknown> {
  return {
    id: credential.id,
    clientSecretPrefix: credential.prefix,
    status: credentialStatus(credential, now),
    expirationDate: orNull(credential.expiresAt),
    lastUsedAt: orNull(credential.lastUsedAt),
    createdAt: dateTime(credential.createdAt, 1),
    scopes: credential.scopes,
  };
}

/** Prefix and expiry are those of the newest active credential (a guess). */
export function accountOut(
  account: ServiceAccount,
  organisation: Organisation,
  now: Instant,
): Record<string, unknown> {
  const active = account.credentials.filter((credential) => credentialStatus(credential, now) === "Active");
  const newest = active[active.length - 1];
  return {
    id: account.id,
    accountId: organisation.id,
    name: account.name,
    description: account.description,
    isActive: account.isActive,
    organizationalRole: account.organizationalRole,
    clientSecretPrefix: newest?.prefix ?? null,
    credentialExpirationDate: orNull(newest?.expiresAt ?? null),
    workspaceAssignments: [...account.assignments].map(([workspaceId, role]) => ({
      workspaceId,
      workspaceName: findWorkspace(organisation, workspaceId)?.name ?? null,
      role,
    })),
    credentials: account.credentials.map((credential) => credentialOut(credential, now)),
    lastUsedAt: orNull(account.lastUsedAt),
    createdAt: dateTime(account.createdAt, 1),
    lastModifiedAt: dateTime(account.lastModifiedAt, 1),
  };
}
