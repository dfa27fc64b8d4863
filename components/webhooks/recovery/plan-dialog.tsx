"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { Ticks } from "@/components/data/ticks";
import { fromField, rangeError, toField } from "@/components/data/time-range/range-field";
import { RangeFields } from "@/components/data/time-range/range-fields";
import { useShownZone } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { refusedFields } from "@/lib/client/call-error";
import { type StatusClass, statusClasses } from "@/lib/domain/delivery-outcome";
import { recoveryRate, type RecoveryJob } from "@/lib/domain/recovery";
import { parseInstant, type Zone, zoneName } from "@/lib/domain/time";
import { reasonLength } from "@/lib/domain/webhook-notes";
import { usePlanRecovery } from "@/lib/queries/recovery";
import { webhooksQuery } from "@/lib/queries/webhooks";
import { statusClassWords } from "../status-class-words";
import { type PlanField, planFaults, planFieldNames, planRequest } from "./plan-form";

export interface PlanDialogProps {
  readonly org: string;
  /** What is filled in at the start; ISO instants. */
  readonly start: {
    readonly webhook: string | null;
    readonly from: string | null;
    readonly to: string | null;
  };
  readonly onClose: () => void;
  readonly onPlanned: (job: RecoveryJob) => void;
}

const hourMs = 3_600_000;
/** Those that a redelivery may help. */
const failedClasses = statusClasses.filter((each) => each !== "2xx");

function startRange(start: PlanDialogProps["start"], zone: Zone): readonly [string, string] {
  const to = parseInstant(start.to);
  const from = parseInstant(start.from);
  const now = Date.now();
  // The fields have no seconds: the last begun minute belongs to the outage.
  return [toField(from ?? now - hourMs, zone), toField((to ?? now) + 59_999, zone)];
}

/** Asks which outage, and makes the plan. Nothing is sent by it. */
export function PlanDialog({ org, start, onClose, onPlanned }: PlanDialogProps) {
  const zone = useShownZone();
  const plan = usePlanRecovery(org);
  const webhooks = useQuery(webhooksQuery(org));
  const form = useRef<HTMLFormElement>(null);
  const [[from, to], setRange] = useState(() => startRange(start, zone));
  const [webhookIds, setWebhookIds] = useState<readonly string[]>(start.webhook ? [start.webhook] : []);
  const [classes, setClasses] = useState<readonly string[]>([]);
  const [perMinute, setPerMinute] = useState(String(recoveryRate.usual));
  const [reason, setReason] = useState("");
  const [found, setFound] = useState<Partial<Record<PlanField, string>>>({});
  const refused = refusedFields(plan.error, planFieldNames);
  const errors = { ...refused, ...found };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (plan.isPending) return;
    const [fromMs, toMs] = [fromField(from, zone), fromField(to, zone)];
    // Chosen from the list of classes.
    const chosen = classes as readonly StatusClass[];
    const fields = { webhookIds, fromMs, toMs, statusClasses: chosen, perMinute, reason };
    const faults = planFaults(fields, rangeError(fromMs, toMs));
    setFound(faults);
    const first = planFieldNames.find((name) => name in faults);
    if (first) return form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    plan.mutate(planRequest(fields), { onSuccess: onPlanned });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Plan a recovery"
      description="Finds the deliveries that failed in the window and whose event was never delivered later. Nothing is sent before you have seen the plan and start it."
      footer={
        <>
          <Button onClick={onClose}>Do not plan</Button>
          <Button type="submit" form="recovery-plan" variant="primary" busy={plan.isPending}>
            Make the plan
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="recovery-plan"
        method="post"
        noValidate
        onSubmit={onSubmit}
        className="flex flex-col gap-4"
      >
        <Ticks
          legend="Webhooks"
          name="webhookIds"
          options={(webhooks.data ?? []).map(({ id, name }) => ({ id, label: name ?? id }))}
          chosen={webhookIds}
          onChange={setWebhookIds}
          error={errors.webhookIds}
          none={webhooks.isPending ? "Reading the webhooks" : "The webhooks could not be read."}
        />
        <div>
          <RangeFields
            from={from}
            to={to}
            error={errors.to ?? errors.from ?? null}
            onChange={(next, end) => setRange([next, end])}
          />
          <p className="mt-1 text-12 text-quiet">
            The outage, in {zoneName(zone, fromField(from, zone) ?? 0)}: when the failed attempts were made.
          </p>
        </div>
        <Ticks
          legend="Answers of the receiver (none ticked: all failures)"
          name="statusClasses"
          options={failedClasses.map((id) => ({ id, label: statusClassWords[id] }))}
          chosen={classes}
          onChange={setClasses}
          error={errors.statusClasses}
          none=""
        />
        <TextField
          label="Events a minute, at most"
          name="perMinute"
          inputMode="numeric"
          autoComplete="off"
          value={perMinute}
          hint="So that a receiver that has just come back is not run over."
          error={errors.perMinute}
          onChange={(event) => setPerMinute(event.target.value)}
        />
        <TextField
          label="Reason"
          name="reason"
          autoComplete="off"
          maxLength={reasonLength.most}
          value={reason}
          hint="Kept with your name and the time."
          error={errors.reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {plan.error && !refused ? (
          <FailureCallout
            error={plan.error}
            onRetry={() => form.current?.requestSubmit()}
            unaffected="A plan sends nothing. If it was made, it stands in the list."
          />
        ) : null}
      </form>
    </Dialog>
  );
}
