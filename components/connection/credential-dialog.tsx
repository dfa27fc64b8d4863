"use client";

import { ConfirmDialog } from "@/components/data/confirm-dialog";
import { useFormatTime } from "@/components/data/use-format-time";
import type { BesideView, CredentialView } from "@/lib/domain/connection";
import { useConnectionAct } from "@/lib/queries/connection";

export interface CredentialDialogProps {
  readonly org: string;
  readonly act: "switch" | "retire";
  readonly current: CredentialView;
  readonly beside: BesideView;
  readonly onClose: () => void;
}

/** Asks before a credential takes over or goes, naming it. */
export function CredentialDialog({ org, act, current, beside, onClose }: CredentialDialogProps) {
  const change = useConnectionAct(org);
  const formatTime = useFormatTime();
  const end = `…${beside.clientIdEnd}`;
  const entered = formatTime(beside.enteredAt);
  const verb = beside.state === "waiting" ? "Drop" : "Retire";
  const words =
    act === "switch"
      ? {
          title: `Switch to the credential ${end}?`,
          about: `The credential ${end}, entered ${entered}, is tried once more and then takes over from …${current.clientIdEnd}. That one stays beside it until you retire it, so you can switch back.`,
          verb: `Switch to ${end}`,
          tone: "primary" as const,
        }
      : {
          title: `${verb} the credential ${end}?`,
          about: `The secret of ${end}, entered ${entered}, is deleted here. It cannot be brought back; ContraForce still accepts it until it is revoked there.`,
          verb: `${verb} ${end}`,
          tone: "danger" as const,
        };
  return (
    <ConfirmDialog
      {...words}
      keep="Keep it as it is"
      isBusy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ act, id: beside.id }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
