"use client";

import { Workflow } from "lucide-react";
import { type RefObject, useMemo, useState } from "react";
import { FailureBar, FailurePanel } from "@/components/data/failure-panel";
import { ListFoot } from "@/components/data/list/list-foot";
import { ListStatus } from "@/components/data/list/list-status";
import { ProgressLine } from "@/components/data/progress-line";
import { useShortcuts } from "@/components/shell/shortcuts";
import { useStatusLine } from "@/components/shell/status-line";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { foldRetries } from "@/lib/domain/gamebook-chains";
import { reliabilityOf, type ReliabilitySort, retrySummary } from "@/lib/domain/gamebook-reliability";
import { isFailing } from "@/lib/domain/gamebook-run";
import { runState } from "@/lib/domain/gamebook-status";
import { newestFirst, runNoun } from "@/lib/domain/gamebook-view";
import { Figure, Figures } from "../figures";
import type { GamebookView } from "../use-gamebook-view";
import { type NewestRuns, useNewest } from "../use-newest";
import { Matrix } from "./matrix";
import { type Gathered, usePlaybooksOf } from "./use-playbooks-of";

/** Each run costs a call for its playbooks: so many at a time. */
const step = 250;

export interface ReliabilityProps {
  readonly view: GamebookView;
  readonly searchRef: RefObject<HTMLInputElement | null>;
}

/** How often each playbook fails, and where. */
export function Reliability({ view, searchRef }: ReliabilityProps) {
  const newest = useNewest(view.ask, view.window, step);
  const { runs, listing } = newest;
  const gathered = usePlaybooksOf(runs);
  const { read } = gathered;
  const [sort, setSort] = useState<ReliabilitySort>({ by: "rate", isDescending: true });
  const found = useMemo(() => reliabilityOf(read), [read]);
  useShortcuts("Reliability", [
    { keys: "r", label: "Refresh now", run: listing.refresh },
    { keys: "/", label: "Search", run: () => searchRef.current?.focus() },
  ]);
  const text = useWords(newest, gathered);
  return (
    <section aria-label="Reliability of playbooks" className="flex min-h-0 flex-1 flex-col">
      <ListStatus
        text={text}
        testId="gamebook-count"
        asOf={listing.asOf}
        onRefresh={listing.refresh}
        progress={
          gathered.missing > 0 && gathered.error === null ? (
            <ProgressLine label="Playbooks read" value={read.length} max={read.length + gathered.missing} />
          ) : null
        }
      />
      <RunFigures newest={newest} />
      {found.rows.length > 0 ? (
        <Matrix found={found} sort={sort} onSort={setSort} caption={text} />
      ) : (
        <div className="grid min-h-0 flex-1 place-items-center overflow-auto">
          <Nothing newest={newest} gathered={gathered} />
        </div>
      )}
      {gathered.error !== null && found.rows.length > 0 ? (
        <FailureBar
          error={gathered.error}
          onRetry={gathered.again}
          retryLabel="Continue"
          unaffected={`The figures rest on the ${read.length} runs read before.`}
        />
      ) : null}
      <ListFoot listing={{ ...listing, isComplete: newest.isCovered }} noun={runNoun} />
    </section>
  );
}

function useWords({ listing, basis }: NewestRuns, { read, missing, unknown, error }: Gathered): string {
  const rest = [
    missing > 0 ? `${missing.toLocaleString("en")} not read yet` : "",
    unknown > 0 ? `${unknown.toLocaleString("en")} of which ContraForce knows no playbooks` : "",
  ].filter((part) => part !== "");
  const runs = `Playbooks of ${read.length.toLocaleString("en")} ended runs${rest.length > 0 ? ` (${rest.join(", ")})` : ""}`;
  const text = listing.isLoading ? "Reading runs" : `${runs} · ${basis}`;
  const isFailed = error !== null || listing.error !== null;
  const tone = isFailed
    ? read.length > 0
      ? "partial"
      : "failed"
    : missing > 0 || listing.isReading
      ? "busy"
      : "live";
  useStatusLine({ tone, summary: text });
  return text;
}

/** The runs as wholes, and what became of those that were tried again. */
function RunFigures({ newest: { runs, listing } }: { readonly newest: NewestRuns }) {
  const retries = useMemo(() => retrySummary(foldRetries(newestFirst(runs))), [runs]);
  const states = runs.map((run) => runState(run.status));
  const succeeded = states.filter((state) => state === "succeeded").length;
  const failed = states.filter(isFailing).length;
  const shown = (count: number) => (listing.isLoading ? "–" : count.toLocaleString("en"));
  const first = retries.withoutFirst > 0 ? `, ${retries.withoutFirst} without the first run` : "";
  return (
    <div className="shrink-0 border-b border-line px-3 py-2">
      <Figures label="Runs">
        <Figure name="runs" value={shown(runs.length)} />
        <Figure name="succeeded" value={shown(succeeded)} />
        <Figure name="failed, or in part" value={shown(failed)} />
        <Figure name="neither" value={shown(runs.length - succeeded - failed)} />
        <Figure
          name={`tried again${first}`}
          value={shown(retries.chains)}
          note={`${retries.succeeded} succeeded at last, ${retries.failing} still failing`}
        />
      </Figures>
    </div>
  );
}

function Nothing({ newest, gathered }: { readonly newest: NewestRuns; readonly gathered: Gathered }) {
  const { listing, isCovered, basis } = newest;
  if (listing.error !== null && listing.rows.length === 0)
    return <FailurePanel error={listing.error} onRetry={listing.more} />;
  if (gathered.error !== null)
    return <FailurePanel error={gathered.error} onRetry={gathered.again} retryLabel="Continue" />;
  if (listing.isLoading || listing.isReading || gathered.missing > 0)
    return (
      <div role="status" aria-label="Reading the playbooks" className="w-full self-start px-3 py-3">
        {Array.from({ length: 8 }, (_, line) => (
          <Skeleton key={line} className="mb-4 h-3 w-full" />
        ))}
      </div>
    );
  return (
    <EmptyState
      icon={Workflow}
      title="No playbook has ended"
      action={isCovered ? undefined : <Button onClick={listing.more}>Read more</Button>}
    >
      Looked {basis}.
    </EmptyState>
  );
}
