"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { routes } from "@/lib/routes";

export interface LinkDialogProps {
  /** Of the invitation; it is in no list and no later answer. */
  readonly token: string;
  /** After this the link is gone for good. */
  readonly onClose: () => void;
}

/** The only time that the link of an invitation is shown. Whoever leaves without saying that they have it is asked first. */
export function LinkDialog({ token, onClose }: LinkDialogProps) {
  const [isLeaving, setLeaving] = useState(false);
  // Two dialogs and not one that changes: a browser may close one without asking, and the other then opens all the same.
  if (isLeaving) return <LeaveDialog onStay={() => setLeaving(false)} onClose={onClose} />;
  const link = new URL(routes.invitation(token), location.origin).href;
  return (
    <Dialog
      key="link"
      open
      onClose={() => setLeaving(true)}
      title="Copy the link now"
      description="It is shown this once, works once and for seven days. Hand it only to the person: whoever opens it first joins."
      footer={
        <Button variant="primary" onClick={onClose}>
          I have it
        </Button>
      }
    >
      <TextField
        label="Link of the invitation"
        value={link}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        trail={<CopyButton text={link} what="link" className="mr-1" />}
      />
    </Dialog>
  );
}

function LeaveDialog({ onStay, onClose }: { readonly onStay: () => void; readonly onClose: () => void }) {
  return (
    <Dialog
      key="leave"
      open
      onClose={onStay}
      size="small"
      title="You will not see this link again"
      footer={
        <>
          <Button onClick={onClose}>Close without it</Button>
          <Button variant="primary" data-autofocus onClick={onStay}>
            Back to the link
          </Button>
        </>
      }
    >
      <p className="text-13 text-normal">
        Without it nobody can join on this invitation. It stays in the list, where it can be withdrawn.
      </p>
    </Dialog>
  );
}
