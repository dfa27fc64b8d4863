"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ScrollText, SearchX } from "lucide-react";
import { FailureBar, FailurePanel } from "@/components/data/failure-panel";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { auditQuery } from "@/lib/queries/audit";
import { workspacesQuery } from "@/lib/queries/workspaces";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";
import { useAuditView } from "./use-audit-view";

/** The rows of the view, older ones on demand. */
export function AuditList() {
  const org = useSession().organisation.slug;
  const audit = useAuditView();
  const list = useInfiniteQuery(auditQuery(org, audit.filter));
  const workspaces = useQuery(workspacesQuery(org)).data ?? [];
  const pages = list.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.rows);
  const again = () => void (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch());
  return (
    <div className="flex min-h-full flex-col">
      <AuditFilters org={org} audit={audit} choices={pages[0]?.choices ?? null} workspaces={workspaces} />
      {list.data ? (
        rows.length === 0 ? (
          <Nothing
            isNarrowed={audit.isNarrowed}
            onClear={audit.clear}
            onAll={() => audit.set({ range: "all" })}
          />
        ) : (
          <AuditTable rows={rows} workspaces={workspaces} isStale={list.isPlaceholderData} />
        )
      ) : list.error ? (
        <FailurePanel error={list.error} onRetry={again} />
      ) : (
        <Waiting />
      )}
      {list.data && list.error ? (
        <FailureBar error={list.error} onRetry={again} unaffected="The rows above were read before." />
      ) : null}
      {rows.length > 0 ? (
        <p className="flex items-center gap-3 px-4 py-3 text-12 text-quiet sm:px-6">
          <span role="status">
            {list.hasNextPage
              ? `The newest ${rows.length.toLocaleString("en")} rows of this view`
              : `${rows.length.toLocaleString("en")} ${rows.length === 1 ? "row" : "rows"}, all of this view`}
          </span>
          {list.hasNextPage ? (
            <Button size="small" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show older
            </Button>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

interface NothingProps {
  readonly isNarrowed: boolean;
  readonly onClear: () => void;
  readonly onAll: () => void;
}

function Nothing({ isNarrowed, onClear, onAll }: NothingProps) {
  return isNarrowed ? (
    <EmptyState
      icon={SearchX}
      title="No row of the audit matches these filters"
      action={<Button onClick={onClear}>Clear filters</Button>}
    />
  ) : (
    <EmptyState
      icon={ScrollText}
      title="Nothing was written to the audit in this time"
      action={<Button onClick={onAll}>Show all of it</Button>}
    >
      Each sign-in, change and refusal is written here.
    </EmptyState>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Reading the audit" className="px-4 pt-9 sm:px-6">
      {Array.from({ length: 12 }, (_, line) => (
        <div key={line} className="flex h-9 items-center gap-6 border-b border-line">
          <Skeleton className="h-2.5 w-24" />
          <Skeleton className="h-2.5 w-32" />
          <Skeleton className="h-2.5 w-48" />
        </div>
      ))}
    </div>
  );
}
