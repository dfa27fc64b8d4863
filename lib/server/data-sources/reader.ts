import "server-only";
import { eq } from "drizzle-orm";
import { coversWorkspace, type Membership } from "@/lib/domain/access";
import { isGuid } from "@/lib/domain/guid";
import { Failure } from "@/lib/errors";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { datasourceCoverage, datasourceReplies } from "@/lib/server/db/schema/data-sources";
import type { Priority } from "@/lib/server/upstream/bulkhead";
import { listWorkspaces, recordObservations } from "@/lib/server/workspaces";
import { readAnomalyReply } from "./anomaly-reply";
import type { ReadingKind } from "./coverage";
import { readConnectors } from "./read-connectors";
import { type AnomalyReading, recordAnomalies } from "./record-anomalies";
import { recordConnectors } from "./record-connectors";
import { Turns } from "./turns";
import type { DataSourceUpstream, UpstreamContext } from "./upstream";

/** Who asks, through which connection. The person has been authorised for data sources; the collector sees all workspaces. */
export interface ReadingContext {
  readonly membership: Pick<Membership, "organisationId" | "scope">;
  readonly connection: UpstreamConnection;
  readonly requestId: string;
  readonly signal?: AbortSignal;
  readonly priority?: Priority;
}

export interface ReaderDependencies {
  readonly upstreamOf: (context: UpstreamContext) => DataSourceUpstream;
  /** Brings the workspaces that other replies name into the registry. Best effort: never rejects. */
  readonly learn: (context: UpstreamContext) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The transaction in which a reading is recorded. */
  readonly record: <T>(organisationId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
}

export interface RefreshOptions {
  /** Somebody asked for it by hand: only what is a few seconds old is good enough. */
  readonly isByHand: boolean;
  /** Lower-case ids; all that the person may see when absent. */
  readonly workspaceIds?: readonly string[];
}

/** A reading is good for everybody for this long, in milliseconds. Connectors change when somebody configures them. */
const goodForMs: Record<ReadingKind, number> = { anomalies: 60_000, connectors: 5 * 60_000 };
const goodByHandMs = 10_000;

/**
 * Brings the history up to date by reading upstream, when what is recorded is too old. What a reading brought is recorded
 * before anybody is answered from it, so one serves every viewer on every server. A person who may see only some workspaces
 * asks for those alone.
 */
export class DataSourceReader {
  readonly #deps: ReaderDependencies;
  readonly #turns = new Turns();

  constructor(deps: ReaderDependencies) {
    this.#deps = deps;
  }

  /**
   * @returns the failure when upstream could not be read; it is recorded as well
   * @throws Failure STORE_UNAVAILABLE; the signal's reason when the person left
   */
  anomalies(context: ReadingContext, options: RefreshOptions): Promise<Failure | null> {
    return this.#inTurn("anomalies", context, () => this.#readAnomalies(context, options));
  }

  /** As `anomalies`; the failure is the last of possibly several. */
  connectors(context: ReadingContext, options: RefreshOptions): Promise<Failure | null> {
    return this.#inTurn("connectors", context, () => this.#readConnectors(context, options));
  }

  #inTurn<T>(kind: ReadingKind, { membership, signal }: ReadingContext, work: () => Promise<T>) {
    return this.#turns.take(`${membership.organisationId} ${kind}`, signal, work);
  }

  async #readAnomalies(context: ReadingContext, { isByHand }: RefreshOptions): Promise<Failure | null> {
    const { organisationId, scope } = context.membership;
    const asked = scope.kind === "all" ? null : [...scope.ids].sort();
    const since = this.#deps.now() - (isByHand ? goodByHandMs : goodForMs.anomalies);
    const attempts = await attemptsOf(organisationId, "anomalies");
    const isDue =
      asked === null
        ? !isAfter(attempts.whole, since)
        : asked.some((id) => !isAfter(attempts.of.get(id), since));
    if (!isDue) return null;
    // Who may see some workspaces only must not make us ask what names the others.
    if (asked === null) await this.#learn(context);
    const askedAt = new Date(this.#deps.now()).toISOString();
    const { outcome, error } = await this.#askAnomalies(context, asked);
    const known = (await listWorkspaces(organisationId)).map(({ id }) => id);
    await this.#deps.record(organisationId, async (tx) => {
      await recordAnomalies(tx, organisationId, { askedAt, asked, known, outcome });
      if (!("reply" in outcome)) return;
      const workspaces = [...outcome.reply.named]
        .filter(([id]) => asked === null || asked.includes(id))
        .map(([id, name]) => ({ id, name, from: "rows" as const }));
      await recordObservations(tx, organisationId, { workspaces, pairs: [], read: [] }, this.#deps.now());
    });
    return error;
  }

  /** Waited for only where no workspace is known yet: then nothing could be missed. */
  async #learn(context: ReadingContext): Promise<void> {
    const known = await listWorkspaces(context.membership.organisationId);
    const learning = this.#deps.learn(context);
    if (known.length === 0) await learning;
  }

  async #askAnomalies(
    context: ReadingContext,
    asked: readonly string[] | null,
  ): Promise<{ readonly outcome: AnomalyReading["outcome"]; readonly error: Failure | null }> {
    const upstream = this.#deps.upstreamOf(context);
    try {
      const { found, unreadableRows } = await this.#askAnyWay(upstream, context, asked);
      return { outcome: { reply: readAnomalyReply(found), unreadableRows }, error: null };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { outcome: { failureCode: error.code }, error };
    }
  }

  /** The body's members are a guess: where the empty one is refused, the workspaces are named. */
  async #askAnyWay(upstream: DataSourceUpstream, context: ReadingContext, asked: readonly string[] | null) {
    try {
      return await upstream.anomalies(asked);
    } catch (error) {
      const isRefused = error instanceof Failure && error.code === "UPSTREAM_INVALID" && asked === null;
      if (!isRefused) throw error;
      const known = await listWorkspaces(context.membership.organisationId);
      if (known.length === 0) throw error;
      return upstream.anomalies(known.slice(0, 2_000).map(({ id }) => id));
    }
  }

  async #readConnectors(context: ReadingContext, options: RefreshOptions): Promise<Failure | null> {
    const { organisationId, scope } = context.membership;
    const since = this.#deps.now() - (options.isByHand ? goodByHandMs : goodForMs.connectors);
    const wanted = options.workspaceIds ?? (await this.#everyWorkspaceOf(context.membership));
    const attempts = await attemptsOf(organisationId, "connectors");
    // An id of another form can be shown and not asked for.
    const due = wanted.filter(
      (id) => isGuid(id) && coversWorkspace(scope, id) && !isAfter(attempts.of.get(id), since),
    );
    if (due.length === 0) return null;
    const askedAt = new Date(this.#deps.now()).toISOString();
    const read = await readConnectors(this.#deps.upstreamOf(context), due.sort(), this.#deps.now);
    await this.#deps.record(organisationId, (tx) =>
      recordConnectors(tx, organisationId, {
        askedAt,
        isWhole: scope.kind === "all" && options.workspaceIds === undefined,
        workspaces: read.workspaces,
        unreadableRows: read.unreadableRows,
      }),
    );
    return read.error;
  }

  async #everyWorkspaceOf({
    organisationId,
    scope,
  }: ReadingContext["membership"]): Promise<readonly string[]> {
    if (scope.kind === "list") return [...scope.ids];
    return (await listWorkspaces(organisationId)).map(({ id }) => id);
  }
}

const isAfter = (at: Date | undefined, ms: number) => at !== undefined && at.getTime() > ms;

/** When the newest recorded reading was begun, of all workspaces and of each. */
async function attemptsOf(organisationId: string, kind: ReadingKind) {
  return withOrganisation(organisationId, async (tx) => {
    const [reply] = await tx.select().from(datasourceReplies).where(eq(datasourceReplies.kind, kind));
    const rows = await tx
      .select({ id: datasourceCoverage.workspaceId, askedAt: datasourceCoverage.askedAt })
      .from(datasourceCoverage)
      .where(eq(datasourceCoverage.kind, kind));
    return { whole: reply?.askedAt, of: new Map(rows.map(({ id, askedAt }) => [id, askedAt])) };
  });
}
