import { describe, expect, it } from "vitest";
import type { CoverageEntry } from "./coverage";
import { buildMatrix, cellStateOf, countCells, isTroubled } from "./data-source-matrix";
import { describeCell, describeRows } from "./data-source-words";
import type { ConnectorsView, DataSourceAnomaly, DataSourceConnector } from "./data-sources";

const at = "2026-11-24T12:00:00.000Z";
const formatTime = (iso: string) => iso.slice(11, 16);

const entry = (workspaceId: string, state: CoverageEntry["state"] = "read", more = {}): CoverageEntry => ({
  workspaceId,
  workspaceName: `Name ${workspaceId}`,
  source: null,
  state,
  rows: 0,
  since: at,
  reason: null,
  ...more,
});
const connector = (workspaceId: string, name: string, more: Partial<DataSourceConnector> = {}) => ({
  workspaceId,
  connectorId: `${workspaceId} ${name}`,
  name,
  connectorType: null,
  provider: null,
  connected: true,
  firstSeenAt: at,
  lastConnectedAt: at,
  unlistedSince: null,
  ...more,
});
const anomaly = (workspaceId: string | null, more: Partial<DataSourceAnomaly> = {}): DataSourceAnomaly => ({
  id: "a",
  workspaceId,
  workspaceName: null,
  connectorId: null,
  connectorName: null,
  tableName: "Syslog",
  message: null,
  state: "open",
  firstSeenAt: at,
  lastSeenAt: at,
  lastGoodAt: null,
  closedAt: null,
  unconfirmedSince: null,
  lastReceivedAt: null,
  reportedAt: null,
  expected: null,
  actual: null,
  score: null,
  ...more,
});
const view = (coverage: CoverageEntry[], connectors: DataSourceConnector[]): ConnectorsView => ({
  asOf: at,
  connectors,
  coverage,
  unreadableRows: 0,
});

describe("buildMatrix", () => {
  it("tells connected, not connected, gone, unsaid, never listed and not read apart", () => {
    const { rows } = buildMatrix(
      view(
        [entry("a"), entry("b", "failed", { reason: "a fault" }), entry("c", "missing", { since: null })],
        [
          connector("a", "On"),
          connector("a", "Off", { connected: false, lastConnectedAt: at }),
          connector("a", "Gone", { unlistedSince: at }),
          connector("a", "Unsaid", { connected: null, lastConnectedAt: null }),
          connector("b", "On"),
        ],
      ),
      [],
    );
    const [a, b, c] = rows;
    const states = ["on", "off", "gone", "unsaid", "elsewhere"].map((key) => cellStateOf(a!, key));
    expect(states).toEqual(["connected", "disconnected", "gone", "unsaid", "never"]);
    expect([cellStateOf(b!, "on"), cellStateOf(b!, "off"), cellStateOf(c!, "on")]).toEqual([
      "unread",
      "unread",
      "unread",
    ]);
    expect(describeCell(a!, "off", formatTime)).toBe("Not connected; last connected 12:00");
    expect(describeCell(a!, "gone", formatTime)).toBe("No longer listed since 12:00");
    expect(describeCell(b!, "on", formatTime)).toBe("Not read since 12:00; before that: connected");
    expect(describeCell(c!, "on", formatTime)).toBe("Not read so far");
    expect(a).toMatchObject({ listed: 3, connected: 1, anomalies: 0 });
    expect(countCells(a!).map(({ state, count }) => `${state} ${count}`)).toEqual([
      "disconnected 1",
      "gone 1",
      "unsaid 1",
      "connected 1",
    ]);
  });

  it.each([
    ["by id, whatever its case", { connectorId: "A SYSLOG" }],
    ["by name", { connectorId: "elsewhere", connectorName: " syslog " }],
  ])("puts an anomaly at its connector %s", (_, named) => {
    const { rows } = buildMatrix(
      view([entry("a"), entry("b")], [connector("a", "Syslog"), connector("b", "Syslog")]),
      [anomaly("a", named)],
    );
    expect(rows.map((row) => cellStateOf(row, "syslog"))).toEqual(["anomaly", "connected"]);
    expect(describeCell(rows[0]!, "syslog", formatTime)).toBe(
      "Connected, with an anomaly; Unusual volume of Syslog",
    );
  });

  it("counts one that fits no connector at its workspace; one that is over, or of no workspace, nowhere", () => {
    const over = { connectorName: "Syslog", state: "closed", closedAt: at } as const;
    const { rows } = buildMatrix(view([entry("a")], [connector("a", "Syslog")]), [
      anomaly("a", { connectorName: "Unheard of" }),
      anomaly("a", over),
      anomaly("a", { ...over, state: "lapsed", closedAt: null }),
      anomaly(null, { connectorName: "Syslog" }),
    ]);
    expect(rows[0]).toMatchObject({ anomalies: 1 });
    expect(cellStateOf(rows[0]!, "syslog")).toBe("connected");
  });

  it("does not call a connector connected that is not, for an anomaly's sake", () => {
    const { rows } = buildMatrix(view([entry("a")], [connector("a", "Syslog", { connected: false })]), [
      anomaly("a", { connectorName: "Syslog", message: "Silent." }),
    ]);
    expect(cellStateOf(rows[0]!, "syslog")).toBe("disconnected");
    expect(describeCell(rows[0]!, "syslog", formatTime)).toContain("Silent.");
  });

  it("shows the worst of several connectors of one name, and says that there are several", () => {
    const { rows, columns } = buildMatrix(
      view(
        [entry("a")],
        [connector("a", "CEF"), connector("a", "cef ", { connectorId: "2", connected: false })],
      ),
      [],
    );
    expect(columns).toMatchObject([{ key: "cef", workspaces: 1 }]);
    expect(cellStateOf(rows[0]!, "cef")).toBe("disconnected");
    expect(describeCell(rows[0]!, "cef", formatTime)).toContain("2 connectors of this name");
  });

  it("names a connector by its name, its type or its id; the most common first; workspaces by name, unnamed last", () => {
    const { columns, rows } = buildMatrix(
      view(
        [entry("z", "read", { workspaceName: null }), entry("b"), entry("a")],
        [
          connector("b", "Rare"),
          connector("a", "Common"),
          connector("b", "common"),
          connector("a", "", { connectorType: "Okta" }),
          connector("z", "", { name: null, connectorId: "id-7" }),
        ],
      ),
      [],
    );
    expect(columns.map((column) => [column.label, column.workspaces])).toEqual([
      ["Common", 2],
      ["id-7", 1],
      ["Okta", 1],
      ["Rare", 1],
    ]);
    expect(rows.map((row) => row.workspaceId)).toEqual(["a", "b", "z"]);
  });
});

describe("isTroubled and describeRows", () => {
  it("is about anomalies, connectors that are not there, and workspaces that are not read", () => {
    const { rows } = buildMatrix(
      view(
        [entry("a"), entry("b"), entry("c"), entry("d", "failed")],
        [
          connector("a", "X"),
          connector("b", "X", { connected: false }),
          connector("c", "X"),
          connector("d", "X"),
        ],
      ),
      [anomaly("c")],
    );
    expect(rows.map(isTroubled)).toEqual([false, true, true, true]);
    expect(describeRows(rows, 4)).toBe(
      "4 workspaces · 2 of 3 connectors connected · 1 workspace with an anomaly · 1 not read",
    );
    expect(describeRows(rows.slice(0, 1), 4)).toBe("1 of 4 workspaces · 1 of 1 connector connected");
  });
});
