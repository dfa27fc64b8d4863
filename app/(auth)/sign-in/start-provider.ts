import { type Refusal, refusalOf } from "./messages";

/** Where to go at the provider, or why not. */
export type ProviderStart = { readonly address: string } | { readonly refusal: Refusal };

/** Asks our server to begin a sign-in at the identity provider: it keeps state, nonce and code verifier, and names the address. */
export async function startProvider(returnTo: string, send = fetch): Promise<ProviderStart> {
  try {
    const asked = await send("/api/auth/csrf", { cache: "no-store" });
    const { csrfToken } = (await asked.json()) as { csrfToken: string }; // next-auth's own, fixed shape
    const answer = await send("/api/auth/signin/oidc", {
      method: "POST",
      body: new URLSearchParams({ csrfToken, callbackUrl: returnTo, json: "true" }),
    });
    const { url } = (await answer.json()) as { url?: unknown }; // checked below
    if (!answer.ok || typeof url !== "string") return { refusal: "other" };
    // At the provider, the address asks for a code. What leads back to us instead is a failure.
    const { searchParams } = new URL(url, "http://own.invalid");
    if (searchParams.get("response_type") === "code") return { address: url };
    return { refusal: refusalOf(searchParams.get("error") ?? "") };
  } catch {
    return { refusal: "unreachable" };
  }
}
