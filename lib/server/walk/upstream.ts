import "server-only";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { WalkFilter } from "@/lib/domain/walk";

/** Upstream's page tokens of one workspace: source → opaque text. Goes back exactly as it came. */
export interface PageTokens {
  readonly workspaceId: string;
  readonly sourceTokens: Readonly<Record<string, string>>;
}

/** One reply of POST incidents/across-workspaces, parsed. */
export interface UpstreamPage {
  readonly incidents: readonly IncidentRow[];
  readonly sourcePageTokens: readonly PageTokens[];
  readonly moreIncidentsAvailable: boolean;
  /** Rows set aside because they could not be read. */
  readonly unreadableRows: number;
}

/** A workspace (and perhaps its name) as some reply mentioned it. */
export interface NamedWorkspace {
  readonly workspaceId: string;
  readonly name: string | null;
}

/**
 * What the walk asks of upstream, bound to one connection. All four only read; each throws a `Failure`.
 * `tokens` null asks for the first page.
 */
export interface WalkUpstream {
  page(
    filter: WalkFilter,
    tokens: readonly PageTokens[] | null,
    signal: AbortSignal | undefined,
  ): Promise<UpstreamPage>;
  /** Workspaces in the newest page of gamebook runs. */
  gamebookWorkspaces(): Promise<readonly NamedWorkspace[]>;
  /** Workspaces that service accounts are assigned to. */
  serviceAccountWorkspaces(): Promise<readonly NamedWorkspace[]>;
  /** Workspaces that people are assigned to. */
  userWorkspaces(): Promise<readonly NamedWorkspace[]>;
}
