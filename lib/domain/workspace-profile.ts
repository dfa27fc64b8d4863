import type { CoverageEntry } from "./coverage";
import type { RegisterBasis, SeverityCounts } from "./register";

/** Longest name that we give a workspace, in characters. */
export const ownNameMax = 80;
/** Longest reason for hiding one. */
export const hiddenReasonMax = 200;
/** A tag is a word or two. */
export const tagMax = 24;
export const tagsPerWorkspace = 12;
/** As many workspaces are changed at once. */
export const changedAtOnce = 200;

/** Out of our lists, why and by whose will. */
export interface HiddenMark {
  readonly at: string;
  readonly reason: string;
  /** Null where the account is gone. */
  readonly by: string | null;
}

/** A workspace as its own pages show it. */
export interface WorkspaceProfile {
  /** Lower-case GUID. */
  readonly id: string;
  /** Ours, over upstream's; null where we gave none. */
  readonly ownName: string | null;
  /** As last learned from upstream; null while no reply has named it. */
  readonly upstreamName: string | null;
  /** Kind of reply that upstream's name, or the id, was learned from. */
  readonly learnedFrom: string;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly tags: readonly string[];
  /** Groups that the person may know of. */
  readonly groupIds: readonly string[];
  readonly hidden: HiddenMark | null;
  /** Counts the changes of ours; 0: none was ever made. Sent back with a change, so that nobody overwrites what they did not see. */
  readonly revision: number;
  /** The last change of ours; null when there was none. */
  readonly changedAt: string | null;
  readonly changedBy: string | null;
  /** Open incidents in the register. A lower bound where the coverage is not complete. */
  readonly open: SeverityCounts;
}

/** A group of workspaces as somebody is told of it. */
export interface GroupProfile {
  readonly id: string;
  readonly name: string;
  /** What somebody sees rests on it: then its workspaces are a matter of rights. */
  readonly isForSight: boolean;
  /** This person may put workspaces in and take them out. */
  readonly mayChange: boolean;
}

/** `GET /api/<org>/workspaces/overview`. */
export interface WorkspacesOverview {
  readonly workspaces: readonly WorkspaceProfile[];
  readonly groups: readonly GroupProfile[];
  /** What was read of each workspace × source, and when; the open incidents rest on it. */
  readonly basis: RegisterBasis;
  /** May name, tag, hide and group. */
  readonly mayManage: boolean;
  /** May make, rename and delete groups: only who sees all workspaces. */
  readonly mayKeepGroups: boolean;
}

/** A source of a workspace with all that is known of its readings. */
export interface SourceHistory extends CoverageEntry {
  readonly firstSeenAt: string | null;
  /** Created-time spans whose incidents were all read once, in order. */
  readonly spans: readonly { readonly from: string; readonly to: string }[];
}

/** `GET /api/<org>/workspaces/<workspace>`. */
export interface WorkspaceDetail {
  readonly workspace: WorkspaceProfile;
  readonly groups: readonly GroupProfile[];
  readonly basis: RegisterBasis;
  readonly sources: readonly SourceHistory[];
  readonly mayManage: boolean;
}

/** What is added and what is taken away; in both: added. */
export interface SetChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Name that people call a workspace by. */
export const shownName = ({ ownName, upstreamName }: Pick<WorkspaceProfile, "ownName" | "upstreamName">) =>
  ownName ?? upstreamName;

/** One spelling of what a person types: no spaces around it, single ones within. */
export const tidyText = (text: string) => text.normalize("NFKC").replace(/\s+/gu, " ").trim();

/** A tag's one spelling. */
export const tidyTag = (text: string) => tidyText(text).toLowerCase();

const tagForm = /^[\p{L}\p{N}][\p{L}\p{N} ._\-/+#:&]*$/u;

/** What is wrong with a tag that was tidied, as a sentence; null when nothing is. */
export function tagFault(tag: string): string | null {
  if (tag === "") return "A tag is not empty.";
  if ([...tag].length > tagMax) return `A tag has at most ${tagMax} characters.`;
  if (!tagForm.test(tag)) return "Use letters, numbers, spaces and . _ - / + # : & in a tag.";
  return null;
}

/** Tags as they are typed in one line, with commas between them; each once, in order. */
export function parseTags(text: string): readonly string[] {
  const tags = text.split(/[,;\n]/u).map(tidyTag);
  return [...new Set(tags.filter((tag) => tag !== ""))].sort();
}

/** Applies a change to a set; in order, each once. */
export function applySetChange(held: readonly string[], { add, remove }: SetChange): readonly string[] {
  const taken = new Set(remove);
  return [...new Set([...held.filter((each) => !taken.has(each)), ...add])].sort();
}
