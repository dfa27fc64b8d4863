"use client";

import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { TextField } from "@/components/ui/text-field";
import { refusedFields } from "@/lib/client/call-error";
import type { RecoveryChange, RecoveryJob } from "@/lib/domain/recovery";
import { useRecoveryChange } from "@/lib/queries/recovery";
import { rateFault, readRate } from "./plan-form";
import { events, minutesLeft } from "./words";

const ConfirmDialog = onDemand(() =>
  import("@/components/data/confirm-dialog").then((module) => module.ConfirmDialog),
);

export interface JobActionsProps {
  readonly org: string;
  readonly job: RecoveryJob;
  readonly nameOf: (webhookId: string) => string;
}

/** Start, stop and resume, and the rate from here on. */
export function JobActions({ org, job, nameOf }: JobActionsProps) {
  const change = useRecoveryChange(org, job.id);
  const [rate, setRate] = useState(String(job.perMinute));
  const [isAsking, setAsking] = useState(false);
  const { state, counts, request } = job;
  const fault = rateFault(rate);
  const perMinute = readRate(rate) ?? job.perMinute;
  const act = (what: RecoveryChange["act"]) =>
    change.mutate(
      { act: what, ...(what === "stop" ? {} : { perMinute }) },
      { onSuccess: () => setAsking(false) },
    );
  if (state === "running" || state === "checking")
    return (
      <>
        {state === "running" ? (
          <Button className="w-fit" busy={change.isPending} onClick={() => act("stop")}>
            <Pause aria-hidden="true" className="size-4" />
            Stop
          </Button>
        ) : null}
        <Trouble change={change} />
      </>
    );
  const isStart = state === "planned";
  if (!isStart && state !== "stopped") return null;
  if (counts.waiting + counts.sending === 0)
    return isStart ? <p className="text-normal">There is nothing to send again.</p> : null;
  const left = minutesLeft(counts, perMinute);
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <Button variant="primary" disabled={fault !== null} onClick={() => setAsking(true)}>
          <Play aria-hidden="true" className="size-4" />
          {isStart ? "Start" : "Resume"}: {events(counts.waiting + counts.sending)}
        </Button>
        <TextField
          label="Events a minute, at most"
          inputMode="numeric"
          autoComplete="off"
          value={rate}
          error={fault ?? refusedFields(change.error, ["perMinute"])?.perMinute}
          onChange={(event) => setRate(event.target.value)}
          className="w-48"
        />
      </div>
      {isAsking ? (
        <ConfirmDialog
          title={`${isStart ? "Redeliver" : "Go on with"} ${events(counts.waiting + counts.sending)}?`}
          about={`To ${request.webhookIds.map(nameOf).join(", ")}, at most ${perMinute} a minute${left === null ? "" : `, in about ${left} min`}. Each event is sent once; it can be stopped at any time.`}
          verb={`Redeliver ${events(counts.waiting + counts.sending)}`}
          keep="Send nothing"
          tone="primary"
          isBusy={change.isPending}
          error={change.error}
          onConfirm={() => act(isStart ? "start" : "resume")}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

function Trouble({ change }: { readonly change: ReturnType<typeof useRecoveryChange> }) {
  if (!change.error) return null;
  return (
    <FailureCallout
      error={change.error}
      onRetry={() => change.mutate({ act: "stop" })}
      unaffected="It goes on until it is stopped."
    />
  );
}
