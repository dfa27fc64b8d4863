import { credentialScopes, type WorkspaceRole } from "@/lib/contract/vocabulary";
import { hex, mix, sequenceGuid } from "../random/hash";
import type { Instant } from "../time/clock";
import { dayMs } from "../time/instant";
import type { OrganisationKey, Workspace } from "../world/model";
import type { Organisation } from "../world/organisation";
import { type Credential, digestOf, type ServiceAccount } from "./account";

/** Fixed sign-ins of the demo. They open nothing but the emulator. */
export const demoCredentials: Readonly<Record<OrganisationKey, { clientId: string; secret: string }>> = {
  main: {
    clientId: "11111111-1111-4111-8111-111111111111",
    secret: "cf-demo-secret-do-not-use-in-production-main-0001",
  },
  globex: {
    clientId: "22222222-2222-4222-8222-222222222222",
    secret: "cf-demo-secret-do-not-use-in-production-globex-0002",
  },
};

/** Every scope that is named anywhere, and the one we guess for the investigation calls. */
export const allScopes: readonly string[] = [...credentialScopes, "investigation:read"];

export type AccountDraft = Pick<
  ServiceAccount,
  "name" | "description" | "organizationalRole" | "assignments"
>;

/** The service accounts of one organisation. */
export class AccountStore {
  readonly #hash: number;
  readonly #byId = new Map<string, ServiceAccount>();
  #made = 0;

  constructor(organisation: Organisation, start: Instant) {
    this.#hash = mix(organisation.hash, 0xacc);
    seedAccounts(this, organisation, start);
  }

  list(): readonly ServiceAccount[] {
    return [...this.#byId.values()];
  }

  find(id: string): ServiceAccount | null {
    return this.#byId.get(id.toLowerCase()) ?? null;
  }

  remove(id: string): boolean {
    return this.#byId.delete(id.toLowerCase());
  }

  create(draft: AccountDraft, now: Instant, id = this.#nextId()): ServiceAccount {
    const account: ServiceAccount = {
      ...draft,
      id,
      isActive: true,
      credentials: [],
      createdAt: now,
      lastModifiedAt: now,
      lastUsedAt: null,
      timeZoneId: "Etc/UTC",
    };
    this.#byId.set(id.toLowerCase(), account);
    return account;
  }

  /** Adds a credential. The returned secret exists nowhere else. */
  issue(
    account: ServiceAccount,
    options: { scopes: readonly string[]; expiresAt: Instant | null; now: Instant; secret?: string },
  ): { credential: Credential; secret: string } {
    const id = this.#nextId();
    const secret = options.secret ?? `cfsa_${hex(mix(this.#hash, this.#made), 7, 5)}`;
    const credential: Credential = {
      id,
      digest: digestOf(secret),
      prefix: secret.slice(0, 8),
      scopes: options.scopes,
      expiresAt: options.expiresAt,
      createdAt: options.now,
      revoked: false,
      lastUsedAt: null,
    };
    account.credentials.push(credential);
    return { credential, secret };
  }

  #nextId(): string {
    this.#made += 1;
    return sequenceGuid(this.#hash, this.#made);
  }
}

function everywhere(
  workspaces: readonly Workspace[],
  role: WorkspaceRole,
): ReadonlyMap<string, WorkspaceRole> {
  return new Map(workspaces.map((workspace) => [workspace.id, role]));
}

/** The demo account, which may do everything, and two neighbours so that the list is a list. */
function seedAccounts(store: AccountStore, organisation: Organisation, start: Instant): void {
  const { clientId, secret } = demoCredentials[organisation.key];
  const demo = store.create(
    {
      name: "Watchfloor",
      description: "The console of the watch floor",
      organizationalRole: "Admin",
      assignments: everywhere(organisation.workspaces, "Owner"),
    },
    start - 200 * dayMs,
    clientId,
  );
  store.issue(demo, { scopes: allScopes, expiresAt: null, now: start - 200 * dayMs, secret });
  const bridge = store.create(
    {
      name: "Ticket bridge (Autotask ⇄ ServiceNow)",
      description: null,
      organizationalRole: "Member",
      assignments: everywhere(organisation.workspaces.slice(0, 3), "IncidentResponder"),
    },
    start - 340 * dayMs,
  );
  const scopes = ["incidents:read", "tickets:read", "tickets:manage"];
  store.issue(bridge, { scopes, expiresAt: start - 3 * dayMs, now: start - 340 * dayMs });
  store.issue(bridge, { scopes, expiresAt: start + 12 * dayMs, now: start - 20 * dayMs });
  const retired = store.create(
    {
      name: "Grafana exporter",
      description: "Replaced last spring.\r\nKeep until the audit is over.",
      organizationalRole: "Member",
      assignments: new Map(),
    },
    start - 500 * dayMs,
  );
  store.issue(retired, { scopes: ["gamebooks:read"], expiresAt: null, now: start - 500 * dayMs });
  retired.isActive = false;
}
