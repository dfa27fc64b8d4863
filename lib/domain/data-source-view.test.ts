import { describe, expect, it } from "vitest";
import type { CoverageEntry } from "./coverage";
import {
  type AnomalySort,
  type DeskFilter,
  filterAnomalies,
  isNarrowed,
  sortAnomalies,
} from "./data-source-view";
import {
  describeAnomalies,
  describeAnomalyCoverage,
  describeState,
  describeUnread,
} from "./data-source-words";
import { anomalyStateOf, type AnomalyState, type DataSourceAnomaly } from "./data-sources";

const formatTime = (iso: string) => iso.slice(11, 16);
const time = (hour: number) => `2026-11-24T${String(hour).padStart(2, "0")}:00:00.000Z`;

function anomaly(id: string, more: Partial<DataSourceAnomaly> = {}): DataSourceAnomaly {
  return {
    id,
    workspaceId: "w1",
    workspaceName: "Contoso",
    connectorId: "c",
    connectorName: "Syslog",
    tableName: null,
    message: null,
    state: "open",
    firstSeenAt: time(1),
    lastSeenAt: time(1),
    lastGoodAt: null,
    closedAt: null,
    unconfirmedSince: null,
    lastReceivedAt: null,
    reportedAt: null,
    expected: null,
    actual: null,
    score: null,
    ...more,
  };
}

const everything: DeskFilter = { text: "", connector: null, isTroubleOnly: false, isPastShown: false };

describe("anomalyStateOf", () => {
  const nowMs = Date.parse(time(12));
  const dayBefore = "2026-11-23T12:00:00.000Z";
  const soonAfter = "2026-11-23T12:00:00.001Z";

  it.each<[string, Parameters<typeof anomalyStateOf>[0], AnomalyState]>([
    ["in the newest reply", { closedAt: null, unconfirmedSince: null, answersOtherwise: false }, "open"],
    [
      "left out for less than a day",
      { closedAt: null, unconfirmedSince: soonAfter, answersOtherwise: true },
      "unconfirmed",
    ],
    [
      "left out for a day, answering",
      { closedAt: null, unconfirmedSince: dayBefore, answersOtherwise: true },
      "lapsed",
    ],
    [
      "left out for a day, mute",
      { closedAt: null, unconfirmedSince: dayBefore, answersOtherwise: false },
      "unconfirmed",
    ],
    [
      "closed and left out",
      { closedAt: time(1), unconfirmedSince: dayBefore, answersOtherwise: true },
      "closed",
    ],
  ])("%s", (_, facts, state) => expect(anomalyStateOf(facts, nowMs)).toBe(state));
});

describe("filterAnomalies", () => {
  const rows = [
    anomaly("open"),
    anomaly("unconfirmed", { state: "unconfirmed", workspaceId: "w2", workspaceName: null }),
    anomaly("closed", { state: "closed", connectorName: "Okta" }),
    anomaly("nowhere", { workspaceId: null, workspaceName: null, connectorName: null }),
  ];
  const left = (filter: Partial<DeskFilter>) =>
    filterAnomalies(rows, { ...everything, ...filter }).map((each) => each.id);

  it("shows what is going on, the past on demand, by workspace and connector", () => {
    expect(left({})).toEqual(["open", "unconfirmed", "nowhere"]);
    expect(left({ isPastShown: true })).toHaveLength(4);
    expect(left({ text: " conTOSO " })).toEqual(["open"]);
    expect(left({ text: "W2" })).toEqual(["unconfirmed"]);
    expect(left({ connector: "syslog" })).toEqual(["open", "unconfirmed"]);
    expect(left({ connector: "okta", isPastShown: true })).toEqual(["closed"]);
  });

  it("counts as narrowed by what leaves things out, and not by what adds some", () => {
    expect(isNarrowed({ ...everything, text: "  ", isPastShown: true })).toBe(false);
    expect(isNarrowed({ ...everything, isTroubleOnly: true })).toBe(true);
    expect(isNarrowed({ ...everything, connector: "x" })).toBe(true);
  });
});

describe("sortAnomalies", () => {
  const order = (rows: DataSourceAnomaly[], sort: AnomalySort) =>
    sortAnomalies(rows, sort).map((each) => each.id);

  it("puts what is open first, the newest first among equals", () => {
    const rows = [
      anomaly("closed", { state: "closed" }),
      anomaly("old"),
      anomaly("new", { firstSeenAt: time(5) }),
      anomaly("unconfirmed", { state: "unconfirmed" }),
    ];
    expect(order(rows, { column: "state", descending: false })).toEqual([
      "new",
      "old",
      "unconfirmed",
      "closed",
    ]);
    expect(order(rows, { column: "state", descending: true })).toEqual([
      "closed",
      "unconfirmed",
      "new",
      "old",
    ]);
  });

  it("keeps what has no value last, whichever way round", () => {
    const rows = [
      anomaly("none", { actual: 7 }),
      anomaly("silent", { actual: 0, expected: 900 }),
      anomaly("flood", { actual: 50, expected: 10 }),
      anomaly("nothing usual", { actual: 5, expected: 0, firstSeenAt: time(0) }),
    ];
    expect(order(rows, { column: "volume", descending: false })).toEqual([
      "silent",
      "flood",
      "none",
      "nothing usual",
    ]);
    expect(order(rows, { column: "volume", descending: true })).toEqual([
      "flood",
      "silent",
      "none",
      "nothing usual",
    ]);
    const times = [
      anomaly("late", { lastGoodAt: time(9) }),
      anomaly("never"),
      anomaly("early", { lastGoodAt: time(2) }),
    ];
    expect(order(times, { column: "lastGood", descending: false })).toEqual(["early", "late", "never"]);
  });
});

describe("words", () => {
  const entry = (
    workspaceName: string | null,
    state: CoverageEntry["state"],
    since: string | null = time(14),
  ) => ({
    workspaceId: `id-of-${workspaceName ?? "nobody"}`,
    workspaceName,
    source: null,
    state,
    rows: 0,
    since,
    reason: null,
  });

  it("say what the anomalies rest on, and never that all is well", () => {
    expect(describeAnomalyCoverage([], formatTime)).toBe("No workspace is known yet");
    expect(
      describeAnomalyCoverage(
        [
          entry("A", "read"),
          entry("B", "quiet"),
          entry("C", "quiet"),
          entry("D", "failed"),
          entry("E", "missing", time(13)),
        ],
        formatTime,
      ),
    ).toBe("1 workspace named in the reply · 2 not named, connectors answered · D, E not read since 13:00");
  });

  it("name three who are missing and count the rest; who was never read has no time", () => {
    const missing = ["D", "B", "A", "C", null].map((name) => entry(name, "missing"));
    expect(describeUnread(missing, formatTime)).toBe("A, B, C and 2 more not read since 14:00");
    expect(describeUnread([entry("A", "missing", null), entry("B", "missing")], formatTime)).toBe(
      "A, B not read so far",
    );
  });

  it("call a count a lower bound when it is one", () => {
    const rows = [
      anomaly("1"),
      anomaly("2", { state: "unconfirmed", workspaceId: "w2" }),
      anomaly("3", { state: "closed" }),
    ];
    expect(describeAnomalies(rows, { isPartial: true, isCut: false })).toBe(
      "At least 2 anomalies going on in 2 workspaces · 1 not confirmed · 1 over or no longer reported",
    );
    expect(describeAnomalies([anomaly("1")], { isPartial: false, isCut: false })).toBe(
      "1 anomaly going on in 1 workspace",
    );
    expect(describeAnomalies([], { isPartial: false, isCut: false })).toBe("No anomaly going on is known");
  });

  it("put the time to the state", () => {
    expect(describeState(anomaly("1"), formatTime)).toBe("Open");
    expect(describeState(anomaly("1", { state: "unconfirmed", unconfirmedSince: time(3) }), formatTime)).toBe(
      "Not confirmed since 03:00",
    );
    expect(describeState(anomaly("1", { state: "closed", closedAt: time(4) }), formatTime)).toBe(
      "Closed since 04:00",
    );
  });
});
