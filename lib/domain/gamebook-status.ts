import { gamebookStatuses } from "@/lib/contract/vocabulary";

/** What a status means to a person. Upstream's words are an open set; only `Pending` is documented. */
export const runStates = [
  "approval",
  "queued",
  "running",
  "succeeded",
  "partial",
  "failed",
  "rejected",
  "cancelled",
  "unknown",
] as const;
export type RunState = (typeof runStates)[number];

/**
 * The first pattern that a word holds decides, so the order carries meaning: a run "CompletedWithErrors" is no success, "NotStarted" does not run,
 * and "Approved" waits for nobody.
 */
const patterns: readonly (readonly [RegExp, RunState])[] = [
  [/partial|(complet|succe|finish)\w*(error|fail|warn|issue)/, "partial"],
  [/reject|denied|declin|refus/, "rejected"],
  [/cancel|abort/, "cancelled"],
  [/fail|error|time?d?out|unsuccess/, "failed"],
  [/notstarted|^approved/, "queued"],
  [/approv|wait/, "approval"],
  [/pend|queue|schedul/, "queued"],
  [/run|progress|process|start|execut/, "running"],
  [/incomplete/, "unknown"],
  [/succe|complet|finish|done/, "succeeded"],
];

/** The state behind a status word of a run or a playbook, whatever its spelling; `unknown` is shown with its own word, never hidden. */
export function runState(status: string | null): RunState {
  const word = (status ?? "").toLowerCase().replace(/[^a-z]/g, "");
  return patterns.find(([pattern]) => pattern.test(word))?.[1] ?? "unknown";
}

const words: Readonly<Record<RunState, string>> = {
  approval: "Waits for approval",
  queued: "Queued",
  running: "Running",
  succeeded: "Succeeded",
  partial: "Partly succeeded",
  failed: "Failed",
  rejected: "Rejected",
  cancelled: "Cancelled",
  unknown: "Unknown status",
};

export const stateWords = (state: RunState): string => words[state];

const ended: ReadonlySet<RunState> = new Set(["succeeded", "partial", "failed", "rejected", "cancelled"]);

/** Nothing changes in it any more. */
export const isEnded = (state: RunState): boolean => ended.has(state);

/** The words by which upstream may know these states, to ask for them: those of the (guessed) vocabulary. */
export function statusWordsOf(states: readonly RunState[]): readonly string[] {
  return gamebookStatuses.filter((word) => states.includes(runState(word)));
}
