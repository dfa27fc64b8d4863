import "server-only";
import { StartupError } from "@/lib/server/env";
import { log } from "@/lib/server/log";
import { processWide } from "@/lib/server/process-wide";
import { announceEnd, shutDown, startUp } from "@/lib/server/startup";

/**
 * What `scripts/start.mjs`, which holds the HTTP server, calls when the process is asked to end: first `announceEnd`, and when no request is
 * under way any more `shutDown`. The names are fixed there as well.
 */
const hooks = processWide(
  "shutdown",
  (): { announceEnd: (() => void) | null; shutDown: (() => Promise<void>) | null } => ({
    announceEnd: null,
    shutDown: null,
  }),
);

type Answer = (request: Request) => Promise<Response>;

/**
 * The proxy and the live stream for `scripts/start.mjs`, which mounts them in front of Next: null until everything is ready. The names are
 * fixed there as well.
 */
const frontDoor = processWide("front-door", (): { answer: Answer | null; stream: Answer | null } => ({
  answer: null,
  stream: null,
}));

/** Starts, or ends the process with exactly one line on standard error. Nothing is left open or half-made. */
export async function startOrExit(): Promise<void> {
  hooks.announceEnd = announceEnd;
  hooks.shutDown = shutDown;
  try {
    await startUp();
    const { handleUpstreamCall } = await import("@/lib/server/proxy/handle");
    const { handleLiveEvents } = await import("@/lib/server/live/handle");
    frontDoor.answer = (request) => handleUpstreamCall(request);
    frontDoor.stream = handleLiveEvents;
  } catch (error) {
    if (!(error instanceof StartupError)) log.error({ err: error }, "the start failed unexpectedly");
    else if (error.cause !== undefined) log.error({ err: error.cause }, "what lies behind the failed start");
    const sentence =
      error instanceof StartupError
        ? error.message
        : "an unexpected fault, described in the log line before this one.";
    await shutDown().catch(() => undefined);
    process.stderr.write(`Watchfloor cannot start: ${sentence.replace(/\s+/g, " ")}\n`);
    process.exit(1);
  }
}
