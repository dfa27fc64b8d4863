import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { Callout } from "@/components/ui/callout";
import { pathOfAddress, safeReturnTo } from "@/lib/domain/return-to";
import { routes } from "@/lib/routes";
import { authCookies, sessionCookieName } from "@/lib/server/auth/cookies";
import { tokenOfCookie } from "@/lib/server/auth/forgery-token";
import { auth } from "@/lib/server/auth/session";
import { env } from "@/lib/server/env";
import { setupIsNeeded } from "@/lib/server/setup/first-admin";
import { arrivalMessages, refusalOf } from "./messages";
import { ProviderButton } from "./provider-button";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const one = (value: Query[string]) => (typeof value === "string" ? value : null);

/** `returnTo` and `reason` are ours; `callbackUrl` and `error` come from next-auth after a form without script. */
export default async function SignInPage({ searchParams }: { readonly searchParams: Promise<Query> }) {
  const query = await searchParams;
  const returnTo = safeReturnTo(query.returnTo) ?? pathOfAddress(query.callbackUrl) ?? routes.home();
  const principal = await auth(await headers());
  if (principal) redirect(returnTo);
  if (await setupIsNeeded()) redirect(routes.setup());
  const kept = await cookies();
  const refusal = one(query.error);
  const hadSession = kept.has(sessionCookieName());
  const reason = one(query.reason) ?? (hadSession && refusal === null ? "expired" : "");
  const arrival = arrivalMessages[reason];
  const csrfCookie = kept.get(authCookies().csrfToken?.name ?? "")?.value;
  return (
    <>
      <h1 className="text-28 font-semibold text-strong">Sign in</h1>
      <p className="mt-1 mb-8 text-14 text-normal">Every customer&rsquo;s incidents on one screen.</p>
      {arrival ? <Callout {...arrival} className="mb-6" /> : null}
      <SignInForm
        csrfToken={tokenOfCookie(csrfCookie)}
        returnTo={returnTo}
        refusal={refusal === null ? null : refusalOf(refusal)}
      />
      {env().oidc ? <ProviderButton returnTo={returnTo} /> : null}
    </>
  );
}
