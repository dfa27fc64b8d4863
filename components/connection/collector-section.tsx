"use client";

import { useQuery } from "@tanstack/react-query";
import { FailureCallout } from "@/components/data/failure-panel";
import { useFormatTime } from "@/components/data/use-format-time";
import { useClock } from "@/components/shell/clock";
import { Fact, Facts, Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { type CollectorState, collectorStanding, describeBackfill } from "@/lib/domain/collector";
import { type FailureCode, failures } from "@/lib/errors";
import { collectorQuery } from "@/lib/queries/collector";

/** What is read ahead for everybody: how current that is, and how far the past has been filled in. */
export function CollectorSection({ org }: { readonly org: string }) {
  const { data, error, refetch } = useQuery(collectorQuery(org));
  return (
    <Section
      title="Collector"
      about="One server reads recent incidents of every workspace ahead, so that lists and counts need not wait for ContraForce."
    >
      {error ? (
        <FailureCallout
          error={error}
          onRetry={() => void refetch()}
          unaffected={data ? "What is shown was read before." : "Collecting goes on without this."}
          className="mb-3"
        />
      ) : null}
      {data ? <State state={data} /> : error ? null : <Skeleton className="h-24 w-full" />}
    </Section>
  );
}

function State({ state }: { readonly state: CollectorState }) {
  const formatTime = useFormatTime();
  const standing = collectorStanding(state, useClock(10_000));
  const { backfill, dataSources, leaderSince, lastCompleteAt } = state;
  if (standing === "off")
    return (
      <p className="text-13 text-normal">
        Off: COLLECT_EVERY_SECONDS is 0 on this server. Lists are read while somebody looks at them.
      </p>
    );
  const isBad = standing === "failed" || standing === "behind" || standing === "unled";
  return (
    <Facts>
      <Fact name="State">
        <span className={isBad ? "font-medium text-danger" : undefined}>
          {sentences[standing](state, formatTime)}
        </span>
      </Fact>
      <Fact name="Last complete reading">{lastCompleteAt ? formatTime(lastCompleteAt) : "None yet"}</Fact>
      <Fact name="Past 30 days">
        {backfill ? describeBackfill(backfill) : "Not begun"}
        <Fault code={backfill?.failureCode ?? null} />
      </Fact>
      <Fact name="Data sources">
        {dataSources.readAt ? `Read ${formatTime(dataSources.readAt)}` : "Not read yet"}
        <Fault code={dataSources.failureCode} />
      </Fact>
      {leaderSince ? <Fact name="Led since">{formatTime(leaderSince)}</Fact> : null}
    </Facts>
  );
}

function Fault({ code }: { readonly code: FailureCode | null }) {
  return code ? (
    <span className="font-medium text-danger">{`; last try: ${failures[code].title}`}</span>
  ) : null;
}

type Sentence = (state: CollectorState, formatTime: (iso: string) => string) => string;
const next: Sentence = ({ nextDueAt }, formatTime) => (nextDueAt ? formatTime(nextDueAt) : "soon");

/** One sentence for each state but `off`. */
const sentences: Readonly<Record<Exclude<ReturnType<typeof collectorStanding>, "off">, Sentence>> = {
  unled: () => "No server collects at the moment; what is shown grows older",
  never: () => "Has not read anything yet",
  reading: ({ readingSince }, formatTime) =>
    `First reading since ${readingSince ? formatTime(readingSince) : "a moment ago"}`,
  failed: (state, formatTime) => {
    const { lastSweep } = state;
    const why = lastSweep?.failureCode ? failures[lastSweep.failureCode].title : "the reading failed";
    return `Failed at ${lastSweep ? formatTime(lastSweep.endedAt) : "an unknown time"}: ${why}; next try ${next(state, formatTime)}`;
  },
  behind: (state, formatTime) => `Behind: a reading was due at ${next(state, formatTime)}`,
  current: (state, formatTime) =>
    state.readingSince
      ? `Reading since ${formatTime(state.readingSince)}`
      : `Up to date; next reading ${next(state, formatTime)}`,
};
