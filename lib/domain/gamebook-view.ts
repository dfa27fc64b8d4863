import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { foldRetries, type RunChain } from "./gamebook-chains";
import { runKey } from "./gamebook-run";
import { type RunState, runState, runStates } from "./gamebook-status";
import { isGuid } from "./guid";
import { describeLoaded, type Loaded } from "./list-count";
import { parseInstant } from "./time";

export const gamebookTabs = ["history", "approval", "reliability"] as const;
export type GamebookTab = (typeof gamebookTabs)[number];

/** A comma-separated member of the address; words that nobody knows are left out. */
export function parseStates(text: string | null): readonly RunState[] {
  const words = new Set((text ?? "").split(","));
  return runStates.filter((state) => words.has(state));
}

/** Workspace ids of the address, lower case, each once; what is no id is left out. */
export function parseWorkspaces(text: string | null): readonly string[] {
  const ids = (text ?? "").toLowerCase().split(",");
  return [...new Set(ids)].filter(isGuid).sort();
}

/** From when to when runs were created, both ends included; null: without an end on that side. */
export interface RunWindow {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** The window of an address that names both ends; null unless both can be read and stand in their order. */
export function parseWindow(
  from: string | null,
  to: string | null,
): { readonly fromMs: number; readonly toMs: number } | null {
  const [fromMs, toMs] = [parseInstant(from), parseInstant(to)];
  return fromMs === null || toMs === null || fromMs > toMs ? null : { fromMs, toMs };
}

/** What is chosen among the rows that were read. */
export interface RunChoice extends RunWindow {
  readonly states: readonly RunState[];
}

const createdMs = (run: Gamebook) => parseInstant(run.creationDate);

/** A run whose creation nobody knows is in every time. */
export function matchesChoice(run: Gamebook, { states, fromMs, toMs }: RunChoice): boolean {
  if (states.length > 0 && !states.includes(runState(run.status))) return false;
  const at = createdMs(run);
  return at === null || ((fromMs === null || at >= fromMs) && (toMs === null || at <= toMs));
}

/** Newest first; runs of unknown time last. */
export function newestFirst(runs: readonly Gamebook[]): readonly Gamebook[] {
  const time = (run: Gamebook) => createdMs(run) ?? Number.NEGATIVE_INFINITY;
  return [...runs].sort((a, b) => {
    const [left, right] = [time(a), time(b)];
    return left === right ? (a.id < b.id ? -1 : 1) : right > left ? 1 : -1;
  });
}

/** A line of the history: a first run with its chain, or one of its retries. */
export interface GamebookLine {
  readonly key: string;
  readonly run: Gamebook;
  /** On the line of the first run only. */
  readonly chain: RunChain | null;
  readonly isUnfolded: boolean;
}

export interface ArrangedRuns {
  readonly lines: readonly GamebookLine[];
  /** Runs that match, folded or not. */
  readonly matching: number;
}

/** The lines of the history. A chain is shown when one of its runs matches; then all of it is. */
export function arrangeRuns(
  runs: readonly Gamebook[],
  choice: RunChoice,
  unfolded: ReadonlySet<string>,
): ArrangedRuns {
  let matching = 0;
  const lines: GamebookLine[] = [];
  for (const chain of foldRetries(newestFirst(runs))) {
    const found = [chain.head, ...chain.retries].filter((run) => matchesChoice(run, choice)).length;
    if (found === 0) continue;
    matching += found;
    const isUnfolded = unfolded.has(chain.key);
    lines.push({ key: runKey(chain.head), run: chain.head, chain, isUnfolded });
    if (isUnfolded)
      for (const run of chain.retries) lines.push({ key: runKey(run), run, chain: null, isUnfolded: false });
  }
  return { lines, matching };
}

/** The oldest creation among the runs, as it was sent; null when none is known. */
export function oldestCreation(runs: readonly Gamebook[]): string | null {
  let oldest: { readonly at: number; readonly text: string | null } | null = null;
  for (const run of runs) {
    const at = createdMs(run);
    if (at !== null && (oldest === null || at < oldest.at)) oldest = { at, text: run.creationDate };
  }
  return oldest?.text ?? null;
}

/**
 * Whether reading on would only find runs from before the window. Upstream has no filter by time; that it lists newest first is a guess, so
 * it counts only as far as what was read bears it out. Runs newer than the first one arrived during the reading.
 * @param runs in the order in which they were read
 */
export function isWindowRead(runs: readonly Gamebook[], fromMs: number | null): boolean {
  if (fromMs === null) return false;
  const times = runs.flatMap((run) => createdMs(run) ?? []);
  const [first] = times;
  if (first === undefined) return false;
  let last = first;
  for (const at of times) {
    if (at > first) continue;
    if (at > last) return false;
    last = at;
  }
  return last < fromMs;
}

export const runNoun = { one: "run", many: "runs" } as const;

export interface ReadSoFar extends Loaded {
  /** Runs that match, where something is chosen among those read; null where nothing is. */
  readonly matching: number | null;
  /** Everything that could match is read. */
  readonly isCovered: boolean;
  /** Time of the oldest run read, for people; null when it is not known. */
  readonly backTo: string | null;
}

/** What the history rests on: "12 runs match · 250 of 1,204 runs read, back to 23 Nov 14:02". Never a bare count. */
export function describeHistory(so: ReadSoFar): string {
  const back = so.backTo === null || so.isComplete || so.loaded === 0 ? "" : `, back to ${so.backTo}`;
  const read = describeLoaded(so, runNoun) + back;
  if (so.matching === null) return read.charAt(0).toUpperCase() + read.slice(1);
  const count = `${so.matching.toLocaleString("en")} ${so.matching === 1 ? "run matches" : "runs match"}`;
  return `${so.isCovered ? count : `At least ${count}`} · ${read}`;
}

/** What a figure over the newest runs rests on: "over the 500 newest of 1,204 runs, back to 3 Nov 14:02". */
export function describeNewest(so: Omit<ReadSoFar, "matching" | "isCovered">): string {
  const { loaded, total, isComplete, backTo } = so;
  const count = loaded.toLocaleString("en");
  if (isComplete) return loaded === 0 ? "over no run: there is none" : `over all ${count} runs`;
  if (loaded === 0) return "over no run: none is read yet";
  const back = backTo === null ? "" : `, back to ${backTo}`;
  return total !== null && total > loaded
    ? `over the ${count} newest of ${total.toLocaleString("en")} runs${back}`
    : `over the ${count} newest runs, of how many is not known${back}`;
}
