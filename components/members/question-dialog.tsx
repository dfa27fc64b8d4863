"use client";

import { ConfirmDialog, type ConfirmDialogProps } from "@/components/data/confirm-dialog";
import { type MembersAct, useMembersAct } from "@/lib/queries/members";

/** A change of the organisation's people that is asked about first. */
export interface Question extends Pick<ConfirmDialogProps, "title" | "about" | "verb" | "tone"> {
  readonly act: MembersAct;
}

export interface QuestionDialogProps {
  readonly org: string;
  readonly question: Question;
  readonly onClose: () => void;
}

/** Asks, and does it. */
export function QuestionDialog({ org, question, onClose }: QuestionDialogProps) {
  const change = useMembersAct(org);
  const { act, ...words } = question;
  return (
    <ConfirmDialog
      {...words}
      keep="Leave it as it is"
      isBusy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(act, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
