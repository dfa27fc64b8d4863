import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { SessionProvider } from "@/components/shell/session";
import { makeQueryClient } from "@/lib/client/query-client";
import type { CollectorState } from "@/lib/domain/collector";
import { failures } from "@/lib/errors";
import { CollectorSection } from "./collector-section";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();
const state = (over: Partial<CollectorState> = {}): CollectorState => ({
  everySeconds: 60,
  leaderSince: ago(600),
  fence: 3,
  readingSince: null,
  lastSweep: { startedAt: ago(40), endedAt: ago(30), outcome: "complete", failureCode: null },
  lastCompleteAt: ago(30),
  nextDueAt: ago(-20),
  backfill: {
    from: ago(60),
    doneTo: ago(86_400),
    days: { done: 12, total: 30 },
    estimateSeconds: 230,
    failureCode: null,
  },
  dataSources: { readAt: null, failureCode: null },
  prunedAt: null,
  ...over,
});

function draw(answer: CollectorState | null) {
  vi.stubGlobal("fetch", () =>
    answer
      ? Promise.resolve(
          new Response(JSON.stringify({ data: answer, meta: { requestId: null, timestamp: null } })),
        )
      : Promise.reject(new TypeError("Failed to fetch")),
  );
  const client = makeQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retryDelay: 1 } });
  render(
    <QueryClientProvider client={client}>
      <SessionProvider
        session={{
          organisation: { slug: "main", name: "Main" },
          otherOrganisations: [],
          role: "admin",
          permissions: ["connection:manage"],
          person: { name: "Ada", email: "ada@demo.test" },
        }}
      >
        <CollectorSection org="main" />
      </SessionProvider>
    </QueryClientProvider>,
  );
}

it.each<[RegExp, Partial<CollectorState>]>([
  [/^Up to date; next reading/, {}],
  [/^Reading since/, { readingSince: ago(3) }],
  [/^Off: COLLECT_EVERY_SECONDS is 0/, { everySeconds: 0 }],
  [/^No server collects/, { leaderSince: null }],
  [/^Has not read anything yet/, { lastSweep: null, lastCompleteAt: null, backfill: null }],
  [/^First reading since/, { lastSweep: null, lastCompleteAt: null, readingSince: ago(3) }],
  [/^Behind: a reading was due at/, { nextDueAt: ago(1_000) }],
])("says %s", async (text, over) => {
  draw(state(over));
  expect(await screen.findByText(text)).toBeTruthy();
});

it("says why a reading failed and when it is tried again, and how far the past has come", async () => {
  const failed = { startedAt: ago(40), endedAt: ago(30), outcome: "failed" } as const;
  draw(state({ lastSweep: { ...failed, failureCode: "UPSTREAM_RATE_LIMITED" } }));
  const { textContent } = await screen.findByText(/^Failed at/);
  expect(textContent).toContain(failures.UPSTREAM_RATE_LIMITED.title);
  expect(textContent).toContain("next try");
  expect(screen.getByText("12 of 30 days, about 4 min left")).toBeTruthy();
});

it("says that the state could not be read", async () => {
  draw(null);
  expect(await screen.findByText("Collecting goes on without this.")).toBeTruthy();
});
