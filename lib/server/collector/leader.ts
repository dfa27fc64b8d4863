import "server-only";
import type { Log } from "@/lib/server/log";
import { type Lease, LeaseLost, type LeaseTimes, releaseLease, renewLease, takeLease } from "./lease";

/** What a leader does until the signal says that it is none any more. Ends by itself then, and by nothing else. */
export type Lead = (lease: Lease, signal: AbortSignal) => Promise<void>;

export interface CandidateOptions {
  readonly organisationId: string;
  /** Of this process (uuid). */
  readonly owner: string;
  readonly times: LeaseTimes;
  readonly lead: Lead;
  readonly log: Pick<Log, "info" | "error">;
}

/** Resolves after the time, or at once when the signal is given. Never rejects. */
export function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}

/**
 * Stands for one organisation until the signal is given: leads whenever the lease is to be had, and stops leading as soon as
 * it is lost. A store that does not answer is asked again.
 */
export async function stand(options: CandidateOptions, signal: AbortSignal): Promise<void> {
  const { organisationId, owner, times, log } = options;
  while (!signal.aborted) {
    const lease = await takeLease(organisationId, owner, times).catch((error: unknown) => {
      log.error({ organisationId, err: error }, "the right to collect could not be asked for");
      return null;
    });
    if (lease) await leadUnder(lease, options, signal);
    if (!signal.aborted) await rest(times.beatMs, signal);
  }
}

async function leadUnder(lease: Lease, options: CandidateOptions, signal: AbortSignal): Promise<void> {
  const { organisationId, fence } = lease;
  const { log } = options;
  log.info({ organisationId, fence }, "collecting for this organisation");
  const over = new AbortController();
  const ending = AbortSignal.any([signal, over.signal]);
  const beating = showLife(lease, options, over);
  try {
    await options.lead(lease, ending);
  } catch (error) {
    if (!(error instanceof LeaseLost))
      log.error({ organisationId, fence, err: error }, "collecting ended unexpectedly; it begins anew");
  } finally {
    over.abort();
    await beating;
  }
  // Another's lease is left alone by this, and a store that is away lets it lapse.
  await releaseLease(lease).catch(() => undefined);
  log.info({ organisationId, fence }, "no longer collecting for this organisation");
}

/** Signs of life until `over`, which it gives itself when the lease is another's. */
async function showLife(
  lease: Lease,
  { organisationId, times, log }: CandidateOptions,
  over: AbortController,
): Promise<void> {
  while (!over.signal.aborted) {
    await rest(times.beatMs, over.signal);
    if (over.signal.aborted) return;
    try {
      if (!(await renewLease(lease, times))) over.abort(new LeaseLost());
    } catch (error) {
      log.error({ organisationId, err: error }, "a collector's sign of life was not written");
    }
  }
}
