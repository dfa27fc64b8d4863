/** A choice of this device that the server must know before it draws. */
export type Preference = "theme" | "zone";

/**
 * What the choice's cookie is called. On https it has the prefix that keeps a sibling host from planting it, as all our cookies there. It is the
 * one kind of ours that is not HttpOnly, because the page itself writes it: it says "light" or "local", names nobody and opens nothing.
 */
export function preferenceCookieName(name: Preference, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}
