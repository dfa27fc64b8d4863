"use client";

import { type FormEvent, useRef, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { OwnPasswordField } from "@/components/data/own-password-field";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { refusedFields } from "@/lib/client/call-error";
import type { ConnectionView } from "@/lib/domain/connection";
import { type ConnectionAct, useConnectionAct } from "@/lib/queries/connection";
import { type AccountField, accountFields, type FieldErrors, missingFields } from "./account-fields";

export interface AccountDialogProps {
  readonly org: string;
  /** `replace`: address and account. `add`: a second credential for the same address. */
  readonly kind: "replace" | "add";
  /** Of the stored connection; null when there is none. */
  readonly baseUrl: string | null;
  readonly confirmBy: ConnectionView["confirmBy"];
  readonly onClose: () => void;
}

const words = {
  replace: {
    title: "Change address or account",
    about:
      "The new account is tried first and stored only when ContraForce accepts it. The old secret is deleted.",
    button: "Test and store",
    busy: "Testing and storing",
  },
  add: {
    title: "Enter a second credential",
    about:
      "It is tried first and stored beside the one in use. Nothing changes for anybody until you switch to it.",
    button: "Test and keep beside",
    busy: "Testing",
  },
} as const;

/** Takes an address and a service account. Nothing of a stored secret is ever in it. */
export function AccountDialog({ org, kind, baseUrl, confirmBy, onClose }: AccountDialogProps) {
  const change = useConnectionAct(org);
  const [missing, setMissing] = useState<FieldErrors>({});
  const form = useRef<HTMLFormElement>(null);
  const text = words[kind];
  const asked = accountFields.filter(
    (field) =>
      (field !== "baseUrl" || kind === "replace") && (field !== "password" || confirmBy === "password"),
  );
  const refused = refusedFields(change.error, accountFields);
  const errors: FieldErrors = { ...refused, ...missing };

  const focusFirst = (found: FieldErrors) => {
    const first = accountFields.find((field) => found[field]);
    if (first) form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (change.isPending) return;
    const fields = new FormData(event.currentTarget);
    const valueOf = (name: AccountField) => String(fields.get(name) ?? "");
    const values = Object.fromEntries(accountFields.map((name) => [name, valueOf(name)])) as Record<
      AccountField,
      string
    >;
    const found = missingFields(asked, values);
    setMissing(found);
    if (Object.keys(found).length > 0) return focusFirst(found);
    change.mutate(actOf(kind, values, asked), {
      onSuccess: onClose,
      onError: (error) => focusFirst(refusedFields(error, accountFields) ?? {}),
    });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={baseUrl === null ? "Connect to ContraForce" : text.title}
      description={text.about}
      footer={
        <>
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button type="submit" form="account" variant="primary" busy={change.isPending}>
            {change.isPending ? text.busy : text.button}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="account"
        method="post"
        noValidate
        onSubmit={onSubmit}
        className="flex flex-col gap-4"
        autoComplete="off"
      >
        <Fields asked={asked} errors={errors} baseUrl={baseUrl} />
        {change.error && !refused ? (
          <FailureCallout
            error={change.error}
            onRetry={() => form.current?.requestSubmit()}
            unaffected="Nothing was stored; the connection in use is as it was."
          />
        ) : null}
      </form>
    </Dialog>
  );
}

function actOf(
  kind: AccountDialogProps["kind"],
  values: Record<AccountField, string>,
  asked: readonly AccountField[],
): ConnectionAct {
  const { baseUrl, clientId, clientSecret, password } = values;
  const account = { clientId, clientSecret, ...(asked.includes("password") && { password }) };
  return kind === "add" ? { act: "add", ...account } : { act: "replace", baseUrl, ...account };
}

interface FieldsProps {
  readonly asked: readonly AccountField[];
  readonly errors: FieldErrors;
  readonly baseUrl: string | null;
}

function Fields({ asked, errors, baseUrl }: FieldsProps) {
  return (
    <>
      {asked.includes("baseUrl") ? (
        <TextField
          label="Address of the API"
          name="baseUrl"
          type="url"
          inputMode="url"
          spellCheck={false}
          defaultValue={baseUrl ?? "https://portal.contraforce.com/api/v2"}
          hint="Begins with https://; the host must be one that this server may call."
          error={errors.baseUrl}
          required
        />
      ) : null}
      <TextField
        label="Client id"
        name="clientId"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.clientId}
        required
        data-autofocus
      />
      <TextField
        label="Client secret"
        name="clientSecret"
        type="password"
        autoComplete="off"
        hint="Shown by ContraForce once, when the credential was issued."
        error={errors.clientSecret}
        required
      />
      <OwnPasswordField
        confirmBy={asked.includes("password") ? "password" : "fresh-sign-in"}
        error={errors.password}
      />
    </>
  );
}
