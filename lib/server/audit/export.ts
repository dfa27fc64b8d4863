import "server-only";
import { actingDisplay, type AuditFilter, type AuditRow } from "@/lib/domain/audit";
import { csvLine } from "@/lib/domain/csv";
import { readAuditRows } from "./read";

export type ExportFormat = "csv" | "jsonl";

/** Rows read at a time; each piece in a transaction of its own, so that a long export holds up nobody. */
export const exportBatchRows = 1_000;

const columns = [
  "seq",
  "at",
  "person",
  "e-mail",
  "action",
  "outcome",
  "permission",
  "workspace",
  "request id",
  "upstream request id",
  "detail",
  "hash",
];

function lineOf(row: AuditRow, format: ExportFormat): string {
  if (format === "jsonl") return `${JSON.stringify(row)}\n`;
  const { seq, at, person, action, outcome, permission, workspaceId } = row;
  const { requestId, upstreamRequestId, detail, hash } = row;
  const who = [person?.name ?? actingDisplay(row), person?.email ?? null];
  const ids = [requestId, upstreamRequestId];
  return csvLine([
    seq,
    at,
    ...who,
    action,
    outcome,
    permission,
    workspaceId,
    ...ids,
    JSON.stringify(detail),
    hash,
  ]);
}

export interface ExportOptions {
  readonly organisationId: string;
  readonly filter: AuditFilter;
  readonly format: ExportFormat;
  readonly batchRows: number;
  /** Throws when the person may no longer read this. */
  readonly stillMay: () => Promise<unknown>;
}

/**
 * The rows of a filter as text, newest first, read as fast as they are taken. The person's rights are looked at before each
 * piece: once they are gone the answer breaks off, so that what came is not taken for the whole.
 */
export function exportStream(options: ExportOptions): ReadableStream<Uint8Array> {
  const { organisationId, filter, format, batchRows, stillMay } = options;
  const encoder = new TextEncoder();
  let before: number | null = null;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      // With a mark of its encoding, or spreadsheets take UTF-8 for something else.
      if (format === "csv") controller.enqueue(encoder.encode(`\uFEFF${csvLine(columns)}`));
    },
    async pull(controller) {
      await stillMay();
      const rows: readonly AuditRow[] = await readAuditRows(organisationId, filter, before, batchRows);
      if (rows.length > 0)
        controller.enqueue(encoder.encode(rows.map((row) => lineOf(row, format)).join("")));
      before = rows.at(-1)?.seq ?? null;
      if (rows.length < batchRows) controller.close();
    },
  });
}
