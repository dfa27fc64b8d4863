"use client";

import { Activity, SearchX } from "lucide-react";
import { useMemo } from "react";
import { FailurePanel } from "@/components/data/failure-panel";
import { ListGrid } from "@/components/data/list/list-grid";
import { ListStatus } from "@/components/data/list/list-status";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import { filterAnomalies, sortAnomalies } from "@/lib/domain/data-source-view";
import { describeAnomalies, isIncomplete } from "@/lib/domain/data-source-words";
import type { AnomaliesView, DataSourceAnomaly } from "@/lib/domain/data-sources";
import type { DeskPartProps } from "../desk-part";
import { FailedQuery, FailedReadings, Remainder } from "../notices";
import { useDeskStatus } from "../use-desk-status";
import type { DeskViewControl } from "../use-desk-view";
import { useSameRows } from "@/components/data/list/use-same-rows";
import { anomalyListColumns, anomalyListWidth } from "./anomaly-columns";

/** Its code comes with the first anomaly that is opened. */
const AnomalyDrawer = onDemand(() => import("./anomaly-drawer").then((module) => module.AnomalyDrawer));

const keyOf = (anomaly: DataSourceAnomaly) => anomaly.id;
/** All but the time of the newest reading, which moves with each. */
const signatureOf = (anomaly: DataSourceAnomaly) => JSON.stringify({ ...anomaly, lastSeenAt: null });
const noAnomalies: readonly DataSourceAnomaly[] = [];

/** What is unusual about connectors over all workspaces, with our own history. */
export function AnomalyList({ desk, view, searchRef, gridRef }: DeskPartProps) {
  const { anomalies: query, refresh } = desk;
  const { data, error } = query;
  useDeskStatus("anomalies", query);
  const held = useSameRows(data?.anomalies ?? noAnomalies, signatureOf);
  const rows = useMemo(
    () => sortAnomalies(filterAnomalies(held, view.filter), view.sort),
    [held, view.filter, view.sort],
  );
  const list = useList({
    gridRef,
    rows,
    keyOf,
    openKey: view.open,
    onOpen: (anomaly) => view.setOpen(anomaly.id),
    onClose: () => view.setOpen(null),
  });
  useListShortcuts({
    group: "Anomaly list",
    noun: "anomaly",
    isOpen: view.open !== null,
    onMove: list.step,
    onOpen: list.openCursor,
    onEscape: list.escape,
    onRefresh: refresh,
    searchRef,
  });
  if (data === undefined && error !== null) return <FailurePanel error={error} onRetry={refresh} />;
  const coverage = data?.coverage ?? [];
  return (
    <div className="relative flex min-h-0 flex-1">
      <section aria-label="List of anomalies" className="flex min-w-0 flex-1 flex-col">
        <ListStatus
          text={
            data === undefined
              ? "Reading the anomalies"
              : describeAnomalies(rows, { isPartial: isIncomplete(coverage), isCut: data.isCut })
          }
          testId="anomaly-count"
          asOf={data?.asOf ?? null}
          onRefresh={refresh}
        />
        <FailedReadings coverage={coverage} />
        <Remainder text={data?.remainder ?? null} unreadableRows={data?.unreadableRows ?? 0} />
        <ListGrid
          ref={gridRef}
          label="Anomalies"
          columns={anomalyListColumns}
          width={anomalyListWidth}
          rows={rows}
          keyOf={keyOf}
          cursorKey={list.cursor?.key ?? null}
          openKey={view.open}
          density="normal"
          sort={view.sort}
          onSort={view.setSort}
          onPick={list.pick}
          isComplete={data !== undefined && !data.isCut}
          isLoading={data === undefined}
          empty={data === undefined ? null : <Nothing data={data} view={view} />}
        />
        <FailedQuery query={query} />
      </section>
      {view.open === null ? null : (
        <AnomalyDrawer
          id={view.open}
          onPrevious={list.onPrevious}
          onNext={list.onNext}
          onClose={list.close}
        />
      )}
    </div>
  );
}

function Nothing({ data, view }: { readonly data: AnomaliesView; readonly view: DeskViewControl }) {
  const { filter } = view;
  if (view.isNarrowed && data.anomalies.length > 0)
    return (
      <EmptyState
        icon={SearchX}
        title="No anomaly matches these filters"
        action={<Button onClick={view.clear}>Clear filters</Button>}
      />
    );
  const isPartial = isIncomplete(data.coverage);
  const hasPast = data.anomalies.length > 0 && !filter.isPastShown;
  return (
    <EmptyState
      icon={Activity}
      title={isPartial ? "No anomaly going on is known" : "ContraForce reports no anomaly now"}
      action={
        hasPast ? (
          <Button onClick={() => view.narrow({ isPastShown: true })}>Show the past 30 days</Button>
        ) : (
          <Button onClick={() => view.show("matrix")}>Show which connectors are connected</Button>
        )
      }
    >
      {isPartial
        ? "Not every workspace could be read; the line at the foot says which."
        : "It names only workspaces with an anomaly; whether it looked at the others it does not say."}
    </EmptyState>
  );
}
