import type { CoverageEntry } from "./coverage";
import { type CellState, cellStateOf, connectorLabel, type MatrixRow } from "./data-source-matrix";
import type { AnomalyState, DataSourceAnomaly } from "./data-sources";

type FormatTime = (iso: string) => string;

/** Said of a state by itself, in the legend and in a row's count: "3 not connected". */
export const cellStateWords: Record<CellState, string> = {
  connected: "connected",
  anomaly: "with an anomaly",
  disconnected: "not connected",
  gone: "no longer listed",
  unsaid: "not said",
  never: "never listed",
  unread: "not read",
};

/** Said of one connector, which has the line to itself. */
export const cellStateSentences: Record<CellState, string> = {
  connected: "Connected",
  anomaly: "Connected, with an anomaly",
  disconnected: "Not connected",
  gone: "No longer listed",
  unsaid: "Listed; ContraForce does not say whether it is connected",
  never: "Never listed by this workspace",
  unread: "Not read",
};

/** A cell in full, for its tip and for the ear. */
export function describeCell(row: MatrixRow, key: string, formatTime: FormatTime): string {
  const cell = row.cells.get(key);
  const state = cellStateOf(row, key);
  const [connector] = cell?.connectors ?? [];
  const more = (cell?.connectors.length ?? 0) - 1;
  const clauses = [cellStateSentences[state] + sinceOf(row, state, connector, formatTime)];
  if (state === "unread" && connector) clauses.push(`before that: ${beforeOf(connector)}`);
  if (state === "disconnected" && connector?.lastConnectedAt)
    clauses.push(`last connected ${formatTime(connector.lastConnectedAt)}`);
  for (const anomaly of cell?.anomalies ?? []) clauses.push(anomalyText(anomaly));
  if (more > 0) clauses.push(`${more + 1} connectors of this name`);
  return clauses.join("; ");
}

function sinceOf(
  row: MatrixRow,
  state: CellState,
  connector: { readonly unlistedSince: string | null } | undefined,
  formatTime: FormatTime,
): string {
  if (state === "gone" && connector?.unlistedSince) return ` since ${formatTime(connector.unlistedSince)}`;
  if (state !== "unread") return "";
  return row.coverage.since === null ? " so far" : ` since ${formatTime(row.coverage.since)}`;
}

function beforeOf(connector: { readonly connected: boolean | null; readonly unlistedSince: string | null }) {
  if (connector.unlistedSince !== null) return cellStateWords.gone;
  if (connector.connected === null) return cellStateWords.unsaid;
  return connector.connected ? cellStateWords.connected : cellStateWords.disconnected;
}

/** What the anomaly is, in one line: the message, else the table, else that ContraForce did not say. */
export function anomalyText({
  message,
  tableName,
}: Pick<DataSourceAnomaly, "message" | "tableName">): string {
  if (message) return message;
  return tableName ? `Unusual volume of ${tableName}` : "Something unusual; see the details";
}

/** Whose it is: the connector, or that no connector is named. */
export function anomalyConnector(anomaly: Pick<DataSourceAnomaly, "connectorName" | "connectorId">): string {
  if (!anomaly.connectorName && !anomaly.connectorId) return "Connector not named";
  return connectorLabel({
    name: anomaly.connectorName,
    connectorType: null,
    connectorId: anomaly.connectorId ?? "",
  });
}

export const anomalyStateNames: Record<AnomalyState, string> = {
  open: "Open",
  unconfirmed: "Not confirmed",
  lapsed: "No longer reported",
  closed: "Closed",
};

/** The state with its time: "Open", "Not confirmed since 14:02", "Closed since 14:02". */
export function describeState(
  anomaly: Pick<DataSourceAnomaly, "state" | "closedAt" | "unconfirmedSince">,
  formatTime: FormatTime,
): string {
  const since = anomaly.closedAt ?? anomaly.unconfirmedSince;
  const name = anomalyStateNames[anomaly.state];
  return since === null ? name : `${name} since ${formatTime(since)}`;
}

/** Why the state is what it is, where that is not plain. */
export const stateReasons: Record<AnomalyState, string | null> = {
  open: null,
  unconfirmed:
    "Its workspace is in no reply since then. ContraForce names only workspaces with an anomaly, so this may be over, or the workspace may not have been read.",
  lapsed:
    "Its workspace has been in no reply for a day while its connectors answered. It is probably over; nothing has said so.",
  closed: null,
};

const bad: ReadonlySet<CoverageEntry["state"]> = new Set(["missing", "failed", "cut-short"]);

const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/**
 * What the anomalies rest on: how many workspaces the newest replies name, how many they do not name though their connectors
 * answered (which is no proof that nothing is the matter), and how many could not be read.
 */
export function describeAnomalyCoverage(coverage: readonly CoverageEntry[], formatTime: FormatTime): string {
  if (coverage.length === 0) return "No workspace is known yet";
  const count = (state: CoverageEntry["state"]) => coverage.filter((entry) => entry.state === state).length;
  const clauses: string[] = [];
  if (count("read") > 0) clauses.push(`${plural(count("read"), "workspace")} named in the reply`);
  if (count("quiet") > 0) {
    const quiet =
      clauses.length > 0 ? count("quiet").toLocaleString("en") : plural(count("quiet"), "workspace");
    clauses.push(`${quiet} not named, connectors answered`);
  }
  const missing = coverage.filter((entry) => bad.has(entry.state));
  if (missing.length > 0) clauses.push(describeUnread(missing, formatTime));
  return clauses.join(" · ");
}

const namesShown = 3;

/** "Contoso, Fabrikam and 3 more not read since 14:02": the oldest time among them. */
export function describeUnread(entries: readonly CoverageEntry[], formatTime: FormatTime): string {
  const names = entries.map((entry) => entry.workspaceName ?? `Workspace ${entry.workspaceId.slice(0, 8)}`);
  const shown = names.sort((a, b) => a.localeCompare(b)).slice(0, namesShown);
  const more = names.length - shown.length;
  const who = more > 0 ? `${shown.join(", ")} and ${more.toLocaleString("en")} more` : shown.join(", ");
  const times = entries.map((entry) => entry.since).sort();
  const oldest = entries.some((entry) => entry.since === null) ? null : times[0];
  return oldest ? `${who} not read since ${formatTime(oldest)}` : `${who} not read so far`;
}

/** Whether anything that was asked for could not be read. */
export const isIncomplete = (coverage: readonly CoverageEntry[]) =>
  coverage.some((entry) => bad.has(entry.state));

/** "12 anomalies going on in 5 workspaces", and how many of them nobody can confirm now. */
export function describeAnomalies(
  shown: readonly DataSourceAnomaly[],
  rest: { readonly isPartial: boolean; readonly isCut: boolean },
): string {
  const going = shown.filter((each) => each.state === "open" || each.state === "unconfirmed");
  const unconfirmed = going.filter((each) => each.state === "unconfirmed").length;
  const over = shown.length - going.length;
  const where = new Set(going.map((each) => each.workspaceId)).size;
  const atLeast = rest.isPartial || rest.isCut ? "At least " : "";
  const clauses = [
    going.length === 0
      ? "No anomaly going on is known"
      : `${atLeast}${plural(going.length, "anomaly", "anomalies")} going on in ${plural(where, "workspace")}`,
  ];
  if (unconfirmed > 0) clauses.push(`${unconfirmed.toLocaleString("en")} not confirmed`);
  if (over > 0) clauses.push(`${over.toLocaleString("en")} over or no longer reported`);
  return clauses.join(" · ");
}

/** "40 workspaces · 361 of 402 connectors connected · 3 with an anomaly · 2 workspaces not read". */
export function describeRows(rows: readonly MatrixRow[], total: number): string {
  const of =
    rows.length === total ? plural(total, "workspace") : `${rows.length} of ${plural(total, "workspace")}`;
  const readable = rows.filter((row) => !bad.has(row.coverage.state));
  const sum = (read: (row: MatrixRow) => number) => readable.reduce((all, row) => all + read(row), 0);
  const listed = sum((row) => row.listed);
  const clauses = [of];
  if (listed > 0)
    clauses.push(
      `${sum((row) => row.connected).toLocaleString("en")} of ${plural(listed, "connector")} connected`,
    );
  const troubled = rows.filter((row) => row.anomalies > 0).length;
  if (troubled > 0) clauses.push(`${plural(troubled, "workspace")} with an anomaly`);
  const unread = rows.length - readable.length;
  if (unread > 0) clauses.push(`${unread.toLocaleString("en")} not read`);
  return clauses.join(" · ");
}
