import "server-only";
import type { Caller } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { auth, renewPrincipal } from "@/lib/server/auth/session";
import { displayOf, renewDisplay } from "@/lib/server/displays/identify";

/**
 * Who is asking: the person signed in, or else the display that this browser is paired as; null when neither. A person who signs in at a
 * paired screen acts as themselves.
 * @throws Failure STORE_UNAVAILABLE when that cannot be known
 */
export async function findCaller(headers: Headers): Promise<Caller | null> {
  return (await auth(headers)) ?? displayOf(headers);
}

/** The same for what needs somebody. Throws `Failure("NOT_SIGNED_IN")` when there is nobody. */
export async function requireCaller(headers: Headers): Promise<Caller> {
  const caller = await findCaller(headers);
  if (!caller) throw new Failure("NOT_SIGNED_IN");
  return caller;
}

/**
 * The same caller as the database has them now, for an answer that goes on for longer than what is kept of them is good for; null when they are
 * nobody any more.
 * @param headers with which they asked
 * @throws Failure STORE_UNAVAILABLE when that cannot be known
 */
export function renewCaller(caller: Caller, headers: Headers): Promise<Caller | null> {
  return caller.personId === null ? renewDisplay(headers) : renewPrincipal(caller.sessionId);
}
