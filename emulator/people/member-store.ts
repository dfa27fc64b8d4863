import type { OrganizationalRole, WorkspaceRole } from "@/lib/contract/vocabulary";
import { between, chance, mix, pick, sequenceGuid } from "../random/hash";
import type { Instant } from "../time/clock";
import { dayMs } from "../time/instant";
import type { Organisation } from "../world/organisation";
import type { Member } from "./member";

const workspaceRoleWords: readonly WorkspaceRole[] = [
  "IncidentResponder",
  "IncidentAnalyst",
  "Owner",
  "ContentAdmin",
  "WorkspaceReader",
];

/** A person's roles: up to twelve workspaces each, so that a reply stays a reply with 500 of them. */
function assignmentsOf(organisation: Organisation, hash: number): Map<string, WorkspaceRole> {
  const assignments = new Map<string, WorkspaceRole>();
  const count = between(hash, 1, 2, 12);
  for (let i = 0; i < count; i += 1) {
    const workspace = pick(hash, 10 + i, organisation.workspaces);
    assignments.set(workspace.id, pick(hash, 40 + i, workspaceRoleWords));
  }
  return assignments;
}

export interface MemberDraft {
  readonly displayName: string;
  readonly email: string;
  readonly organizationRole: OrganizationalRole;
}

/** The people and agents of one organisation. */
export class MemberStore {
  readonly #byId = new Map<string, Member>();
  readonly #hash: number;
  #made = 0;

  constructor(organisation: Organisation, start: Instant) {
    this.#hash = mix(organisation.hash, 0x9e0);
    for (const [index, person] of organisation.staff.entries()) {
      const hash = mix(this.#hash, index);
      this.#byId.set(person.id, {
        id: person.id,
        displayName: person.displayName,
        firstName: person.firstName,
        lastName: person.lastName,
        email: person.email,
        organizationRole: person.organizationRole,
        team: person.team,
        isAgent: person.isAgent,
        hasLoggedIn: !person.isAgent && chance(hash, 2, 0.9),
        addedOn: start - between(hash, 3, 20, 900) * dayMs,
        assignments: assignmentsOf(organisation, hash),
      });
    }
  }

  list(): readonly Member[] {
    return [...this.#byId.values()];
  }

  find(id: string): Member | null {
    return this.#byId.get(id) ?? this.#byId.get(id.toLowerCase()) ?? null;
  }

  findByEmail(email: string): Member | null {
    const wanted = email.toLowerCase();
    return this.list().find((member) => member.email.toLowerCase() === wanted) ?? null;
  }

  add(draft: MemberDraft, now: Instant): Member {
    this.#made += 1;
    const [firstName = draft.displayName, ...rest] = draft.displayName.split(" ");
    const member: Member = {
      ...draft,
      id: sequenceGuid(this.#hash, this.#made),
      firstName,
      lastName: rest.join(" "),
      team: null,
      isAgent: false,
      hasLoggedIn: false,
      addedOn: now,
      assignments: new Map(),
    };
    this.#byId.set(member.id, member);
    return member;
  }

  remove(id: string): boolean {
    return this.#byId.delete(id) || this.#byId.delete(id.toLowerCase());
  }
}
