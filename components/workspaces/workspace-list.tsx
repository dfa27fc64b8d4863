"use client";

import { Building2, EyeOff, SearchX } from "lucide-react";
import type { RefObject } from "react";
import { FailureBar, FailurePanel } from "@/components/data/failure-panel";
import { ListGrid, type ListHandle } from "@/components/data/list/list-grid";
import { ListStatus } from "@/components/data/list/list-status";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import { describeWorkspaces, type WorkspaceRow } from "@/lib/domain/workspace-desk";
import { workspaceListColumns, workspacesListWidth } from "./columns";
import type { useWorkspaceDesk } from "./use-workspace-desk";
import type { WorkspacesViewControl } from "./use-workspaces-view";

const WorkspaceDrawer = onDemand(() => import("./workspace-drawer").then((module) => module.WorkspaceDrawer));

type Desk = ReturnType<typeof useWorkspaceDesk>;

export interface WorkspaceListProps {
  readonly desk: Desk;
  readonly view: WorkspacesViewControl;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly gridRef: RefObject<ListHandle | null>;
  /** Changes what is ticked, else this row; null for who may change nothing. */
  readonly onEdit: ((row: WorkspaceRow | null) => void) | null;
  readonly onTick: ((id: string) => void) | null;
  readonly onTickAll: (() => void) | null;
  /** Null while nothing is ticked. */
  readonly onUntick: (() => void) | null;
}

const keyOf = (row: WorkspaceRow) => row.id;
const columnsOf = { ticking: workspaceListColumns(true), reading: workspaceListColumns(false) };

/** The workspaces, beside one of them in the drawer. */
export function WorkspaceList(props: WorkspaceListProps) {
  const { desk, view, gridRef, searchRef, onEdit, onTick, onTickAll, onUntick } = props;
  const { query, rows } = desk;
  const { data, error } = query;
  const refresh = () => void query.refetch();
  const list = useList({
    gridRef,
    rows,
    keyOf,
    openKey: view.open,
    onOpen: (row) => view.setOpen(row.id),
    onClose: () => view.setOpen(null),
  });
  const atCursor = list.cursor === null ? null : (rows[list.cursor.index] ?? null);
  const current = rows.find(({ id }) => id === view.open) ?? atCursor;
  useListShortcuts({
    group: "Workspaces",
    noun: "workspace",
    isOpen: view.open !== null,
    onMove: list.step,
    onOpen: list.openCursor,
    onEscape: onUntick !== null && view.open === null ? onUntick : list.escape,
    onRefresh: refresh,
    searchRef,
    more: [
      ...(onEdit
        ? [{ keys: "e", label: "Change the ticked workspaces, else this one", run: () => onEdit(current) }]
        : []),
      ...(onTick
        ? [{ keys: "x", label: "Tick the workspace", run: () => current && onTick(current.id) }]
        : []),
      ...(onTickAll ? [{ keys: "Shift+x", label: "Tick all in the list", run: onTickAll }] : []),
    ],
  });
  if (data === undefined && error !== null) return <FailurePanel error={error} onRetry={refresh} />;
  return (
    <div className="relative flex min-h-0 flex-1">
      <section aria-label="List of workspaces" className="flex min-w-0 flex-1 flex-col">
        <ListStatus
          text={
            data === undefined ? "Reading the workspaces" : describeWorkspaces(desk.found, desk.all.length)
          }
          testId="workspace-count"
          asOf={data?.basis.asOf ?? null}
          onRefresh={refresh}
        />
        <ListGrid
          ref={gridRef}
          label="Workspaces"
          columns={onTick ? columnsOf.ticking : columnsOf.reading}
          width={workspacesListWidth}
          rows={rows}
          keyOf={keyOf}
          cursorKey={list.cursor?.key ?? null}
          openKey={view.open}
          density="normal"
          sort={view.sort}
          onSort={({ column, descending }) => {
            if (column !== "tick") view.setSort({ column, descending });
          }}
          onPick={list.pick}
          isComplete={data !== undefined}
          isLoading={data === undefined}
          empty={data === undefined ? null : <Nothing desk={desk} view={view} />}
        />
        {error !== null && data !== undefined ? (
          <FailureBar error={error} onRetry={refresh} unaffected="What is shown was read before." />
        ) : null}
      </section>
      {view.open === null ? null : (
        <WorkspaceDrawer
          workspaceId={view.open}
          onEdit={onEdit && current ? () => onEdit(current) : null}
          onPrevious={list.onPrevious}
          onNext={list.onNext}
          onClose={list.close}
        />
      )}
    </div>
  );
}

function Nothing({ desk, view }: { readonly desk: Desk; readonly view: WorkspacesViewControl }) {
  if (desk.found.hidden > 0)
    return (
      <EmptyState
        icon={EyeOff}
        title={
          desk.found.hidden === 1
            ? "The one workspace here is hidden"
            : `All ${desk.found.hidden.toLocaleString("en")} workspaces here are hidden`
        }
        action={<Button onClick={() => view.narrow({ isHiddenShown: true })}>Show hidden</Button>}
      >
        Their incidents are in the queue as before.
      </EmptyState>
    );
  if (desk.all.length > 0)
    return (
      <EmptyState
        icon={SearchX}
        title="No workspace matches these filters"
        action={<Button onClick={view.clear}>Clear filters</Button>}
      />
    );
  return (
    <EmptyState icon={Building2} title="No workspace is known yet">
      ContraForce has no list of workspaces. They become known as incidents, gamebooks, users and service
      accounts name them.
    </EmptyState>
  );
}
