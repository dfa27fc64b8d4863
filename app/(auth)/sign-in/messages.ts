import type { CalloutProps } from "@/components/ui/callout";

/** Why signing in did not work. The codes of next-auth and of our own checks become these. */
export type Refusal = "credentials" | "too-many" | "provider" | "last-admin" | "unreachable" | "other";

const refusals: Readonly<Record<string, Refusal>> = {
  CredentialsSignin: "credentials",
  TOO_MANY_ATTEMPTS: "too-many",
  AccessDenied: "provider",
  LastAdministrator: "last-admin",
  OAuthSignin: "provider",
  OAuthCallback: "provider",
  Callback: "provider",
};

/** The refusal that an error code stands for. */
export function refusalOf(code: string): Refusal {
  return refusals[code] ?? "other";
}

export interface Message {
  readonly tone: NonNullable<CalloutProps["tone"]>;
  readonly title: string;
  readonly advice?: string;
}

/** What to say about a refusal. It never tells whether the address is known. */
export const refusalMessages: Readonly<Record<Refusal, Message>> = {
  credentials: { tone: "danger", title: "E-mail or password is wrong" },
  "too-many": {
    tone: "danger",
    title: "Too many attempts",
    advice: "Sign-in rests for a while to protect the account. Wait a few minutes, then try again.",
  },
  provider: {
    tone: "danger",
    title: "Single sign-on did not let you in",
    advice: "Your account there may not be a member of any organisation here. Ask your administrator.",
  },
  "last-admin": {
    tone: "danger",
    title: "Your groups there would leave an organisation without an administrator",
    advice: "Nothing was changed. Somebody else must be made an administrator there first.",
  },
  unreachable: {
    tone: "danger",
    title: "Watchfloor does not answer",
    advice: "Check the network, then try again. Nothing was sent twice.",
  },
  other: {
    tone: "danger",
    title: "Sign-in did not work",
    advice: "Try again. If it happens again, tell the person who runs Watchfloor.",
  },
};

/** Why somebody has come to the sign-in page, where that is worth a word. */
export const arrivalMessages: Readonly<Record<string, Message>> = {
  "signed-out": { tone: "neutral", title: "You are signed out" },
  expired: {
    tone: "neutral",
    title: "Your session has ended",
    advice: "Sign in to go on where you were.",
  },
  ready: { tone: "neutral", title: "Set-up is done", advice: "Sign in with the account that you just made." },
};
