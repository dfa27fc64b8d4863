import type { Role } from "./access";

/** What a membership is limited to, as it is kept and shown. `lib/domain/access` decides by the workspaces that come of it. */
export type MemberScope =
  | { readonly kind: "all" }
  | { readonly kind: "list"; readonly workspaceIds: readonly string[] }
  | { readonly kind: "groups"; readonly groupIds: readonly string[] };

/** How a person proves that it is them before something that gives power away: a password of ours, or having signed in a moment ago. */
export type ConfirmBy = "password" | "fresh-sign-in";

/** What decides whether a membership manages the organisation's people. */
type Standing = { readonly role: Role; readonly scope: MemberScope };

const manages = ({ role, scope }: Standing) => role === "admin" && scope.kind === "all";

/**
 * Whether a change makes an administrator, or makes one who was limited to some workspaces one of all: then whoever does it proves that it
 * is them. `from` is null for an invitation.
 */
export function makesAdmin(from: Standing | null, to: Standing): boolean {
  return (to.role === "admin" && from?.role !== "admin") || (manages(to) && !(from && manages(from)));
}

/** A person of the organisation. */
export interface MemberView {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly scope: MemberScope;
  /** ISO time since when the membership does not count; null while it does. */
  readonly disabledAt: string | null;
  /** ISO time of the last use of a session; null when the person has never been here. */
  readonly lastSeenAt: string | null;
  readonly isYou: boolean;
}

/** An invitation that nobody has accepted yet. Its link is shown once, when it is made. */
export interface InvitationView {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly scope: MemberScope;
  readonly invitedBy: string | null;
  /** ISO time; may have passed. */
  readonly expiresAt: string;
}

/** A named set of workspaces that memberships may be limited to. */
export interface WorkspaceGroupView {
  readonly id: string;
  readonly name: string;
  readonly workspaceIds: readonly string[];
}

/** `GET /api/<org>/members`. */
export interface MembersView {
  readonly members: readonly MemberView[];
  readonly invitations: readonly InvitationView[];
  readonly groups: readonly WorkspaceGroupView[];
  readonly confirmBy: ConfirmBy;
}

/** Answer to `POST /api/<org>/invitations`: the only time that the token is told. */
export interface NewInvitation {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: string;
}

/**
 * Answer to `POST /api/invitations/look`. `account`: nobody has this e-mail address yet, so name and password are asked for.
 * `confirm`: the invited person is signed in. `sign-in`: has an account and is not signed in. `other-person`: somebody else is signed in.
 */
export interface InvitationLook {
  readonly organisation: { readonly slug: string; readonly name: string };
  readonly email: string;
  readonly role: Role;
  readonly expiresAt: string;
  readonly next: "account" | "confirm" | "sign-in" | "other-person";
}

/** How long an invitation can be accepted. */
export const invitationMs = 7 * 24 * 3_600_000;
