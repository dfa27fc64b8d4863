import "server-only";
import { randomUUID } from "node:crypto";
import type { Failure } from "@/lib/errors";
import { type Desk, type Link, linkOf } from "./desk";
import { dayMs } from "./pace";
import { read } from "./reading";
import { Rechecks } from "./recheck";
import {
  closeLive,
  notePruned,
  noteSources,
  noteSweepBegun,
  noteSweepEnded,
  prepareState,
  readState,
  type StateRow,
} from "./state";

/** What changes slowly is read so often, or every fifth beat where beats are long. */
const sourcesEveryMs = 5 * 60_000;
/** A named window, reckoned by upstream's own clock: nothing depends on ours agreeing with it. */
const window = { type: "TwentyFourHours" } as const;
const windowMs = dayMs;
/** How far back the log of events goes. */
const eventsKeptMs = dayMs;

/** The lane that keeps up with the present: recent incidents, open ones that left the window, data sources, retention. */
export class LiveLane {
  readonly #desk: Desk;
  readonly #rechecks: Rechecks;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#rechecks = new Rechecks(desk);
  }

  /**
   * Does what is due.
   * @returns milliseconds until something is due again
   * @throws LeaseLost; Failure NO_CONNECTION, STORE_UNAVAILABLE
   */
  async beat(signal: AbortSignal): Promise<number> {
    const desk = this.#desk;
    const { clock, write, register, organisationId } = desk;
    const link = await linkOf(desk);
    const state = await write(async (tx) => {
      const at = { organisationId, connectionKey: link.key, nowMs: clock() };
      const prepared = await prepareState(tx, register, at);
      await closeLive(tx, register, prepared, clock());
      return prepared;
    });
    const waitMs = state.nextDueAt.getTime() - clock();
    if (waitMs > 0) return waitMs;
    const result = await this.#sweep(link, signal);
    if (result.outcome === "complete") await this.#beside(link, state, result.startedMs, signal);
    const after = await write((tx) => readState(tx));
    return Math.max(0, (after?.nextDueAt.getTime() ?? 0) - clock());
  }

  #sweep(link: Link, signal: AbortSignal) {
    const { clock, everyMs } = this.#desk;
    const toMs = clock();
    return read(
      this.#desk,
      link,
      {
        kind: "sweep",
        filter: { sources: [], timeFilterSelection: window },
        fromMs: toMs - windowMs,
        toMs,
      },
      {
        begun: async (tx, id, startedMs) => void (await noteSweepBegun(tx, link.key, id, startedMs)),
        ended: (tx, result) => noteSweepEnded(tx, link.key, result, everyMs),
      },
      signal,
    );
  }

  async #beside(link: Link, state: StateRow, sweptMs: number, signal: AbortSignal): Promise<void> {
    const failure = await this.#rechecks.beat(link, sweptMs, signal);
    if (!failure && !signal.aborted) await this.#sources(link, state, signal);
    if (!signal.aborted) await this.#prune(link, state);
  }

  /** The readings record what they meet, failures too. */
  async #sources(link: Link, state: StateRow, signal: AbortSignal): Promise<void> {
    const { clock, everyMs, write, dataSources, organisationId } = this.#desk;
    const lastMs = state.sourcesReadAt?.getTime() ?? Number.NEGATIVE_INFINITY;
    if (clock() - lastMs < Math.max(sourcesEveryMs, 5 * everyMs)) return;
    const context = {
      membership: { organisationId, scope: { kind: "all" } },
      connection: link.connection,
      requestId: randomUUID(),
      signal,
      priority: "background",
    } as const;
    const startedMs = clock();
    let failure: Failure | null = null;
    try {
      failure = await dataSources.anomalies(context, { isByHand: false });
      failure = (await dataSources.connectors(context, { isByHand: false })) ?? failure;
    } catch (error) {
      if (!signal.aborted) throw error;
      return;
    }
    await write((tx) => noteSources(tx, link.key, startedMs, failure?.code ?? null));
  }

  async #prune(link: Link, state: StateRow): Promise<void> {
    const { clock, write, register, keptMs, organisationId } = this.#desk;
    const nowMs = clock();
    if (nowMs - (state.prunedAt?.getTime() ?? Number.NEGATIVE_INFINITY) < dayMs) return;
    const olderThan = new Date(nowMs - (await keptMs(organisationId))).toISOString();
    await write(async (tx) => {
      await register.pruneRegister(tx, { olderThan });
      await register.pruneEvents(tx, { olderThan: new Date(nowMs - eventsKeptMs).toISOString() });
      await notePruned(tx, link.key, nowMs);
    });
  }
}
