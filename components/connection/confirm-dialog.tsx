"use client";

import { FailureCallout } from "@/components/data/failure-panel";
import { useFormatTime } from "@/components/data/use-format-time";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { BesideView, CredentialView } from "@/lib/domain/connection";
import { useConnectionAct } from "@/lib/queries/connection";

export interface ConfirmDialogProps {
  readonly org: string;
  readonly act: "switch" | "retire";
  readonly current: CredentialView;
  readonly beside: BesideView;
  readonly onClose: () => void;
}

/** Asks before a credential takes over or goes, naming it. */
export function ConfirmDialog({ org, act, current, beside, onClose }: ConfirmDialogProps) {
  const change = useConnectionAct(org);
  const formatTime = useFormatTime();
  const end = `…${beside.clientIdEnd}`;
  const entered = formatTime(beside.enteredAt);
  const verb = beside.state === "waiting" ? "Drop" : "Retire";
  const isSwitch = act === "switch";
  const run = () => change.mutate({ act, id: beside.id }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={isSwitch ? `Switch to the credential ${end}?` : `${verb} the credential ${end}?`}
      footer={
        <>
          <Button onClick={onClose}>Keep it as it is</Button>
          <Button
            variant={isSwitch ? "primary" : "danger"}
            busy={change.isPending}
            onClick={run}
            data-autofocus
          >
            {isSwitch ? `Switch to ${end}` : `${verb} ${end}`}
          </Button>
        </>
      }
    >
      <p className="text-13 text-normal">
        {isSwitch
          ? `The credential ${end}, entered ${entered}, is tried once more and then takes over from …${current.clientIdEnd}. That one stays beside it until you retire it, so you can switch back.`
          : `The secret of ${end}, entered ${entered}, is deleted here. It cannot be brought back; ContraForce still accepts it until it is revoked there.`}
      </p>
      {change.error ? (
        <FailureCallout
          error={change.error}
          onRetry={run}
          unaffected="Nothing was changed."
          className="mt-3"
        />
      ) : null}
    </Dialog>
  );
}
