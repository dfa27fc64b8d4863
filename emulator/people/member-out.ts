import type { ServiceAccount } from "../accounts/account";
import { chance, guid, hashText, mix } from "../random/hash";
import type { Instant } from "../time/clock";
import { dateTime, dayMs } from "../time/instant";
import type { Organisation } from "../world/organisation";
import { findWorkspace } from "../world/organisation";
import type { Member } from "./member";

function groupOf(team: string, organisation: Organisation, now: Instant): Record<string, unknown> {
  const hash = hashText(team, organisation.hash);
  return {
    id: guid(hash, 1),
    accountId: organisation.id,
    accountName: organisation.name,
    creationDate: dateTime(now - 500 * dayMs, 1),
    lastModificationDate: dateTime(now - 30 * dayMs, 1),
    groupOwner: organisation.staff[0]?.email ?? null,
    name: team,
    description: null,
    members: null,
    role: "IncidentAnalyst",
    workspacesAssigned: organisation.workspaces.slice(0, 5).map((workspace) => workspace.id),
  };
}

export function memberOut(member: Member, organisation: Organisation, now: Instant): Record<string, unknown> {
  const hash = mix(hashText(member.id), 3);
  return {
    id: member.id,
    displayName: member.displayName,
    firstName: member.firstName,
    lastName: member.lastName === "" ? null : member.lastName,
    profilePictureUrl: chance(hash, 1, 0.3) ? "https://cdn.example.test/p/42.png" : null,
    email: member.email,
    username: member.email,
    appRole: "DefaultAccess",
    addedOn: dateTime(member.addedOn, 1),
    hasLoggedIn: member.hasLoggedIn,
    isServiceAccount: false,
    isAgentUser: member.isAgent,
    organizationRole: member.organizationRole,
    workspaceRole: null,
    groups: member.team === null ? [] : [groupOf(member.team, organisation, now)],
    roleAssignments: [...member.assignments].map(([workspaceId, role]) => ({
      userId: member.id,
      workspaceId,
      workspaceName: findWorkspace(organisation, workspaceId)?.name ?? null,
      assignmentType: chance(hashText(workspaceId, hash), 2, 0.7) ? "Direct" : "Group",
      role,
    })),
  };
}

/** Service accounts appear among the users too (a guess from the flag). */
export function accountAsUser(account: ServiceAccount): Record<string, unknown> {
  return {
    id: account.id,
    displayName: account.name,
    firstName: null,
    lastName: null,
    profilePictureUrl: null,
    email: null,
    username: null,
    appRole: "DefaultAccess",
    addedOn: dateTime(account.createdAt, 1),
    hasLoggedIn: account.lastUsedAt !== null,
    isServiceAccount: true,
    isAgentUser: false,
    organizationRole: account.organizationalRole,
    workspaceRole: null,
    groups: null,
    roleAssignments: null,
  };
}

export function profileOut(account: ServiceAccount, organisation: Organisation): Record<string, unknown> {
  return {
    name: account.name,
    email: null,
    upn: null,
    userId: account.id,
    role: account.organizationalRole,
    organization: organisation.name,
    organizationId: organisation.id,
    tenantId: organisation.tenantId,
    preferredTimeZoneId: account.timeZoneId,
  };
}
