"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { TextField } from "@/components/ui/text-field";
import { type Message, refusalMessages } from "./messages";
import { submitCredentials } from "./submit-credentials";

export interface SignInFormProps {
  /** For the form as it is sent without script; null when the browser keeps no cookies. */
  readonly csrfToken: string | null;
  /** A path of this site, checked by the server. */
  readonly returnTo: string;
  /** What to say before anything was tried. */
  readonly message: Message | null;
}

/**
 * E-mail and password. Without script the browser posts the form to next-auth by itself; `method="post"` keeps the
 * password out of the address bar in every case.
 */
export function SignInForm({ csrfToken, returnTo, message: first }: SignInFormProps) {
  const [message, setMessage] = useState(first);
  const [isBusy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    setBusy(true);
    setMessage(null);
    const refusal = await submitCredentials({
      email: String(fields.get("email")),
      password: String(fields.get("password")),
    });
    if (refusal === null) {
      // A full load: nothing that was read for somebody else stays in memory.
      location.replace(new URL(returnTo, location.origin));
      return;
    }
    setBusy(false);
    setMessage(refusalMessages[refusal]);
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
      {message ? <Callout {...message} /> : null}
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
    </form>
  );
}
