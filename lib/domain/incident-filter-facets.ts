import { incidentSources, severities, statuses } from "@/lib/contract/vocabulary";
import type { Facet, FacetValue } from "./incident-filter";
import { isOpenWork, type LocalFilter, type ViewFilter } from "./incident-view";

export const facetLabels: Record<Facet, string> = {
  severity: "Severity",
  status: "Status",
  source: "Source",
  owner: "Owner",
  workspace: "Workspace",
  tactic: "Tactic",
  product: "Product",
};

/** Filters over what is loaded; the others are asked for upstream. Only these can be turned round ("is not"). */
export const localFacets: ReadonlySet<Facet> = new Set(["workspace", "tactic", "product"]);

/** What stands for "nobody" among owners. */
export const nobody = "unassigned";

/** What is chosen in a facet; no values: nothing, all rows pass. */
export function facetChoice(filter: ViewFilter, facet: Facet): LocalFilter {
  switch (facet) {
    case "severity":
      return { mode: "any", values: filter.severities };
    case "status":
      return { mode: "any", values: filter.statuses };
    case "source":
      return { mode: "any", values: filter.sources };
    case "owner":
      return {
        mode: "any",
        values: [...(filter.owners.unassigned ? [nobody] : []), ...filter.owners.emails],
      };
    case "workspace":
      return filter.workspaces;
    case "tactic":
      return filter.tactics;
    case "product":
      return filter.products;
  }
}

/** Values of a known set in its own order, so that equal filters look equal. */
const ordered = (set: readonly string[], values: readonly string[]) =>
  set.filter((value) => values.includes(value));

/** The filter with another choice in one facet. */
export function withFacet(filter: ViewFilter, facet: Facet, choice: LocalFilter): ViewFilter {
  const { values } = choice;
  const local: LocalFilter = values.length === 0 ? { mode: "any", values } : choice;
  switch (facet) {
    case "severity":
      return { ...filter, severities: ordered(severities, values) };
    case "status":
      return { ...filter, statuses: ordered(statuses, values) };
    case "source":
      return { ...filter, sources: ordered(incidentSources, values) };
    case "owner":
      return {
        ...filter,
        owners: {
          unassigned: values.includes(nobody),
          emails: values.filter((value) => value !== nobody).map((email) => email.toLowerCase()),
        },
      };
    case "workspace":
      return { ...filter, workspaces: local };
    case "tactic":
      return { ...filter, tactics: local };
    case "product":
      return { ...filter, products: local };
  }
}

/** More values than this in one chip are counted. */
const namesShown = 2;

/** What a chip says after the facet's name: "High, Medium", "not Lab", "open", "Contoso, Fabrikam +3". */
export function describeChoice(
  facet: Facet,
  { mode, values }: LocalFilter,
  labelOf: (value: string) => string,
  filter: ViewFilter,
): string {
  if (facet === "status" && isOpenWork(filter)) return "open";
  const shown = values.slice(0, namesShown).map(labelOf).join(", ");
  const more = values.length > namesShown ? ` +${values.length - namesShown}` : "";
  return `${mode === "none" ? "not " : ""}${shown}${more}`;
}

/** A value in a picker: `rows` is null where the present filter keeps it from being loaded. */
export interface FacetOption extends Omit<FacetValue, "rows"> {
  readonly rows: number | null;
}

/** Worst first, and the way of the work, instead of the vendor's orders. */
const fixedOptions: Partial<Record<Facet, readonly string[]>> = {
  severity: [...severities].reverse(),
  status: ["New", "Active", "Closed"],
  source: incidentSources,
};

/**
 * The values a picker offers: a closed set in its own order, else what is loaded, most frequent first, with what is
 * chosen or otherwise known added at the end.
 * @param known values that exist without a loaded row, such as workspaces of the coverage
 * @param isOverAll the values were counted without the facet's own choice, so that those it leaves out have a count as well
 */
export function facetOptions(
  facet: Facet,
  counted: readonly FacetValue[],
  choice: LocalFilter,
  known: readonly Omit<FacetValue, "rows">[],
  labelOf: (value: string) => string,
  isOverAll = false,
): readonly FacetOption[] {
  const isCounted = (value: string) =>
    isOverAll || choice.values.length === 0 || choice.values.includes(value);
  const counts = new Map(counted.map((value) => [value.value, value.rows]));
  const fixed = fixedOptions[facet];
  if (fixed !== undefined)
    return fixed.map((value) => ({
      value,
      label: labelOf(value),
      rows: isCounted(value) ? (counts.get(value) ?? 0) : null,
    }));
  const options: FacetOption[] = [...counted];
  const offered = new Set(counted.map(({ value }) => value));
  const chosen = choice.values.map((value) => ({ value, label: labelOf(value) }));
  const extra = facet === "owner" ? [{ value: nobody, label: labelOf(nobody) }] : [];
  for (const { value, label } of [...known, ...chosen, ...extra]) {
    if (offered.has(value)) continue;
    offered.add(value);
    options.push({ value, label, rows: facet !== "owner" || isCounted(value) ? 0 : null });
  }
  return options;
}
