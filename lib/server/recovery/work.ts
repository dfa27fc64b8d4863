import "server-only";
import type { JobWork } from "@/lib/server/jobs/runner";
import {
  type Claimer,
  claimChecking,
  claimPlanning,
  claimUnsettled,
  claimWaiting,
  hasOpenWork,
} from "./claims";
import { claimerOf, type RecoveryDependencies } from "./context";
import { makePlan } from "./make-plan";
import { sendItem } from "./send";
import { checkResults, settle } from "./traces";

/** How often an organisation with open work is looked at when nothing is due. Milliseconds. */
const restMs = 100;

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
  return async (organisationId, owner, signal) => {
    const claimer = claimerOf(deps, organisationId, owner);
    if (await workOnce(deps, claimer, signal)) return 0;
    return (await hasOpenWork(claimer)) ? restMs : null;
  };
}
