import "server-only";
import { readHead } from "./head";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { log } from "@/lib/server/log";

/** How often the ends of the chains are noted. */
const everyMs = 5 * 60_000;
/** By this the verification knows a checkpoint among the other lines of a log. */
export const checkpointMessage = "audit checkpoint";

/** End of each chain as it was last noted by this process: an organisation where nothing happened is not noted again. */
export type Noted = Map<string, number>;

/**
 * Writes the end of each organisation's audit chain to the log, which operators ship elsewhere: what is noted outside the database is
 * found missing when the database is taken back to an older state as a whole.
 */
export async function noteCheckpoints(noted: Noted, out: Pick<typeof log, "info"> = log): Promise<void> {
  const all = await withPlatform((tx) => tx.select({ id: organisations.id }).from(organisations));
  for (const { id } of all) {
    const head = await withOrganisation(id, (tx) => readHead(tx, id));
    if (!head || noted.get(id) === head.seq) continue;
    noted.set(id, head.seq);
    out.info(
      { organisation: id, seq: head.seq, hash: Buffer.from(head.hash).toString("hex") },
      checkpointMessage,
    );
  }
}

/** Notes the ends from now on, every five minutes; the function ends it. */
export function startCheckpoints(): () => void {
  const noted: Noted = new Map();
  const note = () => {
    noteCheckpoints(noted).catch((error: unknown) =>
      log.error({ err: error }, "the audit's checkpoints could not be noted"),
    );
  };
  note();
  const timer = setInterval(note, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** A line of a log that notes the end of a chain. */
export interface CheckpointLine {
  readonly organisation: string;
  readonly seq: number;
  readonly hash: string;
}

/** The checkpoints among the lines of a log; other lines are passed over. */
export function readCheckpoints(text: string): readonly CheckpointLine[] {
  return text.split("\n").flatMap((line) => {
    if (!line.includes(checkpointMessage)) return [];
    try {
      const { msg, organisation, seq, hash } = JSON.parse(line) as Record<string, unknown>;
      const isOne =
        msg === checkpointMessage &&
        typeof organisation === "string" &&
        typeof seq === "number" &&
        typeof hash === "string";
      return isOne ? [{ organisation, seq, hash }] : [];
    } catch {
      return [];
    }
  });
}
