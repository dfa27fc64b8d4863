import "server-only";
import { Failure } from "@/lib/errors";
import type { LearnedFrom, WorkspaceRegistry } from "../workspaces";
import type { Clock } from "./clock";
import { namedObservations } from "./observe";
import type { NamedWorkspace, WalkUpstream } from "./upstream";

/** A complete round of learning is good for this long, one in which a reply failed for the second span. */
const learnedForMs = 10 * 60_000;
const learnedPartlyForMs = 60_000;

/** What a service account may lack for good; asking again within the round's time changes nothing. */
const refusals: ReadonlySet<string> = new Set([
  "UPSTREAM_FORBIDDEN",
  "UPSTREAM_NOT_FOUND",
  "UPSTREAM_INVALID",
]);

export interface LearnRequest {
  readonly organisationId: string;
  readonly credentialId: string;
  readonly upstream: WalkUpstream;
}

/** Told of replies that failed, for the log. */
export type OnLearnFailure = (from: LearnedFrom, error: unknown) => void;

/**
 * Learns workspaces from the replies that name them besides incidents: gamebook history, service accounts, people.
 * Without it a workspace that is left out from the very first reply on would be unknown, and so could not be missed.
 */
export class WorkspaceLearner {
  readonly #rounds = new Map<string, { until: number; done: Promise<void> }>();

  constructor(
    private readonly registry: WorkspaceRegistry,
    private readonly clock: Clock,
    private readonly onFailure: OnLearnFailure,
  ) {}

  /**
   * Resolves when what can be learned is in the registry; at once when the last round is recent enough. Best effort:
   * never rejects for an upstream failure. Runs to its end whoever waits, since it serves the whole organisation.
   */
  learn(request: LearnRequest): Promise<void> {
    const key = `${request.organisationId} ${request.credentialId}`;
    const held = this.#rounds.get(key);
    if (held && held.until > this.clock()) return held.done;
    const round = { until: Number.POSITIVE_INFINITY, done: Promise.resolve() };
    round.done = this.#round(request).then(
      (isWhole) => {
        round.until = this.clock() + (isWhole ? learnedForMs : learnedPartlyForMs);
      },
      (error: unknown) => {
        this.#rounds.delete(key);
        throw error;
      },
    );
    this.#rounds.set(key, round);
    return round.done;
  }

  /** @returns false when a reply failed in a way that may pass */
  async #round({ organisationId, upstream }: LearnRequest): Promise<boolean> {
    const outcomes = await Promise.all([
      this.#from("gamebooks", () => upstream.gamebookWorkspaces()),
      this.#from("users", () => upstream.userWorkspaces()),
      this.#from("service-accounts", () => upstream.serviceAccountWorkspaces()),
    ]);
    const workspaces = outcomes.flatMap(({ from, named }) => namedObservations(named, from).workspaces);
    if (workspaces.length > 0)
      await this.registry.record(organisationId, { workspaces, pairs: [], read: [] }, this.clock());
    return outcomes.every((outcome) => outcome.isFinal);
  }

  async #from(
    from: LearnedFrom,
    ask: () => Promise<readonly NamedWorkspace[]>,
  ): Promise<{ from: LearnedFrom; named: readonly NamedWorkspace[]; isFinal: boolean }> {
    try {
      return { from, named: await ask(), isFinal: true };
    } catch (error) {
      this.onFailure(from, error);
      const isFinal = error instanceof Failure && refusals.has(error.code);
      return { from, named: [], isFinal };
    }
  }
}
