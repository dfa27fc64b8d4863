import "server-only";
import type { WalkPage, WalkRequest } from "@/lib/domain/walk";
import { Failure } from "@/lib/errors";
import { log } from "@/lib/server/log";
import { processWide } from "@/lib/server/process-wide";
import { callUpstream } from "@/lib/server/upstream/call";
import { derivedKeys } from "@/lib/server/vault/keys";
import { databaseRegistry } from "@/lib/server/workspaces";
import { systemClock } from "./clock";
import { contractUpstream } from "./contract-upstream";
import { databaseWalkStore } from "./database-store";
import { createWalker, type WalkContext, type WalkIncidents } from "./walker";

export type { WalkContext } from "./walker";

/** One engine per process: its caches and joined calls only work when everybody shares them. */
function processWalker(): WalkIncidents {
  return processWide("walker", () =>
    createWalker({
      store: databaseWalkStore,
      registry: databaseRegistry,
      clock: systemClock,
      cursorKeys: () => derivedKeys("walk-cursor"),
      upstreamOf: (context) => contractUpstream(callUpstream, context),
      onLearnFailure: (from, error) =>
        log.info(
          { from, code: error instanceof Failure ? error.code : "INTERNAL" },
          "workspaces could not be learned from here",
        ),
    }),
  );
}

/**
 * One page of POST incidents/across-workspaces for a person who was authorised for it: the first with cursor null, each
 * further one with the cursor of the page before. Asking again with the same cursor gives the same page.
 *
 * Throws `Failure`: CURSOR_INVALID for a cursor that was not made for this person, organisation, credential and filter;
 * CURSOR_EXPIRED when it is too old or the person's workspaces have changed; UPSTREAM_*, after which the same cursor can be
 * asked again and nothing is lost; STORE_UNAVAILABLE. Rejects with the signal's reason when the person left.
 */
export function walkIncidents(context: WalkContext, request: WalkRequest): Promise<WalkPage> {
  return processWalker()(context, request);
}
