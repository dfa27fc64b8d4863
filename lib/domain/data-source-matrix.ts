import type { CoverageEntry } from "./coverage";
import {
  type ConnectorsView,
  type DataSourceAnomaly,
  type DataSourceConnector,
  isGoingOn,
} from "./data-sources";

/**
 * A connector in a workspace, worst first.
 *
 * unread        the workspace could not be read: what it was is not what it is
 * anomaly       listed and not disconnected, with an anomaly going on
 * disconnected  listed with `connected: false`
 * gone          listed once, and no longer
 * unsaid        listed, without a word whether it is connected
 * connected     listed with `connected: true`, nothing reported
 * never         the workspace was read and never listed it
 */
export const cellStates = [
  "unread",
  "anomaly",
  "disconnected",
  "gone",
  "unsaid",
  "connected",
  "never",
] as const;
export type CellState = (typeof cellStates)[number];

export interface MatrixCell {
  readonly state: CellState;
  /** The connectors of this kind in the workspace, as last listed; mostly one. */
  readonly connectors: readonly DataSourceConnector[];
  /** Anomalies going on with them. */
  readonly anomalies: readonly DataSourceAnomaly[];
}

export interface MatrixColumn {
  readonly key: string;
  readonly label: string;
  /** Workspaces that have listed it. */
  readonly workspaces: number;
}

export interface MatrixRow {
  readonly workspaceId: string;
  readonly name: string | null;
  readonly coverage: CoverageEntry;
  /** By column; one that is missing here was never listed. */
  readonly cells: ReadonlyMap<string, MatrixCell>;
  /** Anomalies going on in the workspace, with connectors of the matrix or without. */
  readonly anomalies: number;
  /** Connectors listed now, and those among them that are connected. */
  readonly listed: number;
  readonly connected: number;
}

export interface Matrix {
  /** The most common first. */
  readonly columns: readonly MatrixColumn[];
  /** By name, unnamed last. */
  readonly rows: readonly MatrixRow[];
}

const isUnread = ({ state }: CoverageEntry) => state !== "read" && state !== "quiet";

/** What a connector is called: its name, else its type, else its id. */
export function connectorLabel(
  connector: Pick<DataSourceConnector, "name" | "connectorType" | "connectorId">,
): string {
  return connector.name || connector.connectorType || connector.connectorId;
}

/** Connectors of the same name are one column: an id is a workspace's own, and one type may stand for several products. */
export function columnKey(
  connector: Pick<DataSourceConnector, "name" | "connectorType" | "connectorId">,
): string {
  return connectorLabel(connector).trim().toLowerCase();
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const held = groups.get(key);
    if (held) held.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Workspaces by connectors. `anomalies` may be of any state; those going on count. */
export function buildMatrix(view: ConnectorsView, anomalies: readonly DataSourceAnomaly[]): Matrix {
  const byWorkspace = grouped(view.connectors, (connector) => connector.workspaceId);
  const troubles = grouped(anomalies.filter(isGoingOn), (anomaly) => anomaly.workspaceId);
  const rows = view.coverage.map((coverage) =>
    rowOf(coverage, byWorkspace.get(coverage.workspaceId) ?? [], troubles.get(coverage.workspaceId) ?? []),
  );
  return { columns: columnsOf(view.connectors), rows: rows.sort(compareRows) };
}

function columnsOf(connectors: readonly DataSourceConnector[]): readonly MatrixColumn[] {
  const columns = [...grouped(connectors, columnKey)].map(([key, same]) => ({
    key,
    label: same[0] ? connectorLabel(same[0]) : key,
    workspaces: new Set(same.map((connector) => connector.workspaceId)).size,
  }));
  return columns.sort((a, b) => b.workspaces - a.workspaces || a.label.localeCompare(b.label));
}

function rowOf(
  coverage: CoverageEntry,
  connectors: readonly DataSourceConnector[],
  anomalies: readonly DataSourceAnomaly[],
): MatrixRow {
  const cells = new Map<string, MatrixCell>();
  for (const [key, same] of grouped(connectors, columnKey)) {
    const own = anomalies.filter((anomaly) =>
      same.some((connector) => concernsConnector(anomaly, connector)),
    );
    cells.set(key, { state: stateOf(coverage, same, own), connectors: same, anomalies: own });
  }
  const listed = connectors.filter((connector) => connector.unlistedSince === null);
  return {
    workspaceId: coverage.workspaceId,
    name: coverage.workspaceName,
    coverage,
    cells,
    anomalies: anomalies.length,
    listed: listed.length,
    connected: listed.filter((connector) => connector.connected).length,
  };
}

/** Whether an anomaly is about a connector: by id, else by name, else by type; what upstream's anomalies name is a guess. */
export function concernsConnector(
  anomaly: Pick<DataSourceAnomaly, "connectorId" | "connectorName">,
  connector: Pick<DataSourceConnector, "connectorId" | "name" | "connectorType">,
): boolean {
  const isSame = (a: string | null, b: string | null) =>
    a !== null && b !== null && a.trim().toLowerCase() === b.trim().toLowerCase();
  return (
    isSame(anomaly.connectorId, connector.connectorId) ||
    isSame(anomaly.connectorName, connector.name) ||
    isSame(anomaly.connectorId, connector.connectorType)
  );
}

function stateOf(
  coverage: CoverageEntry,
  connectors: readonly DataSourceConnector[],
  anomalies: readonly DataSourceAnomaly[],
): CellState {
  if (isUnread(coverage)) return "unread";
  const states = connectors.map(({ unlistedSince, connected }): CellState => {
    if (unlistedSince !== null) return "gone";
    if (connected === false) return "disconnected";
    if (anomalies.length > 0) return "anomaly";
    return connected === null ? "unsaid" : "connected";
  });
  return cellStates.find((state) => states.includes(state)) ?? "never";
}

/** The state of a cell, also where the workspace has no such connector. */
export function cellStateOf(row: MatrixRow, key: string): CellState {
  return row.cells.get(key)?.state ?? (isUnread(row.coverage) ? "unread" : "never");
}

function compareRows(a: MatrixRow, b: MatrixRow): number {
  if (a.name === null || b.name === null) {
    if (a.name !== b.name) return a.name === null ? 1 : -1;
    return a.workspaceId < b.workspaceId ? -1 : 1;
  }
  return a.name.localeCompare(b.name) || (a.workspaceId < b.workspaceId ? -1 : 1);
}

const troubled: ReadonlySet<CellState> = new Set(["anomaly", "disconnected", "gone"]);

/** Whether a workspace asks for somebody's eye: an anomaly, a connector that is not connected or gone, or not read. */
export function isTroubled(row: MatrixRow): boolean {
  return (
    row.anomalies > 0 ||
    isUnread(row.coverage) ||
    [...row.cells.values()].some((cell) => troubled.has(cell.state))
  );
}

/** How many cells of a row are in each state, worst first; those never listed are left out. */
export function countCells(row: MatrixRow): readonly { readonly state: CellState; readonly count: number }[] {
  const counts = new Map<CellState, number>();
  for (const { state } of row.cells.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
  return cellStates.flatMap((state) => {
    const count = counts.get(state) ?? 0;
    return count > 0 ? [{ state, count }] : [];
  });
}
