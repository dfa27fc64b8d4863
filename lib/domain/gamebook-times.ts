import type { Gamebook, Playbook } from "@/lib/contract/shapes/gamebook";
import { parseTimeSpan } from "./duration";
import { isEnded, runState } from "./gamebook-status";
import { parseInstant } from "./time";

/** Clocks of two machines differ by so much without anybody being wrong. */
const skewMs = 2_000;

/** `told`: upstream's own figure. `measured`: finish less start. `running`: from the start until now. */
export type DurationBasis = "told" | "measured" | "running";

export interface StepTimes {
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly durationMs: number | null;
  readonly basis: DurationBasis | null;
  /** It ends before it begins, by more than clocks differ. */
  readonly isContradictory: boolean;
}

/** Start, end and duration of a playbook, as far as they are known. */
export function stepTimes(
  playbook: Pick<Playbook, "status" | "startingDate" | "finishingDate" | "executionTime">,
  nowMs: number,
): StepTimes {
  const startMs = parseInstant(playbook.startingDate);
  const endMs = parseInstant(playbook.finishingDate);
  const told = parseTimeSpan(playbook.executionTime);
  const isContradictory = startMs !== null && endMs !== null && endMs < startMs - skewMs;
  const times = { startMs, endMs, isContradictory };
  if (told !== null) return { ...times, durationMs: told, basis: "told" };
  if (isContradictory) return { ...times, durationMs: null, basis: null };
  if (startMs !== null && endMs !== null)
    return { ...times, durationMs: Math.max(0, endMs - startMs), basis: "measured" };
  if (startMs !== null && runState(playbook.status) === "running")
    return { ...times, durationMs: Math.max(0, nowMs - startMs), basis: "running" };
  return { ...times, durationMs: null, basis: null };
}

/** `playbooks`: from the first start to the last end. `whole`: from creation to the last change, waiting included. `waiting`: since creation. */
export type RunDurationBasis = "playbooks" | "whole" | "waiting";

export interface RunDuration {
  readonly ms: number | null;
  readonly basis: RunDurationBasis | null;
}

const nothing: RunDuration = { ms: null, basis: null };

/** How long a run took or has taken. Upstream has no member for it: this is what the members that it has tell. */
export function runDuration(
  run: Pick<Gamebook, "status" | "creationDate" | "modificationDate">,
  playbooks: readonly Playbook[] | null,
  nowMs: number,
): RunDuration {
  const created = parseInstant(run.creationDate);
  if (!isEnded(runState(run.status)))
    return created === null ? nothing : { ms: Math.max(0, nowMs - created), basis: "waiting" };
  const steps = (playbooks ?? []).map((playbook) => stepTimes(playbook, nowMs));
  const starts = steps.flatMap(({ startMs }) => startMs ?? []);
  const ends = steps.flatMap(({ endMs }) => endMs ?? []);
  if (starts.length > 0 && ends.length > 0) {
    const ms = Math.max(...ends) - Math.min(...starts);
    return ms < -skewMs ? nothing : { ms: Math.max(0, ms), basis: "playbooks" };
  }
  const changed = parseInstant(run.modificationDate);
  if (created === null || changed === null || changed < created - skewMs) return nothing;
  return { ms: Math.max(0, changed - created), basis: "whole" };
}

export interface TimeBar {
  /** Shares of the line from 0 to 1; `width` is 0 for what took no time. */
  readonly left: number;
  readonly width: number;
}

export interface TimeLine {
  readonly fromMs: number;
  readonly toMs: number;
  /** One per playbook, in their order; null where start or end is not known. */
  readonly bars: readonly (TimeBar | null)[];
}

/** Playbooks on one common line. Null when none of them has a place on it. A running one reaches until now. */
export function timeLine(playbooks: readonly Playbook[], nowMs: number): TimeLine | null {
  const spans = playbooks.map((playbook) => {
    const { startMs, endMs, durationMs, isContradictory } = stepTimes(playbook, nowMs);
    if (startMs === null || isContradictory) return null;
    const end = endMs ?? (durationMs === null ? null : startMs + durationMs);
    return end === null ? null : { startMs, endMs: Math.max(startMs, end) };
  });
  const known = spans.filter((span) => span !== null);
  if (known.length === 0) return null;
  const fromMs = Math.min(...known.map(({ startMs }) => startMs));
  const toMs = Math.max(...known.map(({ endMs }) => endMs));
  const whole = Math.max(1, toMs - fromMs);
  const bars = spans.map((span) =>
    span === null
      ? null
      : { left: (span.startMs - fromMs) / whole, width: (span.endMs - span.startMs) / whole },
  );
  return { fromMs, toMs, bars };
}

/** Playbooks in the order in which they run: by their number, else by their start, else as they came. */
export function inOrder(playbooks: readonly Playbook[]): readonly Playbook[] {
  const rank = (playbook: Playbook) => playbook.sequence ?? Number.POSITIVE_INFINITY;
  const start = (playbook: Playbook) => parseInstant(playbook.startingDate) ?? Number.POSITIVE_INFINITY;
  const compare = (a: number, b: number) => (a === b ? 0 : a - b);
  return [...playbooks].sort((a, b) => compare(rank(a), rank(b)) || compare(start(a), start(b)));
}
