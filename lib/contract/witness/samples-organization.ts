import { dateTime, envelope, type Sample, text, uuid } from "./fillers";

const credential = {
  id: uuid,
  clientSecretPrefix: text,
  status: "Active",
  expirationDate: dateTime,
  lastUsedAt: dateTime,
  createdAt: dateTime,
  scopes: [text],
};

const serviceAccount = {
  id: uuid,
  accountId: uuid,
  name: text,
  description: text,
  isActive: true,
  organizationalRole: "Admin",
  clientSecretPrefix: text,
  credentialExpirationDate: dateTime,
  workspaceAssignments: [{ workspaceId: uuid, workspaceName: text, role: "Owner" }],
  credentials: [credential],
  lastUsedAt: dateTime,
  createdAt: dateTime,
  lastModifiedAt: dateTime,
};

const user = {
  id: text,
  displayName: text,
  firstName: text,
  lastName: text,
  profilePictureUrl: text,
  email: text,
  username: text,
  appRole: "DefaultAccess",
  addedOn: dateTime,
  hasLoggedIn: true,
  isServiceAccount: true,
  isAgentUser: true,
  organizationRole: "Admin",
  workspaceRole: "Owner",
  groups: [
    {
      id: uuid,
      accountId: uuid,
      accountName: text,
      creationDate: dateTime,
      lastModificationDate: dateTime,
      groupOwner: text,
      name: text,
      description: text,
      members: [],
      role: "Owner",
      workspacesAssigned: [text],
    },
  ],
  roleAssignments: [
    { userId: text, workspaceId: text, workspaceName: text, assignmentType: text, role: "Owner" },
  ],
};

const userInput = {
  displayName: text,
  tenantId: text,
  userId: text,
  organizationalRole: "Admin",
  email: text,
  isOwner: true,
};

const assignments = [{ workspaceId: uuid, role: "Owner" }];

export const organizationSamples: readonly Sample[] = [
  { name: "service accounts", id: "serviceAccounts.list", reply: envelope([serviceAccount]) },
  {
    name: "create a service account, secret shown once",
    id: "serviceAccounts.create",
    body: {
      name: text,
      description: text,
      organizationalRole: "Admin",
      workspaceAssignments: assignments,
      expirationDate: dateTime,
      scopes: ["incidents:read", "org:service-accounts:manage"],
    },
    reply: envelope({ clientId: uuid, clientSecret: text, ...serviceAccount }),
  },
  {
    name: "change a service account, every member null",
    id: "serviceAccounts.update",
    params: { id: uuid },
    body: { name: null, description: null, organizationalRole: null, workspaceAssignments: null },
    reply: envelope(serviceAccount),
  },
  {
    name: "enable a service account",
    id: "serviceAccounts.enable",
    params: { id: uuid },
    reply: envelope(serviceAccount),
  },
  {
    name: "issue a credential",
    id: "serviceAccounts.issueCredential",
    params: { id: uuid },
    body: { expirationDate: dateTime, scopes: ["incidents:read"] },
    reply: envelope({ clientId: uuid, clientSecret: text, ...credential }),
  },
  {
    name: "revoke a credential",
    id: "serviceAccounts.revokeCredential",
    params: { id: uuid, credentialId: uuid },
    reply: envelope(credential),
  },
  { name: "users", id: "users.list", reply: envelope([user]) },
  { name: "one user", id: "users.get", params: { userId: text }, reply: envelope(user) },
  {
    name: "own profile",
    id: "users.profile",
    reply: envelope({
      name: text,
      email: text,
      upn: text,
      userId: text,
      role: "Admin",
      organization: text,
      organizationId: text,
      tenantId: text,
      preferredTimeZoneId: text,
    }),
  },
  {
    name: "users of a workspace, a read by POST",
    id: "users.workspaceUsers",
    body: { accountId: uuid, query: text, role: "Owner" },
    reply: envelope([
      { id: text, displayName: text, email: text, workspaceId: text, role: "Owner", userId: text },
    ]),
  },
  {
    name: "add users",
    id: "users.add",
    body: { users: [userInput], assignToWorkspace: true },
    reply: envelope(true),
  },
  { name: "change a user", id: "users.update", body: userInput, reply: envelope(true) },
  {
    name: "change an organisational role",
    id: "users.organizationRole",
    body: { userId: text, organizationalRole: "Admin" },
    reply: envelope(true),
  },
];
