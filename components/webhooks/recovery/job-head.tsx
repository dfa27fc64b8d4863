"use client";

import { Download } from "lucide-react";
import { useFormatRange } from "@/components/data/use-format-range";
import { useFormatTime } from "@/components/data/use-format-time";
import { Time } from "@/components/shell/time";
import { useCan } from "@/components/shell/session";
import { buttonClass } from "@/components/ui/button-class";
import { Callout } from "@/components/ui/callout";
import { personName } from "@/lib/domain/audit";
import type { RecoveryJob } from "@/lib/domain/recovery";
import { recoveryReportAddress } from "@/lib/queries/recovery";
import { statusClassWords } from "../status-class-words";
import { JobActions } from "./job-actions";
import { JobState } from "./job-state";
import { events, isMoving, minutesLeft, progressOf, progressText } from "./words";

export interface JobHeadProps {
  readonly org: string;
  readonly job: RecoveryJob;
  /** Of a webhook, by its id. */
  readonly nameOf: (webhookId: string) => string;
}

/** What the recovery is about, what its plan rests on, how far it is, and what can be done. */
export function JobHead({ org, job, nameOf }: JobHeadProps) {
  const formatRange = useFormatRange();
  const canManage = useCan("webhooks:manage");
  const { request, person, createdAt, state } = job;
  const { done, all } = progressOf(job.counts);
  const left = minutesLeft(job.counts, job.perMinute);
  return (
    <header className="flex flex-col gap-3 pt-2 text-13">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="min-w-0 text-20 font-semibold text-strong">{formatRange(request.from, request.to)}</h2>
        <JobState state={state} className="text-14" />
        <span className="flex-1" />
        <a href={recoveryReportAddress(org, job.id)} download className={buttonClass("quiet")}>
          <Download aria-hidden="true" className="size-4 text-quiet" strokeWidth={1.75} />
          Report as CSV
        </a>
      </div>
      <p className="text-normal wrap-anywhere">
        {request.webhookIds.map(nameOf).join(", ")} ·{" "}
        {request.statusClasses.length === 0
          ? "all failures"
          : request.statusClasses.map((each) => statusClassWords[each]).join(", ")}{" "}
        · at most {job.perMinute.toLocaleString("en")} a minute · {personName(person)},{" "}
        <Time value={createdAt} mode="absolute" />: {request.reason}
      </p>
      <PlanText job={job} />
      {all > 0 && state !== "planned" && state !== "planning" ? (
        <div>
          <progress
            aria-label="Events dealt with"
            value={done}
            max={all}
            className="block h-1 w-full max-w-200 appearance-none border-0 bg-raised [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
          />
          <p role="status" data-testid="recovery-progress" className="mt-1.5 font-medium text-strong">
            {progressText(job.counts)}
            {state === "running" && left !== null ? ` · about ${left} min left` : ""}
          </p>
        </div>
      ) : null}
      <JobNotices job={job} />
      {canManage ? (
        <JobActions org={org} job={job} nameOf={nameOf} />
      ) : isMoving(job) || state === "planned" || state === "stopped" ? (
        <p className="text-quiet">An administrator of this organisation can start and stop it.</p>
      ) : null}
    </header>
  );
}

/** What the plan rests on. */
function PlanText({ job }: { readonly job: RecoveryJob }) {
  const formatTime = useFormatTime();
  const { plan, counts, state } = job;
  if (plan === null) {
    if (state === "failed") return null;
    return (
      <p role="status" className="text-quiet">
        {state === "planning"
          ? "Reading the delivery logs"
          : "What the plan rests on is shown to those who see every workspace. Events of yours are listed below."}
      </p>
    );
  }
  const planned = counts.total - counts.skipped;
  return (
    <p className="text-normal" data-testid="recovery-plan">
      The plan: {plan.isComplete ? "" : "at least "}
      {events(planned)} to send again, of {plan.examined.toLocaleString("en")} attempts looked through as of{" "}
      {formatTime(plan.asOf)}. {events(plan.deliveredLater)} came through later by themselves.
      {state === "planned" && counts.skipped > 0
        ? ` ${events(counts.skipped)} ${counts.skipped === 1 ? "is" : "are"} left out, with the reason below.`
        : ""}
      {plan.unreadableRows > 0 ? ` ${plan.unreadableRows} rows of the log could not be read.` : ""}
      {plan.isComplete ? "" : " A limit was reached: plan a smaller window to get the rest."}
    </p>
  );
}

function JobNotices({ job }: { readonly job: RecoveryJob }) {
  const formatTime = useFormatTime();
  const { state, stoppedBecause, slowedUntil } = job;
  return (
    <>
      {state === "failed" ? (
        <Callout
          tone="danger"
          title="No plan could be made"
          unaffected="Nothing was sent."
          advice={stoppedBecause ?? "Plan it once more."}
        />
      ) : null}
      {state === "stopped" ? (
        <Callout
          tone="caution"
          title={stoppedBecause ? "It stopped by itself" : "It was stopped by a person"}
          unaffected={stoppedBecause ?? undefined}
          advice="Nothing more is sent until it is resumed. What was sent is listed below."
        />
      ) : null}
      {slowedUntil && state === "running" ? (
        <Callout
          tone="caution"
          title={`ContraForce asks us to slow down until ${formatTime(slowedUntil)}`}
          unaffected="It goes on by itself."
        />
      ) : null}
    </>
  );
}
