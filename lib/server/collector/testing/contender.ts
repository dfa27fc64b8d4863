import { randomUUID } from "node:crypto";
import { adoptDatabase } from "@/lib/server/db/database";
import { openRemote } from "@/lib/server/db/remote";
import { Secret } from "@/lib/server/secret";
import { recordObservations } from "@/lib/server/workspaces";
import { stand } from "../leader";
import { LeaseLost, type LeaseTimes, writeUnder } from "../lease";

/**
 * A process of its own for the test of leadership: stands for the organisation (second argument) in the database (first) and
 * prints `leading F`, `wrote F` for each row that it has written, and `lost F`. Most of its time it is inside a transaction.
 */
const [url = "", organisationId = ""] = process.argv.slice(2);
export const contenderTimes: LeaseTimes = { beatMs: 500, lapseMs: 2_000, idleMs: 1_500 };
adoptDatabase(openRemote(new Secret(url)));
const say = (line: string) => void process.stdout.write(`${line}\n`);
const ending = new AbortController();
process.on("SIGTERM", () => ending.abort());
say("ready");
await stand(
  {
    organisationId,
    owner: randomUUID(),
    times: contenderTimes,
    log: { info: () => undefined, error: () => undefined },
    lead: async (lease, signal) => {
      say(`leading ${lease.fence}`);
      const write = writeUnder(lease, contenderTimes);
      for (let n = 0; !signal.aborted; n += 1) {
        try {
          await write(async (tx) => {
            const id = `fence-${lease.fence}-${n}`;
            const workspaces = [{ id, name: null, from: "rows" as const }];
            await recordObservations(tx, organisationId, { workspaces, pairs: [], read: [] }, Date.now());
            await new Promise((resolve) => setTimeout(resolve, 40));
          });
          say(`wrote ${lease.fence}`);
        } catch (error) {
          if (error instanceof LeaseLost) break;
          // The server ended the transaction in which this process stood still.
          say(`refused ${lease.fence}`);
        }
      }
      say(`lost ${lease.fence}`);
    },
  },
  ending.signal,
);
process.exit(0);
