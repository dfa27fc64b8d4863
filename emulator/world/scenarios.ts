import { dayMs, hourMs, minuteMs, secondMs } from "../time/instant";
import type { FaultInput } from "../faults/fault";

export const scenarioNames = [
  "quiet-night",
  "working-day",
  "storm",
  "partial-outage",
  "500-workspaces",
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** How many incidents a stretch of the past holds; `fromMs` and `toMs` count back from the start. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly incidents: number;
}

export interface Scenario {
  readonly workspaces: number;
  readonly past: readonly Stretch[];
  /** Mean time between two incidents that arrive while the emulator runs. */
  readonly arrivalMeanMs: number;
  /** Rows per page token. */
  readonly pageSize: number;
  /** How briskly the staff works: 1 is a normal day, less is slower. */
  readonly pace: number;
  /** Share of incidents that come in bursts. */
  readonly burstShare: number;
  /** Share of data connectors that are silent at any time. */
  readonly silentShare: number;
  /** Faults that are set from the start, for the workspaces of the organisation "main" in their order. */
  readonly faults: (workspaceIds: readonly string[]) => readonly FaultInput[];
}

const none = (): readonly FaultInput[] => [];

// A little less than the round length, so that the figures still hold a few minutes after the start.
const lastDay = (incidents: number): Stretch => ({
  fromMs: dayMs - 20 * minuteMs,
  toMs: 2 * secondMs,
  incidents,
});

const workingDay: Scenario = {
  workspaces: 24,
  past: [{ fromMs: 14 * dayMs, toMs: dayMs, incidents: 3_000 }, lastDay(420)],
  arrivalMeanMs: 90 * secondMs,
  pageSize: 50,
  pace: 1,
  burstShare: 0.12,
  silentShare: 0.04,
  faults: none,
};

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  "quiet-night": {
    workspaces: 12,
    past: [{ fromMs: 7 * dayMs, toMs: dayMs, incidents: 280 }, lastDay(26)],
    arrivalMeanMs: 25 * minuteMs,
    pageSize: 50,
    pace: 1.4,
    burstShare: 0.05,
    silentShare: 0.02,
    faults: none,
  },
  "working-day": workingDay,
  storm: {
    workspaces: 40,
    past: [{ fromMs: 7 * dayMs, toMs: dayMs + hourMs, incidents: 2_400 }, lastDay(5_000)],
    arrivalMeanMs: 4 * secondMs,
    pageSize: 8,
    pace: 0.45,
    burstShare: 0.3,
    silentShare: 0.06,
    faults: none,
  },
  "partial-outage": {
    ...workingDay,
    silentShare: 0.2,
    faults: (ids) => [
      ...ids.slice(3, 5).map((workspaceId): FaultInput => ({ kind: "leaveOut", workspaceId })),
      { kind: "leaveOut", workspaceId: ids[7] ?? "", source: "Sentinel" },
      { kind: "leaveOut", workspaceId: ids[9] ?? "", rate: 0.5 },
      { kind: "status", status: 503, operation: "datasources.list", workspaceId: ids[1] ?? "" },
      { kind: "status", status: 502, operation: "datasources.anomalies", rate: 0.5 },
      { kind: "status", status: 504, operation: "incidents.evidence", rate: 0.3 },
      { kind: "status", status: 500, operation: "gamebooks.acrossHistory", rate: 0.2 },
      { kind: "rejectTokens", rate: 0.02 },
    ],
  },
  "500-workspaces": {
    workspaces: 500,
    past: [{ fromMs: 90 * dayMs, toMs: dayMs, incidents: 98_600 }, lastDay(1_400)],
    arrivalMeanMs: 45 * secondMs,
    pageSize: 50,
    pace: 1,
    burstShare: 0.1,
    silentShare: 0.03,
    faults: none,
  },
};

/** The second provider is small in every scenario. */
export const globexScenario: Scenario = {
  ...workingDay,
  workspaces: 6,
  past: [{ fromMs: 7 * dayMs, toMs: dayMs, incidents: 260 }, lastDay(90)],
  arrivalMeanMs: 4 * minuteMs,
};
