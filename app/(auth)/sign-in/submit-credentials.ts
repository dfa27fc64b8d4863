import { type Refusal, refusalOf } from "./messages";

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Null when the person is signed in, else why not. */
export type SignInOutcome = Refusal | null;

/** Signs in through next-auth's own addresses, as its scripts do: a token against forgery first, then the form. */
export async function submitCredentials(credentials: Credentials, send = fetch): Promise<SignInOutcome> {
  try {
    const asked = await send("/api/auth/csrf", { cache: "no-store" });
    const { csrfToken } = (await asked.json()) as { csrfToken: string }; // next-auth's own, fixed shape
    const answer = await send("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ ...credentials, csrfToken, json: "true" }),
    });
    if (answer.status === 429) return "too-many";
    const { url } = (await answer.json()) as { url?: unknown }; // checked below
    const code = typeof url === "string" ? new URL(url, "http://own.invalid").searchParams.get("error") : "";
    if (code === null && answer.ok) return null;
    return refusalOf(code ?? "");
  } catch {
    // No answer, or one that is no JSON: a proxy's page, a restart.
    return "unreachable";
  }
}
