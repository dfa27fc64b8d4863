"use client";

import { TextField } from "@/components/ui/text-field";
import type { ConfirmBy } from "@/lib/domain/members";

export interface OwnPasswordFieldProps {
  readonly confirmBy: ConfirmBy;
  readonly error?: string;
}

/** Asks for proof that it is the person who signed in; the form's field is called `password`. */
export function OwnPasswordField({ confirmBy, error }: OwnPasswordFieldProps) {
  if (confirmBy === "password")
    return (
      <TextField
        label="Your own password"
        name="password"
        type="password"
        autoComplete="current-password"
        hint="Proves that it is you at this screen."
        error={error}
        required
      />
    );
  return (
    <p className="text-12 text-quiet">
      You sign in through a provider: this needs a sign-in within the last ten minutes.
      {error ? (
        <span role="alert" className="block text-danger">
          {error}
        </span>
      ) : null}
    </p>
  );
}
