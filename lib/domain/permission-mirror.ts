/*
 * The permission mirror (N20): what the service account may read, and which pages that lights. Pure; the server finds the reads out
 * (`lib/server/connection/probe`), the page shows the sentences.
 */

/** The reads that are tried, one for each scope that can be tried without leaving a trace anywhere. */
export const readIds = [
  "profile",
  "incidents",
  "gamebooks",
  "datasources",
  "tickets",
  "webhooks",
  "service-accounts",
  "users",
  "azure",
] as const;
export type ReadId = (typeof readIds)[number];

/**
 * `works`: answered. `empty`: answered, with nothing in it. `no-scope`: the credential lacks the scope. `no-role`: the account has no role in
 * the workspace. `refused`: the pair of client id and secret is not known. `failed`: something else. `untried`: not asked, `why` says it.
 */
export type ReadOutcome = "works" | "empty" | "no-scope" | "no-role" | "refused" | "failed" | "untried";

export interface ReadResult {
  readonly id: ReadId;
  /** Scope that the read needs upstream. */
  readonly scope: string;
  readonly outcome: ReadOutcome;
  /** A sentence for `failed` and `untried`; null otherwise. */
  readonly why: string | null;
  readonly upstreamRequestId: string | null;
}

/** Our own account, as far as the list of service accounts shows it. */
export interface AccountFacts {
  readonly name: string | null;
  readonly scopes: readonly string[];
  /** ISO time; null when the credential does not expire or nobody says. */
  readonly expiresAt: string | null;
  readonly workspaces: number;
}

/** What a test of a connection found. */
export interface ConnectionTest {
  readonly verdict: "accepted" | "refused" | "unclear";
  /** One sentence. */
  readonly sentence: string;
  readonly reads: readonly ReadResult[];
  /** Null when the account may not list service accounts, or is not in the list. */
  readonly account: AccountFacts | null;
  /** ISO time. */
  readonly testedAt: string;
}

export type Light = "lit" | "dark" | "unknown";

export interface PageLight {
  readonly page: string;
  readonly light: Light;
  /** What works, or what is missing and what to do about it. */
  readonly sentence: string;
}

const pages: readonly { readonly page: string; readonly read: ReadId; readonly shows: string }[] = [
  { page: "Incidents", read: "incidents", shows: "The queue, incidents and campaigns are filled." },
  { page: "Gamebooks", read: "gamebooks", shows: "Runs of every workspace can be read." },
  { page: "Data sources", read: "datasources", shows: "Connectors and their silence can be read." },
  { page: "Tickets on incidents", read: "tickets", shows: "Service tickets can be found and read." },
  { page: "Webhooks", read: "webhooks", shows: "Webhooks and their delivery logs can be read." },
  { page: "Service accounts", read: "service-accounts", shows: "Accounts, scopes and expiry can be read." },
  { page: "Users", read: "users", shows: "People and their roles in ContraForce can be read." },
  { page: "Azure onboarding", read: "azure", shows: "Subscriptions can be listed." },
];

/** Reads over all workspaces, which upstream silently narrows to those where the account has a role. */
const acrossWorkspaces: ReadonlySet<ReadId> = new Set<ReadId>(["incidents", "gamebooks", "datasources"]);

function lightOf(result: ReadResult, shows: string): Omit<PageLight, "page"> {
  switch (result.outcome) {
    case "works":
      return { light: "lit", sentence: shows };
    case "empty":
      return {
        light: "lit",
        sentence: acrossWorkspaces.has(result.id)
          ? "It may be read, but there was nothing in it. If there should be, the account has no role in any workspace."
          : "It may be read; what was asked for held nothing.",
      };
    case "no-scope":
      return { light: "dark", sentence: `The credential lacks the scope ${result.scope}.` };
    case "no-role":
      return {
        light: "dark",
        sentence: "The scope is there, but the account has no role in the workspace that was asked.",
      };
    case "refused":
      return { light: "dark", sentence: "ContraForce does not know this client id and secret." };
    case "failed":
    case "untried":
      return { light: "unknown", sentence: result.why ?? "It was not tried." };
  }
}

/** Which pages the reads light and which stay dark, in words, in the order of the rail. */
export function pageLights(reads: readonly ReadResult[]): readonly PageLight[] {
  return pages.flatMap(({ page, read, shows }) => {
    const result = reads.find(({ id }) => id === read);
    return result ? [{ page, ...lightOf(result, shows) }] : [];
  });
}

/** "6 of 8 pages are lit; Gamebooks and Azure onboarding stay dark." */
export function mirrorSummary(lights: readonly PageLight[]): string {
  const named = (light: Light) => lights.filter((each) => each.light === light).map(({ page }) => page);
  const list = (names: readonly string[]) =>
    names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  const [dark, unknown] = [named("dark"), named("unknown")];
  const parts = [`${named("lit").length} of ${lights.length} pages are lit`];
  if (dark.length > 0) parts.push(`${list(dark)} ${dark.length === 1 ? "stays" : "stay"} dark`);
  if (unknown.length > 0) parts.push(`${list(unknown)} could not be tried`);
  return `${parts.join("; ")}.`;
}
