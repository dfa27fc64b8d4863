import "server-only";
import { and, desc, eq, gt, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { coversWorkspace, type WorkspaceScope } from "@/lib/domain/access";
import type { CoverageEntry } from "@/lib/domain/coverage";
import {
  type AnomaliesView,
  type AnomalyDetail,
  anomalyStateOf,
  type ConnectorsView,
  type DataSourceAnomaly,
} from "@/lib/domain/data-sources";
import { Failure, type FailureCode, failures } from "@/lib/errors";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import {
  datasourceAnomalies,
  datasourceConnectors,
  datasourceCoverage,
  datasourceReplies,
} from "@/lib/server/db/schema/data-sources";
import { workspaces } from "@/lib/server/db/schema/tenant";
import { ownNames } from "@/lib/server/workspaces";
import { leftOut, type ReadingKind } from "./coverage";

/** Whose rows, and when they are looked at. */
export interface Viewer {
  readonly organisationId: string;
  readonly scope: WorkspaceScope;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** What is over stays in the list for this long; a workspace's own page shows all that is kept. */
const shownDays = 30;
const mostRows = 2_000;

type AnomalyRecord = typeof datasourceAnomalies.$inferSelect;
type CoverageRecord = typeof datasourceCoverage.$inferSelect;

/** Everything that is recorded of the readings, and the names of workspaces, within the viewer's sight. */
interface Ledger {
  readonly names: ReadonlyMap<string, string | null>;
  readonly of: Readonly<Record<ReadingKind, ReadonlyMap<string, CoverageRecord>>>;
  readonly replies: ReadonlyMap<ReadingKind, typeof datasourceReplies.$inferSelect>;
}

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;

/** Rows of workspaces in the scope. One that names no workspace is nobody's in particular: for those who see all. */
function within(scope: WorkspaceScope, column: typeof datasourceAnomalies.workspaceId): SQL | undefined {
  return scope.kind === "all" ? undefined : inArray(column, [...scope.ids]);
}

async function readLedger(tx: Tx, { scope }: Viewer): Promise<Ledger> {
  const isMine = ({ workspaceId }: { readonly workspaceId: string }) => coversWorkspace(scope, workspaceId);
  const known = (await tx.select().from(workspaces)).filter(isMine);
  const covered = (await tx.select().from(datasourceCoverage)).filter(isMine);
  const replies = await tx.select().from(datasourceReplies);
  const ofKind = (kind: ReadingKind) =>
    new Map(covered.filter((row) => row.kind === kind).map((row) => [row.workspaceId, row]));
  const names = new Map<string, string | null>(covered.map((row) => [row.workspaceId, null]));
  for (const { workspaceId, name } of known) names.set(workspaceId, name);
  const own = await ownNames(tx);
  for (const id of names.keys()) names.set(id, own.get(id) ?? names.get(id) ?? null);
  return {
    names,
    of: { anomalies: ofKind("anomalies"), connectors: ofKind("connectors") },
    replies: new Map(replies.map((row) => [row.kind, row])),
  };
}

/** When the newest reading was begun that brought an answer about any of the viewer's workspaces. */
function answeredAt(ledger: Ledger, kind: ReadingKind, scope: WorkspaceScope): Date | null {
  const times = [...ledger.of[kind].values()].map((row) =>
    row.reason === null || row.reason === leftOut ? row.askedAt : row.lastReadAt,
  );
  if (scope.kind === "all") times.push(ledger.replies.get(kind)?.answeredAt ?? null);
  return times.reduce((newest, at) => (at && (!newest || at > newest) ? at : newest), null);
}

/** Nothing was ever read: the failure itself is the answer. */
function refuseUnread(ledger: Ledger, kind: ReadingKind, viewer: Viewer, error: Failure | null): void {
  if (answeredAt(ledger, kind, viewer.scope) !== null) return;
  if (error) throw error;
  const reasons = [...ledger.of[kind].values()].map((row) => row.reason);
  if (viewer.scope.kind === "all") reasons.push(ledger.replies.get(kind)?.failureCode ?? null);
  const code = reasons.find((reason) => reason !== null && isCode(reason));
  if (code) throw new Failure(code as FailureCode);
}

const isCode = (reason: string): reason is FailureCode => Object.hasOwn(failures, reason);

const reasonWords = (reason: string) => (isCode(reason) ? failures[reason].title : "left out of the reply");

/** The anomalies that the viewer may see: those going on, and those that were there lately. */
export async function viewAnomalies(
  viewer: Viewer,
  options: { readonly workspaceId: string | null; readonly error: Failure | null },
): Promise<AnomaliesView> {
  const { organisationId, scope, nowMs } = viewer;
  const { workspaceId } = options;
  const table = datasourceAnomalies;
  const lately = or(
    isNull(table.closedAt),
    gt(
      table.closedAt,
      sql`${new Date(nowMs).toISOString()}::timestamptz - make_interval(days => ${shownDays})`,
    ),
  );
  return withOrganisation(organisationId, async (tx) => {
    const ledger = await readLedger(tx, viewer);
    refuseUnread(ledger, "anomalies", viewer, options.error);
    const rows = await tx
      .select()
      .from(table)
      .where(
        and(
          within(scope, table.workspaceId),
          workspaceId === null ? lately : eq(table.workspaceId, workspaceId),
        ),
      )
      .orderBy(sql`${table.closedAt} is not null`, desc(table.firstSeenAt), table.id)
      .limit(mostRows + 1);
    const anomalies = rows
      .filter((row) => coversWorkspace(scope, row.workspaceId))
      .map((row) => anomalyOf(row, ledger, nowMs));
    const reply = ledger.replies.get("anomalies");
    return {
      asOf: iso(answeredAt(ledger, "anomalies", scope)),
      anomalies: anomalies.slice(0, mostRows),
      isCut: anomalies.length > mostRows,
      coverage: anomalyCoverage(ledger, anomalies, workspaceId),
      unreadableRows: reply?.unreadableRows ?? 0,
      // It may name any workspace.
      remainder: scope.kind === "all" ? (reply?.remainder ?? null) : null,
    };
  });
}

/**
 * One anomaly with what upstream sent.
 * @throws Failure NOT_FOUND when there is none, or it is not the viewer's to see
 */
export async function viewAnomaly(viewer: Viewer, id: string): Promise<AnomalyDetail> {
  const { organisationId, scope, nowMs } = viewer;
  return withOrganisation(organisationId, async (tx) => {
    const [row] = await tx.select().from(datasourceAnomalies).where(eq(datasourceAnomalies.id, id));
    if (!row || !coversWorkspace(scope, row.workspaceId)) throw new Failure("NOT_FOUND");
    return { anomaly: anomalyOf(row, await readLedger(tx, viewer), nowMs), raw: row.raw };
  });
}

function anomalyOf(row: AnomalyRecord, ledger: Ledger, nowMs: number): DataSourceAnomaly {
  const unconfirmedSince = row.closedAt === null ? iso(unconfirmed(row, ledger)) : null;
  const closedAt = iso(row.closedAt);
  const connectors = ledger.of.connectors.get(row.workspaceId);
  const answersOtherwise = connectors !== undefined && connectors.missingSince === null;
  return {
    id: row.id,
    workspaceId: row.workspaceId === "" ? null : row.workspaceId,
    workspaceName: ledger.names.get(row.workspaceId) ?? row.workspaceName,
    connectorId: row.connectorId,
    connectorName: row.connectorName,
    tableName: row.tableName,
    message: row.message,
    state: anomalyStateOf({ closedAt, unconfirmedSince, answersOtherwise }, nowMs),
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    lastGoodAt: iso(row.lastGoodAt),
    closedAt,
    unconfirmedSince,
    lastReceivedAt: iso(row.lastReceivedAt),
    reportedAt: iso(row.reportedAt),
    expected: row.expected,
    actual: row.actual,
    score: row.score,
  };
}

function unconfirmed(row: AnomalyRecord, { of, replies }: Ledger): Date | null {
  if (row.workspaceId !== "") return of.anomalies.get(row.workspaceId)?.missingSince ?? null;
  // Without a workspace nothing can tell that it was looked at: it goes on while the newest reply has it.
  const askedAt = replies.get("anomalies")?.askedAt;
  return askedAt && row.lastSeenAt < askedAt ? row.lastSeenAt : null;
}

function anomalyCoverage(
  ledger: Ledger,
  anomalies: readonly DataSourceAnomaly[],
  workspaceId: string | null,
): readonly CoverageEntry[] {
  const goingOn = new Map<string, number>();
  for (const each of anomalies)
    if (each.workspaceId && (each.state === "open" || each.state === "unconfirmed"))
      goingOn.set(each.workspaceId, (goingOn.get(each.workspaceId) ?? 0) + 1);
  const ids = [...ledger.names.keys()].filter((id) => workspaceId === null || id === workspaceId);
  return ids.map((id) => {
    const rows = goingOn.get(id) ?? 0;
    const own = entryOf(ledger, "anomalies", id, rows);
    if (ledger.of.anomalies.get(id)?.reason !== leftOut) return own;
    // Not named: either nothing is the matter or it was not looked at. It counts as answered only when it answered at all
    // and nothing is known to be going on there.
    const connectors = ledger.of.connectors.get(id);
    if (connectors === undefined || connectors.missingSince !== null)
      return { ...own, reason: "left out of the reply, and its connectors could not be read" };
    return rows > 0 ? own : { ...own, state: "quiet", reason: null };
  });
}

/** A workspace's state by the newest reading of a kind; `since` is the last time it was read. */
function entryOf(ledger: Ledger, kind: ReadingKind, workspaceId: string, rows: number): CoverageEntry {
  const row = ledger.of[kind].get(workspaceId);
  const entry = {
    workspaceId,
    workspaceName: ledger.names.get(workspaceId) ?? null,
    source: null,
    rows,
    since: iso(row?.lastReadAt),
  };
  if (!row) return { ...entry, state: "missing", reason: "not asked yet" };
  if (row.reason === null) return { ...entry, state: "read", reason: null };
  return {
    ...entry,
    state: row.reason === leftOut ? "missing" : "failed",
    reason: reasonWords(row.reason),
  };
}

/** The connectors that the viewer may see, as they were last listed. `workspaceIds` narrows further. */
export async function viewConnectors(
  viewer: Viewer,
  options: { readonly workspaceIds: readonly string[] | null; readonly error: Failure | null },
): Promise<ConnectorsView> {
  const { organisationId, scope } = viewer;
  const wanted = options.workspaceIds === null ? null : new Set(options.workspaceIds);
  const isWanted = (id: string) => coversWorkspace(scope, id) && (wanted?.has(id) ?? true);
  return withOrganisation(organisationId, async (tx) => {
    const ledger = await readLedger(tx, viewer);
    refuseUnread(ledger, "connectors", viewer, options.error);
    const table = datasourceConnectors;
    const rows = await tx.select().from(table).orderBy(table.workspaceId, table.name, table.connectorId);
    const connectors = rows
      .filter((row) => isWanted(row.workspaceId))
      .map((row) => {
        const readAt = ledger.of.connectors.get(row.workspaceId)?.lastReadAt;
        const isListed = !readAt || row.lastReadAt >= readAt;
        return {
          workspaceId: row.workspaceId,
          connectorId: row.connectorId,
          name: row.name,
          connectorType: row.connectorType,
          provider: row.provider,
          connected: row.connected,
          firstSeenAt: row.firstSeenAt.toISOString(),
          lastConnectedAt: iso(row.lastConnectedAt),
          unlistedSince: isListed ? null : row.lastReadAt.toISOString(),
        };
      });
    const counts = new Map<string, number>();
    for (const { workspaceId, unlistedSince } of connectors)
      if (unlistedSince === null) counts.set(workspaceId, (counts.get(workspaceId) ?? 0) + 1);
    return {
      asOf: iso(answeredAt(ledger, "connectors", scope)),
      connectors,
      coverage: [...ledger.names.keys()]
        .filter(isWanted)
        .map((id) => entryOf(ledger, "connectors", id, counts.get(id) ?? 0)),
      unreadableRows: ledger.replies.get("connectors")?.unreadableRows ?? 0,
    };
  });
}
