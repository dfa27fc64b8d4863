import "server-only";
import type { PGlite } from "@electric-sql/pglite";
import { log } from "@/lib/server/log";

/** Soon after the start, because a first collection fills empty tables within minutes; then now and then. Milliseconds. */
const firstMs = 30_000;
const everyMs = 5 * 60_000;

/**
 * Gathers what the planner goes by. The embedded engine has no autovacuum: without this its tables count as almost empty for ever, and a join
 * of two of them reads each row of the one for each row of the other.
 */
export async function gatherStatistics(client: Pick<PGlite, "exec">): Promise<void> {
  await client.exec("analyze");
}

/** Does so from now on. @returns ends it */
export function keepStatistics(client: Pick<PGlite, "exec">): () => void {
  let timer: NodeJS.Timeout;
  const plan = (ms: number) => {
    timer = setTimeout(() => {
      gatherStatistics(client)
        .catch((error: unknown) => log.warn({ err: error }, "the store's statistics could not be gathered"))
        .finally(() => plan(everyMs));
    }, ms);
    timer.unref();
  };
  plan(firstMs);
  return () => clearTimeout(timer);
}
