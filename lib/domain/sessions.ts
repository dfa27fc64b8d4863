/** How somebody signed in: with a password of ours, or through the identity provider. */
export type SignInMethod = "password" | "provider";

/** An open session as its owner, and an administrator of theirs, may see it. */
export interface SessionView {
  /** The first 16 digits of what the database knows the session by, as in the audit. Opens nothing. */
  readonly id: string;
  /** Whether the list was asked for with this very session. */
  readonly isThis: boolean;
  /** "Firefox on Windows"; null when the browser did not say, or the session is from before this was kept. */
  readonly browser: string | null;
  /** IPv4 address or IPv6 network of the sign-in; null as above. */
  readonly address: string | null;
  readonly method: SignInMethod | null;
  /** ISO times. `lastUsedAt` is noted once a minute. */
  readonly signedInAt: string;
  readonly lastUsedAt: string;
  /** When it ends if it is not used any more, and when it ends however busy. */
  readonly idleEndsAt: string;
  readonly endsAt: string;
}

/** `GET /api/<org>/account/sessions` and `GET /api/<org>/members/<person>/sessions`: the latest used first. */
export interface SessionsView {
  readonly sessions: readonly SessionView[];
  /** How many are open; more than are listed for somebody with very many. */
  readonly total: number;
}

/** Answer to the calls that end sessions. */
export interface SessionsEnded {
  readonly ended: number;
}
