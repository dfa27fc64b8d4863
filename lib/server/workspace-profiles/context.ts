import "server-only";
import type { Membership, Principal } from "@/lib/domain/access";

/** Who asks, and where. That they may read workspaces has been checked. */
export interface ProfilesReader {
  readonly principal: Principal;
  readonly membership: Membership;
}

/** The same in a call that changes something; that they may manage workspaces has been checked. */
export interface ProfilesContext extends ProfilesReader {
  readonly requestId: string;
}
