import "server-only";
import { isoOf } from "@/lib/server/walk/clock";
import { type Desk, linkOf } from "./desk";
import { backoffMs, nextWindow, overlapMs } from "./pace";
import { read } from "./reading";
import { closeBackfill, noteBackfillBegun, noteBackfillEnded, progressOf, readState } from "./state";

/** So often it is looked whether there is anything to fill in again: a new connection begins anew. */
const idleMs = 30_000;

/** The lane that reads the past day by day, from new to old, beside the live one and behind everybody who waits. */
export class BackfillLane {
  readonly #desk: Desk;
  #failuresInARow = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /**
   * Reads the next day.
   * @returns milliseconds until the one after it may be read
   * @throws LeaseLost; Failure NO_CONNECTION, STORE_UNAVAILABLE
   */
  async step(signal: AbortSignal): Promise<number> {
    const desk = this.#desk;
    const { clock, write, register, everyMs } = desk;
    const link = await linkOf(desk);
    const state = await write(async (tx) => {
      const held = await readState(tx);
      // The live lane begins; people want the present first.
      if (held?.connectionKey !== link.key || held.sweepCompletedAt === null) return null;
      await closeBackfill(tx, register, held, clock());
      return held;
    });
    if (!state) return Math.min(everyMs, 1_000);
    const window = nextWindow(progressOf(state));
    if (!window) return idleMs;
    const result = await read(
      desk,
      link,
      {
        kind: "backfill",
        filter: {
          sources: [],
          timeFilterSelection: {
            type: "Custom",
            customStartUtc: isoOf(window.fromMs - overlapMs),
            customEndUtc: isoOf(window.toMs + overlapMs),
          },
        },
        ...window,
      },
      {
        begun: async (tx, id) => void (await noteBackfillBegun(tx, link.key, id)),
        ended: (tx, ended) => noteBackfillEnded(tx, link.key, ended, window.fromMs),
      },
      signal,
    );
    this.#failuresInARow = result.outcome === "failed" ? this.#failuresInARow + 1 : 0;
    if (result.outcome !== "failed") return 0;
    return backoffMs(everyMs, this.#failuresInARow, result.failure?.details.retryAfterSeconds);
  }
}
