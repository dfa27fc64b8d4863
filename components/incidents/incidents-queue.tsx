"use client";

import { useMemo, useState } from "react";
import { FailurePanel } from "@/components/data/failure-panel";
import { ListGrid } from "@/components/data/list/list-grid";
import { useSession } from "@/components/shell/session";
import { onDemand } from "@/components/ui/on-demand";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { clearFilter, isLocallyNarrowed } from "@/lib/domain/incident-view";
import { countWaiting, keyOf } from "@/lib/domain/incident-view-arrange";
import { kindOfWork } from "@/lib/domain/incident-view-words";
import { incidentListWidth, shownColumns, sortBy } from "./columns";
import { FilterBar } from "./filter/filter-bar";
import { useFacetLabels } from "./filter/use-facet-labels";
import { useNoticeChoice } from "./notice/notice-choice";
import { StackControl } from "./stacks/stack-control";
import { QueueNotices } from "./status/queue-notices";
import { QueueStatus } from "./status/queue-status";
import { useQueueStatusLine } from "./status/use-queue-status-line";
import { type Queue, useQueue } from "./use-queue";
import { ColumnsControl } from "./view/columns-control";
import { ExportMenu } from "./view/export-menu";
import { ViewsControl } from "./view/views-control";
import { ViewControls } from "./view/view-controls";

/** Its code comes with the first incident that is opened. */
const IncidentDrawer = onDemand(() =>
  import("./drawer/incident-drawer").then((module) => module.IncidentDrawer),
);

/** Their code comes when they are first needed, in one piece with the menus. */
const QueueEmpty = onDemand(() => import("./view/view-parts").then((module) => module.QueueEmpty));
const IncidentNotices = onDemand(() => import("./view/view-parts").then((module) => module.IncidentNotices));

/** It stands for what the register holds, and comes after the list. */
const stripPlace = <div className="h-11 shrink-0 border-b border-line max-sm:hidden" />;
const QueueStrip = onDemand(
  () => import("./strip/queue-strip").then((module) => module.QueueStrip),
  stripPlace,
);

/** Every customer's incidents on one screen: filters, the list, and one incident beside it. */
export function IncidentsQueue() {
  const queue = useQueue();
  const origin = useLastKnown(queue.walk.origin);
  useQueueStatusLine(queue.walk);
  return (
    <div className="flex h-full min-h-0 flex-col">
      {origin === "upstream" ? null : origin === null ? (
        stripPlace
      ) : (
        <QueueStrip onFilter={queue.setFilter} onOpen={queue.openRow} onNews={queue.walk.onNews} />
      )}
      <QueueToolbar queue={queue} />
      <div className="relative flex min-h-0 flex-1">
        <QueueList queue={queue} />
        <OpenIncident queue={queue} />
      </div>
    </div>
  );
}

/** What was last known of it: a changed filter must not make the page jump until its rows have come. */
function useLastKnown<Value>(value: Value | null): Value | null {
  const [known, setKnown] = useState(value);
  if (value !== null && value !== known) setKnown(value);
  return value ?? known;
}

/** Which incident a row shows, for whoever reads the page from outside (the journeys in e2e/). */
const addressOf = ({ workspaceId, source, id }: IncidentRow) => `${workspaceId}/${source}/${id}`;

interface QueueProps {
  readonly queue: Queue;
}

/** Above list and drawer, so that opening an incident moves no row. */
function QueueToolbar({ queue }: QueueProps) {
  const { view, change, walk, gridRef, searchRef, setFilter, setSort, setDensity } = queue;
  const words = useFacetLabels(walk.state.finished ?? walk.state.current);
  const notices = useNoticeChoice(useSession().organisation.slug, view.saved);
  return (
    <div className="flex shrink-0 items-start gap-2 border-b border-line px-3 py-2 max-sm:flex-wrap">
      <ViewsControl view={view} change={change} />
      <FilterBar
        searchRef={searchRef}
        filter={view.filter}
        onFilter={setFilter}
        onLeaveSearch={() => gridRef.current?.focus()}
        ledger={walk.ledger}
        words={words}
      />
      {notices === "" ? null : (
        <IncidentNotices ledger={walk.ledger} view={view} choice={notices} onOpen={queue.openRow} />
      )}
      <ColumnsControl
        columns={view.columns}
        onColumns={(columns) => change((current) => ({ ...current, columns }))}
      />
      {walk.origin === "register" ? (
        <>
          <StackControl filter={view.filter} onFilter={setFilter} />
          <ExportMenu view={view} />
        </>
      ) : null}
      <ViewControls sort={view.sort} density={view.density} onSort={setSort} onDensity={setDensity} />
    </div>
  );
}

function QueueList({ queue }: QueueProps) {
  const { view, notes, walk, board, arrangement, list, gridRef, openKey, hold } = queue;
  const { setFilter, setSort, apply } = queue;
  const { filter } = view;
  const shown = useMemo(() => shownColumns(view.columns), [view.columns]);
  return (
    <section aria-label="List of incidents" className="flex min-w-0 flex-1 flex-col">
      <QueueStatus
        walk={walk}
        matching={arrangement.matching}
        narrowed={isLocallyNarrowed(filter) || arrangement.matching !== walk.state.loaded}
        kind={kindOfWork(filter)}
        waiting={countWaiting(arrangement)}
        onApply={apply}
      />
      <div className="flex min-h-0 flex-1 flex-col" onPointerMove={hold.onPointer}>
        <ListGrid
          ref={gridRef}
          label="Incidents"
          columns={shown.columns}
          width={incidentListWidth}
          widthPx={shown.widthPx}
          rows={arrangement.rows}
          keyOf={keyOf}
          addressOf={addressOf}
          latest={(row, key) => board.latest(row, key)}
          gone={arrangement.gone}
          cursorKey={list.cursor?.key ?? null}
          openKey={openKey}
          density={view.density}
          sort={view.sort}
          onSort={sortBy(setSort)}
          onPick={list.pick}
          onView={hold.onView}
          isComplete={walk.phase === "complete"}
          isLoading={walk.phase === "reading" && walk.state.finished === null}
          empty={
            walk.failure !== null && walk.state.loaded === 0 ? (
              <FailurePanel error={walk.failure} onRetry={walk.resume} />
            ) : (
              <QueueEmpty
                walk={walk}
                filter={filter}
                onClear={() => setFilter(clearFilter)}
                onWiden={() => setFilter((current) => ({ ...current, window: { type: "FourtyEightHours" } }))}
              />
            )
          }
        />
      </div>
      <QueueNotices walk={walk} notes={notes} />
    </section>
  );
}

function OpenIncident({ queue }: QueueProps) {
  const { view, arrangement, list, openKey } = queue;
  if (view.open === null || openKey === null) return null;
  return (
    <IncidentDrawer
      incidentKey={view.open}
      isGone={arrangement.gone.has(openKey)}
      onPrevious={list.onPrevious}
      onNext={list.onNext}
      onClose={list.close}
    />
  );
}
