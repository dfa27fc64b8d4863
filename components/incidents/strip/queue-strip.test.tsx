import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import type { OpenSummary } from "@/lib/domain/register";
import { covered, noWork, problem, registered, renderQueue } from "../testing/queue-harness";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const hoursAgo = (n: number) => new Date(Date.now() - n * 3_600_000).toISOString();
const oldest = registered([
  makeRow({ id: "old", title: "The oldest", workspaceName: "Fabrikam", creationTime: hoursAgo(52) }),
]).incidents[0]!;

function summaryOf(over: Partial<OpenSummary> = {}): OpenSummary {
  const { asOf, coverage, window } = registered([]);
  return {
    ...noWork,
    ...{
      asOf,
      coverage,
      window,
      open: 55,
      bySeverity: { High: 12, Medium: 40, Odd: 3 },
      unassigned: 23,
      oldest,
    },
    hours: [
      { hour: hoursAgo(1), arrivals: { High: 5 }, closures: { Low: 2 }, uncertainClosures: 1 },
      { hour: hoursAgo(0), arrivals: { High: 1, Low: 1 }, closures: {}, uncertainClosures: 0 },
    ],
    ...over,
  };
}

const strip = () => screen.findByRole("region", { name: "Open work of all workspaces" });
const show = (summary: OpenSummary) =>
  renderQueue(() => problem("INTERNAL"), "", { register: () => registered([]), summary });

it("tells open work by severity, the unassigned, the oldest and the last hours, and leads to them", async () => {
  const { address } = show(summaryOf());
  const region = await strip();
  expect(region.textContent).toMatch(/^OpenHigh12Medium40Low0Informational0Odd3Unassigned 23Oldest 2 d 4 h/);
  expect(region.textContent).toContain("7 arrived, 2 seen closed");
  fireEvent.click(within(region).getByRole("button", { name: "12 High open: show them" }));
  await waitFor(() => expect(address.search).toContain("severity=High"));
  expect(address.search).toContain("window=7d");
  fireEvent.click(within(region).getByRole("button", { name: /^The oldest open one: 2 d 4 h, Fabrikam/ }));
  await waitFor(() => expect(address.search).toContain("open="));
});

it("calls its figures a lower bound while a workspace is not read", async () => {
  const now = new Date().toISOString();
  const coverage = {
    asOf: now,
    entries: [covered("read"), covered("failed", { workspaceId: "w2" })],
    unreadableRows: 0,
  };
  show(summaryOf({ coverage }));
  expect((await strip()).textContent).toMatch(/^Open, at least.*at least 7 arrived/);
});

it("says nothing while nothing was ever read", async () => {
  show(summaryOf({ asOf: null }));
  await screen.findByRole("grid");
  expect(screen.queryByRole("region", { name: "Open work of all workspaces" })).toBeNull();
});
