import type { WorkspaceRole } from "@/lib/contract/vocabulary";
import { credentialOut, accountOut } from "../accounts/account-out";
import type { ServiceAccount } from "../accounts/account";
import { type Call, created, type HandlersOf, noContent, ok } from "../api/handler";
import { invalid, notFound } from "../http/problem";
import { findWorkspace } from "../world/organisation";

type AccountCall = Pick<Call<"serviceAccounts.list">, "realm" | "now">;

function requireAccount(call: AccountCall, id: string): ServiceAccount {
  const account = call.realm.accounts.find(id);
  if (account === null) throw notFound("Service account", id);
  return account;
}

const out = (call: AccountCall, account: ServiceAccount) =>
  accountOut(account, call.realm.organisation, call.now);

function touched(call: AccountCall, account: ServiceAccount): Record<string, unknown> {
  account.lastModifiedAt = call.now;
  return out(call, account);
}

/** A workspace that the provider does not have cannot be assigned. */
function assignmentsOf(
  call: AccountCall,
  list: readonly { workspaceId: string; role: WorkspaceRole }[],
): ReadonlyMap<string, WorkspaceRole> {
  return new Map(
    list.map(({ workspaceId, role }, index) => {
      const workspace = findWorkspace(call.realm.organisation, workspaceId);
      if (workspace === null)
        throw invalid({ [`workspaceAssignments.${index}.workspaceId`]: ["There is no such workspace."] });
      return [workspace.id, role];
    }),
  );
}

function expiry(call: AccountCall, text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  const at = Date.parse(text);
  if (at <= call.now) throw invalid({ expirationDate: ["The expiration date lies in the past."] });
  return at;
}

/** A credential without scopes could do nothing; it is refused (a guess). */
function requireScopes(scopes: readonly string[] | null | undefined): readonly string[] {
  if (scopes === null || scopes === undefined || scopes.length === 0)
    throw invalid({ scopes: ["At least one scope is required."] });
  return scopes;
}

function create(call: Call<"serviceAccounts.create">): Record<string, unknown> {
  const { name, description, organizationalRole, workspaceAssignments, expirationDate } = call.body;
  const scopes = requireScopes(call.body.scopes);
  const expiresAt = expiry(call, expirationDate);
  const assignments = assignmentsOf(call, workspaceAssignments ?? []);
  const account = call.realm.accounts.create(
    { name, description: description ?? null, organizationalRole, assignments },
    call.now,
  );
  const { secret } = call.realm.accounts.issue(account, { scopes, expiresAt, now: call.now });
  return { clientId: account.id, clientSecret: secret, ...out(call, account) };
}

/** A null or absent member leaves things as they are; a given list of workspaces replaces the whole set (guesses). */
function update(call: Call<"serviceAccounts.update">): Record<string, unknown> {
  const account = requireAccount(call, call.params.id);
  const { name, description, organizationalRole, workspaceAssignments } = call.body;
  if (workspaceAssignments) account.assignments = assignmentsOf(call, workspaceAssignments);
  account.name = name ?? account.name;
  account.description = description ?? account.description;
  account.organizationalRole = organizationalRole ?? account.organizationalRole;
  return touched(call, account);
}

function issue(call: Call<"serviceAccounts.issueCredential">): Record<string, unknown> {
  const account = requireAccount(call, call.params.id);
  const scopes = requireScopes(call.body.scopes);
  const expiresAt = expiry(call, call.body.expirationDate);
  const { credential, secret } = call.realm.accounts.issue(account, { scopes, expiresAt, now: call.now });
  account.lastModifiedAt = call.now;
  return { clientId: account.id, clientSecret: secret, ...credentialOut(credential, call.now) };
}

/** Revoking twice changes nothing (a guess). */
function revoke(call: Call<"serviceAccounts.revokeCredential">): Record<string, unknown> {
  const account = requireAccount(call, call.params.id);
  const wanted = call.params.credentialId.toLowerCase();
  const credential = account.credentials.find((candidate) => candidate.id === wanted);
  if (credential === undefined) throw notFound("Credential", call.params.credentialId);
  credential.revoked = true;
  account.lastModifiedAt = call.now;
  return credentialOut(credential, call.now);
}

function setActive(call: Call<"serviceAccounts.enable" | "serviceAccounts.disable">, isActive: boolean) {
  const account = requireAccount(call, call.params.id);
  account.isActive = isActive;
  return ok(touched(call, account));
}

export const serviceAccountHandlers: HandlersOf<"serviceAccounts"> = {
  "serviceAccounts.list": (call) => ok(call.realm.accounts.list().map((account) => out(call, account))),
  "serviceAccounts.get": (call) => ok(out(call, requireAccount(call, call.params.id))),
  "serviceAccounts.create": (call) => created(create(call)),
  "serviceAccounts.update": (call) => ok(update(call)),
  "serviceAccounts.delete": (call) => {
    if (!call.realm.accounts.remove(call.params.id)) throw notFound("Service account", call.params.id);
    return call.alternate ? ok(true) : noContent();
  },
  "serviceAccounts.disable": (call) => setActive(call, false),
  "serviceAccounts.enable": (call) => setActive(call, true),
  "serviceAccounts.issueCredential": (call) => created(issue(call)),
  "serviceAccounts.revokeCredential": (call) => ok(revoke(call)),
};
