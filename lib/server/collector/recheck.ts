import "server-only";
import { randomUUID } from "node:crypto";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { Failure } from "@/lib/errors";
import { inTurns } from "@/lib/server/in-turns";
import type { CallInput } from "@/lib/server/upstream/call";
import { isoOf } from "@/lib/server/walk/clock";
import { type Desk, isUpstreamFailure, type Link } from "./desk";
import { noteRecheck } from "./state";

/** Incidents asked for by themselves: so many in a beat, so many at once, and each so often at most. */
const perBeat = 20;
const atOnce = 4;
const againAfterMs = 5 * 60_000;
/** One that could not be read is left alone for so long, so that it does not keep the others from their turn. */
const restAfterFailureMs = 30 * 60_000;
const mostResting = 1_000;

interface Due {
  readonly workspaceId: string;
  readonly source: string;
  readonly incidentId: string;
}

/** After these the others would fail as well. */
const concernsAll: ReadonlySet<string> = new Set([
  "UPSTREAM_RATE_LIMITED",
  "UPSTREAM_CREDENTIAL_REFUSED",
  "UPSTREAM_UNREACHABLE",
  "UPSTREAM_BUSY",
  "NO_CONNECTION",
]);

const keyOf = ({ workspaceId, source, incidentId }: Due) => `${workspaceId} ${source} ${incidentId}`;

/** Looks again at open incidents that readings no longer show, so that their closing is seen. One per leader. */
export class Rechecks {
  readonly #desk: Desk;
  /** Could not be read → until when it rests (ms). */
  readonly #resting = new Map<string, number>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /**
   * @param sweptMs when the newest complete sweep began: what it showed is not asked for
   * @returns the failure that concerns every further call, if there was one
   * @throws LeaseLost; Failure STORE_UNAVAILABLE
   */
  async beat(link: Link, sweptMs: number, signal: AbortSignal): Promise<Failure | null> {
    const { clock, write, register } = this.#desk;
    const startedAt = isoOf(clock());
    const due = await this.#due(Math.min(sweptMs, clock() - againAfterMs));
    if (due.length === 0) return null;
    const readingId = randomUUID();
    await write(async (tx) => {
      await noteRecheck(tx, link.key, readingId);
      await register.beginReading(tx, {
        id: readingId,
        kind: "recheck",
        sources: [],
        windowFrom: startedAt,
        windowTo: startedAt,
        startedAt,
      });
    });
    let stop: Failure | null = null;
    await inTurns(due, atOnce, async (each) => {
      if (stop || signal.aborted) return;
      stop = (await this.#look(link, each, readingId, signal)) ?? stop;
    });
    const failure = stop as Failure | null;
    await write(async (tx) => {
      await noteRecheck(tx, link.key, null);
      await register.finishReading(tx, {
        readingId,
        endedAt: isoOf(clock()),
        outcome: signal.aborted ? "stopped" : failure ? "failed" : "complete",
        failureCode: failure?.code ?? null,
        coverage: [],
      });
    });
    return failure;
  }

  async #due(beforeMs: number): Promise<readonly Due[]> {
    const { clock, write, register } = this.#desk;
    for (const [key, untilMs] of this.#resting) if (untilMs <= clock()) this.#resting.delete(key);
    const limit = perBeat + this.#resting.size;
    const due = await write((tx) => register.dueForRecheck(tx, { before: isoOf(beforeMs), limit }));
    return due.filter((each) => !this.#resting.has(keyOf(each))).slice(0, perBeat);
  }

  /** @returns a failure that concerns all */
  async #look(link: Link, due: Due, readingId: string, signal: AbortSignal): Promise<Failure | null> {
    const { clock, write, register } = this.#desk;
    const calledAt = isoOf(clock());
    try {
      const row = await this.#ask(link, due, signal);
      const answeredAt = isoOf(clock());
      await write((tx) => register.recordRecheck(tx, { ...due, calledAt, answeredAt, row, readingId }));
      return null;
    } catch (error) {
      if (signal.aborted) return null;
      if (!isUpstreamFailure(error)) throw error;
      if (concernsAll.has(error.code)) return error;
      if (this.#resting.size < mostResting) this.#resting.set(keyOf(due), clock() + restAfterFailureMs);
      return null;
    }
  }

  /** Null where upstream answers that there is none. */
  async #ask({ connection }: Link, due: Due, signal: AbortSignal): Promise<IncidentRow | null> {
    const options = { requestId: randomUUID(), signal, priority: "background", isFresh: true } as const;
    const { workspaceId, source, incidentId } = due;
    // They come from replies; the form of an address was made for them then.
    const input = { params: { workspaceId, source, incidentId }, query: {}, body: undefined };
    try {
      const { data } = await this.#desk.call(
        connection,
        "incidents.get",
        input as CallInput<"incidents.get">,
        options,
      );
      // Whatever it calls itself in there, it is the one that was asked for.
      return { ...data.incident, workspaceId, source, id: incidentId };
    } catch (error) {
      if (error instanceof Failure && error.code === "UPSTREAM_NOT_FOUND") return null;
      throw error;
    }
  }
}
