import type { Analyst } from "../data/people";
import { between, chance, exponential, guid, mix, pick, weighted } from "../random/hash";
import type { Instant } from "../time/clock";
import { minuteMs, secondMs } from "../time/instant";
import { incidentHash, severityOf, templateOf } from "../incidents/profile";
import type { Stream, Stub } from "../world/model";

/** One run of a response. What becomes of it is decided by its hash; the clock only tells how far it has come. */
export interface Run {
  readonly id: string;
  readonly hash: number;
  readonly stream: Stream;
  readonly stub: Stub;
  readonly createdAt: Instant;
  /** Who started it; `null` for an automatic run. */
  readonly startedBy: Analyst | null;
  readonly needsApproval: boolean;
  readonly approvalAt: Instant;
  readonly rejected: boolean;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly ends: "Succeeded" | "PartiallySucceeded" | "Failed" | "Cancelled";
  /** The run that this one repeats. */
  readonly original: Run | null;
  readonly playbooks: readonly string[];
}

const never = Number.POSITIVE_INFINITY;
const endings = ["Succeeded", "PartiallySucceeded", "Failed", "Cancelled"] as const;

function makeRun(
  stream: Stream,
  stub: Stub,
  hash: number,
  createdAt: Instant,
  original: Run | null,
  analysts: readonly Analyst[],
): Run {
  const needsApproval = original === null && chance(hash, 3, 0.22);
  const answered = chance(hash, 4, 0.8) ? createdAt + exponential(hash, 5, 35 * minuteMs) : never;
  const rejected = needsApproval && answered !== never && chance(hash, 6, 0.15);
  const startsAt = rejected
    ? never
    : (needsApproval ? answered : createdAt) + between(hash, 7, 4, 45) * secondMs;
  const detection = templateOf(stream, stub).playbooks;
  const playbooks =
    detection.length === 0
      ? ["Collect investigation package"]
      : detection.slice(0, between(hash, 8, 1, detection.length));
  const isAuto = original === null && chance(hash, 9, 0.4);
  return {
    id: guid(hash, 1),
    hash,
    stream,
    stub,
    createdAt: Math.round(createdAt),
    startedBy: isAuto ? null : pick(hash, 10, analysts),
    needsApproval,
    approvalAt: Math.round(answered),
    rejected,
    startsAt: Math.round(startsAt),
    endsAt: Math.round(startsAt + between(hash, 11, 15, 400) * secondMs),
    ends: endings[weighted(hash, 12, original === null ? [76, 7, 14, 3] : [85, 5, 10, 0])] ?? "Succeeded",
    original,
    playbooks,
  };
}

/** The runs for one incident, oldest first: none for most, a retry after half of the failures. */
export function runsOf(stream: Stream, stub: Stub, analysts: readonly Analyst[]): readonly Run[] {
  const hash = mix(incidentHash(stream, stub), 0x6b);
  const severity = severityOf(stream, stub);
  if (!chance(hash, 1, severity === "High" || severity === "Medium" ? 0.55 : 0.12)) return [];
  const runs: Run[] = [];
  const count = chance(hash, 2, 0.25) ? 2 : 1;
  for (let i = 0; i < count; i += 1) {
    const own = mix(hash, i);
    const run = makeRun(
      stream,
      stub,
      own,
      stub.at + (i + 1) * exponential(own, 2, 18 * minuteMs) + minuteMs,
      null,
      analysts,
    );
    runs.push(run);
    if (run.ends === "Failed" && run.endsAt !== never && chance(own, 13, 0.5))
      runs.push(makeRun(stream, stub, mix(own, 99), run.endsAt + 2 * minuteMs, run, analysts));
  }
  return runs;
}

export type RunStatus = "Pending" | "PendingApproval" | "Running" | "Rejected" | Run["ends"];

export function statusAt(run: Run, now: Instant): RunStatus {
  if (run.rejected && now >= run.approvalAt) return "Rejected";
  if (now >= run.endsAt) return run.ends;
  if (now >= run.startsAt) return "Running";
  if (run.needsApproval && now < run.approvalAt) return "PendingApproval";
  return "Pending";
}

/** When the run last changed, by now. */
export function changedAt(run: Run, now: Instant): Instant {
  let at = run.createdAt;
  for (const moment of [run.needsApproval ? run.approvalAt : never, run.startsAt, run.endsAt]) {
    if (moment <= now) at = Math.max(at, moment);
  }
  return at;
}
