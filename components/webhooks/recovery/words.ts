import type {
  RecoveryCounts,
  RecoveryItemState,
  RecoveryJob,
  RecoveryResult,
  RecoveryState,
} from "@/lib/domain/recovery";

export const stateWords: Readonly<Record<RecoveryState, string>> = {
  planning: "Planning",
  planned: "Planned, nothing sent",
  running: "Running",
  checking: "Checking the last results",
  stopped: "Stopped",
  done: "Done",
  failed: "No plan",
};

export const itemWords: Readonly<Record<RecoveryItemState, string>> = {
  waiting: "Waiting",
  sending: "Sending",
  redelivered: "Redelivered",
  skipped: "Skipped",
  refused: "Refused",
  unknown: "Not known",
};

export const resultWords: Readonly<Record<RecoveryResult, string>> = {
  pending: "Result awaited",
  delivered: "Delivered",
  failed: "Failed again",
  unread: "Result not found",
};

/** How far a job is: what it has dealt with, of what there was to deal with. Skipped ones were never to be sent. */
export function progressOf(counts: RecoveryCounts): { readonly done: number; readonly all: number } {
  const done = counts.redelivered + counts.refused + counts.unknown;
  return { done, all: done + counts.waiting + counts.sending };
}

/** Minutes that are left at a rate, rounded up; null when nothing is left. */
export function minutesLeft(counts: RecoveryCounts, perMinute: number): number | null {
  const left = counts.waiting + counts.sending;
  return left === 0 || perMinute <= 0 ? null : Math.ceil(left / perMinute);
}

const many = (figure: number, one: string, more: string) =>
  `${figure.toLocaleString("en")} ${figure === 1 ? one : more}`;

export const events = (figure: number): string => many(figure, "event", "events");

/** "40 of 60 sent again: 38 delivered, 1 failed again, 1 not known". Never a bare count. */
export function progressText(counts: RecoveryCounts): string {
  const { done, all } = progressOf(counts);
  const { delivered, failed, pending, unread } = counts.results;
  const parts = [
    [delivered, "delivered"],
    [failed, "failed again"],
    [pending, "with their result awaited"],
    [unread, "whose result was not found"],
    [counts.refused, "refused by ContraForce"],
    [counts.unknown, "not known whether sent"],
  ] as const;
  const said = parts
    .filter(([figure]) => figure > 0)
    .map(([figure, word]) => `${figure.toLocaleString("en")} ${word}`);
  const lead = `${done.toLocaleString("en")} of ${events(all)} dealt with`;
  return said.length === 0 ? lead : `${lead}: ${said.join(", ")}`;
}

/** The server works on it by itself. */
export function isMoving({ state }: Pick<RecoveryJob, "state">): boolean {
  return state === "planning" || state === "running" || state === "checking";
}
