import "server-only";
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Tools } from "./desk";
import { collectWith } from "./lead";
import { rest, stand } from "./leader";
import type { LeaseTimes } from "./lease";

export interface CollectorOptions extends Tools {
  readonly times: LeaseTimes;
  /** Every organisation there is. */
  readonly organisations: () => Promise<readonly string[]>;
}

export interface Collector {
  /** Gives every lease back; resolves when the readings under way have ended. */
  stop(): Promise<void>;
}

/** A new organisation is collected for in so long. */
const lookMs = 10_000;

/** Stands for every organisation from now on. One per process. */
export function startCollector(options: CollectorOptions): Collector {
  const owner = randomUUID();
  const stopping = new AbortController();
  const { signal } = stopping;
  // Every organisation's lanes listen for the end.
  setMaxListeners(0, signal);
  const { times, log } = options;
  const lead = collectWith(options, times);
  const standing = new Map<string, Promise<void>>();

  async function look(): Promise<void> {
    while (!signal.aborted) {
      try {
        for (const organisationId of await options.organisations()) {
          if (standing.has(organisationId) || signal.aborted) continue;
          standing.set(organisationId, stand({ organisationId, owner, times, lead, log }, signal));
        }
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, "the collector's organisations could not be read");
      }
      await rest(lookMs, signal);
    }
  }

  const looking = look();
  return {
    stop: async () => {
      stopping.abort(new DOMException("The server ends", "AbortError"));
      await Promise.all([looking, ...standing.values()]);
    },
  };
}
