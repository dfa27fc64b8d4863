"use client";

import { type FormEvent, useRef, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { sayDone } from "./say-done";
import { refusedFields } from "@/lib/client/call-error";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { webhookAuthenticationTypes } from "@/lib/contract/vocabulary";
import { useWebhookChange } from "@/lib/queries/use-webhook-change";
import { credentialsChange } from "@/lib/queries/webhook-changes";
import { CredentialFields, noCredentials } from "./credential-fields";
import {
  credentialBody,
  type CredentialField,
  credentialFaults,
  credentialFieldNames,
  type CredentialKind,
} from "./form-checks";
import { UnknownOutcome } from "./unknown-outcome";

export interface CredentialsDialogProps {
  readonly org: string;
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

const kindOf = (type: string | null): CredentialKind =>
  webhookAuthenticationTypes.find((known) => known === type) ?? "None";

/** Replaces all credentials of a webhook at once, after a tick that names it. What is stored is never shown. */
export function CredentialsDialog({ org, webhook, onClose }: CredentialsDialogProps) {
  const change = useWebhookChange<unknown>(org);
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState({
    ...noCredentials,
    authenticationType: kindOf(webhook.authenticationType),
  });
  const [isMeant, setMeant] = useState(false);
  const [found, setFound] = useState<Partial<Record<CredentialField, string>>>({});
  const refused = refusedFields(change.error, credentialFieldNames);
  const name = webhook.name ?? "this webhook";
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const faults = credentialFaults(values);
    setFound(faults);
    const first = credentialFieldNames.find((field) => faults[field]);
    if (first) return form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    change.run(credentialsChange(org, webhook.id, credentialBody(values)), ({ meta }) => {
      sayDone(`Replaced the credentials of ${name}`, meta);
      onClose();
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Replace the credentials of ${name}`}
      description="All of them are replaced at once, from the next delivery on. There is no time in which both hold: set up the receiver first."
      footer={
        <>
          <Button onClick={onClose}>{change.unknown ? "Close" : "Leave them as they are"}</Button>
          <Button
            type="submit"
            form="credentials"
            variant="danger"
            busy={change.isBusy}
            disabled={
              !isMeant || (change.unknown !== null && change.unknown.settlement?.verdict === undefined)
            }
          >
            Replace credentials
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="credentials"
        method="post"
        noValidate
        autoComplete="off"
        onSubmit={onSubmit}
        className="flex flex-col gap-4"
      >
        <CredentialFields values={values} errors={{ ...refused, ...found }} onChange={setValues} />
        {webhook.hasSigningToken ? (
          <p className="text-12 text-pretty text-quiet">
            It has a signing token of your own now. Left empty, the secret from its creation signs again.
          </p>
        ) : null}
        <Checkbox
          label={`Replace what ${name} uses now`}
          checked={isMeant}
          onChange={(event) => setMeant(event.target.checked)}
        />
        {change.error && !refused ? (
          <FailureCallout
            error={change.error}
            onRetry={() => form.current?.requestSubmit()}
            unaffected="The credentials from before are in use."
          />
        ) : null}
        {change.unknown ? <UnknownOutcome org={org} unknown={change.unknown} webhookId={webhook.id} /> : null}
      </form>
    </Dialog>
  );
}
