import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SessionProvider, type ShellSession } from "@/components/shell/session";
import { makeQueryClient } from "@/lib/client/query-client";
import type { CoverageEntry } from "@/lib/domain/coverage";
import type { AnomaliesView, ConnectorsView, DataSourceAnomaly } from "@/lib/domain/data-sources";
import { failures, type FailureCode, type Problem } from "@/lib/errors";
import { DataSourcesPage } from "./data-sources-page";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const at = "2026-11-24T10:00:00.000Z";
const contoso = "aaaaaaaa-0000-4000-8000-000000000001";
const session: ShellSession = {
  organisation: { slug: "main", name: "Main" },
  otherOrganisations: [],
  role: "viewer",
  permissions: ["datasources:read"],
  person: { name: "Ada", email: "ada@demo.test" },
};
const entry = (state: CoverageEntry["state"], more: Partial<CoverageEntry> = {}): CoverageEntry => ({
  workspaceId: contoso,
  workspaceName: "Contoso",
  source: null,
  state,
  rows: 1,
  since: at,
  reason: null,
  ...more,
});
const anomaly: DataSourceAnomaly = {
  id: "11111111-0000-4000-8000-000000000001",
  workspaceId: contoso,
  workspaceName: "Contoso",
  connectorId: "c",
  connectorName: "Syslog via AMA",
  tableName: "Syslog",
  message: "No Syslog rows for 3 h.",
  state: "open",
  firstSeenAt: at,
  lastSeenAt: at,
  lastGoodAt: null,
  closedAt: null,
  unconfirmedSince: null,
  lastReceivedAt: at,
  reportedAt: at,
  expected: 900,
  actual: 0,
  score: 0.7,
};
const anomalies = (more: Partial<AnomaliesView> = {}): AnomaliesView => ({
  asOf: at,
  anomalies: [anomaly],
  isCut: false,
  coverage: [entry("read")],
  unreadableRows: 0,
  remainder: null,
  ...more,
});
const connectors = (more: Partial<ConnectorsView> = {}): ConnectorsView => ({
  asOf: at,
  connectors: [
    {
      workspaceId: contoso,
      connectorId: "c",
      name: "Syslog via AMA",
      connectorType: "Syslog",
      provider: "Microsoft",
      connected: true,
      firstSeenAt: at,
      lastConnectedAt: at,
      unlistedSince: null,
    },
  ],
  coverage: [entry("read")],
  unreadableRows: 0,
  ...more,
});
const problem = (code: FailureCode): Problem => {
  const { status, title } = failures[code];
  return { type: "about:blank", title, status, code, requestId: "req-1" };
};

/** The code of a view comes with the first look at it. */
const lazy = { timeout: 15_000 };

interface Answers {
  anomalies?: AnomaliesView | Problem;
  connectors?: ConnectorsView | Problem;
}

/** Draws the desk against a fake server whose answers may change on the way. */
function show(answers: Answers = {}, search = "", permissions = session.permissions) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const data = url.includes("/connectors")
      ? (answers.connectors ?? connectors())
      : (answers.anomalies ?? anomalies());
    if ("code" in data) return Response.json(data, { status: data.status });
    return Response.json({ data, meta: { requestId: "r", timestamp: at } });
  });
  render(
    <SessionProvider session={{ ...session, permissions }}>
      <NuqsTestingAdapter searchParams={search} hasMemory>
        <QueryClientProvider client={makeQueryClient()}>
          <DataSourcesPage />
        </QueryClientProvider>
      </NuqsTestingAdapter>
    </SessionProvider>,
  );
  return asked;
}

describe("the data sources desk", () => {
  it("says first that it reads, then how many anomalies go on, resting on what", async () => {
    const asked = show();
    expect(screen.getByText("Reading the anomalies")).toBeTruthy();
    expect(await screen.findByText("1 anomaly going on in 1 workspace")).toBeTruthy();
    expect(screen.getByRole("grid", { name: "Anomalies" }).getAttribute("aria-rowcount")).toBe("2");
    expect(asked.sort()).toEqual(["/api/main/data-sources/anomalies", "/api/main/data-sources/connectors"]);
  });

  it("asks the server to read upstream anew when a person asks for it", async () => {
    const asked = show();
    await screen.findByText("1 anomaly going on in 1 workspace");
    fireEvent.click(screen.getByRole("button", { name: "Refresh now" }));
    await waitFor(() => expect(asked.filter((url) => url.endsWith("?fresh=1"))).toHaveLength(2));
  });

  it("keeps what was read when a later reading fails, and says so", async () => {
    const answers: Answers = {};
    show(answers);
    await screen.findByText("1 anomaly going on in 1 workspace");
    answers.anomalies = problem("STORE_UNAVAILABLE");
    fireEvent.click(screen.getByRole("button", { name: "Refresh now" }));
    expect((await screen.findByRole("alert")).textContent).toContain("What is shown was read before.");
    expect(screen.getByText("1 anomaly going on in 1 workspace")).toBeTruthy();
  });

  it.each<[FailureCode, string]>([
    ["UPSTREAM_FORBIDDEN", "The service account may not read this"],
    ["NO_CONNECTION", "This organisation is not connected to ContraForce yet"],
  ])("with nothing read, %s is told in place of the list", async (code, title) => {
    show({ anomalies: problem(code) });
    expect(await screen.findByText(title)).toBeTruthy();
  });

  it("never calls an empty reply all well", async () => {
    show({ anomalies: anomalies({ anomalies: [], coverage: [entry("quiet")] }) });
    expect(await screen.findByText("ContraForce reports no anomaly now")).toBeTruthy();
    expect(screen.getByText(/whether it looked at the others it does not say/)).toBeTruthy();
    cleanup();
    show({ anomalies: anomalies({ anomalies: [], coverage: [entry("missing")] }) });
    expect((await screen.findAllByText("No anomaly going on is known")).length).toBe(2);
    expect(screen.getByText(/Not every workspace could be read/)).toBeTruthy();
  });

  it("tells empty by filter from empty", async () => {
    show({}, "?q=fabrikam");
    expect(await screen.findByText("No anomaly matches these filters")).toBeTruthy();
    fireEvent.click(screen.getAllByRole("button", { name: "Clear filters" }).at(-1)!);
    expect(await screen.findByText("1 anomaly going on in 1 workspace")).toBeTruthy();
  });

  it("tells what failed, since when and why, above what was read before", async () => {
    const failed = entry("failed", { reason: "ContraForce answered with a fault" });
    show({ anomalies: anomalies({ coverage: [failed] }) });
    const notice = await screen.findByText(/What is shown of them was read before/);
    expect(notice.textContent).toMatch(/^Contoso not read since .*\(ContraForce answered with a fault\)/);
    expect(screen.getByText("At least 1 anomaly going on in 1 workspace")).toBeTruthy();
  });

  it("shows what is in none of the rows, as text", async () => {
    show({ anomalies: anomalies({ remainder: '["a word <b>more</b>"]', unreadableRows: 2 }) });
    expect(await screen.findByText("2 rows of the reply could not be read and are not shown.")).toBeTruthy();
    expect(screen.getByRole("region", { name: "What ContraForce sent" }).textContent).toBe(
      '["a word <b>more</b>"]',
    );
  });

  it("says in the matrix that marks may be too good while the anomalies are not known", async () => {
    show({ anomalies: problem("UPSTREAM_TIMEOUT") }, "?view=matrix");
    expect(await screen.findByText(/a connector marked as connected may have one/, {}, lazy)).toBeTruthy();
    expect(screen.getByTestId("workspace-count").textContent).toBe(
      "1 workspace · 1 of 1 connector connected",
    );
    expect(screen.getByRole("list", { name: "What the marks mean" }).textContent).toContain("Not read");
  });

  it("tells a role without the permission which one it needs", () => {
    const asked = show({}, "", []);
    expect(screen.getByText("Data sources are not part of your role")).toBeTruthy();
    expect(asked).toEqual([]);
  });
});
