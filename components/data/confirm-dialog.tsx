"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureCallout } from "./failure-panel";

export interface ConfirmDialogProps {
  /** Names the thing. */
  readonly title: string;
  /** What it means. */
  readonly about: string;
  /** What is done, with the thing's name. */
  readonly verb: string;
  /** What leaves everything as it is. */
  readonly keep: string;
  /** `danger`: something goes that does not come back by itself; then the way out has the focus. */
  readonly tone: "primary" | "danger";
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is done, naming it; says what went wrong where it was asked. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, about, verb, keep, tone, isBusy, error, onConfirm, onClose } = props;
  const isDanger = tone === "danger";
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={title}
      footer={
        <>
          <Button onClick={onClose} data-autofocus={isDanger || undefined}>
            {keep}
          </Button>
          <Button variant={tone} busy={isBusy} onClick={onConfirm} data-autofocus={!isDanger || undefined}>
            {verb}
          </Button>
        </>
      }
    >
      <p className="text-13 text-normal">{about}</p>
      {error ? (
        <FailureCallout
          error={error}
          onRetry={onConfirm}
          unaffected="Nothing was changed."
          className="mt-3"
        />
      ) : null}
    </Dialog>
  );
}
