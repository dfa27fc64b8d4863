"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";

export interface SecretDialogProps {
  /** Of the new webhook. */
  readonly name: string;
  /** Null: the answer held none under a name that we know. */
  readonly secret: string | null;
  /** After this the secret is gone for good. */
  readonly onClose: () => void;
}

/** The only time that a signing secret is shown. It goes when the person says that it is stored, and no way sooner. */
export function SecretDialog({ name, secret, onClose }: SecretDialogProps) {
  const [isStored, setStored] = useState(false);
  const isHeld = secret !== null;
  useEffect(() => {
    if (!isHeld) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isHeld]);
  if (secret === null) return <NoSecret name={name} onClose={onClose} />;
  return (
    <Dialog
      open
      isHeld
      onClose={onClose}
      title={`Store the signing secret of ${name} now`}
      description="It is shown this once. Watchfloor does not keep it, and ContraForce does not show it again."
      footer={
        <Button variant="primary" disabled={!isStored} onClick={onClose}>
          Close and forget it
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label="Signing secret"
          value={secret}
          readOnly
          autoComplete="off"
          spellCheck={false}
          hint="The receiver checks X-CF-Signature with it."
          onFocus={(event) => event.currentTarget.select()}
          trail={<CopyButton text={secret} what="signing secret" className="mr-1" />}
        />
        <Checkbox
          label="I have stored it"
          checked={isStored}
          onChange={(event) => setStored(event.target.checked)}
        />
      </div>
    </Dialog>
  );
}

function NoSecret({ name, onClose }: Pick<SecretDialogProps, "name" | "onClose">) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Created ${name}`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <Callout
        tone="caution"
        title="ContraForce sent no signing secret that Watchfloor can read"
        unaffected="The webhook exists."
        advice="Open it and replace its credentials with a signing token of your own, so that the receiver can check what it gets."
      />
    </Dialog>
  );
}
