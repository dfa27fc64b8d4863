"use client";

import { useRef } from "react";
import type { ListHandle } from "@/components/data/list/list-grid";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { onDemand } from "@/components/ui/on-demand";
import { AnomalyList } from "./anomalies/anomaly-list";
import { DeskFilters } from "./desk-filters";
import { useDesk } from "./use-desk";
import { useDeskView } from "./use-desk-view";

/** Their code comes with the first look at them. */
const Matrix = onDemand(() => import("./matrix/matrix").then((module) => module.Matrix));
const WorkspaceList = onDemand(() =>
  import("./workspaces/workspace-list").then((module) => module.WorkspaceList),
);

/** Whether the customers' data arrives: what is unusual, which connectors are connected, and since when. */
export function DataSourcesPage() {
  return (
    <NeedsPermission permission="datasources:read" title="Data sources are not part of your role">
      <DataSources />
    </NeedsPermission>
  );
}

function DataSources() {
  const view = useDeskView();
  const desk = useDesk();
  const searchRef = useRef<HTMLInputElement>(null);
  const gridRef = useRef<ListHandle>(null);
  const part = { desk, view, searchRef, gridRef };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <DeskFilters
        desk={view}
        columns={desk.matrix.columns}
        searchRef={searchRef}
        onLeaveSearch={() => gridRef.current?.focus()}
      />
      {view.view === "anomalies" ? (
        <AnomalyList {...part} />
      ) : view.view === "matrix" ? (
        <Matrix {...part} />
      ) : (
        <WorkspaceList {...part} />
      )}
    </div>
  );
}
