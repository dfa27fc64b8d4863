import "server-only";
import { randomUUID } from "node:crypto";
import { Failure } from "@/lib/errors";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import { DataSourceReader } from "@/lib/server/data-sources/reader";
import { dataSourceUpstream } from "@/lib/server/data-sources/upstream";
import type { Log } from "@/lib/server/log";
import { type Clock, isoOf } from "@/lib/server/walk/clock";
import { type Call, contractUpstream } from "@/lib/server/walk/contract-upstream";
import { fingerprint } from "@/lib/server/walk/cursor";
import { WorkspaceLearner } from "@/lib/server/walk/learn";
import { PresenceProbe } from "@/lib/server/walk/presence";
import type { WalkUpstream } from "@/lib/server/walk/upstream";
import { listWorkspaces, recordObservations, type WorkspaceRegistry } from "@/lib/server/workspaces";
import type { Write } from "./lease";
import type { Register } from "./register";

/** What every collector of a process works with. */
export interface Tools {
  readonly connectionOf: (organisationId: string) => Promise<UpstreamConnection>;
  readonly call: Call;
  readonly register: Register;
  readonly clock: Clock;
  /** Resolves after the time, or as soon as the signal is given. */
  readonly rest: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly everyMs: number;
  /** How long closed incidents are kept. Milliseconds. */
  readonly keptMs: (organisationId: string) => Promise<number>;
  readonly log: Log;
}

/** How a reading reaches upstream. */
export interface Link {
  readonly connection: UpstreamConnection;
  /** The same as long as address and account are. */
  readonly key: string;
}

/** What one leader works with, for one organisation and as long as its lease. Everything here writes under the lease only. */
export interface Desk extends Tools {
  readonly organisationId: string;
  readonly write: Write;
  readonly registry: WorkspaceRegistry;
  readonly learner: WorkspaceLearner;
  readonly presence: PresenceProbe;
  readonly dataSources: DataSourceReader;
}

export function openDesk(tools: Tools, organisationId: string, write: Write): Desk {
  const { clock, log, call } = tools;
  const registry: WorkspaceRegistry = {
    list: listWorkspaces,
    record: (id, observed, nowMs) => write((tx) => recordObservations(tx, id, observed, nowMs)),
  };
  const learner = new WorkspaceLearner(registry, clock, (from, error) =>
    log.info({ organisationId, from, code: codeOf(error) }, "workspaces could not be learned from here"),
  );
  const dataSources = new DataSourceReader({
    upstreamOf: (context) => dataSourceUpstream(call, context),
    // A reading of incidents learns already, and comes first.
    learn: () => Promise.resolve(),
    now: clock,
    record: (_organisationId, work) => write(work),
  });
  return {
    ...tools,
    organisationId,
    write,
    registry,
    learner,
    presence: new PresenceProbe(clock),
    dataSources,
  };
}

/** @throws Failure NO_CONNECTION; STORE_UNAVAILABLE */
export async function linkOf({ connectionOf, organisationId }: Desk): Promise<Link> {
  const connection = await connectionOf(organisationId);
  const { baseUrl, credentialId, clientId } = connection;
  return { connection, key: fingerprint([baseUrl, credentialId, clientId]) };
}

/** Does the organisation still reach upstream in this way? */
export async function isCurrent(desk: Desk, { key }: Link): Promise<boolean> {
  const now = await linkOf(desk).catch((error: unknown) => {
    if (error instanceof Failure && error.code === "NO_CONNECTION") return null;
    throw error;
  });
  return now?.key === key;
}

/** When a call was begun and answered. ISO, UTC. */
export interface CallTimes {
  readonly calledAt: string;
  readonly answeredAt: string;
}

/** The walk's upstream for a reading nobody waits for, which tells of each page when it was asked for. */
export function readingUpstream({ call, clock }: Desk, { connection }: Link) {
  const requestId = randomUUID();
  const upstream = contractUpstream(call, { connection, requestId, priority: "background", isFresh: true });
  const last: { page: CallTimes | null } = { page: null };
  const timed: WalkUpstream = {
    ...upstream,
    page: async (filter, tokens, signal) => {
      const calledAt = isoOf(clock());
      const page = await upstream.page(filter, tokens, signal);
      last.page = { calledAt, answeredAt: isoOf(clock()) };
      return page;
    },
  };
  return { upstream, timed, last };
}

/** Expected failures of upstream, which a reading may outlive or end with; anything else is ours. */
export function isUpstreamFailure(error: unknown): error is Failure {
  return error instanceof Failure && (error.code.startsWith("UPSTREAM_") || error.code === "NO_CONNECTION");
}

const codeOf = (error: unknown) => (error instanceof Failure ? error.code : "INTERNAL");
