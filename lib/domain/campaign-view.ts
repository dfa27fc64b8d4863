import { formatView } from "./incident-view-codec";
import { defaultView, type NamedWindow, type ViewFilter } from "./incident-view";
import { printPin } from "./incident-pin";
import type { Campaign, CampaignKind, CampaignsAnswer } from "./register";
import { spellOut } from "./incident-view-words";

/** How far back campaigns are looked for, by the names that the queue's address has for them. */
export const campaignWindows = ["24h", "7d", "30d"] as const;
export type CampaignWindow = (typeof campaignWindows)[number];

/** Customers that may be asked for to make a campaign. */
export const fewestLeast = 2;
export const mostLeast = 10;

/** What the page is asked for, as its address says it. */
export interface CampaignView {
  readonly window: CampaignWindow;
  readonly least: number;
  /** Null: any. */
  readonly kind: CampaignKind | null;
  readonly isOpenOnly: boolean;
}

const windows: Record<CampaignWindow, NamedWindow> = {
  "24h": "TwentyFourHours",
  "7d": "SevenDays",
  "30d": "ThirtyDays",
};

/** The incidents among which campaigns are looked for. */
export function campaignFilter({ window, isOpenOnly }: CampaignView): ViewFilter {
  const { filter } = defaultView;
  return { ...filter, window: { type: windows[window] }, statuses: isOpenOnly ? filter.statuses : [] };
}

/**
 * The queue's view with exactly the incidents of a campaign, or of one customer in it; null where its value is too long for an address.
 */
export function campaignIncidents(
  view: CampaignView,
  campaign: Pick<Campaign, "kind" | "value">,
  workspaceId: string | null,
): ReturnType<typeof formatView> | null {
  const text = printPin(campaign);
  if (text === null) return null;
  const workspaces = { mode: "any", values: workspaceId === null ? [] : [workspaceId] } as const;
  return formatView({ ...defaultView, filter: { ...campaignFilter(view), text, workspaces } });
}

/** Names a campaign among all. */
export const campaignKey = ({ kind, value }: Pick<Campaign, "kind" | "value">): string => `${kind}:${value}`;

/** "Title", "Rule", "Host", "IP". */
export function campaignKindText({ kind, entityKind }: Pick<Campaign, "kind" | "entityKind">): string {
  if (kind === "entity") return spellOut(entityKind === null || entityKind === "" ? "Entity" : entityKind);
  return kind === "title" ? "Title" : "Rule";
}

/** The newest incident of a campaign, ISO. */
export function latestOf({ hits }: Pick<Campaign, "hits">): string {
  return hits.reduce((latest, hit) => (hit.latestAt > latest ? hit.latestAt : latest), "");
}

/** The campaigns on screen while newer answers come: in their places, with the newest figures. */
export interface HeldCampaigns {
  readonly rows: readonly Campaign[];
  /** Keys of rows that are no campaign any more. */
  readonly gone: ReadonlySet<string>;
  /** What waits to be put in its place. */
  readonly waiting: { readonly added: number; readonly changed: number; readonly gone: number };
}

/** Keeps the rows of `held` where they are; what is new, gone or in another place waits. */
export function holdCampaigns(held: readonly Campaign[], newest: readonly Campaign[]): HeldCampaigns {
  const byKey = new Map(newest.map((campaign) => [campaignKey(campaign), campaign]));
  const keys = held.map(campaignKey);
  const known = new Set(keys);
  const gone = new Set(keys.filter((key) => !byKey.has(key)));
  const staying = keys.filter((key) => !gone.has(key));
  const wanted = newest.map(campaignKey).filter((key) => known.has(key));
  return {
    rows: held.map((campaign) => byKey.get(campaignKey(campaign)) ?? campaign),
    gone,
    waiting: {
      added: newest.length - wanted.length,
      changed: staying.filter((key, place) => wanted[place] !== key).length,
      gone: gone.size,
    },
  };
}

const customers = (n: number) => `${n.toLocaleString("en")} ${n === 1 ? "customer" : "customers"}`;

/** How many campaigns there are, resting on what: "at least" where a part was not read. */
export function describeCampaigns(answer: CampaignsAnswer, isWhole: boolean): string {
  const n = answer.campaigns.length;
  const noun = n === 1 ? "campaign" : "campaigns";
  const count = n === 0 ? `No ${noun} known` : `${n.toLocaleString("en")} ${noun}`;
  const lead = answer.isCut ? `The first ${count}` : isWhole || n === 0 ? count : `At least ${count}`;
  return `${lead} at ${customers(answer.least)} or more`;
}

/** What the record does not hold of the window; null when it holds all of it. */
export function describeReach(answer: CampaignsAnswer, formatTime: (iso: string) => string): string | null {
  const { uncovered, moreUncovered } = answer.window;
  const concerned = new Set(uncovered.map(({ workspaceId }) => workspaceId)).size;
  if (concerned === 0) return null;
  const all = new Set(answer.coverage.entries.map(({ workspaceId }) => workspaceId)).size;
  const who = `${moreUncovered > 0 ? "at least " : ""}${concerned.toLocaleString("en")} of ${customers(all)}`;
  const reach = answer.window.coveredFrom;
  const since = reach === null ? "" : ` Everybody was read from ${formatTime(reach)} on.`;
  return `A part of this time was never read of ${who}: what happened there is in no figure.${since}`;
}
