import "server-only";
import { eq } from "drizzle-orm";
import { keepDaysOf } from "@/lib/domain/keep-days";
import { atMost } from "@/lib/server/at-most";
import { connectionFor } from "@/lib/server/connection/connection";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { env } from "@/lib/server/env";
import { log } from "@/lib/server/log";
import { organisationIds } from "@/lib/server/organisations";
import { processWide } from "@/lib/server/process-wide";
import { callUpstream } from "@/lib/server/upstream/call";
import { systemClock } from "@/lib/server/walk/clock";
import { type Collector, startCollector } from "./collector";
import { rest } from "./leader";
import { leaseTimes } from "./lease";
import { dayMs } from "./pace";
import { databaseRegister } from "./register";

const state = processWide("collector", (): { collector: Collector | null } => ({ collector: null }));

/** Readings under way get this long to end when the server does; whoever leads next closes what is left over. */
const endMs = 8_000;

async function keptMs(organisationId: string): Promise<number> {
  const [row] = await withPlatform((tx) =>
    tx.select({ slug: organisations.slug }).from(organisations).where(eq(organisations.id, organisationId)),
  );
  return keepDaysOf(env().keepDays, row?.slug ?? "") * dayMs;
}

/** Starts this process's collector, unless COLLECT_EVERY_SECONDS is 0. */
export function startCollecting(): void {
  const { collectEverySeconds } = env();
  if (collectEverySeconds === 0) {
    log.info("COLLECT_EVERY_SECONDS is 0: nothing is read ahead");
    return;
  }
  state.collector ??= startCollector({
    connectionOf: connectionFor,
    call: callUpstream,
    register: databaseRegister,
    clock: systemClock,
    rest,
    everyMs: collectEverySeconds * 1_000,
    keptMs,
    log,
    times: leaseTimes,
    organisations: organisationIds,
  });
}

/** Ends it and gives its leases back; before the store is closed. */
export async function stopCollecting(): Promise<void> {
  const { collector } = state;
  state.collector = null;
  if (collector) await atMost(endMs, collector.stop());
}
