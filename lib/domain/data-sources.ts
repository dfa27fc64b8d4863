import type { CoverageEntry } from "./coverage";

/**
 * What becomes of an anomaly that was once reported. Upstream names only workspaces that have one, and does not say which it
 * looked at: a workspace that is left out may be well or unread, so leaving it out closes nothing.
 *
 * open         in the newest reply that named its workspace
 * unconfirmed  its workspace is in no reply since; whether it goes on is unknown
 * lapsed       unconfirmed for a day, while the workspace answered otherwise
 * closed       a reply named its workspace without it
 */
export const anomalyStates = ["open", "unconfirmed", "lapsed", "closed"] as const;
export type AnomalyState = (typeof anomalyStates)[number];

/** One time that an anomaly was there. All times ISO. */
export interface DataSourceAnomaly {
  /** Our own, a uuid. Stable over readings. */
  readonly id: string;
  /** Lower-case GUID; null where upstream named none. */
  readonly workspaceId: string | null;
  readonly workspaceName: string | null;
  readonly connectorId: string | null;
  readonly connectorName: string | null;
  readonly tableName: string | null;
  readonly message: string | null;
  readonly state: AnomalyState;
  readonly firstSeenAt: string;
  /** The newest reading that had it. */
  readonly lastSeenAt: string;
  /** The last reading that named the workspace without it: before it began, or when it closed. Null when there was none. */
  readonly lastGoodAt: string | null;
  readonly closedAt: string | null;
  /** Since when its workspace is in no reply; null while it is. */
  readonly unconfirmedSince: string | null;
  /** As upstream tells it, null where it does not: when the last row came, when it was noticed, how many rows. */
  readonly lastReceivedAt: string | null;
  readonly reportedAt: string | null;
  readonly expected: number | null;
  readonly actual: number | null;
  readonly score: number | null;
}

/** `GET /api/<org>/data-sources/anomalies`. */
export interface AnomaliesView {
  /** When the newest reading was begun that brought an answer; null when none ever did. */
  readonly asOf: string | null;
  readonly anomalies: readonly DataSourceAnomaly[];
  /** True when there are older ones that are not in this answer. */
  readonly isCut: boolean;
  /** One entry per workspace, source null. `read`: named in the newest reply. `quiet`: not named, but its connectors answered. */
  readonly coverage: readonly CoverageEntry[];
  readonly unreadableRows: number;
  /** What no row could be made of, as text; for people who see every workspace only. */
  readonly remainder: string | null;
}

/** `GET /api/<org>/data-sources/anomalies/<id>`. */
export interface AnomalyDetail {
  readonly anomaly: DataSourceAnomaly;
  /** The row as upstream sent it last: JSON text, cut to a bound. */
  readonly raw: string;
}

/** A connector of a workspace as it was last listed. */
export interface DataSourceConnector {
  readonly workspaceId: string;
  readonly connectorId: string;
  readonly name: string | null;
  readonly connectorType: string | null;
  readonly provider: string | null;
  /** Null where upstream did not say. */
  readonly connected: boolean | null;
  readonly firstSeenAt: string;
  readonly lastConnectedAt: string | null;
  /** The last reading that listed it, when a later one of its workspace no longer did; null while it is listed. */
  readonly unlistedSince: string | null;
}

/** `GET /api/<org>/data-sources/connectors`. */
export interface ConnectorsView {
  /** When the newest reading was begun that brought an answer; null when none ever did. */
  readonly asOf: string | null;
  readonly connectors: readonly DataSourceConnector[];
  /** One entry per workspace, source null. `rows` counts its listed connectors. */
  readonly coverage: readonly CoverageEntry[];
  readonly unreadableRows: number;
}

const lapsedAfterMs = 24 * 3_600_000;

export interface StateFacts {
  readonly closedAt: string | null;
  readonly unconfirmedSince: string | null;
  /** The workspace's connectors were read by the newest reading of them. */
  readonly answersOtherwise: boolean;
}

/** The state of an anomaly at a time. Never `closed` for anything but a reading that said so. */
export function anomalyStateOf(facts: StateFacts, nowMs: number): AnomalyState {
  if (facts.closedAt !== null) return "closed";
  if (facts.unconfirmedSince === null) return "open";
  const missingMs = nowMs - Date.parse(facts.unconfirmedSince);
  return facts.answersOtherwise && missingMs >= lapsedAfterMs ? "lapsed" : "unconfirmed";
}

/** Whether it still asks for somebody's eye: not over as far as anybody can tell. */
export function isGoingOn(anomaly: Pick<DataSourceAnomaly, "state">): boolean {
  return anomaly.state === "open" || anomaly.state === "unconfirmed";
}
