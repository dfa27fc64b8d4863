import type { registerTransitions } from "@/lib/server/db/schema/register";

/** What of an incident is followed over time. */
export const followed = ["state", "severity", "owner", "classification"] as const;
export type FollowedField = (typeof followed)[number];
export type Followed = { readonly [Field in FollowedField]: string | null };

/** One call that brought rows: when it was begun and answered (ms), and the reading it belongs to. */
export interface Call {
  readonly calledMs: number;
  readonly answeredMs: number;
  readonly readingId: string | null;
}

/** A held incident and the calls that showed it as it is held: the latest beginning, the latest answer. */
export interface HeldIncident extends Followed, Call {
  readonly digest: string;
}

export type TransitionField = (typeof registerTransitions.$inferSelect)["field"];

/** What changed in one incident, and between which two instants (ms) that must have happened. */
export interface Transition {
  readonly field: TransitionField;
  readonly from: string | null;
  readonly to: string | null;
  /** Null with an arrival. */
  readonly afterMs: number | null;
  readonly beforeMs: number;
  readonly readingBefore: string | null;
  readonly readingAfter: string | null;
}

/**
 * What a call makes of a held incident.
 *
 * stale      it was begun no later than the newest call the row rests on: nothing to learn
 * unordered  it shows something else, but was under way together with a call that showed the held values: nobody can tell which
 *            of the two pictures is the later one. The row stays, and a call that follows both will tell
 * same       nothing changed; the row rests on this call as well
 * changed    it shows something else, later
 */
export type Comparison =
  | { readonly kind: "stale" | "unordered" | "same" }
  | { readonly kind: "changed"; readonly transitions: readonly Transition[] };

/** @param digest of the row as the call brought it; the same digest means the same row */
export function compareIncident(
  held: HeldIncident,
  shown: Followed & { readonly digest: string },
  call: Call,
): Comparison {
  if (call.calledMs <= held.calledMs) return { kind: "stale" };
  if (held.digest === shown.digest && held.state === shown.state) return { kind: "same" };
  if (call.calledMs < held.answeredMs) return { kind: "unordered" };
  const transitions = followed
    .filter((field) => held[field] !== shown[field])
    .map((field) => ({
      field,
      from: held[field],
      to: shown[field],
      afterMs: held.calledMs,
      beforeMs: call.answeredMs,
      readingBefore: held.readingId,
      readingAfter: call.readingId,
    }));
  return { kind: "changed", transitions };
}

/** The first time that a call shows an incident. */
export function arrivalOf(state: string | null, call: Call): Transition {
  return {
    field: "arrival",
    from: null,
    to: state,
    afterMs: null,
    beforeMs: call.answeredMs,
    readingBefore: null,
    readingAfter: call.readingId,
  };
}
