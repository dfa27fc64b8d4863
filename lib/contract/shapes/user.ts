import { object } from "../object-reader";
import {
  flag,
  id,
  instant,
  isPlain,
  known,
  list,
  optional,
  type Reader,
  text,
  word,
  workspaceId,
} from "../readers";
import { appRoles, organizationalRoles, workspaceRoles } from "../vocabulary";

const group = object(
  {
    id,
    accountId: text,
    accountName: text,
    creationDate: instant,
    lastModificationDate: instant,
    groupOwner: text,
    name: text,
    description: text,
    role: known(workspaceRoles),
    /** Ids or names: the vendor does not say. */
    workspacesAssigned: list(word),
  },
  // A recursive list of users that nobody needs here.
  { ignored: ["members"] },
);

const roleAssignment = object({
  userId: text,
  workspaceId,
  workspaceName: text,
  assignmentType: text,
  role: known(workspaceRoles),
});

/** A member of the provider's organisation; service accounts and agents can appear too (see the flags). */
export const user = object({
  id,
  displayName: text,
  firstName: text,
  lastName: text,
  profilePictureUrl: text,
  email: text,
  username: text,
  appRole: known(appRoles),
  addedOn: instant,
  hasLoggedIn: flag,
  isServiceAccount: flag,
  isAgentUser: flag,
  organizationRole: known(organizationalRoles),
  workspaceRole: known(workspaceRoles),
  groups: list(group),
  roleAssignments: list(roleAssignment),
});
export type User = ReturnType<typeof user>;

/** Who the credential is. For a service account `email` and `upn` are probably null. */
export const profile = object({
  userId: text,
  name: text,
  email: text,
  upn: text,
  role: known(organizationalRoles),
  organization: text,
  organizationId: text,
  tenantId: text,
  preferredTimeZoneId: text,
});
export type Profile = ReturnType<typeof profile>;

/** `id` is probably the assignment's, `userId` the person's. */
export const workspaceUser = object(
  {
    id: text,
    userId: id,
    displayName: text,
    email: text,
    workspaceId,
    role: known(workspaceRoles),
  },
  { aliases: { userId: ["id"] } },
);
export type WorkspaceUser = ReturnType<typeof workspaceUser>;

/** Changing the own profile answers true, the profile or nothing (a guess). */
export const profileChange: Reader<{ ok: boolean; profile: Profile | null }> = (value, reading) => ({
  ok: value !== false,
  profile: isPlain(value) ? optional(profile)(value, reading) : null,
});
