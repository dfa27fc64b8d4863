import "server-only";
import { sql } from "drizzle-orm";
import { watchConnectionHealth } from "@/lib/server/connection/health";
import { startCheckpoints } from "@/lib/server/audit/checkpoint";
import { startCollecting, stopCollecting } from "@/lib/server/collector/production";
import { closeDatabase, database } from "@/lib/server/db/database";
import { withPlatform } from "@/lib/server/db/platform";
import { env, prepareNextAuth } from "@/lib/server/env";
import { startJobs, stopJobs } from "@/lib/server/jobs/jobs";
import { endStreams } from "@/lib/server/live/production";
import { log } from "@/lib/server/log";
import { processWide } from "@/lib/server/process-wide";
import { renewSetupCode } from "@/lib/server/setup/code";
import { isSetupNeeded } from "@/lib/server/setup/people";
import { seedFromEnvironment } from "@/lib/server/setup/seed";
import { proveKeys } from "@/lib/server/vault/prove-keys";

const state = processWide("startup", (): { isReady: boolean; stopCheckpoints: () => void } => ({
  isReady: false,
  stopCheckpoints: () => undefined,
}));

/** Prints a fresh one-time code while nobody can sign in. */
async function offerSetup(): Promise<void> {
  const code = await withPlatform(async (tx) => ((await isSetupNeeded(tx)) ? renewSetupCode(tx) : null));
  if (code !== null)
    log.info(
      `Nobody can sign in yet. Open ${env().publicUrl}/setup; the one-time code is ${code} (an earlier code no longer works).`,
    );
}

/**
 * Everything that must be right before the first request: environment, store, keys, first organisation.
 * Throws `StartupError` with one sentence for the operator.
 */
export async function startUp(): Promise<void> {
  const environment = env();
  prepareNextAuth();
  await database();
  await proveKeys();
  await seedFromEnvironment(environment);
  await offerSetup();
  watchConnectionHealth();
  state.stopCheckpoints = startCheckpoints();
  await startJobs();
  startCollecting();
  state.isReady = true;
  log.info({ url: environment.publicUrl, store: environment.store.kind }, "Watchfloor is ready");
}

/** The process is asked to end: nobody is sent here any more, and what would go on for ever ends. */
export function announceEnd(): void {
  state.isReady = false;
  endStreams();
}

/** Ends the process's hold on the store; called once, when the process is asked to end. */
export async function shutDown(): Promise<void> {
  announceEnd();
  state.stopCheckpoints();
  await Promise.all([stopCollecting(), stopJobs()]);
  await closeDatabase();
}

/** A probe that waits longer than this learns that the database does not answer. */
const probeLimitMs = 2_000;

/** True when started and the database answers. */
export async function isReady(): Promise<boolean> {
  if (!state.isReady) return false;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), probeLimitMs);
  });
  const answers = withPlatform((tx) => tx.execute(sql`select 1`)).then(
    () => true,
    () => false,
  );
  return Promise.race([answers, tooLate]).finally(() => clearTimeout(timer));
}
