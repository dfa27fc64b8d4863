import type { Role } from "@/lib/domain/access";
import type { MemberScope, WorkspaceGroupView } from "@/lib/domain/members";
import type { WorkspaceListItem } from "@/lib/domain/workspace-list";

/** What a role may do, in the order of the choice. */
export const roleWords: readonly { readonly role: Role; readonly label: string; readonly about: string }[] = [
  { role: "viewer", label: "Viewer", about: "Reads incidents, gamebooks, data sources and tickets." },
  { role: "analyst", label: "Analyst", about: "Also links tickets and sets their priority." },
  { role: "manager", label: "Manager", about: "Also names, tags and groups workspaces, and reads webhooks." },
  {
    role: "admin",
    label: "Admin",
    about: "Also manages people, the connection, webhooks and everything else.",
  },
];

function few(names: readonly string[]): string {
  return names.length <= 3
    ? names.join(", ")
    : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

/** What a scope lets a person see, in a few words. */
export function scopeWords(
  scope: MemberScope,
  groups: readonly WorkspaceGroupView[],
  workspaces: readonly WorkspaceListItem[],
): string {
  if (scope.kind === "all") return "All workspaces";
  if (scope.kind === "groups") {
    const names = scope.groupIds.map(
      (id) => groups.find((group) => group.id === id)?.name ?? "a deleted group",
    );
    return names.length === 0 ? "Nothing" : few(names);
  }
  if (scope.workspaceIds.length === 0) return "Nothing";
  return few(scope.workspaceIds.map((id) => workspaces.find((known) => known.id === id)?.name ?? id));
}
