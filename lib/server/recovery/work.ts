import "server-only";
import type { JobWork } from "@/lib/server/jobs/runner";
import { type Claimer, claimChecking, claimPlanning, claimUnsettled, claimWaiting, dueInMs } from "./claims";
import { claimerOf, type RecoveryDependencies } from "./context";
import { makePlan } from "./make-plan";
import { sendItem } from "./send";
import { checkResults, settle } from "./traces";

/** Milliseconds. After a look that found something due which another runner was just taking; and the longest sleep, whatever is due when. */
const [contendedMs, longestMs] = [100, 2_000];

/** One piece of work, the most urgent kind first: what hangs, what is to be planned, what the rate lets go, what results are to be read. */
async function workOnce(deps: RecoveryDependencies, claimer: Claimer, signal: AbortSignal): Promise<boolean> {
  const unsettled = await claimUnsettled(claimer);
  if (unsettled) {
    await settle(deps, claimer, unsettled, signal);
    return true;
  }
  const planning = await claimPlanning(claimer);
  if (planning) {
    await makePlan(deps, claimer, planning, signal);
    return true;
  }
  const waiting = await claimWaiting(claimer);
  if (waiting === "idle") return true;
  if (waiting) {
    await sendItem(deps, claimer, waiting, signal);
    return true;
  }
  const checking = await claimChecking(claimer);
  if (checking) await checkResults(deps, claimer, checking, signal);
  return checking !== null;
}

/** Recoveries, as the runner of jobs sees them. */
export function recoveryWork(deps: RecoveryDependencies): JobWork {
  return {
    isOpen: async (organisationId) => (await dueInMs(claimerOf(deps, organisationId, ""))) !== null,
    next: async (organisationId, owner, signal) => {
      const claimer = claimerOf(deps, organisationId, owner);
      const waitMs = await dueInMs(claimer);
      if (waitMs === null) return null;
      if (waitMs > 0) return Math.min(waitMs, longestMs);
      return (await workOnce(deps, claimer, signal)) ? 0 : contendedMs;
    },
  };
}
