import { object } from "../object-reader";
import { flag, id, instant, known, list, text, word, workspaceId } from "../readers";
import { credentialStatuses, organizationalRoles, workspaceRoles } from "../vocabulary";

const credentialMembers = {
  id,
  clientSecretPrefix: text,
  status: known(credentialStatuses),
  expirationDate: instant,
  lastUsedAt: instant,
  createdAt: instant,
  scopes: list(word),
};

/** One of a service account's credentials. Without an expiry it does not expire. */
export const credential = object(credentialMembers);
export type Credential = ReturnType<typeof credential>;

const accountMembers = {
  id,
  accountId: text,
  name: text,
  description: text,
  isActive: flag,
  organizationalRole: known(organizationalRoles),
  clientSecretPrefix: text,
  credentialExpirationDate: instant,
  workspaceAssignments: list(object({ workspaceId, workspaceName: text, role: known(workspaceRoles) })),
  credentials: list(credential),
  lastUsedAt: instant,
  createdAt: instant,
  lastModifiedAt: instant,
};

export const serviceAccount = object(accountMembers);
export type ServiceAccount = ReturnType<typeof serviceAccount>;

/** The plaintext secret is here and nowhere else, once. `clientId` must be taken from here and never derived. */
const issued = { clientId: text, clientSecret: text };

export const createdServiceAccount = object({ ...issued, ...accountMembers });
export type CreatedServiceAccount = ReturnType<typeof createdServiceAccount>;

export const createdCredential = object({ ...issued, ...credentialMembers });
export type CreatedCredential = ReturnType<typeof createdCredential>;
