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
    if (typeof url !== "string") return "other";
    const { searchParams } = new URL(url, "http://own.invalid");
    const code = searchParams.get("error");
    // A token against forgery that was not taken comes back as 200 without an error, only with this mark.
    if (code === null && answer.ok && !searchParams.has("csrf")) return null;
    return refusalOf(code ?? "");
  } catch {
    // No answer, or one that is no JSON: a proxy's page, a restart.
    return "unreachable";
  }
}
