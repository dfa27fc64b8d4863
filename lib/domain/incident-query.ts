import { parseInstant } from "@/lib/contract/instant";
import { type Facet, facets } from "./incident-filter";
import { type Sort, type SortColumn, sortColumns } from "./incident-view";

/**
 * A question to the register, and its one spelling in an address:
 * `severity=High&not-workspace=…&text=…&from=…&to=…&sort=-changed&after=…`.
 */
export interface IncidentQuery {
  readonly facets: Readonly<Record<Facet, FacetChoice>>;
  /** Each word must be found; empty: any. */
  readonly text: string;
  /** When incidents were created: from this instant, before that one. ISO; null: open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly sort: Sort;
  /** Where the page begins: after this place. Null: at the top. */
  readonly after: Place | null;
}

/** Rows with one of `any` (empty: whatever they hold) and with none of `none`. */
export interface FacetChoice {
  readonly any: readonly string[];
  readonly none: readonly string[];
}

/** A row's place in a sorted list: what it is sorted by, when it changed last (the first tie-break), and which one it is. */
export interface Place {
  readonly value: string | number | null;
  /** ISO. */
  readonly modifiedAt: string | null;
  readonly workspaceId: string;
  readonly source: string;
  readonly incidentId: string;
}

const noChoice: FacetChoice = { any: [], none: [] };

/** Everything, the newest change first. */
export const wholeRegister: IncidentQuery = {
  facets: {
    severity: noChoice,
    status: noChoice,
    source: noChoice,
    owner: noChoice,
    workspace: noChoice,
    tactic: noChoice,
    product: noChoice,
  },
  text: "",
  from: null,
  to: null,
  sort: { column: "changed", descending: true },
  after: null,
};

const mostValues = 500;
const longestValue = 320;
const longestText = 500;
const longestPlace = 4_000;

export type ParsedQuery =
  | { readonly query: IncidentQuery }
  /** Member of the address → what is the matter with it. */
  | { readonly errors: Readonly<Record<string, string[]>> };

/** Facets whose values are compared in lower case, which upstream's endpoints do not agree about. */
const lowered: ReadonlySet<Facet> = new Set(["owner", "workspace"]);

/** Reads a query from the members of an address. Unknown members, repeats of single ones and unreadable values are errors. */
export function parseIncidentQuery(search: URLSearchParams): ParsedQuery {
  const errors: Record<string, string[]> = {};
  const refuse = (name: string, message: string) => {
    errors[name] = [...(errors[name] ?? []), message];
  };
  const known = new Set(["text", "from", "to", "sort", "after", ...facets, ...facets.map(negated)]);
  for (const name of new Set(search.keys())) {
    if (!known.has(name)) refuse(name, "is not known");
    else if (isSingle(name) && search.getAll(name).length > 1) refuse(name, "is given more than once");
  }
  const listOf = (name: string, facet: Facet) => {
    const values = search.getAll(name);
    if (values.length > mostValues) refuse(name, `holds more than ${mostValues} values`);
    if (values.some((value) => value === "" || value.length > longestValue))
      refuse(name, "holds a value that is empty or too long");
    return canonical(lowered.has(facet) ? values.map((value) => value.toLowerCase()) : values);
  };
  const instantOf = (name: "from" | "to") => {
    const text = search.get(name);
    if (text === null || text === "") return null;
    const instant = usableInstant(text);
    if (instant === null) refuse(name, "is no date-time");
    return instant;
  };
  const choices = facets.map((facet) => [
    facet,
    { any: listOf(facet, facet), none: listOf(negated(facet), facet) },
  ]);
  const text = (search.get("text") ?? "").trim().replace(/\s+/g, " ");
  if (text.length > longestText) refuse("text", `is longer than ${longestText} characters`);
  const [from, to] = [instantOf("from"), instantOf("to")];
  if (from !== null && to !== null && from >= to) refuse("to", "is not after from");
  const sort = parseSort(search.get("sort"));
  if (sort === null) refuse("sort", "is not a column");
  const place = search.get("after");
  const after = place === null ? null : parsePlace(place);
  if (place !== null && after === null) refuse("after", "is not a place of this list");
  if (sort === null || Object.keys(errors).length > 0) return { errors };
  // The table of facets is complete by construction above.
  const chosen = Object.fromEntries(choices) as IncidentQuery["facets"];
  return { query: { facets: chosen, text, from, to, sort, after } };
}

/** An ISO instant that the store can compare with; null for anything else. */
function usableInstant(text: string): string | null {
  const instant = parseInstant(text);
  return instant === null || instant.startsWith("0000") || !/^\d{4}-/.test(instant) ? null : instant;
}

const negated = (facet: Facet) => `not-${facet}`;
const isSingle = (name: string) => ["text", "from", "to", "sort", "after"].includes(name);
const canonical = (values: readonly string[]) => [...new Set(values)].sort();

/** `-changed`: descending. Absent: the newest change first. Null: no such column. */
function parseSort(text: string | null): Sort | null {
  if (text === null || text === "") return wholeRegister.sort;
  const name = text.replace(/^-/, "");
  const isColumn = (candidate: string): candidate is SortColumn =>
    (sortColumns as readonly string[]).includes(candidate);
  return isColumn(name) ? { column: name, descending: text.startsWith("-") } : null;
}

/** The query as members of an address, without what is as it is by itself. Equal queries become equal texts. */
export function printIncidentQuery(query: IncidentQuery): URLSearchParams {
  const search = new URLSearchParams();
  for (const facet of facets) {
    for (const value of canonical(query.facets[facet].any)) search.append(facet, value);
    for (const value of canonical(query.facets[facet].none)) search.append(negated(facet), value);
  }
  if (query.text !== "") search.set("text", query.text);
  if (query.from !== null) search.set("from", query.from);
  if (query.to !== null) search.set("to", query.to);
  const { column, descending } = query.sort;
  const sort = `${descending ? "-" : ""}${column}`;
  if (sort !== "-changed") search.set("sort", sort);
  if (query.after !== null) search.set("after", printPlace(query.after));
  return search;
}

/** A place as one text for an address. It says nothing that the row on the screen does not say. */
export function printPlace(place: Place): string {
  const { value, modifiedAt, workspaceId, source, incidentId } = place;
  return JSON.stringify([value, modifiedAt, workspaceId, source, incidentId]);
}

/** Null for anything that is not the text of a place. */
export function parsePlace(text: string): Place | null {
  if (text.length > longestPlace) return null;
  try {
    const parts: unknown = JSON.parse(text);
    if (!Array.isArray(parts) || parts.length !== 5) return null;
    const [value, modifiedAt, workspaceId, source, incidentId] = parts as unknown[];
    if (value !== null && typeof value !== "string" && typeof value !== "number") return null;
    if (modifiedAt !== null && typeof modifiedAt !== "string") return null;
    if (typeof workspaceId !== "string" || typeof source !== "string" || typeof incidentId !== "string")
      return null;
    const instant = modifiedAt === null ? null : usableInstant(modifiedAt);
    if (modifiedAt !== null && instant === null) return null;
    return { value, workspaceId, source, incidentId, modifiedAt: instant };
  } catch {
    return null;
  }
}

/** True when the value of a place can be one of this column, so that nobody compares a word with a time. */
export function placeFits(place: Place, column: SortColumn): boolean {
  const { value } = place;
  if (value === null) return true;
  if (column === "age" || column === "changed")
    return typeof value === "string" && usableInstant(value) !== null;
  const isNumber = ["severity", "number", "status", "alerts"].includes(column);
  return typeof value === (isNumber ? "number" : "string");
}
