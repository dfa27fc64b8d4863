import { Pool } from "undici";
import { processWide } from "@/lib/server/process-wide";
import type { Destinations } from "./destinations";

/** Connection pools by origin; one set of sockets per process, however many bundles Next makes. */
const pools = processWide("upstream-pools", () => new Map<string, Pool>());

/** How long an unused connection stays open when upstream does not say. Shorter than the usual 60 s of front doors. */
const KEEP_ALIVE_MS = 30_000;

export interface PoolOptions {
  readonly connectMs: number;
  readonly isFreshConnection: boolean;
  /** Names are resolved by its rules: the address that was checked is the address that is called. */
  readonly destinations: Destinations;
}

/**
 * The pool of an origin. Its size is not limited here: the bulkhead bounds each credential, and a bound per origin would
 * let one organisation's slow calls hold up another's. Time-outs other than connecting are the transport's, which needs
 * them exact (undici counts them in steps of about half a second).
 */
export function poolFor(origin: string, options: PoolOptions): Pool {
  const key = `${origin} ${options.connectMs} ${options.isFreshConnection ? "fresh" : "kept"} ${options.destinations.id}`;
  const known = pools.get(key);
  if (known) return known;
  const pool = new Pool(origin, {
    connect: { timeout: options.connectMs, lookup: options.destinations.lookup },
    keepAliveTimeout: KEEP_ALIVE_MS,
    // 0 switches keep-alive off: one connection per request.
    pipelining: options.isFreshConnection ? 0 : 1,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  pools.set(key, pool);
  return pool;
}

/** Closes every connection at once; for shutdown and tests. */
export async function closePools(): Promise<void> {
  const open = [...pools.values()];
  pools.clear();
  await Promise.all(open.map((pool) => pool.destroy()));
}
