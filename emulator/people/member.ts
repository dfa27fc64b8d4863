import type { OrganizationalRole, WorkspaceRole } from "@/lib/contract/vocabulary";
import type { Instant } from "../time/clock";

/** A member of the provider's organisation in the portal. */
export interface Member {
  readonly id: string;
  displayName: string;
  firstName: string;
  lastName: string;
  email: string;
  organizationRole: OrganizationalRole;
  readonly team: string | null;
  readonly isAgent: boolean;
  readonly hasLoggedIn: boolean;
  readonly addedOn: Instant;
  /** Workspace id → role. */
  readonly assignments: Map<string, WorkspaceRole>;
}
