import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { IncidentKey } from "@/lib/routes";
import type { Coverage } from "./coverage";
import type { Facet, FacetValue } from "./incident-filter";

/** An incident as the register holds it. `status` is `Gone` where upstream answers that there is no such incident. */
export interface RegisteredIncident extends IncidentRow {
  readonly seen: {
    /** First in an answer, and when the newest call that showed it was begun. ISO. */
    readonly firstAt: string;
    readonly lastAt: string;
    /** The answer that first showed it closed; null while it is not. */
    readonly closedAt: string | null;
  };
}

/** A workspace × source of which a part of the asked window was never read. */
export interface UncoveredPair {
  readonly workspaceId: string;
  /** Null when none of its sources is known. */
  readonly source: string | null;
  /** The parts that were not read, in order, ISO; a start of null: since ever. */
  readonly gaps: readonly { readonly from: string | null; readonly to: string }[];
}

/** Whether the register holds everything that was created in the asked window. */
export interface WindowCover {
  /** True when each pair that was asked for was read over the whole window, but for what was created since its newest reading. */
  readonly isCovered: boolean;
  /**
   * True when every pair that was ever read was read from the window's beginning on without a hole: all that can be missing is what is newer
   * than its newest reading, and pairs that nobody could ever read, of both of which the coverage tells.
   */
  readonly isReached: boolean;
  /** Each pair was read from here until its newest reading, without a gap. Null when there is a pair that was never read. */
  readonly coveredFrom: string | null;
  readonly uncovered: readonly UncoveredPair[];
  /** Pairs that are not named in `uncovered`, because that would be too many. */
  readonly moreUncovered: number;
}

export type FacetCounts = Readonly<Record<Facet, readonly FacetValue[]>>;

/** What a figure from the register rests on. */
export interface RegisterBasis {
  /** The newest reading of any of it; null when nothing was ever read. `coverage.asOf` is the time of asking then. */
  readonly asOf: string | null;
  readonly coverage: Coverage;
  readonly window: WindowCover;
}

/** Everything that was created in the window is in the answer. */
export function isWholeAnswer({ window, coverage }: RegisterBasis): boolean {
  return window.isCovered && coverage.entries.every(({ state }) => state === "read" || state === "quiet");
}

/** `GET /api/<org>/incidents`. */
export interface IncidentsAnswer extends RegisterBasis {
  readonly incidents: readonly RegisteredIncident[];
  /** `after` of the next page; null at the end. */
  readonly next: string | null;
  /** All that match, not only this page. A lower bound where the coverage or the window is not complete. */
  readonly total: number;
  /** Counts of each facet's values under all the other filters. */
  readonly facets: FacetCounts;
  /** Where in the event log this stands; what came after it is asked for with it. Opaque. */
  readonly position: string;
}

/** `GET /api/<org>/incidents/rows`: a further page, without the figures. */
export interface RowsAnswer {
  readonly incidents: readonly RegisteredIncident[];
  readonly next: string | null;
}

/** `GET /api/<org>/incidents/changes`: what became of a list since `position`. */
export type ChangesAnswer = ListChanges | { readonly mustReload: true };

export interface ListChanges extends RegisterBasis {
  readonly mustReload: false;
  /** Match now, and arrived or changed since. */
  readonly rows: readonly RegisteredIncident[];
  /** Changed since and do not match; most of them never stood in the list. */
  readonly left: readonly IncidentKey[];
  readonly total: number;
  readonly facets: FacetCounts;
  readonly position: string;
}

/** A reading older than this is not the present: what rests on it counts as not read since then. */
export const staleAfterMs = 5 * 60_000;

/** Incidents by severity; an empty name: upstream did not say. */
export type SeverityCounts = Readonly<Record<string, number>>;

export interface HourCounts {
  /** ISO, the beginning of an hour, UTC. */
  readonly hour: string;
  /** Created in this hour, as upstream tells. */
  readonly arrivals: SeverityCounts;
  /** First seen closed in this hour. */
  readonly closures: SeverityCounts;
  /** Of these closures: those that may as well have happened in an earlier hour, because nobody looked in between. */
  readonly uncertainClosures: number;
}

/** `GET /api/<org>/incidents/hours`: every hour of the window, those with nothing in them included. */
export interface HoursAnswer extends RegisterBasis {
  readonly hours: readonly HourCounts[];
  /** Created in the window and closed already when they were first seen: nobody knows when, so they are in no hour's closures. */
  readonly closedBeforeSeen: number;
}

export const campaignKinds = ["title", "rule", "entity"] as const;
export type CampaignKind = (typeof campaignKinds)[number];

/** Customers that make a campaign, where the question does not say. */
export const usualLeast = 3;

/** What a list can be stacked by. */
export const stackKinds = ["title", "rule", "workspace", "entity", "product"] as const;
export type StackKind = (typeof stackKinds)[number];

/** Incidents that have one thing in common. */
export interface Stack {
  /** The title folded, the rule's id, the workspace's id, `kind:value` of an entity, or the product. */
  readonly value: string;
  /** As people call it. */
  readonly name: string;
  /** Upstream's word for the kind of an entity; null for everything else. */
  readonly entityKind: string | null;
  readonly incidents: number;
  readonly customers: number;
  /** The creation of the newest, ISO; null where upstream tells of none. */
  readonly latestAt: string | null;
}

/** `GET /api/<org>/incidents/stacks?by=…&…` */
export interface StacksAnswer extends RegisterBasis {
  readonly by: StackKind;
  /** The highest first; no more than a hundred. */
  readonly stacks: readonly Stack[];
  /** How many there are in all. */
  readonly kinds: number;
  /** Incidents that match. */
  readonly total: number;
  /** Those of them that are on no stack, because upstream says nothing of the kind. */
  readonly without: number;
}

/** The same thing at several customers. */
export interface Campaign {
  readonly kind: CampaignKind;
  /** The title folded, the rule's id, or `kind:value` of an entity. */
  readonly value: string;
  /** The same in the spelling of its first incident: a title, a rule's id, or an entity without its kind. */
  readonly name: string;
  /** Upstream's word for the kind of an entity; null for titles and rules. */
  readonly entityKind: string | null;
  /** Of its first incident. */
  readonly title: string | null;
  readonly incidents: number;
  /** The customers in the order of their first hit. */
  readonly hits: readonly {
    readonly workspaceId: string;
    readonly workspaceName: string | null;
    /** When upstream says the first of its incidents was created, ISO. */
    readonly firstAt: string;
    /** The same of the last one. */
    readonly latestAt: string;
    readonly incidents: number;
  }[];
}

/** `GET /api/<org>/incidents/campaigns`. */
export interface CampaignsAnswer extends RegisterBasis {
  /** The most customers first, then the latest beginning. */
  readonly campaigns: readonly Campaign[];
  /** True when there are more than are listed. */
  readonly isCut: boolean;
  /** Customers that make a campaign. */
  readonly least: number;
}

/** `GET /api/<org>/incidents/summary`: the open work and the last hours. */
export interface OpenSummary extends RegisterBasis {
  readonly open: number;
  readonly bySeverity: SeverityCounts;
  /** Open ones that nobody owns. */
  readonly unassigned: number;
  /** The one that was created first; null when none is open, or none says when it was created. */
  readonly oldest: RegisteredIncident | null;
  /** This hour is the last one, and not over. */
  readonly hours: readonly HourCounts[];
  /** Created in these hours and closed already when first seen: in no hour's closures. */
  readonly closedBeforeSeen: number;
  /** False where a part of these hours was never read. */
  readonly areHoursCovered: boolean;
}
