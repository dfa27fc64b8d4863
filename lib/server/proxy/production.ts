import "server-only";
import { recordAudit } from "@/lib/server/audit/record";
import { findCaller } from "@/lib/server/auth/caller";
import { connectionFor } from "@/lib/server/connection/connection";
import { withOrganisation } from "@/lib/server/db/organisation";
import { env } from "@/lib/server/env";
import { log } from "@/lib/server/log";
import { ownNamesOf } from "@/lib/server/own-names";
import { callOperation } from "@/lib/server/upstream/call";
import { derivedKeys } from "@/lib/server/vault/keys";
import { walkIncidents } from "@/lib/server/walk/walk";
import type { ProxyDependencies } from "./dependencies";

/** The proxy's parts as the running server uses them. */
export const productionDependencies: ProxyDependencies = {
  authenticate: findCaller,
  connectionFor,
  callUpstream: callOperation,
  walkIncidents,
  ownNames: ownNamesOf,
  recordAudit: (entry) => withOrganisation(entry.organisationId, (tx) => recordAudit(tx, entry)),
  publicOrigin: () => env().publicUrl,
  tokenKeys: () => derivedKeys("page-token"),
  now: Date.now,
  log,
};
