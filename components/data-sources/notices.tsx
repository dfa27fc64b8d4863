"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { FailureBar } from "@/components/data/failure-panel";
import { useFormatTime } from "@/components/data/use-format-time";
import { RawText } from "@/components/ui/raw-text";
import type { CoverageEntry } from "@/lib/domain/coverage";
import { describeUnread } from "@/lib/domain/data-source-words";

const isFailed = ({ state }: CoverageEntry) => state === "failed";

/** Workspaces whose reading failed, above what is shown: why, since when, and what is unaffected. */
export function FailedReadings({ coverage }: { readonly coverage: readonly CoverageEntry[] }) {
  const formatTime = useFormatTime();
  const failed = coverage.filter(isFailed);
  if (failed.length === 0) return null;
  const reasons = [...new Set(failed.map((entry) => entry.reason))].filter((reason) => reason !== null);
  return (
    <p
      role="status"
      className="flex shrink-0 items-start gap-2 border-b border-line bg-panel px-3 py-1.5 text-13 text-normal"
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-strong" />
      <span className="min-w-0">
        <span className="font-medium text-strong">{describeUnread(failed, formatTime)}</span>
        {reasons.length > 0 ? ` (${reasons.join("; ")})` : ""}. What is shown of them was read before.
      </span>
    </p>
  );
}

/** A reading of Watchfloor's own that failed, under what it brought before. */
export function FailedQuery({ query }: { readonly query: UseQueryResult<unknown> }) {
  if (query.error === null || query.data === undefined) return null;
  return (
    <FailureBar
      error={query.error}
      onRetry={() => void query.refetch()}
      unaffected="What is shown was read before."
    />
  );
}

/** What ContraForce sent and no row could be made of; nothing of a reply is dropped in silence. */
export function Remainder({
  text,
  unreadableRows,
}: {
  readonly text: string | null;
  readonly unreadableRows: number;
}) {
  if (text === null && unreadableRows === 0) return null;
  const rows = unreadableRows === 1 ? "1 row" : `${unreadableRows.toLocaleString("en")} rows`;
  return (
    <div className="shrink-0 border-b border-line bg-panel px-3 py-1.5 text-13 text-normal">
      {unreadableRows > 0 ? <p>{rows} of the reply could not be read and are not shown.</p> : null}
      {text === null ? null : (
        <details>
          <summary className="cursor-default rounded-mark font-medium text-strong">
            ContraForce sent something that is in none of the rows
          </summary>
          <RawText text={text} label="What ContraForce sent" className="my-2 max-h-80 bg-page" />
        </details>
      )}
    </div>
  );
}
