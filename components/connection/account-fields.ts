import { CallError } from "@/lib/client/call-error";

export const accountFields = ["baseUrl", "clientId", "clientSecret", "password"] as const;
export type AccountField = (typeof accountFields)[number];
export type FieldErrors = Partial<Record<AccountField, string>>;

const empty: Record<AccountField, string> = {
  baseUrl: "Enter the address of the ContraForce API.",
  clientId: "Enter the client id.",
  clientSecret: "Enter the client secret.",
  password: "Enter your password.",
};

/** What can be told before anything is sent: fields that are asked for and empty. */
export function missingFields(
  asked: readonly AccountField[],
  values: Readonly<Record<AccountField, string>>,
): FieldErrors {
  return Object.fromEntries(
    asked.filter((field) => values[field].trim() === "").map((field) => [field, empty[field]]),
  );
}

/** The sentences of a refusal by field; null when it is a failure of another kind. */
export function refusedFields(error: Error | null): FieldErrors | null {
  const errors = error instanceof CallError ? error.problem?.errors : undefined;
  if (!errors) return null;
  const found = accountFields.flatMap((field) => {
    const messages = errors[field];
    return messages && messages.length > 0 ? [[field, messages.join(" ")] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}
