import type { Gamebook, Playbook } from "@/lib/contract/shapes/gamebook";
import { latestOf, type RunChain } from "./gamebook-chains";
import { isFailing } from "./gamebook-run";
import { isEnded, runState } from "./gamebook-status";
import { stepTimes } from "./gamebook-times";

/** A run with its playbooks. A retry counts as a run of its own: one that succeeds at last does not undo the failures before it. */
export interface ReadRun {
  readonly run: Gamebook;
  readonly playbooks: readonly Playbook[];
}

export interface ReliabilityCell {
  /** Playbooks that ended with a verdict: succeeded or failed. */
  readonly n: number;
  /** Failed, or succeeded in part only. */
  readonly failed: number;
  /** Cancelled, rejected, not ended, or under a word we do not know: not in `n`. */
  readonly undecided: number;
  /** How many of the `n` belong to a retry. */
  readonly retries: number;
  /** Median duration of those of the `n` whose duration is known; null when none is. */
  readonly medianMs: number | null;
}

export interface ReliabilityRow {
  readonly playbook: string;
  readonly all: ReliabilityCell;
  /** By workspace id, lower case; a workspace where it never ran is missing. */
  readonly byWorkspace: ReadonlyMap<string, ReliabilityCell>;
}

export interface Reliability {
  readonly rows: readonly ReliabilityRow[];
  /** The workspaces of the rows, by name. */
  readonly workspaces: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly all: ReliabilityCell;
  }[];
}

interface Tally {
  n: number;
  failed: number;
  undecided: number;
  retries: number;
  readonly durations: number[];
}

const newTally = (): Tally => ({ n: 0, failed: 0, undecided: 0, retries: 0, durations: [] });

function add(tally: Tally, run: Gamebook, playbook: Playbook): void {
  const state = runState(playbook.status);
  if (state !== "succeeded" && !isFailing(state)) {
    tally.undecided += 1;
    return;
  }
  tally.n += 1;
  if (isFailing(state)) tally.failed += 1;
  if (isRetry(run)) tally.retries += 1;
  // It has ended, so no clock is asked.
  const { durationMs } = stepTimes(playbook, 0);
  if (durationMs !== null) tally.durations.push(durationMs);
}

const isRetry = (run: Gamebook) => run.isRetryGamebook === true || Boolean(run.originalGamebookId);

function median(values: readonly number[]): number | null {
  const inOrder = [...values].sort((a, b) => a - b);
  const upper = inOrder[Math.floor(inOrder.length / 2)];
  const lower = inOrder[Math.ceil(inOrder.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function cellOf({ durations, ...counts }: Tally): ReliabilityCell {
  return { ...counts, medianMs: median(durations) };
}

function tallyIn<Key>(map: Map<Key, Tally>, key: Key): Tally {
  const known = map.get(key) ?? newTally();
  map.set(key, known);
  return known;
}

/** The name by which people know a playbook; the same one in two workspaces has one name and two ids. */
const nameOf = (playbook: Playbook) => playbook.name?.trim() || playbook.referenceId || "(no name)";

/** How each playbook went in each workspace. */
export function reliabilityOf(read: readonly ReadRun[]): Reliability {
  const rows = new Map<string, { readonly all: Tally; readonly byWorkspace: Map<string, Tally> }>();
  const workspaces = new Map<string, Tally>();
  const names = new Map<string, string>();
  for (const { run, playbooks } of read) {
    const id = run.workspaceId?.toLowerCase() ?? "";
    if (run.workspaceName !== null && !names.has(id)) names.set(id, run.workspaceName);
    for (const playbook of playbooks) {
      const name = nameOf(playbook);
      const row = rows.get(name) ?? { all: newTally(), byWorkspace: new Map<string, Tally>() };
      rows.set(name, row);
      for (const tally of [row.all, tallyIn(row.byWorkspace, id), tallyIn(workspaces, id)])
        add(tally, run, playbook);
    }
  }
  const nameOfWorkspace = (id: string) => names.get(id) ?? null;
  return {
    rows: [...rows].map(([playbook, { all, byWorkspace }]) => ({
      playbook,
      all: cellOf(all),
      byWorkspace: new Map([...byWorkspace].map(([id, tally]) => [id, cellOf(tally)])),
    })),
    workspaces: [...workspaces]
      .map(([id, tally]) => ({ id, name: nameOfWorkspace(id), all: cellOf(tally) }))
      .sort((a, b) => (a.name ?? a.id).localeCompare(b.name ?? b.id, "en")),
  };
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval at 95 %, as shares from 0 to 1: it stays within 0 and 1 and is wide where n is small, so that
 * one failure of one run is not read as "always fails". Null without any.
 */
export function wilson(failed: number, n: number): Interval | null {
  if (n === 0) return null;
  const z = 1.959964;
  const share = failed / n;
  const centre = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return { low: Math.max(0, (centre - spread) / whole), high: Math.min(1, (centre + spread) / whole) };
}

/** Whether a playbook fails more often here than overall, by more than chance: the two intervals do not touch. One failure of one run is no sign. */
export function failsMoreOften(
  here: Pick<ReliabilityCell, "failed" | "n">,
  overall: Pick<ReliabilityCell, "failed" | "n">,
): boolean {
  const [own, all] = [wilson(here.failed, here.n), wilson(overall.failed, overall.n)];
  return own !== null && all !== null && own.low > all.high;
}

/** `playbook`, `rate`, `n`, `median`, or a workspace by its id: then by the failures there. */
export interface ReliabilitySort {
  readonly by: string;
  readonly isDescending: boolean;
}

/** By rate, two rows of the same rate by how much they rest on; rows without a figure come last in both directions. */
export function sortReliability(
  rows: readonly ReliabilityRow[],
  { by, isDescending }: ReliabilitySort,
): readonly ReliabilityRow[] {
  const figure = (row: ReliabilityRow): number | null => {
    if (by === "n") return row.all.n;
    if (by === "median") return row.all.medianMs;
    const cell = by === "rate" ? row.all : row.byWorkspace.get(by);
    return cell === undefined || cell.n === 0 ? null : cell.failed / cell.n;
  };
  const direction = isDescending ? -1 : 1;
  const byName = (a: ReliabilityRow, b: ReliabilityRow) => a.playbook.localeCompare(b.playbook, "en");
  return [...rows].sort((a, b) => {
    if (by === "playbook") return direction * byName(a, b);
    const [left, right] = [figure(a), figure(b)];
    if (left === null || right === null) return left === right ? byName(a, b) : left === null ? 1 : -1;
    return direction * (left - right) || b.all.n - a.all.n || byName(a, b);
  });
}

/** What became of runs that were tried again. */
export interface RetrySummary {
  /** Chains of two runs or more. */
  readonly chains: number;
  readonly succeeded: number;
  readonly failing: number;
  /** The newest run has not ended, or ended in another way. */
  readonly other: number;
  /** Chains whose first run is not among those read. */
  readonly withoutFirst: number;
}

export function retrySummary(chains: readonly RunChain[]): RetrySummary {
  const retried = chains.filter((chain) => chain.retries.length > 0 || !chain.isFirstRead);
  const states = retried.map((chain) => runState(latestOf(chain).status));
  const succeeded = states.filter((state) => state === "succeeded").length;
  const failing = states.filter((state) => isEnded(state) && isFailing(state)).length;
  return {
    chains: retried.length,
    succeeded,
    failing,
    other: states.length - succeeded - failing,
    withoutFirst: retried.filter((chain) => !chain.isFirstRead).length,
  };
}
