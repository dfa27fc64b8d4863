"use client";

import { TextField } from "@/components/ui/text-field";
import { hiddenReasonMax } from "@/lib/domain/workspace-profile";
import { hidingWords } from "./words";

export interface ReasonFieldProps {
  readonly defaultValue?: string;
  readonly error?: string;
}

/** Why something is hidden, and what that does. */
export function ReasonField({ defaultValue, error }: ReasonFieldProps) {
  return (
    <TextField
      label="Why it is hidden"
      name="reason"
      maxLength={hiddenReasonMax}
      defaultValue={defaultValue}
      error={error}
      hint={hidingWords}
      autoComplete="off"
      required
    />
  );
}
