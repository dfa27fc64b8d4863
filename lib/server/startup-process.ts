import "server-only";
import { StartupError } from "@/lib/server/env";
import { log } from "@/lib/server/log";
import { processWide } from "@/lib/server/process-wide";
import { shutDown, startUp } from "@/lib/server/startup";

/** What `scripts/start.mjs`, which holds the HTTP server, calls when the process is asked to end. The name is fixed there as well. */
const hooks = processWide("shutdown", (): { shutDown: (() => Promise<void>) | null } => ({ shutDown: null }));

/** The proxy for `scripts/start.mjs`, which mounts it in front of Next: null until everything is ready. The name is fixed there as well. */
const frontDoor = processWide(
  "front-door",
  (): { answer: ((request: Request) => Promise<Response>) | null } => ({
    answer: null,
  }),
);

/** Starts, or ends the process with exactly one line on standard error. Nothing is left open or half-made. */
export async function startOrExit(): Promise<void> {
  hooks.shutDown = shutDown;
  try {
    await startUp();
    const { handleUpstreamCall } = await import("@/lib/server/proxy/handle");
    frontDoor.answer = (request) => handleUpstreamCall(request);
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
