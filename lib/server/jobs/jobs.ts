import "server-only";
import { atMost } from "@/lib/server/at-most";
import { log } from "@/lib/server/log";
import { organisationIds } from "@/lib/server/organisations";
import { processWide } from "@/lib/server/process-wide";
import { claimTimes } from "@/lib/server/recovery/claims";
import { findActor } from "@/lib/server/recovery/rights";
import { recoveryWork } from "@/lib/server/recovery/work";
import { type Runner, startRunner } from "./runner";

const state = processWide("jobs", (): { runner: Runner | null } => ({ runner: null }));

/** What is under way gets this long when the server ends; what takes longer is settled by whoever runs next. */
const endMs = 8_000;

/** Starts this process's runner of jobs. */
export async function startJobs(): Promise<void> {
  // Loaded here and not above: with the proxy's parts comes next-auth, whose environment the start has prepared by now.
  const { productionDependencies: desk } = await import("@/lib/server/proxy/production");
  state.runner ??= startRunner({
    work: recoveryWork({ desk, findActor, times: claimTimes }),
    organisations: organisationIds,
    lanes: 3,
    sweepMs: 10_000,
    log,
  });
}

/** Something new is to be done in this organisation; without a runner here, another instance's next sweep finds it. */
export function pokeJobs(organisationId: string): void {
  state.runner?.poke(organisationId);
}

/** Ends the runner; before the store is closed. */
export async function stopJobs(): Promise<void> {
  const { runner } = state;
  state.runner = null;
  if (!runner) return;
  await atMost(endMs, runner.stop());
}
