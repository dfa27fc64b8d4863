import "server-only";
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Log } from "@/lib/server/log";

/** A kind of work. It takes its rows with locks and leases, so that any number of runners may ask at the same time. */
export interface JobWork {
  /** Is anything open in the organisation? One cheap look: it is asked of every organisation at each sweep. */
  isOpen(organisationId: string): Promise<boolean>;
  /**
   * Does one piece if any is due, and says when to ask again: 0 at once, milliseconds, or null when nothing is open any more.
   * @param owner of this runner, new with each start
   */
  next(organisationId: string, owner: string, signal: AbortSignal): Promise<number | null>;
}

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

/** Waits for one organisation's next piece; ends early when the runner does, or when it is poked. */
class Naps {
  readonly #wake = new Set<() => void>();

  take(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        this.#wake.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      timer.unref();
      this.#wake.add(end);
      signal.addEventListener("abort", end);
      if (signal.aborted) end();
    });
  }

  end(): void {
    for (const end of this.#wake) end();
  }
}

/** One organisation while there is work in it. */
interface Busy {
  readonly naps: Naps;
  /** Poked since its lanes last looked: they may just have found nothing. */
  isPoked: boolean;
  ended: Promise<void>;
}

/** Runs the jobs of all organisations from now on. One per process. */
export function startRunner(options: RunnerOptions): Runner {
  const owner = randomUUID();
  const stopping = new AbortController();
  const { signal } = stopping;
  // Every lane of every organisation listens for the end.
  setMaxListeners(0, signal);
  const busy = new Map<string, Busy>();
  const sweeps = new Naps();

  async function step(organisationId: string): Promise<number | null> {
    try {
      return await options.work.next(organisationId, owner, signal);
    } catch (error) {
      if (!signal.aborted)
        options.log.error({ organisationId, err: error }, "a job's step failed; it is tried again");
      return failureRestMs;
    }
  }

  async function lane(organisationId: string, { naps }: Busy): Promise<void> {
    while (!signal.aborted) {
      const waitMs = await step(organisationId);
      if (waitMs === null) return;
      if (waitMs > 0) await naps.take(waitMs, signal);
    }
  }

  /** What cannot be known is tried: the lanes log what is wrong and rest. */
  const isOpen = (organisationId: string) => options.work.isOpen(organisationId).catch(() => true);

  async function drain(organisationId: string, own: Busy): Promise<void> {
    do {
      own.isPoked = false;
      if (await isOpen(organisationId))
        await Promise.all(Array.from({ length: options.lanes }, () => lane(organisationId, own)));
    } while (own.isPoked && !signal.aborted);
    busy.delete(organisationId);
  }

  function poke(organisationId: string): void {
    if (signal.aborted) return;
    const own = busy.get(organisationId);
    if (own) {
      own.isPoked = true;
      own.naps.end();
      return;
    }
    const fresh: Busy = { naps: new Naps(), isPoked: false, ended: Promise.resolve() };
    busy.set(organisationId, fresh);
    fresh.ended = drain(organisationId, fresh);
  }

  async function sweep(): Promise<void> {
    while (!signal.aborted) {
      try {
        for (const id of await options.organisations()) if (!busy.has(id)) poke(id);
      } catch (error) {
        if (!signal.aborted) options.log.error({ err: error }, "the jobs' organisations could not be read");
      }
      await sweeps.take(options.sweepMs, signal);
    }
  }

  const sweeping = sweep();
  return {
    poke,
    stop: async () => {
      stopping.abort(new DOMException("The server ends", "AbortError"));
      await Promise.all([sweeping, ...[...busy.values()].map(({ ended }) => ended)]);
    },
  };
}
