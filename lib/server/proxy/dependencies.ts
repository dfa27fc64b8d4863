import "server-only";
import type { Caller } from "@/lib/domain/access";
import type { WalkPage, WalkRequest } from "@/lib/domain/walk";
import type { AuditEntry } from "@/lib/server/audit/record";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import type { Log } from "@/lib/server/log";
import type { OwnNames } from "@/lib/server/own-names";
import type { CallOperation } from "@/lib/server/upstream/call";
import type { Keys } from "@/lib/server/vault/any-key";
import type { WalkContext } from "@/lib/server/walk/walker";

/** Everything the proxy leans on, so that a test (or another front door) can give it something else. */
export interface ProxyDependencies {
  /** Who is asking, a person or a display; null when neither. */
  readonly authenticate: (headers: Headers) => Promise<Caller | null>;
  readonly connectionFor: (organisationId: string) => Promise<UpstreamConnection>;
  readonly callUpstream: CallOperation;
  readonly walkIncidents: (context: WalkContext, request: WalkRequest) => Promise<WalkPage>;
  /** What people of the organisation call its workspaces, by lower-case id. */
  readonly ownNames: (organisationId: string) => Promise<OwnNames>;
  /** Writes one audit row in a transaction of its own. */
  readonly recordAudit: (entry: AuditEntry) => Promise<void>;
  /** The configured origin of the console, never the request's. */
  readonly publicOrigin: () => string;
  /** Keys of 32 bytes under which page tokens are sealed. */
  readonly tokenKeys: () => Keys;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Pick<Log, "error" | "info">;
}
