import "server-only";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { TimeWindow, WalkFilter } from "@/lib/domain/walk";

/** The members by which a row can be held against a filter. */
export type ProbedRow = Pick<
  IncidentRow,
  "workspaceId" | "workspaceName" | "source" | "severity" | "status" | "creationTime" | "lastModificationTime"
>;

const hourMs = 60 * 60_000;
const windowMs: Readonly<Record<Exclude<TimeWindow, "Custom">, number>> = {
  ThreeHours: 3 * hourMs,
  SixHours: 6 * hourMs,
  TwelveHours: 12 * hourMs,
  TwentyFourHours: 24 * hourMs,
  FourtyEightHours: 48 * hourMs,
};
/** Rows this close to the window's start may leave it while the walk goes on. */
const marginMs = 10 * 60_000;

/**
 * Must this row be in a reply to this filter? True only where nothing is left to interpretation: which of a row's times
 * the window means is not documented, so both must lie inside, and what `query` and owner filters match is not known.
 */
export function surelyMatches(filter: WalkFilter, row: ProbedRow, nowMs: number): boolean {
  const { sources, severities, statuses, query, assigneeIds, assigneeEmails, includeUnassigned } = filter;
  if (query || assigneeIds || assigneeEmails || includeUnassigned) return false;
  const isListed = (list: readonly string[] | undefined, value: string | null) =>
    !list || list.length === 0 || (value !== null && list.includes(value));
  if (
    !isListed(sources, row.source) ||
    !isListed(severities, row.severity) ||
    !isListed(statuses, row.status)
  )
    return false;
  const [fromMs, toMs] = windowOf(filter, nowMs);
  return [row.creationTime, row.lastModificationTime].every((iso) => {
    const ms = iso === null ? Number.NaN : Date.parse(iso);
    return ms >= fromMs + marginMs && ms <= toMs;
  });
}

function windowOf({ timeFilterSelection }: WalkFilter, nowMs: number): readonly [number, number] {
  const { type, customStartUtc, customEndUtc } = timeFilterSelection;
  if (type !== "Custom") return [nowMs - windowMs[type], nowMs];
  // Without both instants nothing lies inside: every comparison with NaN is false.
  return [Date.parse(customStartUtc ?? ""), Date.parse(customEndUtc ?? "")];
}
