"use client";

import { useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { sayDone } from "./say-done";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { useWebhookChange } from "@/lib/queries/use-webhook-change";
import { deleteChange } from "@/lib/queries/webhook-changes";
import { UnknownOutcome } from "./unknown-outcome";

export interface DeleteDialogProps {
  readonly org: string;
  readonly webhook: Webhook;
  readonly onClose: () => void;
  /** It is gone. */
  readonly onDeleted: () => void;
}

/** Deletes a webhook whose name the person has typed. */
export function DeleteDialog({ org, webhook, onClose, onDeleted }: DeleteDialogProps) {
  const change = useWebhookChange<{ readonly ok: boolean }>(org);
  const [typed, setTyped] = useState("");
  const [isRefused, setRefused] = useState(false);
  // One without a name is called by its id.
  const name = webhook.name || webhook.id;
  const { unknown } = change;
  const isGone = unknown?.settlement?.verdict === "happened";
  const submit = () =>
    change.run(deleteChange(org, webhook.id), ({ data, meta }) => {
      setRefused(!data.ok);
      if (!data.ok) return;
      sayDone(`Deleted webhook ${name}`, meta);
      onDeleted();
    });
  return (
    <Dialog
      open
      onClose={isGone ? onDeleted : onClose}
      size="small"
      title={`Delete ${name}?`}
      description="ContraForce stops sending to it at once. Its delivery log and its signing secret go with it; neither comes back."
      footer={
        <>
          <Button onClick={isGone ? onDeleted : onClose}>{unknown ? "Close" : "Keep it"}</Button>
          <Button
            type="submit"
            form="delete-webhook"
            variant="danger"
            busy={change.isBusy}
            disabled={
              typed.trim() !== name.trim() ||
              (unknown !== null && unknown.settlement?.verdict !== "not-happened")
            }
          >
            Delete webhook
          </Button>
        </>
      }
    >
      <form
        id="delete-webhook"
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label={`Type ${name} to delete it`}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
      {isRefused ? (
        <p role="alert" className="mt-3 text-13 text-danger">
          ContraForce answered that it did not delete it.
        </p>
      ) : null}
      {change.error ? (
        <FailureCallout
          error={change.error}
          onRetry={submit}
          unaffected="The webhook is still there."
          className="mt-3"
        />
      ) : null}
      {unknown ? (
        <UnknownOutcome org={org} unknown={unknown} webhookId={webhook.id} className="mt-3" />
      ) : null}
    </Dialog>
  );
}
