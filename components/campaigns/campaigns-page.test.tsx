import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SessionProvider, type ShellSession } from "@/components/shell/session";
import { makeQueryClient } from "@/lib/client/query-client";
import type { CoverageEntry } from "@/lib/domain/coverage";
import type { Campaign, CampaignsAnswer } from "@/lib/domain/register";
import { failures, type FailureCode, type Problem } from "@/lib/errors";
import { CampaignsPage } from "./campaigns-page";

// The stream is told by hand: its own tests are those of lib/client/live.
const told = vi.hoisted(() => ({ news: () => undefined as void }));
vi.mock("@/lib/queries/live", () => ({
  useLiveFeed: (_org: string, listener: () => void) => {
    told.news = listener;
  },
}));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const at = "2026-11-24T10:00:00.000Z";
const later = "2026-11-24T12:30:00.000Z";
const session: ShellSession = {
  organisation: { slug: "main", name: "Main" },
  otherOrganisations: [],
  role: "viewer",
  permissions: ["incidents:read"],
  person: { name: "Ada", email: "ada@demo.test" },
};
const entry = (state: CoverageEntry["state"]): CoverageEntry => ({
  ...{
    workspaceId: "w-1",
    workspaceName: "Contoso",
    source: "Sentinel",
    state,
    rows: 1,
    since: at,
    reason: null,
  },
});
const campaign = (value: string, over: Partial<Campaign> = {}): Campaign => ({
  ...{ kind: "title", value, name: value, entityKind: null, title: value, incidents: 3 },
  hits: [
    { workspaceId: "w-1", workspaceName: "Contoso", firstAt: at, latestAt: later, incidents: 2 },
    { workspaceId: "w-2", workspaceName: "Fabrikam", firstAt: later, latestAt: later, incidents: 1 },
  ],
  ...over,
});
const answer = (over: Partial<CampaignsAnswer> = {}): CampaignsAnswer => ({
  ...{ campaigns: [campaign("One"), campaign("Two")], isCut: false, least: 3, asOf: at },
  coverage: { asOf: at, entries: [entry("read")], unreadableRows: 0 },
  window: { isCovered: true, isReached: true, coveredFrom: at, uncovered: [], moreUncovered: 0 },
  ...over,
});
const problem = (code: FailureCode): Problem => {
  const { status, title } = failures[code];
  return { type: "about:blank", title, status, code, requestId: "req-1" };
};

/** Draws the page against a fake server whose answer may change on the way. */
function show(held: { answer: CampaignsAnswer | Problem }, search = "", permissions = session.permissions) {
  const asked: URL[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(new URL(url, "http://x"));
    const data = held.answer;
    if ("code" in data) return Response.json(data, { status: data.status });
    return Response.json({ data, meta: { requestId: "r", timestamp: at } });
  });
  render(
    <SessionProvider session={{ ...session, permissions }}>
      <NuqsTestingAdapter searchParams={search} hasMemory>
        <QueryClientProvider client={makeQueryClient()}>
          <CampaignsPage />
        </QueryClientProvider>
      </NuqsTestingAdapter>
    </SessionProvider>,
  );
  return asked;
}

const names = () =>
  [...document.querySelectorAll<HTMLElement>("[data-key]")]
    .sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index))
    .map(({ dataset }) => dataset.key);

describe("the campaigns page", () => {
  it("says first that it looks, then how many there are, asked for as the address says", async () => {
    const asked = show({ answer: answer() }, "?window=7d&least=4&kind=title&status=open");
    expect(screen.getByText("Looking for campaigns")).toBeTruthy();
    expect(await screen.findByText("2 campaigns at 3 customers or more")).toBeTruthy();
    const { pathname, searchParams } = asked[0]!;
    expect(pathname).toBe("/api/main/incidents/campaigns");
    expect([searchParams.get("least"), searchParams.get("kind")]).toEqual(["4", "title"]);
    expect(searchParams.getAll("status").sort()).toEqual(["Active", "New"]);
    const back = Date.now() - Date.parse(searchParams.get("from") ?? "");
    expect(Math.round(back / 86_400_000)).toBe(7);
  });

  it("brings a number of customers out of range within it", async () => {
    const asked = show({ answer: answer() }, "?least=99");
    await screen.findByText("2 campaigns at 3 customers or more");
    expect(asked[0]?.searchParams.get("least")).toBe("10");
  });

  it("keeps rows in their places while news comes, and puts them in order when asked", async () => {
    const held = { answer: answer() };
    show(held);
    await screen.findByText("2 campaigns at 3 customers or more");
    held.answer = answer({ campaigns: [campaign("Three"), campaign("Two", { incidents: 7 })] });
    vi.useFakeTimers({ shouldAdvanceTime: true });
    told.news();
    await vi.advanceTimersByTimeAsync(6_000);
    vi.useRealTimers();
    const pill = await screen.findByRole("button", { name: /1 new.*1 gone/ });
    expect(names()).toEqual(["title:One", "title:Two"]);
    expect(document.querySelector('[data-key="title:Two"]')?.textContent).toContain("7");
    fireEvent.click(pill);
    expect(names()).toEqual(["title:Three", "title:Two"]);
  });

  it("opens a campaign: its customers in the order of their first hit, each leading to its incidents", async () => {
    show({ answer: answer() }, "?open=title%3AOne&window=30d");
    const table = await screen.findByRole("table", undefined, { timeout: 15_000 });
    const [, first, second] = within(table).getAllByRole("row");
    expect(first?.textContent).toContain("Contoso");
    expect(second?.textContent).toContain("Fabrikam");
    expect(second?.textContent).toContain("+ 2 h 30");
    const link = within(second!).getByRole("link", { name: "1 incident of Fabrikam: show in the queue" });
    const to = new URL(link.getAttribute("href") ?? "", "http://x");
    expect(to.pathname).toBe("/main/incidents");
    expect(Object.fromEntries(to.searchParams)).toEqual({
      ...{ window: "30d", status: "any", q: 'title:"One"', workspace: "w-2" },
    });
    expect(screen.getByRole("link", { name: "Show its 3 incidents in the queue" })).toBeTruthy();
  });

  it.each<[string, Partial<CampaignsAnswer>, string]>([
    ["not read", { asOf: null, campaigns: [] }, "No incident has been read ahead yet"],
    ["none there", { campaigns: [] }, "No title, rule or entity was met at 3 customers or more"],
    [
      "none known",
      { campaigns: [], coverage: { asOf: at, entries: [entry("failed")], unreadableRows: 0 } },
      "No title, rule or entity was met at 3 customers or more, in what could be read",
    ],
  ])("tells the reasons of an empty list apart: %s", async (_reason, over, title) => {
    show({ answer: answer(over) });
    expect(await screen.findByText(title)).toBeTruthy();
  });

  it("calls its count a lower bound where the record does not reach, and says of whom", async () => {
    const uncovered = [{ workspaceId: "w-1", source: "Sentinel", gaps: [{ from: at, to: later }] }];
    show({ answer: answer({ window: { ...answer().window, isCovered: false, uncovered } }) });
    expect(await screen.findByText("At least 2 campaigns at 3 customers or more")).toBeTruthy();
    expect(screen.getByText(/never read of 1 of 1 customer/)).toBeTruthy();
  });

  it("keeps what was read when a later reading fails; with nothing read the failure is told instead", async () => {
    const held: { answer: CampaignsAnswer | Problem } = { answer: answer() };
    show(held);
    await screen.findByText("2 campaigns at 3 customers or more");
    held.answer = problem("STORE_UNAVAILABLE");
    fireEvent.click(screen.getByRole("button", { name: "Refresh now" }));
    expect((await screen.findByRole("alert", undefined, { timeout: 15_000 })).textContent).toContain(
      "What is shown was read before.",
    );
    expect(names()).toEqual(["title:One", "title:Two"]);
    cleanup();
    show({ answer: problem("INTERNAL") });
    expect(await screen.findByRole("alert", undefined, { timeout: 15_000 })).toBeTruthy();
    expect(screen.queryByRole("grid")).toBeNull();
  });

  it("is not shown to whom incidents are not shown, and asks nothing for them", () => {
    const asked = show({ answer: answer() }, "", []);
    expect(screen.getByText("Incidents are not part of your role")).toBeTruthy();
    expect(asked).toEqual([]);
  });
});
