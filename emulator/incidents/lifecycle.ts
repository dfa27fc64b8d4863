import type { Analyst } from "../data/people";
import { chance, exponential, pick, unit, weighted } from "../random/hash";
import { hourMs, minuteMs, secondMs } from "../time/instant";
import type { Instant } from "../time/clock";
import type { Stream, Stub } from "../world/model";
import { incidentHash, severityOf } from "./profile";

const never = Number.POSITIVE_INFINITY;

/** When what happens to an incident by itself; all a function of its hash, so that nothing has to tick. */
interface Lifecycle {
  readonly assignedAt: Instant;
  readonly activeAt: Instant;
  readonly closedAt: Instant;
  readonly assignee: Analyst;
}

/** Mean time until somebody takes it, by severity, on a normal day. */
const takeMeanMs = {
  High: 12 * minuteMs,
  Medium: 70 * minuteMs,
  Low: 7 * hourMs,
  Informational: 16 * hourMs,
};
const closeMeanMs = { High: 5 * hourMs, Medium: 9 * hourMs, Low: 14 * hourMs, Informational: 8 * hourMs };
/** Share that nobody ever takes. */
const leftShare = { High: 0.01, Medium: 0.03, Low: 0.08, Informational: 0.2 };

/** @param pace how briskly the staff works; see `Scenario.pace` */
function lifecycleOf(stream: Stream, stub: Stub, analysts: readonly Analyst[], pace: number): Lifecycle {
  const hash = incidentHash(stream, stub);
  const severity = severityOf(stream, stub);
  const assignee = pick(hash, 81, analysts);
  // Some noise closes itself: automation, nobody assigned.
  if (severity === "Informational" && chance(hash, 82, 0.12))
    return { assignedAt: never, activeAt: never, closedAt: stub.at + 90 * secondMs, assignee };
  if (chance(hash, 83, leftShare[severity])) {
    return { assignedAt: never, activeAt: never, closedAt: never, assignee };
  }
  const taken = stub.at + 45 * secondMs + exponential(hash, 84, takeMeanMs[severity] / pace);
  // A dispatcher assigns some before the assignee looks; a few are worked on without an assignee.
  const assignedAt = chance(hash, 85, 0.06)
    ? never
    : taken - (taken - stub.at) * (chance(hash, 86, 0.2) ? 0.7 : 0);
  const closedAt = chance(hash, 87, 0.03)
    ? never
    : taken + 4 * minuteMs + exponential(hash, 88, closeMeanMs[severity] / pace);
  return { assignedAt, activeAt: taken, closedAt, assignee };
}

export interface IncidentUser {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
}

/** An incident's mutable side at one moment. */
export interface IncidentState {
  readonly status: "New" | "Active" | "Closed";
  readonly user: IncidentUser | null;
  readonly modifiedAt: Instant;
  readonly closedAt: Instant | null;
}

export function stateAt(
  stream: Stream,
  stub: Stub,
  analysts: readonly Analyst[],
  pace: number,
  now: Instant,
): IncidentState {
  const life = lifecycleOf(stream, stub, analysts, pace);
  const change = stream.changes.get(stub.seq);
  const status = now >= life.closedAt ? "Closed" : now >= life.activeAt ? "Active" : "New";
  const { id, displayName, email } = life.assignee;
  const user = now >= life.assignedAt ? { id, displayName, email } : null;
  // Sources report an incident a little before they have finished writing it.
  let modifiedAt = Math.min(now, stub.at + Math.round(unit(incidentHash(stream, stub), 89) * 20_000));
  for (const at of [life.assignedAt, life.activeAt, life.closedAt])
    if (at <= now) modifiedAt = Math.max(modifiedAt, at);
  return {
    status: change?.status ?? status,
    user: change?.user === undefined ? user : change.user,
    modifiedAt: Math.max(modifiedAt, change?.at ?? 0),
    closedAt:
      (change?.status ?? status) === "Closed"
        ? Math.max(change?.at ?? 0, life.closedAt === never ? 0 : life.closedAt)
        : null,
  };
}

export interface Verdict {
  readonly classification: string;
  readonly reason: string | null;
  readonly comment: string | null;
}

const verdicts: readonly Verdict[] = [
  {
    classification: "FalsePositive",
    reason: "IncorrectAlertLogic",
    comment: "Rule fires on the backup job; tuning requested.",
  },
  {
    classification: "BenignPositive",
    reason: "SuspiciousButExpected",
    comment: "Confirmed with the user by phone.\r\nNo action.",
  },
  {
    classification: "TruePositive",
    reason: "Phishing",
    comment: "Password reset, sessions revoked, mail removed.",
  },
  {
    classification: "TruePositive",
    reason: "Malware",
    comment: "Quarantined; device reimaged by the customer.",
  },
  { classification: "FalsePositive", reason: "InaccurateData", comment: null },
  { classification: "Undetermined", reason: null, comment: "No answer from the customer within five days." },
  {
    classification: "InformationalExpectedActivity",
    reason: "SecurityTesting",
    comment: "Penetration test, ticket linked.",
  },
];

/** What a closed incident was found to be, in the words that its source knows. */
export function verdictOf(stream: Stream, stub: Stub): Verdict {
  const hash = incidentHash(stream, stub);
  if (stream.source === "QRadar" && chance(hash, 91, 0.5))
    return {
      classification: chance(hash, 92, 0.5) ? "NonIssue" : "QradarFalsePositive",
      reason: null,
      comment: null,
    };
  if (stream.source === "SentinelOne" && chance(hash, 93, 0.3))
    return { classification: "Suspicious", reason: null, comment: null };
  const index = weighted(hash, 94, [28, 30, 8, 6, 14, 9, 5]);
  return verdicts[index] ?? { classification: "Undetermined", reason: null, comment: null };
}
