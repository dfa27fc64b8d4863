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

/** An event of an organisation's log. Its number is for the server alone: it would tell of events that a person may not see. */
export type LiveEvent = LiveSubject & {
  readonly id: number;
  /** ISO: when it was written down. */
  readonly at: string;
};
