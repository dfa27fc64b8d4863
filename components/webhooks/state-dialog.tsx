"use client";

import { type FormEvent, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { sayDone } from "./say-done";
import { refusedFields } from "@/lib/client/call-error";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { reasonLength } from "@/lib/domain/webhook-notes";
import type { WebhookAct } from "@/lib/domain/webhook-state";
import { useWebhookChange } from "@/lib/queries/use-webhook-change";
import { stateChange } from "@/lib/queries/webhook-changes";
import { reasonFault } from "./form-checks";
import { actWords } from "./state-words";
import { UnknownOutcome } from "./unknown-outcome";

export interface StateDialogProps {
  readonly org: string;
  readonly webhook: Webhook;
  readonly act: WebhookAct;
  readonly onClose: () => void;
}

/** Pauses, resumes or enables a webhook, with a reason that Watchfloor keeps. */
export function StateDialog({ org, webhook, act, onClose }: StateDialogProps) {
  const change = useWebhookChange<Webhook | null>(org);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const words = actWords[act];
  const name = webhook.name || webhook.id;
  const refused = refusedFields(change.error, ["reason"]);
  const { unknown } = change;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = reasonFault(reason);
    setFault(found);
    if (found !== null) return event.currentTarget.querySelector("input")?.focus();
    change.run(stateChange(org, webhook.id, { act, reason: reason.trim() }), ({ meta }) => {
      sayDone(`${words.done} webhook ${name}`, meta);
      onClose();
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${words.verb} ${name}?`}
      description={words.about}
      footer={
        <>
          <Button onClick={onClose}>{unknown ? "Close" : "Leave it as it is"}</Button>
          <Button
            type="submit"
            form="webhook-state"
            variant={words.tone}
            busy={change.isBusy}
            disabled={unknown !== null && unknown.settlement?.verdict !== "not-happened"}
          >
            {words.verb} webhook
          </Button>
        </>
      }
    >
      <form id="webhook-state" method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-3">
        <TextField
          label="Reason"
          name="reason"
          maxLength={reasonLength.most}
          autoComplete="off"
          value={reason}
          hint="Kept by Watchfloor with your name and the time, for whoever comes next. ContraForce does not get it."
          error={fault ?? refused?.reason}
          onChange={(event) => setReason(event.target.value)}
          required
        />
        {change.error && !refused ? (
          <FailureCallout
            error={change.error}
            onRetry={() => document.querySelector<HTMLFormElement>("#webhook-state")?.requestSubmit()}
            unaffected="The webhook is as it was."
          />
        ) : null}
        {unknown ? <UnknownOutcome org={org} unknown={unknown} webhookId={webhook.id} /> : null}
      </form>
    </Dialog>
  );
}
