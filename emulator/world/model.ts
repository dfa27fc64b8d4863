import type { IncidentSource } from "@/lib/contract/vocabulary";
import type { SeverityName } from "../data/templates/template";
import type { Instant } from "../time/clock";

export type OrganisationKey = "main" | "globex";

/**
 * One incident, as little as must be kept: when it came and which number it has in its stream.
 * All the rest is computed from these on demand, so that 100,000 of them cost a few megabytes.
 */
export interface Stub {
  readonly at: Instant;
  readonly seq: number;
  /** Hash shared by the incidents of one burst (same detection, same victim address); 0 outside a burst. */
  readonly burst: number;
}

/** What the control endpoint set on an incident, over what its hash says. */
export interface Change {
  readonly at: Instant;
  readonly title?: string;
  readonly description?: string;
  readonly severity?: SeverityName;
  readonly status?: "New" | "Active" | "Closed";
  readonly user?: { readonly id: string; readonly displayName: string; readonly email: string } | null;
}

/** The incidents of one source in one workspace, oldest first. Page tokens are one per stream. */
export interface Stream {
  readonly workspace: Workspace;
  readonly source: IncidentSource;
  readonly hash: number;
  /** Share of the organisation's incidents that come from here, in no unit. */
  readonly weight: number;
  readonly stubs: Stub[];
  readonly changes: Map<number, Change>;
  /** Number of the next incident. */
  nextSeq: number;
  /** Added to `seq` for the number that people see. */
  readonly numberBase: number;
}

export type TicketSystem = "autotask" | "serviceNow" | "jira";

/** One customer of the provider. */
export interface Workspace {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  /** Mail domain of the customer's employees. */
  readonly domain: string;
  /** Offset of the customer's office hours from UTC. */
  readonly utcOffsetHours: number;
  readonly hash: number;
  readonly tickets: TicketSystem | null;
  readonly streams: Stream[];
}
