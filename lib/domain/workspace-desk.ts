import { worstFirst } from "@/lib/contract/vocabulary";
import type { CoverageEntry } from "./coverage";
import type { SeverityCounts } from "./register";
import {
  type GroupProfile,
  type SetChange,
  shownName,
  type WorkspaceProfile,
  type WorkspacesOverview,
} from "./workspace-profile";

/** How current what we hold of a workspace is, by its worst source. */
export const readStates = ["current", "behind", "unread"] as const;
export type ReadState = (typeof readStates)[number];

/** A row of the list of workspaces. */
export interface WorkspaceRow {
  readonly id: string;
  /** Ours, else upstream's; null: nobody has told one. */
  readonly name: string | null;
  readonly profile: WorkspaceProfile;
  /** In the order of their names. */
  readonly groups: readonly GroupProfile[];
  readonly sources: readonly CoverageEntry[];
  readonly state: ReadState;
  /** ISO: everything of it was read at least as late as this; null: some of it never. */
  readonly readAt: string | null;
  /** All that is open in it. */
  readonly open: number;
}

const isGood = ({ state }: CoverageEntry) => state === "read" || state === "quiet";

/** `current`: each source was read lately; `behind`: some was not; `unread`: there is one that never was, or none is known. */
export function readStateOf(sources: readonly CoverageEntry[]): ReadState {
  if (sources.length === 0 || sources.some(({ since }) => since === null)) return "unread";
  return sources.every(isGood) ? "current" : "behind";
}

/** The oldest newest reading among its sources; null when one was never read. */
export function readAtOf(sources: readonly CoverageEntry[]): string | null {
  const times = sources.map(({ since }) => since).sort();
  return times.length === 0 || times.includes(null) ? null : (times[0] ?? null);
}

const total = (counts: SeverityCounts) => Object.values(counts).reduce((sum, n) => sum + n, 0);

/** The rows of an overview, in no order. */
export function workspaceRows({ workspaces, groups, basis }: WorkspacesOverview): readonly WorkspaceRow[] {
  const byWorkspace = new Map<string, CoverageEntry[]>();
  for (const entry of basis.coverage.entries) {
    const own = byWorkspace.get(entry.workspaceId);
    if (own) own.push(entry);
    else byWorkspace.set(entry.workspaceId, [entry]);
  }
  return workspaces.map((profile) => {
    const sources = byWorkspace.get(profile.id) ?? [];
    return {
      id: profile.id,
      name: shownName(profile),
      profile,
      groups: groups.filter(({ id }) => profile.groupIds.includes(id)),
      sources,
      state: readStateOf(sources),
      readAt: readAtOf(sources),
      open: total(profile.open),
    };
  });
}

/** Which of the workspaces are listed. */
export interface WorkspaceFilter {
  /** Each word is found in a name (ours or upstream's), the id, a tag, a group or the reason for hiding. */
  readonly text: string;
  readonly tags: readonly string[];
  readonly groupIds: readonly string[];
  readonly state: ReadState | null;
  /** Hidden ones, too. */
  readonly isHiddenShown: boolean;
}

/** Whether anything is left out that is not hidden. */
export const isNarrowed = ({ text, tags, groupIds, state }: WorkspaceFilter): boolean =>
  text.trim() !== "" || tags.length > 0 || groupIds.length > 0 || state !== null;

function matches(row: WorkspaceRow, { text, tags, groupIds, state }: WorkspaceFilter): boolean {
  const { ownName, upstreamName, tags: own, hidden } = row.profile;
  const held = [ownName, upstreamName, row.id, ...own, ...row.groups.map(({ name }) => name), hidden?.reason]
    .join("\n")
    .toLowerCase();
  const words = text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  return (
    words.every((word) => held.includes(word)) &&
    (tags.length === 0 || tags.some((tag) => own.includes(tag))) &&
    (groupIds.length === 0 || groupIds.some((id) => row.profile.groupIds.includes(id))) &&
    (state === null || row.state === state)
  );
}

export interface FilteredWorkspaces {
  readonly rows: readonly WorkspaceRow[];
  /** Hidden ones that match and are not among the rows. */
  readonly hidden: number;
}

/** The rows that a filter leaves, and how many it passes over because they are hidden. */
export function filterWorkspaces(rows: readonly WorkspaceRow[], filter: WorkspaceFilter): FilteredWorkspaces {
  const found = rows.filter((row) => matches(row, filter));
  const shown = filter.isHiddenShown ? found : found.filter(({ profile }) => profile.hidden === null);
  return { rows: shown, hidden: found.length - shown.length };
}

export const workspaceColumns = ["name", "open", "read", "tags", "groups", "learned", "seen"] as const;
export type WorkspaceColumn = (typeof workspaceColumns)[number];

export interface WorkspaceSort {
  readonly column: WorkspaceColumn;
  readonly descending: boolean;
}

/** More of the worse severity is more, however many of the others there are. */
const compareOpen = (a: WorkspaceRow, b: WorkspaceRow): number => {
  for (const severity of worstFirst) {
    const difference = (a.profile.open[severity] ?? 0) - (b.profile.open[severity] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.open - b.open;
};

const text = new Intl.Collator("en", { numeric: true }).compare;
/** What has none of it comes last in either direction. */
const compareTexts = (a: string | null, b: string | null, sign: number): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * text(a, b);
};

function compare(a: WorkspaceRow, b: WorkspaceRow, { column, descending }: WorkspaceSort): number {
  const sign = descending ? -1 : 1;
  switch (column) {
    case "name":
      return compareTexts(a.name, b.name, sign);
    case "open":
      return sign * compareOpen(a, b);
    case "read":
      // Never read is older than any time.
      return sign * ((a.readAt ?? "") < (b.readAt ?? "") ? -1 : a.readAt === b.readAt ? 0 : 1);
    case "tags":
      return compareTexts(a.profile.tags[0] ?? null, b.profile.tags[0] ?? null, sign);
    case "groups":
      return compareTexts(a.groups[0]?.name ?? null, b.groups[0]?.name ?? null, sign);
    case "learned":
      return sign * text(a.profile.learnedFrom, b.profile.learnedFrom);
    case "seen":
      return sign * text(a.profile.lastSeenAt, b.profile.lastSeenAt);
  }
}

/** In this order; equals by name and then by id, so that a row has exactly one place. */
export function sortWorkspaces(rows: readonly WorkspaceRow[], sort: WorkspaceSort): readonly WorkspaceRow[] {
  return [...rows].sort(
    (a, b) => compare(a, b, sort) || compareTexts(a.name, b.name, 1) || (a.id < b.id ? -1 : 1),
  );
}

/** What is done to several workspaces at once. */
export interface WorkspacesChange {
  readonly workspaceIds: readonly string[];
  readonly tags?: SetChange;
  readonly groups?: SetChange;
  readonly hidden?: { readonly reason: string } | null;
}

const inverse = (held: readonly string[], { add, remove }: SetChange): SetChange => ({
  add: remove.filter((each) => held.includes(each)),
  remove: add.filter((each) => !held.includes(each)),
});

/**
 * The changes that bring workspaces back to what they were before a change was done to them: one for all that need the same.
 * @param before the profiles as they were
 */
export function undoOf(
  before: readonly WorkspaceProfile[],
  change: WorkspacesChange,
): readonly WorkspacesChange[] {
  const found = new Map<string, { workspaceIds: string[]; rest: Omit<WorkspacesChange, "workspaceIds"> }>();
  for (const profile of before) {
    const rest = {
      ...(change.tags && { tags: inverse(profile.tags, change.tags) }),
      ...(change.groups && { groups: inverse(profile.groupIds, change.groups) }),
      ...(change.hidden !== undefined && {
        hidden: profile.hidden === null ? null : { reason: profile.hidden.reason },
      }),
    };
    const key = JSON.stringify(rest);
    const held = found.get(key);
    if (held) held.workspaceIds.push(profile.id);
    else found.set(key, { workspaceIds: [profile.id], rest });
  }
  return [...found.values()].map(({ workspaceIds, rest }) => ({ workspaceIds, ...rest }));
}

/** Kind of reply, in words: what a workspace, or its name, was learned from. */
export const learnedWords: Readonly<Record<string, string>> = {
  rows: "Incidents",
  gamebooks: "Gamebooks",
  users: "Users",
  "service-accounts": "Service accounts",
};

const many = (n: number) => n.toLocaleString("en");

/** "38 of 40 workspaces · 2 not current · 3 hidden". */
export function describeWorkspaces(shown: FilteredWorkspaces, all: number): string {
  const { rows, hidden } = shown;
  const noun = all === 1 ? "workspace" : "workspaces";
  const behind = rows.filter(({ state }) => state !== "current").length;
  return [
    rows.length === all ? `${many(all)} ${noun}` : `${many(rows.length)} of ${many(all)} ${noun}`,
    ...(behind > 0 ? [`${many(behind)} not current`] : []),
    ...(hidden > 0 ? [`${many(hidden)} hidden`] : []),
  ].join(" · ");
}
