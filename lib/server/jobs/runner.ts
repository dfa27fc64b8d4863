import "server-only";
import { randomUUID } from "node:crypto";
import type { Log } from "@/lib/server/log";

/**
 * Does one piece of an organisation's work if any is due, and says when to ask again: 0 at once, milliseconds, or null when nothing is open there. It takes
 * its rows with locks and leases, so that any number of runners may ask at the same time.
 * @param owner of this runner, new with each start
 */
export type JobWork = (organisationId: string, owner: string, signal: AbortSignal) => Promise<number | null>;

export interface RunnerOptions {
  readonly work: JobWork;
  /** Every organisation there is. */
  readonly organisations: () => Promise<readonly string[]>;
  /** Pieces of one organisation that are worked on at once. */
  readonly lanes: number;
  /** How often every organisation is asked, for work that another instance has left behind. Milliseconds. */
  readonly sweepMs: number;
  readonly log: Pick<Log, "error">;
}

export interface Runner {
  /** There is something new in this organisation: asked at once, not at the next sweep. */
  poke(organisationId: string): void;
  /** Takes up nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** After a failure of ours (the store does not answer) a lane waits so long. */
const failureRestMs = 2_000;

/** Waits, or less when the runner ends. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    timer.unref();
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

/** Runs the jobs of all organisations from now on. One per process. */
export function startRunner(options: RunnerOptions): Runner {
  const owner = randomUUID();
  const stopping = new AbortController();
  const { signal } = stopping;
  const busy = new Map<string, Promise<void>>();
  /** Poked while it was busy: its lanes may just have found nothing. */
  const again = new Set<string>();

  async function lane(organisationId: string): Promise<void> {
    while (!signal.aborted) {
      let waitMs: number | null;
      try {
        waitMs = await options.work(organisationId, owner, signal);
      } catch (error) {
        if (signal.aborted) return;
        options.log.error({ organisationId, err: error }, "a job's step failed; it is tried again");
        waitMs = failureRestMs;
      }
      if (waitMs === null) return;
      if (waitMs > 0) await rest(waitMs, signal);
    }
  }

  function begin(organisationId: string): void {
    if (signal.aborted) return;
    if (busy.has(organisationId)) {
      again.add(organisationId);
      return;
    }
    const lanes = Array.from({ length: options.lanes }, () => lane(organisationId));
    const work = Promise.all(lanes).then(() => {
      busy.delete(organisationId);
      if (again.delete(organisationId)) begin(organisationId);
    });
    busy.set(organisationId, work);
  }

  async function sweep(): Promise<void> {
    while (!signal.aborted) {
      try {
        for (const id of await options.organisations()) if (!busy.has(id)) begin(id);
      } catch (error) {
        if (!signal.aborted) options.log.error({ err: error }, "the jobs' organisations could not be read");
      }
      await rest(options.sweepMs, signal);
    }
  }

  const sweeping = sweep();
  return {
    poke: begin,
    stop: async () => {
      stopping.abort(new DOMException("The server ends", "AbortError"));
      await Promise.all([sweeping, ...busy.values()]);
    },
  };
}
