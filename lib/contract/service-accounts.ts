import { z } from "zod";
import { dateTime, guid, none, sentence, short } from "./inputs";
import { defineOperation } from "./operation";
import { optional, reply, rows } from "./readers";
import { outcome } from "./shapes/outcome";
import {
  createdCredential,
  createdServiceAccount,
  credential,
  serviceAccount,
} from "./shapes/service-account";
import { organizationalRoles, workspaceRoles } from "./vocabulary";

const accountRead = {
  method: "GET",
  scope: "org:service-accounts:read",
  kind: "query",
  repeat: "read",
  tenancy: "organization",
  permission: "service-accounts:read",
  audited: false,
  query: none,
  body: null,
} as const;

const accountChange = {
  scope: "org:service-accounts:manage",
  kind: "mutation",
  tenancy: "organization",
  permission: "service-accounts:manage",
  audited: false,
  query: none,
} as const;

const byId = z.strictObject({ id: guid });

/** Limits of the vendor's guide. */
const name = short(200).min(1);
const description = sentence(1000).nullable();
const organizationalRole = z.enum(organizationalRoles);
const workspaceAssignments = z
  .array(z.strictObject({ workspaceId: guid, role: z.enum(workspaceRoles) }))
  .max(2_000);

/** `{resource}:{action}`. Open, because the vendor's full list is not known to us. */
const scopes = z
  .array(
    z
      .string()
      .max(100)
      .regex(/^[a-z][a-z-]*(?::[a-z][a-z-]*)+$/, "must be resource:action"),
  )
  .max(50);

export const serviceAccounts = {
  "serviceAccounts.list": defineOperation({
    ...accountRead,
    path: "/service-accounts",
    certainty: "documented",
    params: none,
    reply: reply(rows(serviceAccount)),
    summary: "All service accounts with their credentials (never the secrets).",
  }),
  "serviceAccounts.get": defineOperation({
    ...accountRead,
    path: "/service-accounts/{id}",
    certainty: "guess",
    params: byId,
    reply: reply(serviceAccount),
    summary: "One service account.",
  }),
  "serviceAccounts.create": defineOperation({
    ...accountChange,
    method: "POST",
    path: "/service-accounts",
    repeat: "once",
    certainty: "documented",
    params: none,
    body: z.strictObject({
      name,
      description: description.optional(),
      organizationalRole,
      workspaceAssignments: workspaceAssignments.nullable().optional(),
      expirationDate: dateTime.nullable().optional(),
      scopes: scopes.nullable().optional(),
    }),
    reply: reply(optional(createdServiceAccount)),
    summary:
      "Creates a service account and its first credential. The secret is in this reply and nowhere else.",
  }),
  "serviceAccounts.update": defineOperation({
    ...accountChange,
    method: "PUT",
    path: "/service-accounts/{id}",
    repeat: "idempotent",
    certainty: "documented",
    params: byId,
    body: z.strictObject({
      name: name.nullable().optional(),
      description: description.optional(),
      organizationalRole: organizationalRole.nullable().optional(),
      workspaceAssignments: workspaceAssignments.nullable().optional(),
    }),
    reply: reply(optional(serviceAccount)),
    summary:
      "Changes name, description, role or workspaces; a given list of workspaces replaces the whole set.",
  }),
  "serviceAccounts.delete": defineOperation({
    ...accountChange,
    method: "DELETE",
    path: "/service-accounts/{id}",
    repeat: "idempotent",
    certainty: "guess",
    params: byId,
    body: null,
    reply: reply(outcome),
    summary: "Deletes a service account.",
  }),
  "serviceAccounts.disable": defineOperation({
    ...accountChange,
    method: "POST",
    path: "/service-accounts/{id}/disable",
    repeat: "idempotent",
    certainty: "guess",
    params: byId,
    body: null,
    reply: reply(optional(serviceAccount)),
    summary: "Disables a service account.",
  }),
  "serviceAccounts.enable": defineOperation({
    ...accountChange,
    method: "POST",
    path: "/service-accounts/{id}/enable",
    repeat: "idempotent",
    certainty: "documented",
    params: byId,
    body: null,
    reply: reply(optional(serviceAccount)),
    summary: "Enables a disabled service account again.",
  }),
  "serviceAccounts.issueCredential": defineOperation({
    ...accountChange,
    method: "POST",
    path: "/service-accounts/{id}/credentials",
    repeat: "once",
    certainty: "documented",
    params: byId,
    body: z.strictObject({
      expirationDate: dateTime.nullable().optional(),
      scopes: scopes.nullable().optional(),
    }),
    reply: reply(optional(createdCredential)),
    summary: "Issues one more credential. The secret is in this reply and nowhere else.",
  }),
  "serviceAccounts.revokeCredential": defineOperation({
    ...accountChange,
    method: "POST",
    path: "/service-accounts/{id}/credentials/{credentialId}/revoke",
    repeat: "idempotent",
    certainty: "documented",
    params: z.strictObject({ id: guid, credentialId: guid }),
    body: null,
    reply: reply(optional(credential)),
    summary: "Revokes a credential.",
  }),
};
