import { randomBytes } from "node:crypto";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { Membership, Principal, WorkspaceScope } from "@/lib/domain/access";
import { type Coverage, mergeCoverage } from "@/lib/domain/coverage";
import { mergeIncidents } from "@/lib/domain/incident-merge";
import type { WalkFilter, WalkPage, WalkRequest } from "@/lib/domain/walk";
import { Failure } from "@/lib/errors";
import { Secret } from "@/lib/server/secret";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import type { PassLimits } from "../pass";
import { createWalker, type WalkContext, type WalkIncidents } from "../walker";
import type { WalkUpstream } from "../upstream";
import { MemoryRegistry, MemoryWalkStore } from "./memory-store";

export const organisationId = "0f0f0f0f-0000-4000-8000-000000000001";

export interface ContextOptions {
  readonly personId?: string;
  readonly organisationId?: string;
  readonly credentialId?: string;
  readonly scope?: WorkspaceScope;
  readonly signal?: AbortSignal;
  readonly connection?: UpstreamConnection;
}

/** A person who may read incidents. */
export function walkContext(options: ContextOptions = {}): WalkContext {
  const organisation = options.organisationId ?? organisationId;
  const membership: Membership = {
    organisationId: organisation,
    organisationSlug: "main",
    organisationName: "Main",
    role: "analyst",
    scope: options.scope ?? { kind: "all" },
  };
  const principal: Principal = {
    personId: options.personId ?? "person-1",
    sessionId: "session-1",
    email: "analyst@demo.test",
    name: "Ada",
    memberships: [membership],
  };
  const connection = options.connection ?? {
    organisationId: organisation,
    baseUrl: "http://127.0.0.1/api/v2",
    credentialId: options.credentialId ?? "credential-1",
    clientId: "client-1",
    clientSecret: new Secret("not used"),
  };
  return { principal, membership, connection, requestId: "request-1", signal: options.signal };
}

export interface Harness {
  readonly walk: WalkIncidents;
  readonly store: MemoryWalkStore;
  readonly registry: MemoryRegistry;
  readonly time: { nowMs: number };
  /** A second engine on the same store, as another process would be. */
  readonly otherProcess: () => WalkIncidents;
}

/** An engine on a store in memory. `upstream` is one for all, or made for the connection of each call. */
export function harness(
  upstream: WalkUpstream | ((context: Pick<WalkContext, "connection" | "requestId">) => WalkUpstream),
  limits?: PassLimits,
): Harness {
  const registry = new MemoryRegistry();
  const store = new MemoryWalkStore(registry);
  const time = { nowMs: Date.UTC(2026, 10, 24, 12) };
  const key = randomBytes(32);
  const make = () =>
    createWalker({
      store,
      registry,
      clock: () => time.nowMs,
      cursorKeys: () => [key],
      upstreamOf: typeof upstream === "function" ? upstream : () => upstream,
      onLearnFailure: () => undefined,
      limits,
    });
  return { walk: make(), store, registry, time, otherProcess: make };
}

export const anyFilter: WalkFilter = { sources: [], timeFilterSelection: { type: "TwentyFourHours" } };

export interface WalkResult {
  readonly pages: readonly WalkPage[];
  readonly incidents: ReadonlyMap<string, IncidentRow>;
  readonly coverage: Coverage;
  /** Failures that were answered by asking again with the same cursor. */
  readonly failures: number;
}

/** Walks to the end as the browser does: one page after the other, asking again with the same cursor after a failure. */
export async function walkToEnd(
  walk: WalkIncidents,
  context: WalkContext,
  filter: WalkFilter = anyFilter,
  options: { readonly patience?: number; readonly pagesAtMost?: number } = {},
): Promise<WalkResult> {
  const pages: WalkPage[] = [];
  let incidents: ReadonlyMap<string, IncidentRow> = new Map();
  let coverage: Coverage | null = null;
  let cursor: WalkRequest["cursor"] = null;
  let failures = 0;
  while (pages.length < (options.pagesAtMost ?? 5_000)) {
    try {
      const page: WalkPage = await walk(context, { ...filter, cursor });
      pages.push(page);
      incidents = mergeIncidents(incidents, page.incidents);
      coverage = mergeCoverage(coverage, page.coverage);
      if (page.cursor === null) return { pages, incidents, coverage, failures };
      cursor = page.cursor;
    } catch (error) {
      if (!(error instanceof Failure) || failures >= (options.patience ?? 0)) throw error;
      failures += 1;
    }
  }
  throw new Error("The walk does not come to an end.");
}
