import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { type LocalFilter, type ViewFilter, windowBounds } from "./incident-view";

type RowTest = (row: IncidentRow) => boolean;

/**
 * The filters over loaded rows as one test; null when none is set, so that nobody walks 50,000 rows to keep them all.
 * The owner is asked for upstream and checked here again, because upstream does not say whether "unassigned" narrows
 * the list or widens it.
 */
export function localTest(filter: ViewFilter): RowTest | null {
  const tests: RowTest[] = [];
  const add = (local: LocalFilter, valuesOf: (row: IncidentRow) => readonly string[]) => {
    if (local.values.length === 0) return;
    const wanted = new Set(local.values.map((value) => value.toLowerCase()));
    const keeps = local.mode === "any";
    tests.push((row) => valuesOf(row).some((value) => wanted.has(value.toLowerCase())) === keeps);
  };
  add(filter.workspaces, (row) => [row.workspaceId]);
  add(filter.tactics, (row) => row.tactics);
  add(filter.products, (row) => row.alertProductNames);
  const owner = ownerTest(filter.owners);
  if (owner !== null) tests.push(owner);
  if (tests.length === 0) return null;
  return (row) => tests.every((test) => test(row));
}

function ownerTest({ unassigned, emails }: ViewFilter["owners"]): RowTest | null {
  if (!unassigned && emails.length === 0) return null;
  const wanted = new Set(emails.map((email) => email.toLowerCase()));
  return ({ user }) =>
    user === null ? unassigned : user.email !== null && wanted.has(user.email.toLowerCase());
}

/**
 * Would upstream bring this row for the filter? Answers from what the row says; null when only upstream can know
 * (a text search). Used to keep known rows on screen while a changed filter is read anew, never to decide a count.
 */
export function upstreamTest(filter: ViewFilter, nowMs: number): RowTest | null {
  if (filter.text !== "") return null;
  const { from, to } = windowBounds(filter.window, nowMs);
  const holds = (values: readonly string[], value: string | null) =>
    values.length === 0 || (value !== null && values.includes(value));
  const owner = ownerTest(filter.owners);
  return (row) =>
    row.creationTime !== null &&
    row.creationTime >= from &&
    (to === null || row.creationTime <= to) &&
    holds(filter.sources, row.source) &&
    holds(filter.severities, row.severity) &&
    holds(filter.statuses, row.status) &&
    (owner === null || owner(row));
}

/** Something to filter by, and over how many of the loaded rows it would choose. */
export interface FacetValue {
  readonly value: string;
  /** What people read; the value itself where that is readable. */
  readonly label: string;
  readonly rows: number;
}

export const facets = ["severity", "status", "source", "owner", "workspace", "tactic", "product"] as const;
export type Facet = (typeof facets)[number];

type Labelled = readonly [value: string, label: string];

const facetValues: Record<Facet, (row: IncidentRow) => readonly Labelled[]> = {
  severity: (row) => (row.severity === null ? [] : [[row.severity, row.severity]]),
  status: (row) => (row.status === null ? [] : [[row.status, row.status]]),
  source: (row) => [[row.source, row.sourceDisplayName ?? row.source]],
  owner: ({ user }) => {
    if (user === null) return [["unassigned", "Nobody"]];
    return user.email === null ? [] : [[user.email.toLowerCase(), user.displayName ?? user.email]];
  },
  workspace: (row) => [[row.workspaceId.toLowerCase(), row.workspaceName ?? row.workspaceId]],
  tactic: (row) => row.tactics.map((tactic) => [tactic, tactic]),
  product: (row) => row.alertProductNames.map((product) => [product, product]),
};

/** Counts of a facet over the loaded rows, most frequent first, then by label. A row counts once per value it holds. */
export function countFacet(rows: Iterable<IncidentRow>, facet: Facet): readonly FacetValue[] {
  const valuesOf = facetValues[facet];
  const counts = new Map<string, { label: string; rows: number }>();
  for (const row of rows) {
    const seen = new Set<string>();
    for (const [value, label] of valuesOf(row)) {
      if (seen.has(value)) continue;
      seen.add(value);
      const held = counts.get(value);
      if (held) held.rows += 1;
      else counts.set(value, { label, rows: 1 });
    }
  }
  return [...counts]
    .map(([value, held]) => ({ value, ...held }))
    .sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}
