import { queryOptions } from "@tanstack/react-query";
import { askedText, findDays, findLeast } from "@/lib/domain/incident-find";
import { defaultView, type IncidentView, toWalkFilter } from "@/lib/domain/incident-view";
import { readWalkPage } from "./incident-walk";

const dayMs = 86_400_000;
/** The window's end moves in steps, so that a search asked again within one is answered from the cache. */
const stepMs = 5 * 60_000;

/** The incident list that shows all matches of what was typed: any status, the last 30 days. */
export function findView(typed: string, nowMs: number): IncidentView {
  const text = askedText(typed);
  const to = Math.ceil(nowMs / stepMs) * stepMs;
  const window = {
    type: "Custom",
    from: new Date(to - findDays * dayMs).toISOString(),
    to: new Date(to).toISOString(),
  } as const;
  return { ...defaultView, filter: { ...defaultView.filter, window, statuses: [], text } };
}

/**
 * The first page of incidents that ContraForce finds for a text (it looks in number, title and description, which is a
 * guess about `query`), over all workspaces and the last 30 days.
 */
export function incidentFindQuery(org: string, typed: string, nowMs: number) {
  const filter = toWalkFilter(findView(typed, nowMs).filter, nowMs);
  return queryOptions({
    queryKey: [org, "incidents", "find", filter],
    queryFn: ({ signal }) => readWalkPage(org, { ...filter, cursor: null }, signal),
    enabled: typed.trim().length >= findLeast,
    staleTime: stepMs,
    gcTime: stepMs,
  });
}
