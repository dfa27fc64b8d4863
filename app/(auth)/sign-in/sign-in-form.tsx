"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { TextField } from "@/components/ui/text-field";
import { type Refusal, refusalMessages } from "./messages";
import { submitCredentials } from "./submit-credentials";

export interface SignInFormProps {
  /** For the form as it is sent without script; null when the browser keeps no cookies. */
  readonly csrfToken: string | null;
  /** A path of this site, checked by the server. */
  readonly returnTo: string;
  /** Why the form as it was sent without script did not let the person in. */
  readonly refusal: Refusal | null;
}

/**
 * E-mail and password. Without script the browser posts the form to next-auth by itself; `method="post"` keeps the
 * password out of the address bar in every case.
 */
export function SignInForm({ csrfToken, returnTo, refusal: refusedAs }: SignInFormProps) {
  const [refusal, setRefusal] = useState(refusedAs);
  const [isBusy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    setBusy(true);
    setRefusal(null);
    const outcome = await submitCredentials({
      email: String(fields.get("email")),
      password: String(fields.get("password")),
    });
    if (outcome === null) {
      // A full load: nothing that was read for somebody else stays in memory.
      location.replace(new URL(returnTo, location.origin));
      return;
    }
    setBusy(false);
    setRefusal(outcome);
    password.current?.select();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isBusy) void submit(event.currentTarget);
  };

  return (
    <form
      method="post"
      action="/api/auth/callback/credentials"
      onSubmit={onSubmit}
      className="flex flex-col gap-4"
    >
      <input type="hidden" name="csrfToken" value={csrfToken ?? ""} />
      <input type="hidden" name="callbackUrl" value={returnTo} />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        size="large"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        required
        autoFocus
      />
      <TextField
        ref={password}
        label="Password"
        name="password"
        type="password"
        size="large"
        autoComplete="current-password"
        maxLength={1024}
        required
      />
      <Button type="submit" variant="primary" size="large" busy={isBusy} className="mt-2">
        {isBusy ? "Signing in" : "Sign in"}
      </Button>
      {/* Below the button, so that nothing moves under the pointer. */}
      {refusal ? <Callout {...refusalMessages[refusal]} /> : null}
    </form>
  );
}
