import { passwordLength } from "@/lib/domain/password-rule";
import { apiRoutes } from "@/lib/routes";

export const setupFields = ["code", "email", "name", "password"] as const;
export type SetupField = (typeof setupFields)[number];
export type SetupInput = Readonly<Record<SetupField, string>>;

/** Null when it is done; else a sentence for the whole, or one for each field at fault. */
export type SetupOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "fields"; readonly errors: Partial<Record<SetupField, string>> }
  | { readonly kind: "failed"; readonly title: string; readonly requestId: string | null };

/** What can be told before anything is sent. */
export function checkSetup(input: SetupInput): Partial<Record<SetupField, string>> {
  const errors: Partial<Record<SetupField, string>> = {};
  if (!input.code.trim()) errors.code = "Enter the code from the server's log.";
  if (!/^[^\s@]+@[^\s@]+$/.test(input.email.trim())) errors.email = "Enter an e-mail address.";
  if (!input.name.trim()) errors.name = "Enter your name, as colleagues will see it.";
  const missing = passwordLength.min - [...input.password].length;
  if (missing > 0) errors.password = `Use at least ${passwordLength.min} characters; ${missing} more to go.`;
  return errors;
}

/** The field errors of a problem document; anything of another form is left out. */
function fieldErrors(problem: unknown): Partial<Record<SetupField, string>> {
  const errors =
    typeof problem === "object" && problem !== null && "errors" in problem ? problem.errors : null;
  if (typeof errors !== "object" || errors === null) return {};
  const found: Partial<Record<SetupField, string>> = {};
  for (const field of setupFields) {
    const messages: unknown = Reflect.get(errors, field);
    if (Array.isArray(messages) && messages.length > 0) found[field] = messages.map(String).join(" ");
  }
  return found;
}

function textOf(problem: unknown, member: string): string | null {
  if (typeof problem !== "object" || problem === null) return null;
  const value: unknown = Reflect.get(problem, member);
  return typeof value === "string" && value ? value : null;
}

/** Makes the first administrator. */
export async function submitSetup(input: SetupInput, send = fetch): Promise<SetupOutcome> {
  try {
    const answer = await send(apiRoutes.setup(), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Watchfloor": "1" },
      body: JSON.stringify({
        ...input,
        code: input.code.trim(),
        email: input.email.trim(),
        name: input.name.trim(),
      }),
    });
    if (answer.ok) return { kind: "done" };
    const problem: unknown = await answer.json();
    const errors = fieldErrors(problem);
    if (Object.keys(errors).length > 0) return { kind: "fields", errors };
    return {
      kind: "failed",
      title: textOf(problem, "detail") ?? textOf(problem, "title") ?? "Set-up did not work",
      requestId: textOf(problem, "requestId"),
    };
  } catch {
    return { kind: "failed", title: "Watchfloor does not answer", requestId: null };
  }
}
