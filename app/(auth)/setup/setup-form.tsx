"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { TextField } from "@/components/ui/text-field";
import { routes } from "@/lib/routes";
import { AccountFields } from "../account-fields";
import { checkSetup, type SetupField, type SetupOutcome, submitSetup } from "./submit-setup";

type Errors = Partial<Record<SetupField, string>>;

/** Makes the first administrator of a fresh installation. */
export function SetupForm() {
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState<Extract<SetupOutcome, { kind: "failed" }> | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const showErrors = (found: Errors) => {
    setErrors(found);
    const [first] = Object.keys(found);
    if (first) form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };
  const submit = async (fields: FormData) => {
    const value = (name: SetupField) => String(fields.get(name) ?? "");
    const input = {
      code: value("code"),
      email: value("email"),
      name: value("name"),
      password: value("password"),
    };
    setFailure(null);
    const found = checkSetup(input);
    showErrors(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    const outcome = await submitSetup(input);
    if (outcome.kind === "done") {
      location.replace(new URL(`${routes.signIn()}?reason=ready`, location.origin));
      return;
    }
    setBusy(false);
    if (outcome.kind === "fields") showErrors(outcome.errors);
    else setFailure(outcome);
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isBusy) void submit(new FormData(event.currentTarget));
  };

  return (
    <form ref={form} method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
      <TextField
        label="One-time code"
        name="code"
        size="large"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        hint="Printed in the server's log when it started."
        error={errors.code}
        required
        autoFocus
      />
      <TextField
        label="Your e-mail"
        name="email"
        type="email"
        size="large"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        error={errors.email}
        required
      />
      <AccountFields errors={errors} />
      <Button type="submit" variant="primary" size="large" busy={isBusy} className="mt-2">
        {isBusy ? "Making the account" : "Make the administrator's account"}
      </Button>
      {failure ? (
        <Callout
          tone="danger"
          title={failure.title}
          ids={failure.requestId ? [{ label: "Request", value: failure.requestId }] : []}
        />
      ) : null}
    </form>
  );
}
