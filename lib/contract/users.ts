import { z } from "zod";
import { guid, none, segment, short } from "./inputs";
import { defineOperation } from "./operation";
import { reply, rows } from "./readers";
import { outcome } from "./shapes/outcome";
import { profile, profileChange, user, workspaceUser } from "./shapes/user";
import { organizationalRoles, workspaceRoles } from "./vocabulary";

const userRead = {
  method: "GET",
  scope: "org:users:read",
  kind: "query",
  repeat: "read",
  tenancy: "organization",
  permission: "users:read",
  audited: false,
  query: none,
  body: null,
} as const;

const userChange = {
  scope: "org:users:manage",
  kind: "mutation",
  tenancy: "organization",
  permission: "users:manage",
  audited: false,
  query: none,
} as const;

/** Not declared as a GUID. The reserved words are literal routes of the vendor that would win over it. */
const userIdInPath = segment(256, ["profile", "workspace", "organization"]);
const userId = short(256).min(1);
const organizationalRole = z.enum(organizationalRoles);
const optionalText = (maximum: number) => short(maximum).nullable().optional();

const userInput = {
  displayName: optionalText(256),
  tenantId: optionalText(256),
  userId: optionalText(256),
  organizationalRole,
  email: optionalText(320),
  isOwner: z.boolean().optional(),
};

export const users = {
  "users.list": defineOperation({
    ...userRead,
    path: "/users",
    certainty: "documented",
    params: none,
    reply: reply(rows(user)),
    summary: "The organisation's users with their roles.",
  }),
  "users.get": defineOperation({
    ...userRead,
    path: "/users/{userId}",
    certainty: "documented",
    params: z.strictObject({ userId: userIdInPath }),
    reply: reply(user),
    summary: "One user.",
  }),
  "users.profile": defineOperation({
    ...userRead,
    path: "/users/profile",
    certainty: "documented",
    params: none,
    reply: reply(profile),
    summary: "The profile of the credential itself.",
  }),
  "users.workspaceUsers": defineOperation({
    ...userRead,
    method: "POST",
    path: "/users/workspace/users",
    certainty: "documented",
    params: none,
    // `accountId` is the workspace: the field keeps an older name for it.
    body: z.strictObject({
      accountId: guid,
      query: short(256).nullable().optional(),
      role: z.enum(workspaceRoles).nullable().optional(),
    }),
    reply: reply(rows(workspaceUser)),
    summary: "The users of one workspace (a read, though a POST).",
  }),
  "users.add": defineOperation({
    ...userChange,
    method: "POST",
    path: "/users",
    repeat: "once",
    certainty: "documented",
    params: none,
    body: z.strictObject({
      users: z.array(z.strictObject(userInput)).min(1).max(200),
      assignToWorkspace: z.boolean(),
    }),
    reply: reply(outcome),
    summary: "Adds users to the organisation.",
  }),
  "users.update": defineOperation({
    ...userChange,
    method: "PUT",
    path: "/users",
    repeat: "idempotent",
    certainty: "documented",
    params: none,
    // The user is named in the body, not in the path.
    body: z.strictObject({ ...userInput, userId }),
    reply: reply(outcome),
    summary: "Changes a user.",
  }),
  "users.updateProfile": defineOperation({
    ...userChange,
    method: "PUT",
    path: "/users/profile",
    repeat: "idempotent",
    certainty: "guess",
    params: none,
    body: z.strictObject({ preferredTimeZoneId: short(128).min(1), name: short(256).optional() }),
    reply: reply(profileChange),
    summary: "Changes the profile of the credential itself.",
  }),
  "users.remove": defineOperation({
    ...userChange,
    method: "DELETE",
    path: "/users/{id}",
    repeat: "idempotent",
    certainty: "guess",
    params: z.strictObject({ id: userIdInPath }),
    body: null,
    reply: reply(outcome),
    summary: "Removes a user from the organisation.",
  }),
  "users.assign": defineOperation({
    ...userChange,
    method: "POST",
    path: "/users/workspace",
    repeat: "once",
    certainty: "guess",
    params: none,
    body: z.strictObject({
      accountId: guid,
      users: z
        .array(z.strictObject({ userId, role: z.enum(workspaceRoles) }))
        .min(1)
        .max(200),
    }),
    reply: reply(outcome),
    summary: "Gives users a role in a workspace.",
  }),
  "users.organizationRole": defineOperation({
    ...userChange,
    method: "PUT",
    path: "/users/organization/role",
    scope: "org:users:roles",
    repeat: "idempotent",
    certainty: "documented",
    params: none,
    body: z.strictObject({ userId, organizationalRole }),
    reply: reply(outcome),
    summary: "Changes a user's role in the organisation.",
  }),
};
