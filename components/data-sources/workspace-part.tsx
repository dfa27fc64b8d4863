"use client";

import { Building2, SearchX } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { FailurePanel } from "@/components/data/failure-panel";
import type { ListColumn } from "@/components/data/list/list-column";
import { ListGrid } from "@/components/data/list/list-grid";
import { ListStatus } from "@/components/data/list/list-status";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import type { MatrixRow } from "@/lib/domain/data-source-matrix";
import { describeRows } from "@/lib/domain/data-source-words";
import type { DeskPartProps } from "./desk-part";
import { FailedQuery, FailedReadings, Remainder } from "./notices";
import { rowKey } from "./row-signature";
import { useDeskStatus } from "./use-desk-status";
import type { DeskViewControl } from "./use-desk-view";
import { useWorkspaceList } from "./use-workspace-list";

/** Its code comes with the first workspace that is opened. */
const WorkspaceDrawer = onDemand(() =>
  import("./workspace/workspace-drawer").then((module) => module.WorkspaceDrawer),
);

export interface WorkspacePartProps extends DeskPartProps {
  /** What the grid holds: "Matrix of workspaces and connectors". */
  readonly label: string;
  readonly columns: readonly ListColumn<MatrixRow>[];
  readonly width: string;
  readonly style?: CSSProperties;
  /** Above the grid. */
  readonly legend?: ReactNode;
}

/** Workspaces as rows, beside one of them in the drawer: the frame of matrix and workspace list. */
export function WorkspacePart(props: WorkspacePartProps) {
  const { desk, view, gridRef, searchRef, label } = props;
  const { connectors: query, anomalies, refresh } = desk;
  const { data, error } = query;
  useDeskStatus("connectors", query);
  const { rows, list, total } = useWorkspaceList({ desk, view, gridRef, searchRef, group: label });
  if (data === undefined && error !== null) return <FailurePanel error={error} onRetry={refresh} />;
  return (
    <div className="relative flex min-h-0 flex-1" style={props.style}>
      <section aria-label={label} className="flex min-w-0 flex-1 flex-col">
        <ListStatus
          text={data === undefined ? "Reading the connectors" : describeRows(rows, total)}
          testId="workspace-count"
          asOf={data?.asOf ?? null}
          onRefresh={refresh}
          progress={
            anomalies.isPending ? (
              <span role="status" className="flex shrink-0 items-center gap-1.5 text-12 text-quiet">
                <Spinner className="size-3" />
                Anomalies still being read
              </span>
            ) : null
          }
        />
        {props.legend}
        <FailedReadings coverage={data?.coverage ?? []} />
        <Remainder text={null} unreadableRows={data?.unreadableRows ?? 0} />
        {anomalies.error !== null && anomalies.data === undefined ? (
          <p role="status" className="shrink-0 border-b border-line bg-panel px-3 py-1.5 text-13 text-normal">
            The anomalies could not be read: a connector marked as connected may have one.
          </p>
        ) : null}
        <ListGrid
          ref={gridRef}
          label={label}
          columns={props.columns}
          width={props.width}
          rows={rows}
          keyOf={rowKey}
          cursorKey={list.cursor?.key ?? null}
          openKey={view.open}
          density="normal"
          sort={null}
          onPick={list.pick}
          isComplete={data !== undefined}
          isLoading={data === undefined}
          empty={data === undefined ? null : <Nothing total={total} view={view} />}
        />
        <FailedQuery query={query} />
      </section>
      {view.open === null ? null : (
        <WorkspaceDrawer
          workspaceId={view.open}
          onPrevious={list.onPrevious}
          onNext={list.onNext}
          onClose={list.close}
        />
      )}
    </div>
  );
}

function Nothing({ total, view }: { readonly total: number; readonly view: DeskViewControl }) {
  if (total > 0)
    return (
      <EmptyState
        icon={SearchX}
        title={
          view.filter.isTroubleOnly ? "No workspace is in trouble here" : "No workspace matches these filters"
        }
        action={<Button onClick={view.clear}>Clear filters</Button>}
      />
    );
  return (
    <EmptyState icon={Building2} title="No workspace is known yet">
      ContraForce has no list of workspaces. They become known as incidents, gamebooks and anomalies name
      them.
    </EmptyState>
  );
}
