import "server-only";
import { auth } from "@/lib/server/auth/session";
import { openingView } from "./read";

/**
 * Members of the address that the person's list opens with, for the page; null for open work. Who may not be here at all is
 * turned away by the page's frame.
 */
export async function openingViewOf(
  headers: Headers,
  org: string,
): Promise<Readonly<Record<string, string>> | null> {
  const principal = await auth(headers);
  const membership = principal?.memberships.find(({ organisationSlug }) => organisationSlug === org);
  if (!principal || !membership) return null;
  const opening = await openingView({ principal, membership });
  return opening && { ...Object.fromEntries(new URLSearchParams(opening.query)), view: opening.key };
}
