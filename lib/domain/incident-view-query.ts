import { nobody } from "./incident-filter-facets";
import { type IncidentQuery, wholeRegister } from "./incident-query";
import { type LocalFilter, type Sort, type ViewFilter, windowBounds } from "./incident-view";

const only = (any: readonly string[]) => ({ any, none: [] });

/**
 * What the register is asked for: the part of a filter that would go upstream, as `toWalkFilter`, so that a list holds the same rows from either.
 * @param nowMs where a window ends that is told by its length
 */
export function toRegisterQuery(filter: ViewFilter, sort: Sort, nowMs: number): IncidentQuery {
  const { owners } = filter;
  return {
    ...wholeRegister,
    ...windowBounds(filter.window, nowMs),
    facets: {
      ...wholeRegister.facets,
      severity: only(filter.severities),
      status: only(filter.statuses),
      source: only(filter.sources),
      owner: only([...(owners.unassigned ? [nobody] : []), ...owners.emails]),
    },
    text: filter.text,
    sort,
  };
}

const choice = ({ mode, values }: LocalFilter) =>
  mode === "any" ? { any: values, none: [] } : { any: [], none: values };

/** As `toRegisterQuery`, with the filters that a screen applies to the rows it has loaded: for what is counted or exported on the server. */
export function toWholeQuery(filter: ViewFilter, sort: Sort, nowMs: number): IncidentQuery {
  const query = toRegisterQuery(filter, sort, nowMs);
  const { workspaces, tactics, products } = filter;
  const facets = {
    ...query.facets,
    workspace: choice(workspaces),
    tactic: choice(tactics),
    product: choice(products),
  };
  return { ...query, facets };
}
