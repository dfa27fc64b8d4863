import "server-only";
import { listenTo } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { log } from "@/lib/server/log";
import { processWide } from "@/lib/server/process-wide";
import type { LogReader } from "./follower";
import { Hub, hubTimes } from "./hub";
import { eventsAfter, headOf, liveChannel } from "./log";
import { outboxLimits } from "./outbox";

/** An organisation's log in the database, whoever's events those are: each stream is told its own. */
export function storedLog(organisationId: string): LogReader {
  return {
    head: () => withOrganisation(organisationId, headOf),
    after: (id, limit) =>
      withOrganisation(organisationId, (tx) => eventsAfter(tx, id, { scope: { kind: "all" }, limit })),
  };
}

const hub = processWide(
  "live",
  () =>
    new Hub({
      logOf: storedLog,
      listen: (onRing) => listenTo(liveChannel, onRing),
      now: () => Date.now(),
      limits: outboxLimits,
      times: hubTimes,
      log,
    }),
);

/** The live streams of this process. */
export function liveHub(): Hub {
  return hub;
}

/** Ends them, and takes no new ones: the server is about to end, and they would never do so by themselves. */
export function endStreams(): void {
  hub.end();
}
