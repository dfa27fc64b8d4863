import type { Gamebook, Playbook } from "@/lib/contract/shapes/gamebook";
import { isEnded, type RunState, runState } from "./gamebook-status";

/** Which run, over all workspaces. A row that names no workspace keeps its id alone. */
export function runKey(run: Pick<Gamebook, "id" | "workspaceId">): string {
  return `${run.workspaceId?.toLowerCase() ?? ""}/${run.id}`;
}

export type StarterKind = "automatic" | "person" | "agent" | "unknown";
export interface Starter {
  readonly kind: StarterKind;
  /** Null when nobody is named. */
  readonly name: string | null;
}

/**
 * Who started a run. `displayName` is a person's or an agent's (a guess): with a user id it is a person, without one it
 * is an agent; a run that started without anybody says so itself.
 */
export function startedBy(run: Pick<Gamebook, "isAutoRun" | "triggedByUserId" | "displayName">): Starter {
  const name = run.displayName?.trim() || null;
  if (run.isAutoRun === true) return { kind: "automatic", name };
  if (run.triggedByUserId) return { kind: "person", name };
  return { kind: name === null ? "unknown" : "agent", name };
}

const starterWords: Readonly<Record<StarterKind, string>> = {
  automatic: "Automatic",
  person: "A person, not named",
  agent: "An agent",
  unknown: "Not known",
};

export function starterText({ kind, name }: Starter): string {
  return name ?? starterWords[kind];
}

/** What a run does, also where upstream sent no title. */
export const runTitle = (run: Pick<Gamebook, "title">): string => run.title ?? "(no title)";

export interface PlaybookCount {
  readonly succeeded: number;
  /** Failed, or succeeded in part only. */
  readonly failed: number;
  /** Cancelled, rejected, waiting, running, or under a word we do not know. */
  readonly other: number;
  readonly total: number;
}

const failing: ReadonlySet<RunState> = new Set(["failed", "partial"]);
export const isFailing = (state: RunState): boolean => failing.has(state);

/** How the playbooks of a run went. */
export function countPlaybooks(playbooks: readonly Pick<Playbook, "status">[]): PlaybookCount {
  const states = playbooks.map(({ status }) => runState(status));
  const succeeded = states.filter((state) => state === "succeeded").length;
  const failed = states.filter(isFailing).length;
  return { succeeded, failed, other: states.length - succeeded - failed, total: states.length };
}

export type Waiting = "approval" | "queued";

/**
 * What a run waits for; null when it does not wait. Upstream has three marks for it and documents none: a status word,
 * `isAdminRequired` and `isQueued`. A run that needs an owner and has not begun waits for the owner.
 */
export function waitsFor(run: Pick<Gamebook, "status" | "isAdminRequired" | "isQueued">): Waiting | null {
  const state = runState(run.status);
  if (isEnded(state) || state === "running") return null;
  if (state === "approval") return "approval";
  const isWaiting = state === "queued" || run.isQueued === true;
  if (!isWaiting) return null;
  return run.isAdminRequired === true ? "approval" : "queued";
}

/** So near to New Year the neighbour is as likely as not. */
const boundaryMs = 48 * 3_600_000;
const firstYear = 2000;
const lastYear = 2100;

/**
 * `year` is a storage partition by the UTC year of the run's creation. Around New Year a clock or a zone may have put it into the
 * neighbour, which is then tried first of the two. Without a readable time: this year and the last.
 */
export function yearCandidates(creationDate: string | null, nowMs: number): readonly number[] {
  const at = creationDate === null ? Number.NaN : Date.parse(creationDate);
  if (Number.isNaN(at)) {
    const now = new Date(nowMs).getUTCFullYear();
    return [now, now - 1].filter((year) => year >= firstYear && year <= lastYear);
  }
  const year = new Date(at).getUTCFullYear();
  const isNearEnd = Date.UTC(year + 1, 0, 1) - at <= boundaryMs;
  const neighbours = isNearEnd ? [year + 1, year - 1] : [year - 1, year + 1];
  return [year, ...neighbours].filter((each) => each >= firstYear && each <= lastYear);
}
