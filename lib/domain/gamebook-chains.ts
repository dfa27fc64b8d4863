import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { runKey } from "./gamebook-run";
import { parseInstant } from "./time";

/** A run and what repeated it. */
export interface RunChain {
  /** Key of the first run, or, while that is not read, of the run that the retries name as theirs. */
  readonly key: string;
  /** The first run; when it is not among those read, the oldest retry stands for it. */
  readonly head: Gamebook;
  readonly isFirstRead: boolean;
  /** Oldest first, without the head. */
  readonly retries: readonly Gamebook[];
}

const createdMs = (run: Gamebook) => parseInstant(run.creationDate) ?? Number.NEGATIVE_INFINITY;

const oldestFirst = (a: Gamebook, b: Gamebook) => {
  const [left, right] = [createdMs(a), createdMs(b)];
  return left === right ? (a.id < b.id ? -1 : 1) : left < right ? -1 : 1;
};

/** The run that began it: up along `originalGamebookId` for as long as that is read. Data that goes in circles ends where it closes. */
function rootKey(run: Gamebook, byKey: ReadonlyMap<string, Gamebook>): string {
  const seen = new Set<string>();
  let here = run;
  for (;;) {
    const key = runKey(here);
    if (!here.originalGamebookId || seen.has(key)) return key;
    seen.add(key);
    const above = runKey({ id: here.originalGamebookId, workspaceId: here.workspaceId });
    const next = byKey.get(above);
    if (next === undefined || above === key) return above;
    here = next;
  }
}

/**
 * Retries folded under their first run. A chain stands where its newest run stands, so that reading further back, which only
 * finds older runs, moves no line that somebody looks at.
 * @param runs newest first, each once
 */
export function foldRetries(runs: readonly Gamebook[]): readonly RunChain[] {
  const byKey = new Map(runs.map((run) => [runKey(run), run]));
  const members = new Map<string, Gamebook[]>();
  for (const run of runs) {
    const key = rootKey(run, byKey);
    const known = members.get(key);
    if (known === undefined) members.set(key, [run]);
    else known.push(run);
  }
  return [...members].flatMap(([key, list]) => {
    const inTime = [...list].sort(oldestFirst);
    const first = byKey.get(key);
    const head = first ?? inTime[0];
    if (head === undefined) return [];
    return [{ key, head, isFirstRead: first !== undefined, retries: inTime.filter((run) => run !== head) }];
  });
}

/** The run that tells how it stands with a chain: the newest. */
export function latestOf(chain: RunChain): Gamebook {
  return chain.retries.at(-1) ?? chain.head;
}
