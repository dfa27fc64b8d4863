"use client";

import { FailureCallout } from "@/components/data/failure-panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type MembersAct, useMembersAct } from "@/lib/queries/members";

export interface Question {
  /** Names the thing. */
  readonly title: string;
  /** What it means. */
  readonly about: string;
  readonly verb: string;
  readonly act: MembersAct;
}

/** Asks before something is taken away. */
export function ConfirmDialog({
  org,
  question,
  onClose,
}: {
  readonly org: string;
  readonly question: Question;
  readonly onClose: () => void;
}) {
  const change = useMembersAct(org);
  const run = () => change.mutate(question.act, { onSuccess: onClose });
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={question.title}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            Leave it as it is
          </Button>
          <Button variant="danger" busy={change.isPending} onClick={run}>
            {question.verb}
          </Button>
        </>
      }
    >
      <p className="text-13 text-normal">{question.about}</p>
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
