"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { useFormatTime } from "@/components/data/use-format-time";
import { useClock } from "@/components/shell/clock";
import { useSession } from "@/components/shell/session";
import { SeverityMark } from "@/components/ui/severity-mark";
import { WorkspaceTile } from "@/components/ui/workspace-tile";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { worstFirst } from "@/lib/contract/vocabulary";
import { ageMs, formatAge } from "@/lib/domain/ageing";
import { summariseCoverage } from "@/lib/domain/coverage";
import { defaultView, type ViewFilter, type ViewWindow } from "@/lib/domain/incident-view";
import type { OpenSummary } from "@/lib/domain/register";
import { useLiveFeed } from "@/lib/queries/live";
import { openSummaryQuery } from "@/lib/queries/open-summary";
import { HoursChart } from "./hours-chart";

export interface QueueStripProps {
  readonly onFilter: (next: (filter: ViewFilter) => ViewFilter) => void;
  readonly onOpen: (row: IncidentRow) => void;
  /** Called when the live stream tells that something changed, a few times a second at most. */
  readonly onNews: () => void;
}

const count = (value: number) => value.toLocaleString("en");

/** The open work of every customer at a glance, whatever the list below is narrowed to. Each figure leads to its incidents. */
export function QueueStrip({ onFilter, onOpen, onNews }: QueueStripProps) {
  const { organisation } = useSession();
  const { data, refetch } = useQuery(openSummaryQuery(organisation.slug));
  const onMessage = useThrottled(() => {
    onNews();
    void refetch({ cancelRefetch: false });
  });
  useLiveFeed(organisation.slug, onMessage);
  const nowMs = useClock(30_000);
  const formatTime = useFormatTime();
  // The list tells of a failure; a strip of old figures would only say it twice.
  if (data === undefined || data.asOf === null || nowMs === null)
    return <div className="h-11 shrink-0 border-b border-line max-sm:hidden" />;
  const isLeast = summariseCoverage(data.coverage).atLeast;
  const show = (over: Partial<ViewFilter>) =>
    onFilter(() => ({ ...defaultView.filter, window: windowOf(data, nowMs), ...over }));
  return (
    <section
      aria-label="Open work of all workspaces"
      className="flex h-11 shrink-0 items-center gap-x-5 overflow-x-auto border-b border-line px-3 text-13 whitespace-nowrap text-quiet max-sm:hidden"
    >
      <span className="flex items-center gap-1">
        <span
          className="mr-1"
          data-tip={`As of ${formatTime(data.asOf)}${isLeast ? ". Not every workspace was read: see the foot of the page" : ""}`}
        >
          {isLeast ? "Open, at least" : "Open"}
        </span>
        {severitiesOf(data).map(([severity, n]) => (
          <Figure
            key={severity}
            label={`${count(n)} ${severity} open: show them`}
            onClick={() => show({ severities: [severity] })}
          >
            <SeverityMark severity={severity} />
            <Count value={n} />
          </Figure>
        ))}
      </span>
      <Figure
        label={`${count(data.unassigned)} open and unassigned: show them`}
        onClick={() => show({ owners: { unassigned: true, emails: [] } })}
      >
        Unassigned <Count value={data.unassigned} />
      </Figure>
      {data.oldest === null ? null : <Oldest row={data.oldest} nowMs={nowMs} onOpen={onOpen} />}
      <span className="ml-auto">
        <HoursChart
          hours={data.hours}
          closedBeforeSeen={data.closedBeforeSeen}
          isCovered={data.areHoursCovered && !isLeast}
        />
      </span>
    </section>
  );
}

/** A reading brings its events in a burst: they are answered together, a moment after the first. */
const togetherMs = 250;

function useThrottled(run: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      run();
    }, togetherMs);
  };
}

function Oldest({
  row,
  nowMs,
  onOpen,
}: {
  readonly row: IncidentRow;
  readonly nowMs: number;
  readonly onOpen: QueueStripProps["onOpen"];
}) {
  const age = formatAge(ageMs(row.creationTime, nowMs));
  const where = row.workspaceName ?? row.workspaceId.slice(0, 8);
  return (
    <Figure
      label={`The oldest open one: ${age}, ${where}, ${row.title ?? "no title"}`}
      onClick={() => onOpen(row)}
    >
      Oldest <span className="font-semibold tabular-nums text-strong">{age}</span>
      <WorkspaceTile
        workspaceId={row.workspaceId}
        name={row.workspaceName}
        withName
        className="max-w-40 max-lg:hidden 2xl:max-w-80"
      />
    </Figure>
  );
}

const Count = ({ value }: { readonly value: number }) => (
  <span className="font-semibold tabular-nums text-strong">{count(value)}</span>
);

function Figure({
  label,
  onClick,
  children,
}: {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-control px-1.5 hover:bg-raised"
    >
      {children}
    </button>
  );
}

/** The four known ones always, others when there are any. */
function severitiesOf({ bySeverity }: OpenSummary): readonly (readonly [string, number])[] {
  const others = Object.keys(bySeverity).filter((name) => name !== "" && !worstFirst.includes(name));
  return [...worstFirst, ...others].map((name) => [name, bySeverity[name] ?? 0]);
}

const dayMs = 86_400_000;

/** A window that holds the oldest open one: a day where that is enough, so that the list stays short. */
function windowOf({ oldest }: OpenSummary, nowMs: number): ViewWindow {
  const age = ageMs(oldest?.creationTime ?? null, nowMs) ?? 0;
  if (age < dayMs) return { type: "TwentyFourHours" };
  if (age < 7 * dayMs) return { type: "SevenDays" };
  if (age < 30 * dayMs || oldest?.creationTime == null) return { type: "ThirtyDays" };
  return { type: "Custom", from: oldest.creationTime, to: new Date(nowMs).toISOString() };
}
