import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { Failure } from "@/lib/errors";
import { routes } from "@/lib/routes";
import { authCookies } from "@/lib/server/auth/cookies";
import { admitFromProvider, oidcProvider } from "@/lib/server/auth/provider";
import { principalOfSession } from "@/lib/server/auth/session";
import { sessionIdOf, sessionLimits } from "@/lib/server/auth/session-store";
import { signIn, signOut } from "@/lib/server/auth/sign-in";
import { log } from "@/lib/server/log";
import { authSecret } from "@/lib/server/vault/keys";

/*
 * next-auth does the protocol (forgery token, cookie, redirects); who may come in and for how long is ours. Its signed and encrypted
 * cookie holds one thing, the random id of a session row: a cookie alone cannot be taken back, a row can.
 */

/** What one request brings along, and what went wrong inside next-auth's events, which swallow errors. */
export interface AuthRequest {
  readonly requestId: string;
  readonly address: string;
  readonly userAgent: string | null;
  /** Of a provider's answer, counted before anything of it was looked at; null for every other call. */
  readonly attemptId: number | null;
  failure: unknown;
  /** Random id of the session that a provider's answer has just made. */
  token: string | null;
}

type ProviderAnswer = Parameters<NonNullable<NonNullable<NextAuthOptions["callbacks"]>["signIn"]>>[0];

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function credentials(request: AuthRequest) {
  return CredentialsProvider({
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(given) {
      try {
        const { requestId, address, userAgent } = request;
        const email = text(given?.email);
        const password = text(given?.password);
        const signedIn = await signIn({ email, password, address, userAgent, requestId });
        return signedIn && { id: signedIn.personId, sid: signedIn.token };
      } catch (error) {
        // The message travels to the sign-in page as its `error` parameter.
        if (error instanceof Failure && error.code === "TOO_MANY_ATTEMPTS")
          throw new Error(error.code, { cause: error });
        request.failure = error;
        throw new Error("Unavailable", { cause: error });
      }
    },
  });
}

/** Refusals that the sign-in page has words for; anything else is said to be our fault. */
function messageOf(error: unknown): string {
  if (!(error instanceof Failure)) return "Unavailable";
  if (error.code === "TOO_MANY_ATTEMPTS") return error.code;
  return error.code === "CONFLICT" ? "LastAdministrator" : "Unavailable";
}

const maxAge = sessionLimits.absoluteMs / 1000;

/** Lets in whom the provider vouched for, when our tables do; the new session's random id goes where the `jwt` callback finds it. */
async function admit(request: AuthRequest, { account, profile }: ProviderAnswer): Promise<boolean> {
  if (account?.provider !== "oidc") return true;
  const token = await admitFromProvider(profile, account, request).catch((error: unknown) => {
    log.warn({ err: error, requestId: request.requestId }, "a provider's sign-in failed");
    // The message travels to the sign-in page as its `error` parameter.
    throw new Error(messageOf(error), { cause: error });
  });
  request.token = token;
  return token !== null;
}

/** next-auth's options for one request. Made per request, because its callbacks cannot be handed anything else. */
export function authOptions(request: AuthRequest): NextAuthOptions {
  const provider = oidcProvider();
  return {
    providers: provider ? [credentials(request), provider] : [credentials(request)],
    secret: authSecret().reveal(),
    session: { strategy: "jwt", maxAge },
    jwt: { maxAge },
    cookies: authCookies(),
    pages: { signIn: routes.signIn(), signOut: routes.signIn(), error: routes.signIn() },
    callbacks: {
      signIn: (answer) => admit(request, answer),
      jwt({ token, user, account }) {
        if (account?.provider === "oidc") return { sid: text(request.token) };
        return { sid: user && "sid" in user ? text(user.sid) : text(token.sid) };
      },
      // An address of ours, or the front page: a link to the sign-in form must not lead elsewhere afterwards.
      redirect: ({ url, baseUrl }) => {
        const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
        return target?.origin === baseUrl ? target.href : baseUrl;
      },
      async session({ token, session }) {
        const principal = await principalOfSession(sessionIdOf(text(token.sid))).catch((error: unknown) => {
          request.failure = error;
          throw error;
        });
        // Thrown on purpose: next-auth then clears the cookie and answers with an empty session.
        if (!principal) throw new SessionEnded();
        return { expires: session.expires, user: { name: principal.name, email: principal.email } };
      },
    },
    events: {
      async signOut({ token }) {
        await signOut(text(token?.sid), request.requestId).catch((error: unknown) => {
          request.failure = error;
        });
      },
    },
    logger: {
      error: (code, metadata) => {
        const err = metadata instanceof Error ? metadata : metadata.error;
        if (!(err instanceof SessionEnded))
          log.warn({ code, err, requestId: request.requestId }, "next-auth reports");
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

class SessionEnded extends Error {}
