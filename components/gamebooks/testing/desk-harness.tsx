import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { vi } from "vitest";
import { SessionProvider, type ShellSession } from "@/components/shell/session";
import { makeQueryClient } from "@/lib/client/query-client";
import type { Gamebook, Playbook } from "@/lib/contract/shapes/gamebook";
import { type FailureCode, failures, type Problem } from "@/lib/errors";
import { GamebooksPage } from "../gamebooks-page";

const session: ShellSession = {
  organisation: { slug: "main", name: "Main" },
  otherOrganisations: [],
  role: "analyst",
  permissions: ["gamebooks:read", "workspaces:read"],
  person: { name: "Ada", email: "ada@demo.test" },
};

export function problem(code: FailureCode): Problem {
  const { status, title } = failures[code];
  return { type: "about:blank", title, status, code, requestId: "req-1" };
}

/** What the fake server holds; a test may change it between two calls. */
export interface Held {
  runs: readonly Gamebook[];
  pageSize?: number;
  /** Totals as somebody limited to some workspaces gets them. */
  isWithheld?: boolean;
  /** The failure of a page of the list, by its number. */
  failing?: (page: number, statuses: string | null) => FailureCode | null;
  playbooks?: (gamebookId: string) => readonly Playbook[] | FailureCode;
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const data = (value: unknown) => json({ data: value, meta: { requestId: null, timestamp: null } });
const failed = (code: FailureCode) => json(problem(code), failures[code].status);

function listed(held: Held, url: URL): Response {
  const page = Number(url.searchParams.get("currentPage"));
  const statuses = url.searchParams.get("statuses");
  const failure = held.failing?.(page, statuses) ?? null;
  if (failure !== null) return failed(failure);
  const words = statuses?.split(",");
  const runs = held.runs.filter(({ status }) => words === undefined || words.includes(status ?? ""));
  const { pageSize = 10, isWithheld = false } = held;
  const from = (page - 1) * pageSize;
  return data({
    items: runs.slice(from, from + pageSize),
    currentPage: page,
    totalPages: isWithheld ? null : Math.ceil(runs.length / pageSize),
    pageSize,
    totalCount: isWithheld ? null : runs.length,
    hasPreviousPage: page > 1,
    hasNextPage: from + pageSize < runs.length,
  });
}

function answer(held: Held, url: URL): Response {
  if (url.pathname.endsWith("/gamebooks/across-workspaces/history")) return listed(held, url);
  if (url.pathname.endsWith("/portal")) return data({ origin: "https://portal.example.test" });
  if (url.pathname === "/api/main/workspaces") return data({ workspaces: [] });
  const steps = /\/gamebooks\/history\/([^/]+)\/playbooks$/.exec(url.pathname);
  if (steps?.[1] !== undefined) {
    const found = held.playbooks?.(steps[1]) ?? [];
    return typeof found === "string" ? failed(found) : data(found);
  }
  throw new Error(`The fake server does not know ${url.pathname}`);
}

/** Draws the desk over a fake server. Returns the addresses that were asked for, in order. */
export function showDesk(
  held: Held,
  search = "",
  permissions: ShellSession["permissions"] = session.permissions,
): URL[] {
  const asked: URL[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    const url = new URL(address, "http://localhost");
    asked.push(url);
    return answer(held, url);
  });
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <NuqsTestingAdapter searchParams={search} hasMemory>
        <SessionProvider session={{ ...session, permissions }}>
          <GamebooksPage />
        </SessionProvider>
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  );
  return asked;
}
