import "server-only";
import { randomUUID } from "node:crypto";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { WalkFilter } from "@/lib/domain/walk";
import type { Failure, FailureCode } from "@/lib/errors";
import type { Tx } from "@/lib/server/db/database";
import { isoOf } from "@/lib/server/walk/clock";
import { coverageOf } from "@/lib/server/walk/coverage-delta";
import { readPairs, takeUnregistered } from "@/lib/server/walk/observe";
import { defaultPassLimits } from "@/lib/server/walk/pass";
import { enterKnown, newWalkState, type WalkState } from "@/lib/server/walk/state";
import { type StepContext, type StepResult, takeStep } from "@/lib/server/walk/step";
import { type Observations, recordObservations } from "@/lib/server/workspaces";
import { type CallTimes, type Desk, isCurrent, isUpstreamFailure, type Link, readingUpstream } from "./desk";

export interface ReadingPlan {
  readonly kind: "sweep" | "backfill";
  readonly filter: WalkFilter;
  /** What it will have covered, by creation. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** How a reading ended. Times in milliseconds. */
export interface ReadingResult {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly outcome: "complete" | "failed" | "stopped";
  readonly failure: Failure | null;
  /** What the register did not know before. */
  readonly changes: number;
  /** Rows of incidents that are not closed. */
  readonly open: number;
}

/** What is written down beside the reading, in the transactions of its beginning and its end. */
export interface ReadingNotes {
  begun(tx: Tx, readingId: string, startedMs: number): Promise<void>;
  ended(tx: Tx, result: ReadingResult): Promise<void>;
}

/** A page of a large provider holds tens of thousands of rows: in one transaction they would keep everybody else waiting. */
const rowsPerWrite = 200;
/** Failures in a row that a reading outlives, and the longest that it waits for upstream in its middle: page tokens grow old. */
const patience = 4;
const longestWaitMs = 30_000;
/** Asked again a moment later, upstream says the same. */
const lasting: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "UPSTREAM_CREDENTIAL_REFUSED",
  "UPSTREAM_FORBIDDEN",
  "UPSTREAM_NOT_FOUND",
]);

/**
 * Reads one window to its end and writes every page into the register as it comes; only the books of the walk are held in
 * memory. Upstream's failures are part of the result.
 * @throws LeaseLost; Failure STORE_UNAVAILABLE, after which the reading is left over and closed by whoever comes next
 */
export async function read(
  desk: Desk,
  link: Link,
  plan: ReadingPlan,
  notes: ReadingNotes,
  signal: AbortSignal,
): Promise<ReadingResult> {
  const { register, clock, write } = desk;
  const readingId = randomUUID();
  const startedMs = clock();
  const startedAt = isoOf(startedMs);
  await write(async (tx) => {
    await register.beginReading(tx, {
      id: readingId,
      kind: plan.kind,
      sources: plan.filter.sources,
      windowFrom: isoOf(plan.fromMs),
      windowTo: isoOf(plan.toMs),
      startedAt,
    });
    await notes.begun(tx, readingId, startedMs);
  });
  const pages = new Pages(desk, link, plan, readingId, startedAt);
  const end = await pages.read(signal);
  const { changes, open } = pages;
  const result: ReadingResult = { startedMs, endedMs: clock(), ...end, changes, open };
  await write(async (tx) => {
    await register.finishReading(tx, {
      readingId,
      endedAt: isoOf(result.endedMs),
      outcome: end.outcome,
      failureCode: end.failure?.code ?? null,
      // The first page is as old as the beginning: a later time would promise more than was seen.
      coverage: coverageOf(pages.state).map(({ workspaceId, source, state, reason }) => ({
        workspaceId,
        source,
        state,
        asOf: state === "read" || state === "quiet" ? startedAt : null,
        reason,
      })),
    });
    await notes.ended(tx, result);
  });
  return result;
}

class Pages {
  readonly state: WalkState;
  changes = 0;
  open = 0;
  readonly #desk: Desk;
  readonly #link: Link;
  readonly #readingId: string;
  readonly #last: { page: CallTimes | null };
  readonly #context: Omit<StepContext, "signal">;

  constructor(desk: Desk, link: Link, plan: ReadingPlan, readingId: string, startedAt: string) {
    const { organisationId, registry, learner, presence, clock } = desk;
    const { credentialId } = link.connection;
    const { upstream, timed, last } = readingUpstream(desk, link);
    this.#desk = desk;
    this.#link = link;
    this.#readingId = readingId;
    this.#last = last;
    this.state = newWalkState(startedAt, plan.filter.sources);
    this.#context = {
      upstream: timed,
      filter: plan.filter,
      scope: { kind: "all" },
      clock,
      limits: defaultPassLimits,
      // What comes twice after a restart is known to the register.
      delivered: () => Promise.resolve(new Set<string>()),
      learned: async () => {
        await learner.learn({ organisationId, credentialId, upstream });
        return registry.list(organisationId);
      },
      presence: (notBeforeMs) =>
        presence.ask({
          key: `${organisationId} ${credentialId}`,
          notBeforeMs,
          upstream,
          record: (observed) => registry.record(organisationId, observed, clock()),
        }),
    };
  }

  async read(signal: AbortSignal): Promise<Pick<ReadingResult, "outcome" | "failure">> {
    const desk = this.#desk;
    enterKnown(this.state, await desk.registry.list(desk.organisationId));
    let failures = 0;
    while (this.state.phase !== "complete") {
      if (signal.aborted || !(await isCurrent(desk, this.#link)))
        return { outcome: "stopped", failure: null };
      try {
        await this.#record(await takeStep(this.state, { ...this.#context, signal }));
        failures = 0;
      } catch (error) {
        if (signal.aborted) continue;
        if (!isUpstreamFailure(error)) throw error;
        failures += 1;
        const waitMs = Math.max(1_000 * 2 ** failures, (error.details.retryAfterSeconds ?? 0) * 1_000);
        if (failures > patience || waitMs > longestWaitMs || lasting.has(error.code))
          return { outcome: "failed", failure: error };
        await desk.rest(waitMs, signal);
      }
    }
    return { outcome: "complete", failure: null };
  }

  /** One step's rows, and what it told about workspaces. */
  async #record({ rows, renamed }: StepResult): Promise<void> {
    const { organisationId, write, clock } = this.#desk;
    const observed: Observations = {
      ...takeUnregistered(this.state, renamed),
      read: this.state.phase === "complete" ? readPairs(this.state) : [],
    };
    if (observed.workspaces.length + observed.pairs.length + observed.read.length > 0)
      await write((tx) => recordObservations(tx, organisationId, observed, clock()));
    for (let at = 0; at < rows.length; at += rowsPerWrite)
      await this.#rows(rows.slice(at, at + rowsPerWrite));
  }

  async #rows(rows: readonly IncidentRow[]): Promise<void> {
    const call = this.#last.page;
    if (!call) throw new Error("Rows come from a call.");
    const { register, write } = this.#desk;
    const changes = await write((tx) =>
      register.recordRows(tx, { readingId: this.#readingId, ...call, rows }),
    );
    this.changes += changes.length;
    this.open += rows.filter(({ status }) => status !== "Closed").length;
  }
}
