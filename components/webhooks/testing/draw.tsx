import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { SessionProvider, type ShellSession } from "@/components/shell/session";
import { makeQueryClient } from "@/lib/client/query-client";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { type FailureCode, failures, type Problem } from "@/lib/errors";

export const session: ShellSession = {
  organisation: { slug: "main", name: "Main" },
  otherOrganisations: [],
  role: "admin",
  permissions: ["webhooks:read", "webhooks:manage"],
  person: { name: "Ada", email: "ada@demo.test" },
};

export const webhookId = "11111111-2222-4333-8444-555555555555";

/** A webhook as the proxy answers it; `over` changes what matters. */
export const webhookOf = (over: Partial<Webhook> = {}): Webhook => ({
  id: webhookId,
  accountId: null,
  name: "SIEM bridge",
  description: null,
  url: "https://siem.example.com/hooks/1",
  eventTypes: ["incident.created.v1"],
  authenticationType: "None",
  hasSigningToken: false,
  status: "Active",
  consecutiveFailures: 0,
  disabledAt: null,
  disabledReason: null,
  createdAt: "2026-11-24T09:00:00Z",
  lastModifiedAt: "2026-11-24T09:00:00Z",
  raw: null,
  ...over,
});

export const problem = (code: FailureCode, more: Partial<Problem> = {}): Problem => {
  const { status, title } = failures[code];
  return { type: "about:blank", title, status, code, requestId: "req-1", ...more };
};

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** What a fake server gives: data, a problem, or nothing at all (`null`: the connection breaks). */
export type Given = object | null;
/** By "METHOD path"; a function gets the body and may answer differently each time. */
export type Answers = Readonly<Record<string, Given | ((body: unknown) => Given)>>;

/** Draws something of the webhooks desk against a fake server. @param search the address's query */
export function draw(shown: ReactNode, answers: Answers, over: Partial<ShellSession> = {}, search = "") {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    const body: unknown = init.body === undefined ? null : JSON.parse(String(init.body));
    sent.push({ method, url, body });
    const found = answers[`${method} ${url.replace("/api/main/", "").replace(/\?.*$/, "")}`];
    const given = typeof found === "function" ? (found as (body: unknown) => Given)(body) : found;
    if (given === null || given === undefined) return Promise.reject(new TypeError("Failed to fetch"));
    const isProblem = "code" in given && "title" in given;
    const meta = { requestId: "ours-1", timestamp: null, upstreamRequestId: "0HN:7" };
    const answer = isProblem ? given : { data: given, meta };
    const status = isProblem ? (given as Problem).status : 200;
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  });
  // The simulated browser lays nothing out: give lists a height, so that rows are in view.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(752);
  const client: QueryClient = makeQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  render(
    <QueryClientProvider client={client}>
      <NuqsTestingAdapter searchParams={search} hasMemory>
        <SessionProvider session={{ ...session, ...over }}>{shown}</SessionProvider>
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  );
  return { sent, client };
}
