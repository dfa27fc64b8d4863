import { createHash, timingSafeEqual } from "node:crypto";
import type { OrganizationalRole, WorkspaceRole } from "@/lib/contract/vocabulary";
import type { Instant } from "../time/clock";

export interface Credential {
  readonly id: string;
  /** SHA-256 of the secret; the secret itself is told once and not kept. */
  readonly digest: Buffer;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Instant | null;
  readonly createdAt: Instant;
  revoked: boolean;
  lastUsedAt: Instant | null;
}

export interface ServiceAccount {
  readonly id: string;
  name: string;
  description: string | null;
  isActive: boolean;
  organizationalRole: OrganizationalRole;
  /** Workspace id → role. */
  assignments: ReadonlyMap<string, WorkspaceRole>;
  readonly credentials: Credential[];
  readonly createdAt: Instant;
  lastModifiedAt: Instant;
  lastUsedAt: Instant | null;
  timeZoneId: string;
}

export function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

export function credentialStatus(credential: Credential, now: Instant): "Active" | "Expired" | "Revoked" {
  if (credential.revoked) return "Revoked";
  return credential.expiresAt !== null && credential.expiresAt <= now ? "Expired" : "Active";
}

/** The active credential of the account that this secret opens, or `null`. */
export function openedBy(account: ServiceAccount, secret: string, now: Instant): Credential | null {
  if (!account.isActive) return null;
  const digest = digestOf(secret);
  const found = account.credentials.find((credential) => timingSafeEqual(credential.digest, digest));
  return found !== undefined && credentialStatus(found, now) === "Active" ? found : null;
}

/** Roles from the least to the most that they may do; the order is a guess from the vendor's role descriptions. */
const rank: readonly WorkspaceRole[] = [
  "WorkspaceReader",
  "IncidentAnalyst",
  "IncidentResponder",
  "ContentAdmin",
  "Owner",
];

export function roleSuffices(role: WorkspaceRole | undefined, needed: WorkspaceRole): boolean {
  return role !== undefined && rank.indexOf(role) >= rank.indexOf(needed);
}
