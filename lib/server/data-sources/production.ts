import "server-only";
import { Failure } from "@/lib/errors";
import { withOrganisation } from "@/lib/server/db/organisation";
import { log } from "@/lib/server/log";
import { processWide } from "@/lib/server/process-wide";
import { callUpstream } from "@/lib/server/upstream/call";
import { systemClock } from "@/lib/server/walk/clock";
import { contractUpstream } from "@/lib/server/walk/contract-upstream";
import { WorkspaceLearner } from "@/lib/server/walk/learn";
import { databaseRegistry } from "@/lib/server/workspaces";
import { DataSourceReader } from "./reader";
import { dataSourceUpstream, type UpstreamContext } from "./upstream";

/** One reader per process: its turns only work when everybody shares them. */
export function productionReader(): DataSourceReader {
  return processWide("data-source-reader", () => {
    const learner = new WorkspaceLearner(databaseRegistry, systemClock, (from, error) =>
      log.info({ from, code: codeOf(error) }, "workspaces could not be learned from here"),
    );
    return new DataSourceReader({
      upstreamOf: (context) => dataSourceUpstream(callUpstream, context),
      learn: (context) => learn(learner, context),
      now: systemClock,
      record: withOrganisation,
    });
  });
}

const codeOf = (error: unknown) => (error instanceof Failure ? error.code : "INTERNAL");

async function learn(learner: WorkspaceLearner, context: UpstreamContext): Promise<void> {
  const { organisationId, credentialId } = context.connection;
  try {
    await learner.learn({ organisationId, credentialId, upstream: contractUpstream(callUpstream, context) });
  } catch (error) {
    log.warn({ code: codeOf(error) }, "workspaces could not be learned");
  }
}
