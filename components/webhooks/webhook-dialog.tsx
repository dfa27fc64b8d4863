"use client";

import { type FormEvent, useRef, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { sayDone } from "./say-done";
import { refusedFields } from "@/lib/client/call-error";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { useWebhookChange } from "@/lib/queries/use-webhook-change";
import { createChange, updateChange } from "@/lib/queries/webhook-changes";
import { CredentialFields, noCredentials } from "./credential-fields";
import { EventTypesField } from "./event-types-field";
import {
  credentialBody,
  credentialFaults,
  credentialFieldNames,
  descriptionLimit,
  nameLimit,
  webhookFaults,
  webhookFieldNames,
} from "./form-checks";
import { SecretDialog } from "./secret-dialog";
import { UnknownOutcome } from "./unknown-outcome";

const shownFields = [...webhookFieldNames, ...credentialFieldNames] as const;
type Faults = Partial<Record<(typeof shownFields)[number], string>>;

export interface WebhookDialogProps {
  readonly org: string;
  /** The one to change; null makes a new one. */
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
}

/** Makes a webhook, or changes its name, address and events. A new one's signing secret is shown next, this once. */
export function WebhookDialog({ org, webhook, onClose }: WebhookDialogProps) {
  const [secret, setSecret] = useState<{ readonly text: string | null } | null>(null);
  const [name, setName] = useState(webhook?.name ?? "");
  if (secret) return <SecretDialog name={name} secret={secret.text} onClose={onClose} />;
  return (
    <FormDialog
      org={org}
      webhook={webhook}
      name={name}
      onName={setName}
      onSecret={(text) => setSecret({ text })}
      onClose={onClose}
    />
  );
}

interface FormDialogProps extends WebhookDialogProps {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onSecret: (secret: string | null) => void;
}

function FormDialog({ org, webhook, name, onName, onSecret, onClose }: FormDialogProps) {
  const change = useWebhookChange<Webhook | null>(org);
  const form = useRef<HTMLFormElement>(null);
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [eventTypes, setEventTypes] = useState<readonly string[]>(webhook?.eventTypes ?? []);
  const [credentials, setCredentials] = useState(noCredentials);
  const [found, setFound] = useState<Faults>({});
  const refused = refusedFields(change.error, shownFields);
  const errors: Faults = { ...refused, ...found };
  const isNew = webhook === null;
  const body = {
    name: name.trim(),
    description: description.trim() || null,
    url: url.trim(),
    eventTypes: [...eventTypes],
  };

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const faults: Faults = {
      ...webhookFaults({ name, description, url, eventTypes }),
      ...(isNew ? credentialFaults(credentials) : {}),
    };
    setFound(faults);
    if (Object.keys(faults).length > 0) return focusFirst(form.current, faults);
    const act = isNew
      ? createChange(org, { ...body, ...credentialBody(credentials) }, onSecret)
      : updateChange(org, webhook.id, body);
    change.run(act, ({ meta }) => {
      sayDone(`${isNew ? "Created" : "Changed"} webhook ${body.name}`, meta);
      if (!isNew) onClose();
    });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={isNew ? "New webhook" : `Edit ${webhook.name ?? "webhook"}`}
      description={
        isNew
          ? "ContraForce sends its events to this address from the moment it is made."
          : "Credentials and the signing token are not changed here."
      }
      footer={
        <>
          <Button onClick={onClose}>
            {change.unknown ? "Close" : isNew ? "Do not create it" : "Leave it as it is"}
          </Button>
          <Button
            type="submit"
            form="webhook"
            variant="primary"
            busy={change.isBusy}
            disabled={change.unknown !== null && change.unknown.settlement?.verdict !== "not-happened"}
          >
            {isNew ? "Create webhook" : "Save webhook"}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="webhook"
        method="post"
        noValidate
        onSubmit={onSubmit}
        className="flex flex-col gap-4"
      >
        <TextField
          label="Name"
          name="name"
          maxLength={nameLimit}
          autoComplete="off"
          value={name}
          error={errors.name}
          onChange={(event) => onName(event.target.value)}
          required
        />
        <TextField
          label="Address"
          name="url"
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={url}
          error={errors.url}
          hint="Begins with https://, without user name and password."
          onChange={(event) => setUrl(event.target.value)}
          required
        />
        <TextField
          label="Description"
          name="description"
          maxLength={descriptionLimit}
          autoComplete="off"
          value={description}
          error={errors.description}
          hint="Optional: who receives it, and whom to call when it fails."
          onChange={(event) => setDescription(event.target.value)}
        />
        <EventTypesField chosen={eventTypes} onChange={setEventTypes} error={errors.eventTypes} />
        {isNew ? <CredentialFields values={credentials} errors={errors} onChange={setCredentials} /> : null}
        {change.error && !refused ? (
          <FailureCallout
            error={change.error}
            onRetry={() => form.current?.requestSubmit()}
            unaffected={isNew ? "No webhook was made." : "The webhook is as it was."}
          />
        ) : null}
        {change.unknown ? (
          <UnknownOutcome org={org} unknown={change.unknown} webhookId={webhook?.id ?? null} />
        ) : null}
      </form>
    </Dialog>
  );
}

function focusFirst(form: HTMLFormElement | null, faults: Faults): void {
  const first = shownFields.find((field) => faults[field]);
  if (first) form?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
}
