import { adoptDatabase, openDatabase } from "@/lib/server/db/database";
import { startRunner } from "@/lib/server/jobs/runner";
import { log } from "@/lib/server/log";
import { productionDependencies } from "@/lib/server/proxy/production";
import type { ClaimTimes } from "../claims";
import { findActor } from "../rights";
import { viewJob } from "../view";
import { recoveryWork } from "../work";

/**
 * A process of its own for the crash test: opens the store of the folder (first argument), works on the jobs of the organisation (second) and prints a line
 * for each redelivery that it is about to ask for, and `done` when the job (third) is. Its parent ends it with SIGKILL.
 */
const [folder = "", organisationId = "", jobId = ""] = process.argv.slice(2);
const times: ClaimTimes = { itemMs: 1_000, planMs: 1_000, checkMs: 50, giveUpMs: 3_000, settleMs: 100 };
adoptDatabase(await openDatabase({ kind: "embedded", folder }));
process.stdout.write("opened\n");
const desk: typeof productionDependencies = {
  ...productionDependencies,
  callUpstream: async (connection, id, values, options) => {
    if (id !== "webhooks.redeliver")
      return productionDependencies.callUpstream(connection, id, values, options);
    process.stdout.write(`asking ${values.params.logId}\n`);
    const reply = await productionDependencies.callUpstream(connection, id, values, options);
    process.stdout.write(`asked ${values.params.logId}\n`);
    return reply;
  },
};
startRunner({
  work: recoveryWork({ desk, findActor, times }),
  organisations: () => Promise.resolve([organisationId]),
  lanes: 3,
  sweepMs: 50,
  log,
});
for (;;) {
  const { state } = await viewJob(organisationId, jobId, { kind: "all" });
  if (state === "done") break;
  await new Promise((resolve) => setTimeout(resolve, 100));
}
process.stdout.write("done\n");
