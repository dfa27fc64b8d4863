import { type Density, densities } from "./density";
import { defaultColumns, formatColumns, parseColumns } from "./incident-columns";
import { incidentSources, severities, statuses } from "@/lib/contract/vocabulary";
import type { IncidentKey } from "@/lib/routes";
import {
  defaultView,
  type IncidentView,
  type LocalFilter,
  type NamedWindow,
  type Sort,
  sortColumns,
  type ViewFilter,
  type ViewWindow,
} from "./incident-view";

/** The keys of the address that belong to the view; every other key is left alone. */
export const viewParams = [
  "window",
  "from",
  "to",
  "source",
  "severity",
  "status",
  "q",
  "owner",
  "workspace",
  "tactic",
  "product",
  "sort",
  "rows",
  "cols",
  "open",
  "view",
] as const;
export type ViewParam = (typeof viewParams)[number];
export type RawView = Readonly<Record<ViewParam, string | null>>;

/** Something in the address that could not be used, and what happens instead. */
export interface ViewNote {
  readonly param: ViewParam;
  readonly message: string;
}

const windowNames: readonly (readonly [string, NamedWindow])[] = [
  ["3h", "ThreeHours"],
  ["6h", "SixHours"],
  ["12h", "TwelveHours"],
  ["24h", "TwentyFourHours"],
  ["48h", "FourtyEightHours"],
  ["7d", "SevenDays"],
  ["30d", "ThirtyDays"],
];

const textMax = 500;
/** More values than this make an address that servers refuse. */
const valuesMax = 200;

/** Reads a view from the address. Never throws: what cannot be used falls back to the default and leaves a note. */
export function parseView(raw: RawView): {
  readonly view: IncidentView;
  readonly notes: readonly ViewNote[];
} {
  const notes: ViewNote[] = [];
  const note = (param: ViewParam, message: string) => notes.push({ param, message });
  const { filter } = defaultView;
  const known = (param: ViewParam, set: readonly string[], fallback: readonly string[]) =>
    parseKnown(raw[param], set, fallback, (value) =>
      note(param, `“${value}” is not a known ${param} and was left out`),
    );
  const view: IncidentView = {
    filter: {
      window: parseWindow(raw, note),
      sources: known("source", incidentSources, filter.sources),
      severities: known("severity", severities, filter.severities),
      statuses: known("status", statuses, filter.statuses),
      text: (raw.q ?? "").trim().slice(0, textMax),
      owners: parseOwners(raw.owner),
      workspaces: parseLocal(raw.workspace, (id) => id.toLowerCase()),
      tactics: parseLocal(raw.tactic),
      products: parseLocal(raw.product),
    },
    sort: parseSort(raw.sort, note),
    density: parseDensity(raw.rows, note),
    columns: raw.cols === null ? defaultColumns : parseColumns(raw.cols, (message) => note("cols", message)),
    open: parseOpen(raw.open, note),
    saved: parseSaved(raw.view, note),
  };
  return { view, notes };
}

/** The address of a view. Whatever equals the default is null, that is, left out. */
export function formatView(view: IncidentView): RawView {
  const { filter, sort } = view;
  const custom = filter.window.type === "Custom" ? filter.window : null;
  return {
    window: formatWindow(filter.window),
    from: custom?.from ?? null,
    to: custom?.to ?? null,
    source: formatList(filter.sources, defaultView.filter.sources),
    severity: formatList(filter.severities, defaultView.filter.severities),
    status: formatList(filter.statuses, defaultView.filter.statuses),
    q: filter.text === "" ? null : filter.text,
    owner: formatOwners(filter.owners),
    workspace: formatLocal(filter.workspaces),
    tactic: formatLocal(filter.tactics),
    product: formatLocal(filter.products),
    sort: isSameSort(sort, defaultView.sort) ? null : `${sort.descending ? "-" : ""}${sort.column}`,
    rows: view.density === defaultView.density ? null : view.density,
    cols: formatColumns(view.columns),
    open: view.open === null ? null : formatOpen(view.open),
    view: view.saved,
  };
}

/**
 * The part of a view that is saved: everything but the open row and where it came from, as the text of an address, ""
 * for the default. Two views are the same to people when these are.
 */
export function formatQuery(view: IncidentView): string {
  const members = Object.entries({ ...formatView(view), open: null, view: null });
  return new URLSearchParams(
    members.filter((member): member is [string, string] => member[1] !== null),
  ).toString();
}

/** Reads what `formatQuery` wrote. Members that are no part of a saved view are passed over. */
export function parseQuery(text: string): ReturnType<typeof parseView> {
  const given = new URLSearchParams(text);
  const members = viewParams.map((param) => [param, given.get(param)]);
  // Complete by construction: one member for each name of the list.
  const raw = Object.fromEntries(members) as RawView;
  return parseView({ ...raw, open: null, view: null });
}

/** Same columns, same direction. */
export function isSameSort(a: Sort, b: Sort): boolean {
  return a.column === b.column && a.descending === b.descending;
}

// Lists are joined by commas; a comma, tilde or leading exclamation mark inside a value is written as ~1, ~0, ~2.
const escapes = { "~": "~0", ",": "~1", "!": "~2" } as const;
const escapeValue = (value: string) =>
  value.replace(/[~,!]/g, (mark) => escapes[mark as keyof typeof escapes]);
const unescapeValue = (value: string) =>
  value.replace(/~([012])/g, (_, code: string) => (code === "0" ? "~" : code === "1" ? "," : "!"));

function splitList(raw: string): readonly string[] {
  const values = raw
    .split(",")
    .map(unescapeValue)
    .filter((value) => value !== "");
  return [...new Set(values)].slice(0, valuesMax);
}

/** Values of a known set in its spelling and order; "any" is the empty list, which means all of them. */
function parseKnown(
  raw: string | null,
  set: readonly string[],
  fallback: readonly string[],
  refuse: (value: string) => void,
): readonly string[] {
  if (raw === null) return fallback;
  if (raw === "any") return [];
  const asked = splitList(raw).map((value) => value.toLowerCase());
  for (const value of asked) if (!set.some((name) => name.toLowerCase() === value)) refuse(value);
  const found = set.filter((name) => asked.includes(name.toLowerCase()));
  return found.length === 0 ? fallback : found;
}

function formatList(values: readonly string[], fallback: readonly string[]): string | null {
  if (values.length === fallback.length && values.every((value, index) => value === fallback[index]))
    return null;
  return values.length === 0 ? "any" : values.map(escapeValue).join(",");
}

function parseLocal(raw: string | null, spell = (value: string) => value): LocalFilter {
  if (raw === null) return defaultView.filter.workspaces;
  const negated = raw.startsWith("!");
  const values = [...new Set(splitList(negated ? raw.slice(1) : raw).map(spell))];
  return values.length === 0 ? defaultView.filter.workspaces : { mode: negated ? "none" : "any", values };
}

function formatLocal(filter: LocalFilter): string | null {
  if (filter.values.length === 0) return null;
  return (filter.mode === "none" ? "!" : "") + filter.values.map(escapeValue).join(",");
}

function parseOwners(raw: string | null): ViewFilter["owners"] {
  if (raw === null) return defaultView.filter.owners;
  const values = splitList(raw);
  return {
    unassigned: values.includes("unassigned"),
    emails: [
      ...new Set(values.filter((value) => value !== "unassigned").map((email) => email.toLowerCase())),
    ],
  };
}

function formatOwners({ unassigned, emails }: ViewFilter["owners"]): string | null {
  const values = [...(unassigned ? ["unassigned"] : []), ...emails.map(escapeValue)];
  return values.length === 0 ? null : values.join(",");
}

type Note = (param: ViewParam, message: string) => void;

function parseWindow(raw: RawView, note: Note): ViewWindow {
  if (raw.window === null) return defaultView.filter.window;
  if (raw.window === "custom") return parseCustom(raw, note);
  const named = windowNames.find(([name]) => name === raw.window);
  if (named) return { type: named[1] };
  note("window", `“${raw.window}” is not a time window; showing the last 24 hours`);
  return defaultView.filter.window;
}

function parseCustom(raw: RawView, note: Note): ViewWindow {
  const from = toInstant(raw.from);
  const to = toInstant(raw.to);
  if (from !== null && to !== null && from < to) return { type: "Custom", from, to };
  note("window", "The time range needs a start before its end; showing the last 24 hours");
  return defaultView.filter.window;
}

/** An ISO instant in the one form that compares as text; null when it is not one. */
function toInstant(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}T/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

function formatWindow(window: ViewWindow): string | null {
  if (window.type === "Custom") return "custom";
  if (window.type === defaultView.filter.window.type) return null;
  return windowNames.find(([, type]) => type === window.type)?.[0] ?? null;
}

function parseSort(raw: string | null, note: Note): Sort {
  if (raw === null) return defaultView.sort;
  const descending = raw.startsWith("-");
  const column = sortColumns.find((name) => name === (descending ? raw.slice(1) : raw));
  if (column) return { column, descending };
  note("sort", `There is no column “${raw}” to sort by; showing the newest change first`);
  return defaultView.sort;
}

function parseDensity(raw: string | null, note: Note): Density {
  if (raw === null) return defaultView.density;
  const density = densities.find((name) => name === raw);
  if (density) return density;
  note("rows", `“${raw}” is not a row height`);
  return defaultView.density;
}

/** `<workspace>/<source>/<id>`, each part percent-encoded, since an id may hold a slash. */
export function formatOpen(key: IncidentKey): string {
  return [key.workspaceId, key.source, key.incidentId].map(encodeURIComponent).join("/");
}

/** The key of a view is a word of ours or the id of a saved one; whether there is such a view is not known here. */
function parseSaved(raw: string | null, note: Note): string | null {
  if (raw === null || /^[\da-z-]{1,36}$/.test(raw)) return raw;
  note("view", "The view in this link cannot be read from its address");
  return null;
}

function parseOpen(raw: string | null, note: Note): IncidentKey | null {
  if (raw === null) return null;
  try {
    const [workspaceId, source, incidentId, ...more] = raw.split("/").map(decodeURIComponent);
    if (workspaceId && source && incidentId && more.length === 0) return { workspaceId, source, incidentId };
  } catch {
    // A lone percent sign: falls through to the note.
  }
  note("open", "The incident in this link cannot be read from its address");
  return null;
}
