import "server-only";
import type { WorkspaceScope } from "@/lib/domain/access";
import { summariseCoverage } from "@/lib/domain/coverage";
import { csvLine } from "@/lib/domain/csv";
import { type IncidentQuery, type Place, printIncidentQuery } from "@/lib/domain/incident-query";
import type { RegisterBasis, RegisteredIncident } from "@/lib/domain/register";
import { withOrganisation } from "@/lib/server/db/organisation";
import { readBasis, workspaceNames } from "./basis";
import { countMatching } from "./count";
import { named, readPage } from "./query";

export type ExportFormat = "csv" | "jsonl";

/** Rows read at a time; each piece in a transaction of its own, so that a long export holds up nobody. */
export const exportBatchRows = 1_000;

const columns = [
  "workspace",
  "workspace id",
  "source",
  "incident id",
  "number",
  "title",
  "severity",
  "status",
  "owner",
  "created",
  "changed",
  "closed seen",
  "first seen",
  "last seen",
  "classification",
  "reason",
  "alerts",
  "tactics",
  "products",
  "rules",
] as const;

function csvOf(row: RegisteredIncident): string {
  return csvLine([
    row.workspaceName,
    row.workspaceId,
    row.source,
    row.id,
    row.number,
    row.title,
    row.severity,
    row.status,
    row.user?.email ?? row.user?.displayName ?? null,
    row.creationTime,
    row.lastModificationTime,
    row.seen.closedAt,
    row.seen.firstAt,
    row.seen.lastAt,
    row.classification,
    row.classificationReason,
    row.alertsCount,
    row.tactics.join("; "),
    row.alertProductNames.join("; "),
    row.ruleIds.join("; "),
  ]);
}

/** What the file says about itself, name by name, before its first row. */
export interface ExportHead {
  readonly takenAt: string;
  /** The question, as an address has it. */
  readonly query: string;
  /** Matching rows when it was begun. */
  readonly rows: number;
  readonly basis: RegisterBasis;
}

function headOf({ takenAt, query, rows, basis }: ExportHead, format: ExportFormat): string {
  if (format === "jsonl") return `${JSON.stringify({ takenAt, query, rows, ...basis })}\n`;
  const { workspacesTotal, workspacesMissing, pairsTotal, pairsRead } = summariseCoverage(basis.coverage);
  const { window } = basis;
  const uncovered = window.uncovered.length + window.moreUncovered;
  const lines: (readonly [string, string | number])[] = [
    ["taken", takenAt],
    ["filter", query === "" ? "none" : query],
    [basis.coverage.entries.length > 0 && workspacesMissing.length === 0 ? "rows" : "rows, at least", rows],
    ["newest reading", basis.asOf ?? "none"],
    ["workspaces", workspacesTotal],
    ["workspace × source current", `${pairsRead} of ${pairsTotal}`],
    ...workspacesMissing.map(
      ({ name, sources, since, reason }) =>
        [
          "not current",
          `${[name, ...sources].join(", ")}: ${reason ?? "not read"}, last read ${since ?? "never"}`,
        ] as const,
    ),
    ["window read in full", window.isCovered ? "yes" : `no, not of ${uncovered} workspace × source`],
    ["read without a gap since", window.coveredFrom ?? "not known"],
  ];
  return `${lines.map((line) => csvLine(line)).join("")}\r\n${csvLine([...columns])}`;
}

export interface ExportOptions {
  readonly organisationId: string;
  readonly query: IncidentQuery;
  readonly format: ExportFormat;
  readonly batchRows: number;
  readonly nowMs: number;
  /** The workspaces that the person may see now; throws when they may no longer read this. */
  readonly scopeNow: () => Promise<WorkspaceScope>;
}

/** Everything that matches, its basis first, read as fast as it is taken. */
export function exportStream(options: ExportOptions): ReadableStream<Uint8Array> {
  const { organisationId, query, format, batchRows, scopeNow } = options;
  const encoder = new TextEncoder();
  let after: Place | null = null;
  let begun: WorkspaceScope | null = null;
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      begun = await scopeNow();
      const head = await readHead(options, begun);
      // With a mark of its encoding, or spreadsheets take UTF-8 for something else.
      controller.enqueue(encoder.encode(`${format === "csv" ? "\uFEFF" : ""}${headOf(head, format)}`));
    },
    async pull(controller) {
      const scope = await scopeNow();
      // What the head says is no longer what the person may see: the file breaks off, so that it is not taken for the whole.
      if (begun === null || !isSameScope(scope, begun)) throw new Error("The person's workspaces changed.");
      const { page, names } = await withOrganisation(organisationId, async (tx) => ({
        page: await readPage(tx, { ...query, after }, scope, batchRows),
        names: await workspaceNames(tx, scope),
      }));
      const rows = page.rows.map((row) => named(row, names));
      const lines = rows.map((row) => (format === "csv" ? csvOf(row) : `${JSON.stringify(row)}\n`));
      if (lines.length > 0) controller.enqueue(encoder.encode(lines.join("")));
      after = page.next;
      if (after === null) controller.close();
    },
  });
}

function isSameScope(one: WorkspaceScope, other: WorkspaceScope): boolean {
  if (one.kind === "all" || other.kind === "all") return one.kind === other.kind;
  return one.ids.size === other.ids.size && [...one.ids].every((id) => other.ids.has(id));
}

async function readHead(
  { organisationId, query, nowMs }: ExportOptions,
  scope: WorkspaceScope,
): Promise<ExportHead> {
  return withOrganisation(organisationId, async (tx) => {
    const { total, rowsOfPair } = await countMatching(tx, query, scope);
    const { names: _names, ...basis } = await readBasis(tx, query, scope, { nowMs, rowsOfPair });
    return {
      takenAt: new Date(nowMs).toISOString(),
      query: printIncidentQuery({ ...query, after: null }).toString(),
      rows: total,
      basis,
    };
  });
}
