import type { WorkspaceRole } from "@/lib/contract/vocabulary";
import { type Call, created, type HandlersOf, ok } from "../api/handler";
import { invalid, notFound } from "../http/problem";
import type { Member } from "../people/member";
import { accountAsUser, memberOut, profileOut } from "../people/member-out";
import { guid, hashText } from "../random/hash";
import type { Workspace } from "../world/model";
import { findWorkspace } from "../world/organisation";

type UserCall = Pick<Call<"users.list">, "realm" | "now">;

function requireMember(call: UserCall, id: string): Member {
  const member = call.realm.members.find(id);
  if (member === null) throw notFound("User", id);
  return member;
}

function requireWorkspace(call: UserCall, id: string): Workspace {
  const workspace = findWorkspace(call.realm.organisation, id);
  if (workspace === null) throw notFound("Workspace", id);
  return workspace;
}

function list(call: Call<"users.list">): Record<string, unknown>[] {
  const people = call.realm.members
    .list()
    .map((member) => memberOut(member, call.realm.organisation, call.now));
  return [...people, ...call.realm.accounts.list().map(accountAsUser)];
}

function get(call: Call<"users.get">): Record<string, unknown> {
  const account = call.realm.accounts.find(call.params.userId);
  if (account !== null) return accountAsUser(account);
  return memberOut(requireMember(call, call.params.userId), call.realm.organisation, call.now);
}

/** An organisation admin is an owner everywhere; others need an assignment. */
function roleIn(member: Member, workspace: Workspace): WorkspaceRole | null {
  return member.assignments.get(workspace.id) ?? (member.organizationRole === "Admin" ? "Owner" : null);
}

function workspaceUsers(call: Call<"users.workspaceUsers">): Record<string, unknown>[] {
  const { accountId, query, role: wanted } = call.body;
  const workspace = requireWorkspace(call, accountId);
  const text = (query ?? "").toLowerCase();
  const found: Record<string, unknown>[] = [];
  for (const member of call.realm.members.list()) {
    const role = roleIn(member, workspace);
    if (role === null || (wanted && role !== wanted)) continue;
    if (!`${member.displayName}\n${member.email}`.toLowerCase().includes(text)) continue;
    found.push({
      id: guid(hashText(member.id, workspace.hash), 1),
      displayName: member.displayName,
      email: member.email,
      workspaceId: workspace.id,
      role,
      userId: member.id,
    });
  }
  return found;
}

/** `false` when one of them is a member already; then none is added (a guess). */
function add(call: Call<"users.add">): boolean {
  const missing: Record<string, string[]> = {};
  for (const [index, user] of call.body.users.entries()) {
    if (!user.email) missing[`users.${index}.email`] = ["An e-mail address is required."];
  }
  if (Object.keys(missing).length > 0) throw invalid(missing);
  const drafts = call.body.users.map((user) => ({
    displayName: user.displayName || (user.email ?? ""),
    email: user.email ?? "",
    organizationRole: user.organizationalRole,
  }));
  if (drafts.some((draft) => call.realm.members.findByEmail(draft.email) !== null)) return false;
  for (const draft of drafts) call.realm.members.add(draft, call.now);
  return true;
}

function update(call: Call<"users.update">): boolean {
  const member = requireMember(call, call.body.userId);
  member.displayName = call.body.displayName ?? member.displayName;
  member.email = call.body.email ?? member.email;
  member.organizationRole = call.body.organizationalRole;
  return true;
}

/** `false` when one of the users is not a member; then nobody is assigned (a guess). */
function assign(call: Call<"users.assign">): boolean {
  const workspace = requireWorkspace(call, call.body.accountId);
  const pairs = call.body.users.map(({ userId, role }) => ({
    member: call.realm.members.find(userId),
    role,
  }));
  if (pairs.some((pair) => pair.member === null)) return false;
  for (const { member, role } of pairs) member?.assignments.set(workspace.id, role);
  return true;
}

function updateProfile(call: Call<"users.updateProfile">): unknown {
  call.account.timeZoneId = call.body.preferredTimeZoneId;
  call.account.name = call.body.name ?? call.account.name;
  return call.alternate ? profileOut(call.account, call.realm.organisation) : true;
}

export const userHandlers: HandlersOf<"users"> = {
  "users.list": (call) => ok(list(call)),
  "users.get": (call) => ok(get(call)),
  "users.profile": (call) => ok(profileOut(call.account, call.realm.organisation)),
  "users.workspaceUsers": (call) => ok(workspaceUsers(call)),
  "users.add": (call) => created(add(call)),
  "users.update": (call) => ok(update(call)),
  "users.updateProfile": (call) => ok(updateProfile(call)),
  "users.remove": (call) => {
    if (!call.realm.members.remove(call.params.id)) throw notFound("User", call.params.id);
    return ok(true);
  },
  "users.assign": (call) => ok(assign(call)),
  "users.organizationRole": (call) => {
    requireMember(call, call.body.userId).organizationRole = call.body.organizationalRole;
    return ok(true);
  },
};
