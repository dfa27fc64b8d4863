import { demoCredentials } from "../accounts/account-store";
import type { IncidentKey, OracleFilter } from "../control/oracle";
import type { RunningEmulator } from "../start";
import { callOperation, dataOf, type Pair } from "./caller";

export type Tokens = { workspaceId: string; sourceTokens: Record<string, string> }[];

export interface WalkPage {
  readonly incidents: Record<string, unknown>[];
  readonly sourcePageTokens: Tokens;
  readonly moreIncidentsAvailable: boolean;
}

export const lastDay = {
  sources: [],
  timeFilterSelection: { type: "TwentyFourHours" },
} as const satisfies OracleFilter;

export async function readPage(
  emulator: RunningEmulator,
  filter: OracleFilter,
  tokens: Tokens | null,
  pair: Pair = demoCredentials.main,
): Promise<WalkPage> {
  const body = { isFirstCall: tokens === null, workspacePageTokens: tokens ?? [], sources: [], ...filter };
  return dataOf<WalkPage>(await callOperation(emulator, "incidents.acrossWorkspaces", { body }, pair));
}

/** Walks to the end as the contract says: tokens verbatim, the flag decides. */
export async function walkAll(
  emulator: RunningEmulator,
  filter: OracleFilter = lastDay,
  pair: Pair = demoCredentials.main,
): Promise<{ rows: Record<string, unknown>[]; pages: number }> {
  const rows: Record<string, unknown>[] = [];
  let tokens: Tokens | null = null;
  for (let pages = 1; pages < 1_000; pages += 1) {
    const page: WalkPage = await readPage(emulator, filter, tokens, pair);
    rows.push(...page.incidents);
    if (!page.moreIncidentsAvailable) return { rows, pages };
    tokens = page.sourcePageTokens;
  }
  throw new Error("The walk does not end.");
}

export function keyOf(row: Record<string, unknown> | IncidentKey): string {
  return `${String(row.workspaceId)} ${String(row.source)} ${String(row.id)}`;
}
