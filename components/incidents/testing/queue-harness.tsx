import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render } from "@testing-library/react";
import { NuqsTestingAdapter, type UrlUpdateEvent } from "nuqs/adapters/testing";
import { vi } from "vitest";
import { SessionProvider, type ShellSession } from "@/components/shell/session";
import { makeQueryClient } from "@/lib/client/query-client";
import type { IncidentDetail, IncidentRow } from "@/lib/contract/shapes/incident";
import type { CoverageEntry } from "@/lib/domain/coverage";
import { countFacet, facets as facetNames } from "@/lib/domain/incident-filter";
import type { ChangesAnswer, IncidentsAnswer, OpenSummary, RowsAnswer } from "@/lib/domain/register";
import type { WalkPage, WalkRequest } from "@/lib/domain/walk";
import { type FailureCode, failures, type Problem } from "@/lib/errors";
import { IncidentsQueue } from "../incidents-queue";
// The queue asks for it when an incident is opened; here its code has come before the clock of a test runs.
import "../drawer/incident-drawer";
import "../strip/queue-strip";

const session: ShellSession = {
  organisation: { slug: "main", name: "Main" },
  otherOrganisations: [],
  role: "analyst",
  permissions: ["incidents:read"],
  person: { name: "Ada", email: "ada@demo.test" },
};

/** What the fake server does with one request for a page of the walk. */
export type WalkAnswer = (request: WalkRequest) => WalkPage | Problem | "no answer";

export function problem(code: FailureCode, more: Partial<Problem> = {}): Problem {
  const { status, title } = failures[code];
  return { type: "about:blank", title, status, code, requestId: "req-1", ...more };
}

export function covered(state: CoverageEntry["state"], over: Partial<CoverageEntry> = {}): CoverageEntry {
  return {
    workspaceId: "11111111-1111-4111-8111-111111111111",
    workspaceName: "Contoso",
    source: "Sentinel",
    state,
    rows: 0,
    since: null,
    reason: null,
    ...over,
  };
}

export function pageOf(
  incidents: readonly IncidentRow[],
  cursor: string | null = null,
  entries: readonly CoverageEntry[] = [covered(cursor === null ? "read" : "reading")],
): WalkPage {
  return {
    incidents,
    cursor,
    moreIncidentsAvailable: cursor !== null,
    coverage: { asOf: new Date().toISOString(), entries, unreadableRows: 0 },
    restarts: 0,
  };
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const meta = { requestId: null, timestamp: null };

/** What the fake server does when the detail at this address is asked for. */
export type DetailAnswer = (url: string) => IncidentDetail | Problem;

const noDetail: DetailAnswer = () => problem("UPSTREAM_NOT_FOUND");

/** What the fake server does when the register is asked. */
export type RegisterAnswer = (
  url: string,
) => IncidentsAnswer | RowsAnswer | ChangesAnswer | Problem | "no answer";

/** A register's answer; `isReached` false: it was never read, so that the rows come from the walk. */
export function registered(
  incidents: readonly IncidentRow[],
  over: Partial<IncidentsAnswer> & { readonly isReached?: boolean } = {},
): IncidentsAnswer {
  const { isReached = true, ...more } = over;
  const now = new Date().toISOString();
  const facets = Object.fromEntries(facetNames.map((facet) => [facet, countFacet(incidents, facet)]));
  return {
    incidents: incidents.map((row) => ({ ...row, seen: { firstAt: now, lastAt: now, closedAt: null } })),
    next: null,
    total: incidents.length,
    // Complete by construction.
    facets: facets as unknown as IncidentsAnswer["facets"],
    position: "p1",
    asOf: isReached ? now : null,
    coverage: { asOf: now, entries: isReached ? [covered("read")] : [], unreadableRows: 0 },
    window: { isCovered: isReached, isReached, coveredFrom: null, uncovered: [], moreUncovered: 0 },
    ...more,
  };
}

/** Changes that tell of these rows; a list of nothing: nothing happened. */
export function changed(over: Partial<ChangesAnswer> = {}): ChangesAnswer {
  const { asOf, coverage, window, total, facets } = registered([]);
  return {
    ...{ mustReload: false, rows: [], left: [], asOf, coverage, window, total, facets, position: "p2" },
    ...over,
  } as ChangesAnswer;
}

/** The figures of a summary in which nothing is open. */
export const noWork: Omit<OpenSummary, "asOf" | "coverage" | "window"> = {
  open: 0,
  bySeverity: {},
  unassigned: 0,
  oldest: null,
  hours: [],
  closedBeforeSeen: 0,
  areHoursCovered: true,
};

const noRegister: RegisterAnswer = () => registered([], { isReached: false });

/** Draws the incidents page against a fake server. `cursors` grows by the cursor of each page asked for. */
export function renderQueue(
  answer: WalkAnswer,
  search = "",
  {
    detail = noDetail,
    register = noRegister,
    summary = null,
    others = () => null,
    before = () => null,
  }: {
    detail?: DetailAnswer;
    register?: RegisterAnswer;
    summary?: OpenSummary | null;
    /** Answers what it knows of, before everything else. */
    others?: (url: string, init: RequestInit) => Response | null;
    /** What an answer waits for. */
    before?: (url: string) => Promise<void> | null;
  } = {},
) {
  const cursors: (string | null)[] = [];
  const address = { search };
  let walk = answer;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const held = before(url);
    if (held !== null) await held;
    const other = others(url, init);
    if (other !== null) return other;
    if (url === "/api/main/incidents/summary") {
      return json({ data: summary ?? { ...registered([], { isReached: false }), ...noWork }, meta });
    }
    if (url.startsWith("/api/main/incidents")) {
      const given = register(url);
      if (given === "no answer") throw new TypeError("Failed to fetch");
      return "code" in given ? json(given, given.status) : json({ data: given, meta });
    }
    if (!url.endsWith("/incidents/across-workspaces")) {
      const found = detail(url);
      return "code" in found ? json(found, found.status) : json({ data: found, meta });
    }
    const request = JSON.parse(String(init.body)) as WalkRequest;
    cursors.push(request.cursor);
    const given = walk(request);
    if (given === "no answer") throw new TypeError("Failed to fetch");
    return "code" in given ? json(given, given.status) : json({ data: given, meta });
  });
  // The simulated browser lays nothing out: give the list a height, so that rows are in view.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(752);
  const client = makeQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retryDelay: 1 } });
  const onUrlUpdate = (event: UrlUpdateEvent) => {
    address.search = event.queryString;
  };
  const view = render(
    <QueryClientProvider client={client}>
      <SessionProvider session={session}>
        <NuqsTestingAdapter searchParams={search} onUrlUpdate={onUrlUpdate} hasMemory>
          <IncidentsQueue />
        </NuqsTestingAdapter>
      </SessionProvider>
    </QueryClientProvider>,
  );
  return {
    ...view,
    cursors,
    address,
    /** From now on the server answers so. */
    answerWith: (next: WalkAnswer) => {
      walk = next;
    },
  };
}

/** The simulated browser knows no popover: what the platform does when one is closed. Before each test that opens one. */
export function standInForPopovers(): void {
  HTMLElement.prototype.hidePopover = function hide() {
    fireEvent(this, Object.assign(new Event("toggle"), { newState: "closed" }));
  };
}

/** What the platform does when the button of a popover is pressed. */
export function showPopover(label: string): void {
  const popover = document.querySelector<HTMLElement>(`[popover][aria-label='${label}']`);
  if (popover === null) throw new Error(`No popover is called ${label}.`);
  fireEvent(popover, Object.assign(new Event("beforetoggle"), { newState: "open" }));
}
