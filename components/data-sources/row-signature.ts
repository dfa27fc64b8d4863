import type { MatrixRow } from "@/lib/domain/data-source-matrix";

/** What a row of matrix or workspaces shows: without the time of a good reading, which moves with each. */
export function rowSignature(row: MatrixRow): string {
  const { workspaceId, name, coverage, anomalies, listed, connected, cells } = row;
  const isGood = coverage.state === "read" || coverage.state === "quiet";
  return JSON.stringify([
    workspaceId,
    name,
    coverage.state,
    isGood ? null : [coverage.since, coverage.reason],
    anomalies,
    listed,
    connected,
    [...cells].map(([key, cell]) => [
      key,
      cell.state,
      cell.anomalies.map((anomaly) => [anomaly.id, anomaly.message]),
      cell.connectors.map((each) => [
        each.connected,
        each.unlistedSince,
        isLast(each.connected) ? null : each.lastConnectedAt,
      ]),
    ]),
  ]);
}

/** While it is connected, the last time it was is the newest reading. */
const isLast = (connected: boolean | null) => connected === true;

export const rowKey = (row: MatrixRow): string => row.workspaceId;
