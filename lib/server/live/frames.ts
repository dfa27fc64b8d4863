import "server-only";
import type { LiveTopic } from "@/lib/domain/live";

/** Heartbeats have a name: scripts never get to see a comment. */
export type FrameName = LiveTopic | "hb" | "resync" | "gone";

const encoder = new TextEncoder();

/**
 * One event of the stream as it goes over the wire.
 * @param id where whoever heard this goes on; null says nothing of it, "" makes the browser forget the one it has
 */
export function frameOf(name: FrameName, data: object, id: string | null): Uint8Array {
  return encoder.encode(
    `event: ${name}\n${id === null ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`,
  );
}

const retryMs = { least: 1_000, most: 10_000 };

/** How long to wait before coming back, another time for each stream: those of a server that ended come back one after the other. */
export function retryFrame(random: () => number): Uint8Array {
  const waitMs = Math.round(retryMs.least + random() * (retryMs.most - retryMs.least));
  return encoder.encode(`retry: ${waitMs}\n\n`);
}
