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
