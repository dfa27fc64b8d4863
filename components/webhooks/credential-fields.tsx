"use client";

import { Segmented } from "@/components/ui/segmented";
import { TextField } from "@/components/ui/text-field";
import type { CredentialField, CredentialFieldValues, CredentialKind } from "./form-checks";

export const credentialWords: Readonly<
  Record<CredentialKind, { readonly label: string; readonly about: string }>
> = {
  None: {
    label: "None",
    about: "Only the signature shows the receiver that an event comes from ContraForce.",
  },
  BasicAuth: { label: "Basic", about: "Sent as Authorization: Basic, beside the signature." },
  BearerToken: { label: "Bearer token", about: "Sent as Authorization: Bearer, beside the signature." },
};

export const noCredentials: CredentialFieldValues = {
  authenticationType: "None",
  token: "",
  signingToken: "",
  username: "",
  password: "",
};

export interface CredentialFieldsProps {
  readonly values: CredentialFieldValues;
  readonly errors: Partial<Record<CredentialField, string>>;
  readonly onChange: (values: CredentialFieldValues) => void;
}

/** How ContraForce shows itself to the receiver. Write-only: nothing stored is ever in these fields. */
export function CredentialFields({ values, errors, onChange }: CredentialFieldsProps) {
  const { authenticationType: kind } = values;
  const field = (name: Exclude<CredentialField, "authenticationType">) => ({
    name,
    value: values[name],
    error: errors[name],
    autoComplete: "off",
    autoCapitalize: "none",
    spellCheck: false,
    onChange: (event: { target: { value: string } }) => onChange({ ...values, [name]: event.target.value }),
  });
  return (
    <>
      <div>
        <Segmented
          label="Credentials"
          isLabelShown
          value={kind}
          options={(["None", "BasicAuth", "BearerToken"] as const).map((value) => ({
            value,
            label: credentialWords[value].label,
          }))}
          onChange={(authenticationType) => onChange({ ...values, authenticationType })}
        />
        <p className={errors.authenticationType ? "mt-1 text-12 text-danger" : "mt-1 text-12 text-quiet"}>
          {errors.authenticationType ?? credentialWords[kind].about}
        </p>
      </div>
      {kind === "BasicAuth" ? (
        <>
          <TextField label="User name" maxLength={256} {...field("username")} />
          <TextField label="Password" type="password" maxLength={1024} {...field("password")} />
        </>
      ) : null}
      {kind === "BearerToken" ? (
        <TextField label="Token" type="password" maxLength={4096} {...field("token")} />
      ) : null}
      <TextField
        label="Signing token of your own"
        type="password"
        maxLength={4096}
        hint="Optional: signs in place of the secret that ContraForce makes. At least 24 characters."
        {...field("signingToken")}
      />
    </>
  );
}
