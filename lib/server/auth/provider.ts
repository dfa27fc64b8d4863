import "server-only";
import type { Account, Profile } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { groupsOfClaim } from "@/lib/domain/group-rules";
import { type ProviderSignIn, signInThroughProvider } from "@/lib/server/auth/provider-sign-in";
import { env } from "@/lib/server/env";

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** The provider of the environment for next-auth: discovery, code flow with PKCE, state and nonce. Null when none is set. */
export function oidcProvider(): OAuthConfig<Profile> | null {
  const { oidc } = env();
  if (!oidc) return null;
  return {
    id: "oidc",
    name: "Single sign-on",
    type: "oauth",
    wellKnown: `${oidc.issuer}/.well-known/openid-configuration`,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret.reveal(),
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    // next-auth wants an id; who it is and what they may do is read in `admitFromProvider`.
    profile: (claims) => ({ id: text(claims.sub) }),
  };
}

/** The random id of a new session for the checked ID token's claims; null when they let nobody in. */
export async function admitFromProvider(
  profile: Profile | undefined,
  account: Account,
  caller: Pick<ProviderSignIn, "address" | "userAgent" | "requestId" | "attemptId">,
): Promise<string | null> {
  const { oidc } = env();
  // next-auth's type names four claims; the token has what the provider put into it.
  const claims: Readonly<Record<string, unknown>> = { ...profile };
  const subject = text(claims.sub);
  if (!oidc || subject === "" || account.providerAccountId !== subject) return null;
  const { address, userAgent, requestId, attemptId } = caller;
  return signInThroughProvider({
    address,
    userAgent,
    requestId,
    attemptId,
    rules: oidc.groupRules,
    identity: {
      issuer: text(claims.iss) || oidc.issuer,
      subject,
      email: text(claims.email),
      isEmailVerified: claims.email_verified === true,
      name: text(claims.name),
      groups: groupsOfClaim(claims[oidc.groupsClaim]),
    },
  });
}
