/** What an event is about. `coverage`: a reading of incidents came to its end, so that ages and coverage are other ones. */
export type LiveSubject =
  | {
      readonly topic: "incident";
      readonly workspaceId: string;
      readonly source: string;
      readonly incidentId: string;
      /** `added`: new in the register. */
      readonly change: "added" | "changed";
    }
  | { readonly topic: "coverage"; readonly workspaceId: null };

export type LiveTopic = LiveSubject["topic"];

/** An event of an organisation's log. Its number is for the server alone: it would tell of events that a person may not see. */
export type LiveEvent = LiveSubject & {
  readonly id: number;
  /** ISO: when it was written down. */
  readonly at: string;
};

/** What a screen is told. `resync`: something may have been missed up to now, so what is shown has to be asked for anew; from here on nothing is. */
export type LiveMessage =
  | { readonly kind: "event"; readonly event: LiveSubject }
  | { readonly kind: "resync" };

/**
 * How the live stream stands. `late`: nothing comes through at present, and it is being tried again. `off`: it has ended for good, because
 * nobody is signed in any more or the right is gone.
 */
export interface LiveState {
  readonly kind: "connecting" | "live" | "late" | "off";
  /** Since when, milliseconds since 1970 by this browser's clock. */
  readonly since: number;
}
