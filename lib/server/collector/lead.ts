import "server-only";
import { Failure } from "@/lib/errors";
import { BackfillLane } from "./backfill";
import { openDesk, type Tools } from "./desk";
import type { Lead } from "./leader";
import { LeaseLost, type LeaseTimes, writeUnder } from "./lease";
import { LiveLane } from "./live";

/** Without a connection, and after a fault of ours (the store does not answer), a lane waits so long. */
const pauseMs = 5_000;
/** A changed connection is noticed in so long, however far away the next reading is. */
const longestNapMs = 10_000;

/** A leader's work: two lanes, so that years of the past never keep the present waiting. */
export function collectWith(tools: Tools, times: LeaseTimes): Lead {
  return async (lease, signal) => {
    const { organisationId } = lease;
    const desk = openDesk(tools, organisationId, writeUnder(lease, times));
    const live = new LiveLane(desk);
    const backfill = new BackfillLane(desk);
    const over = new AbortController();
    const ending = AbortSignal.any([signal, over.signal]);
    const lane = async (work: (signal: AbortSignal) => Promise<number>): Promise<void> => {
      while (!ending.aborted) {
        const waitMs = await work(ending).catch((error: unknown) => {
          if (error instanceof LeaseLost) throw error;
          const isUnconnected = error instanceof Failure && error.code === "NO_CONNECTION";
          if (!isUnconnected && !ending.aborted)
            tools.log.error({ organisationId, err: error }, "a collector's step failed; it is tried again");
          return pauseMs;
        });
        if (waitMs > 0) await tools.rest(Math.min(waitMs, longestNapMs), ending);
      }
    };
    // When one has lost the lease, the other has as well.
    const run = (work: (signal: AbortSignal) => Promise<number>) => lane(work).finally(() => over.abort());
    const ended = await Promise.allSettled([run((s) => live.beat(s)), run((s) => backfill.step(s))]);
    for (const each of ended) if (each.status === "rejected") throw each.reason;
  };
}
