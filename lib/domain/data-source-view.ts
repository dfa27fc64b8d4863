import { isTroubled, type Matrix, type MatrixColumn, type MatrixRow } from "./data-source-matrix";
import { type DataSourceAnomaly, isGoingOn, anomalyStates } from "./data-sources";

/** What the desk shows, as its address says it. */
export const deskViews = ["anomalies", "matrix", "workspaces"] as const;
export type DeskView = (typeof deskViews)[number];

export interface DeskFilter {
  /** Part of a workspace's name or id. */
  readonly text: string;
  /** Key of a matrix column; null for every connector. */
  readonly connector: string | null;
  /** Only workspaces that ask for somebody's eye. */
  readonly isTroubleOnly: boolean;
  /** Anomalies that are over, too. */
  readonly isPastShown: boolean;
}

/** Whether anything is left out. */
export function isNarrowed(filter: DeskFilter): boolean {
  return filter.text.trim() !== "" || filter.connector !== null || filter.isTroubleOnly;
}

function matchesText(text: string, ...values: readonly (string | null)[]): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === "" || values.some((value) => value?.toLowerCase().includes(wanted));
}

/** The anomalies that a filter leaves. "Only trouble" says nothing here: each of them is one. */
export function filterAnomalies(
  anomalies: readonly DataSourceAnomaly[],
  { text, connector, isPastShown }: DeskFilter,
): readonly DataSourceAnomaly[] {
  return anomalies.filter(
    (anomaly) =>
      (isPastShown || isGoingOn(anomaly)) &&
      matchesText(text, anomaly.workspaceName, anomaly.workspaceId) &&
      (connector === null || anomaly.connectorName?.trim().toLowerCase() === connector),
  );
}

/** The workspaces that a filter leaves. A connector narrows the columns of the matrix and not its rows: who lacks it is of interest. */
export function filterRows(
  rows: readonly MatrixRow[],
  { text, isTroubleOnly }: DeskFilter,
): readonly MatrixRow[] {
  return rows.filter(
    (row) => (!isTroubleOnly || isTroubled(row)) && matchesText(text, row.name, row.workspaceId),
  );
}

export function filterColumns({ columns }: Matrix, { connector }: DeskFilter): readonly MatrixColumn[] {
  return connector === null ? columns : columns.filter((column) => column.key === connector);
}

export const anomalyColumns = [
  "state",
  "workspace",
  "connector",
  "table",
  "message",
  "status",
  "firstSeen",
  "lastGood",
  "lastReceived",
  "volume",
] as const;
export type AnomalyColumn = (typeof anomalyColumns)[number];

export interface AnomalySort {
  readonly column: AnomalyColumn;
  readonly descending: boolean;
}

const valueOf: Record<AnomalyColumn, (anomaly: DataSourceAnomaly) => string | number | null> = {
  state: (anomaly) => anomalyStates.indexOf(anomaly.state),
  workspace: (anomaly) => anomaly.workspaceName ?? anomaly.workspaceId,
  connector: (anomaly) => anomaly.connectorName ?? anomaly.connectorId,
  table: (anomaly) => anomaly.tableName,
  message: (anomaly) => anomaly.message,
  status: (anomaly) => anomalyStates.indexOf(anomaly.state),
  firstSeen: (anomaly) => Date.parse(anomaly.firstSeenAt),
  lastGood: (anomaly) => timeOf(anomaly.lastGoodAt),
  lastReceived: (anomaly) => timeOf(anomaly.lastReceivedAt),
  volume: shareOf,
};

/** How much of the usual came: 0 for silence, above 1 for a flood. Without a usual volume there is no share. */
function shareOf({ actual, expected }: DataSourceAnomaly): number | null {
  return actual === null || expected === null || expected <= 0 ? null : actual / expected;
}

const timeOf = (iso: string | null) => (iso === null ? null : Date.parse(iso));

/** In the wanted order; what has no value comes last either way, and the newest first among equals. */
export function sortAnomalies(
  anomalies: readonly DataSourceAnomaly[],
  { column, descending }: AnomalySort,
): readonly DataSourceAnomaly[] {
  const read = valueOf[column];
  return [...anomalies].sort((a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
    } else {
      const order =
        typeof left === "string" && typeof right === "string"
          ? left.localeCompare(right)
          : Number(left) - Number(right);
      if (order !== 0) return descending ? -order : order;
    }
    return b.firstSeenAt.localeCompare(a.firstSeenAt) || (a.id < b.id ? -1 : 1);
  });
}
