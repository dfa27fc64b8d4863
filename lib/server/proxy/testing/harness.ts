import { randomBytes } from "node:crypto";
import { type OperationId, registry } from "@/lib/contract";
import { buildPath, buildQuery } from "@/lib/contract/address";
import type { Caller, Principal, Role, WorkspaceScope } from "@/lib/domain/access";
import type { WalkPage, WalkRequest } from "@/lib/domain/walk";
import type { AuditEntry } from "@/lib/server/audit/record";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import type { Policy } from "@/lib/server/upstream/policy";
import { Canary } from "@/lib/server/upstream/testing/canary";
import { testUpstream } from "@/lib/server/upstream/testing/test-upstream";
import type { WalkContext } from "@/lib/server/walk/walker";
import type { ProxyDependencies } from "../dependencies";
import { handleUpstreamCall } from "../handle";

export const origin = "https://watchfloor.test";
export const organisationId = "0b8f9f0e-5d3a-4f0e-9a51-1f2f3a4b5c6d";

/** Somebody signed in, with one membership in the organisation `main`. */
export function person(role: Role = "admin", workspaceIds: readonly string[] | "all" = "all"): Principal {
  const scope: WorkspaceScope =
    workspaceIds === "all" ? { kind: "all" } : { kind: "list", ids: new Set(workspaceIds) };
  const membership = { organisationId, organisationSlug: "main", organisationName: "Main", role, scope };
  return {
    personId: `person-${role}`,
    sessionId: "session-1",
    email: `${role}@demo.test`,
    name: role,
    memberships: [membership],
  };
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON unless it is text already. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface Harness {
  readonly canary: Canary;
  readonly audit: AuditEntry[];
  readonly walks: { context: WalkContext; request: WalkRequest }[];
  readonly deps: ProxyDependencies;
  /** Who is signed in from now on. */
  as(principal: Caller | null): void;
  /** A call as our own page makes it; `path` is appended to `/api/main/v2` as it is. */
  send(path: string, options?: Sent): Promise<Response>;
  /** The call of an operation with an input. */
  call(
    id: OperationId,
    input: { params?: object; query?: object; body?: unknown },
    options?: Sent,
  ): Promise<Response>;
}

export const ownHeaders = {
  "content-type": "application/json",
  "x-watchfloor": "1",
  "sec-fetch-site": "same-origin",
};

export const emptyPage: WalkPage = {
  incidents: [],
  cursor: null,
  moreIncidentsAvailable: false,
  coverage: { asOf: "2026-11-24T12:00:00.000Z", entries: [], unreadableRows: 0 },
  restarts: 0,
};

/** The proxy with a real upstream client and everything else in memory. Answers and log lines pass the canary. */
export function proxyHarness(
  connection: UpstreamConnection,
  secrets: readonly string[],
  { policy, ...overrides }: Partial<ProxyDependencies> & { readonly policy?: Policy } = {},
): Harness {
  const canary = new Canary(secrets);
  const audit: AuditEntry[] = [];
  const walks: Harness["walks"] = [];
  const key = randomBytes(32);
  let principal: Caller | null = person();
  const deps: ProxyDependencies = {
    authenticate: () => Promise.resolve(principal),
    connectionFor: () => Promise.resolve({ ...connection, organisationId }),
    callUpstream: testUpstream({ log: canary.log, policy }),
    ownNames: () => Promise.resolve(new Map()),
    walkIncidents: (context, request) => {
      walks.push({ context, request });
      return Promise.resolve(emptyPage);
    },
    recordAudit: (entry) => {
      audit.push(entry);
      canary.saw(entry);
      return Promise.resolve();
    },
    publicOrigin: () => origin,
    tokenKeys: () => [key],
    now: Date.now,
    log: canary.log,
    ...overrides,
  };
  const send: Harness["send"] = async (path, { method = "GET", headers = {}, body, signal } = {}) => {
    const request = new Request(`${origin}/api/main/v2${path}`, {
      method,
      headers: { ...(method === "GET" ? {} : ownHeaders), ...headers },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
      signal,
    });
    return canary.sawResponse(await handleUpstreamCall(request, deps));
  };
  return {
    canary,
    audit,
    walks,
    deps,
    as: (next) => {
      principal = next;
    },
    send,
    call: (id, input, options = {}) => {
      const { method, path } = registry[id];
      const address = buildPath(path, { ...input.params }) + buildQuery({ ...input.query });
      return send(address, { method, body: input.body, ...options });
    },
  };
}

/** The body of an answer. */
export async function bodyOf<T = Record<string, unknown>>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

/** Status and code of a refusal. */
export async function refusal(response: Response): Promise<[number, unknown]> {
  return [response.status, (await bodyOf(response)).code];
}
