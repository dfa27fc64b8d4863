import type { OperationId } from "@/lib/contract";
import { registry } from "@/lib/contract";
import type { WorkspaceRole } from "@/lib/contract/vocabulary";
import { roleSuffices } from "../accounts/account";
import { ApiProblem } from "../http/problem";
import type { Workspace } from "../world/model";
import { findWorkspace } from "../world/organisation";
import type { Caller } from "./credentials";

/** The scope of the investigation calls, which the vendor's index does not name (a guess, see `guesses.ts`). */
export const investigationScope = "investigation:read";

/** The scope an operation needs of the credential. */
export function scopeOf(id: OperationId): string {
  return registry[id].scope ?? investigationScope;
}

/** Operations in a workspace that need more than the right to read it (a guess from the vendor's role descriptions). */
const neededRole: Partial<Record<OperationId, WorkspaceRole>> = {
  "tickets.link": "IncidentResponder",
  "tickets.unlink": "IncidentResponder",
  "tickets.priority": "IncidentResponder",
  "investigation.signinLogs": "IncidentAnalyst",
  "investigation.directoryLogs": "IncidentAnalyst",
};

export function neededRoleOf(id: OperationId): WorkspaceRole {
  return neededRole[id] ?? "WorkspaceReader";
}

/** @throws ApiProblem 403 when the credential lacks the scope. Scopes are compared literally: manage is not read. */
export function requireScope(caller: Caller, id: OperationId): void {
  const scope = scopeOf(id);
  if (caller.credential.scopes.includes(scope)) return;
  throw new ApiProblem("INSUFFICIENT_SCOPE", `The credential does not hold the scope '${scope}'.`, {
    target: scope,
  });
}

/** @throws ApiProblem 403, the same for a workspace that does not exist, is another provider's, or has no role here */
export function requireWorkspace(caller: Caller, id: OperationId, workspaceId: string): Workspace {
  const workspace = findWorkspace(caller.realm.organisation, workspaceId);
  const role = workspace === null ? undefined : caller.account.assignments.get(workspace.id);
  if (workspace !== null && roleSuffices(role, neededRoleOf(id))) return workspace;
  throw new ApiProblem(
    "INSUFFICIENT_WORKSPACE_ROLE",
    "The service account does not have a sufficient role on the workspace.",
    { target: workspaceId },
  );
}

export function visibleTo(caller: Caller): readonly Workspace[] {
  return caller.realm.organisation.workspaces.filter((workspace) =>
    caller.account.assignments.has(workspace.id),
  );
}
